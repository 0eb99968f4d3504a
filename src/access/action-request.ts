import { formatChoices } from "../model/choices";
import { UserError } from "../model/problems";
import {
  findAction,
  keysOfferedBy,
  offersKey,
  type AwsAction,
  type ActionResourceType,
} from "./actions/aws-action";
import { accountIdOf } from "./arn";
import type { IamAccounts } from "./iam/iam-accounts";
import { coversNothingElse } from "./muster-resource";
import { ANY_RESOURCE, matchingResourceTypes } from "./resource-types";

/** What somebody wants to do: one action on a resource, or on some resource where none is named. */
export interface ActionRequest {
  readonly action: AwsAction;
  readonly resource: string;
  readonly resourceTypes: readonly ActionResourceType[];
}

/**
 * A request as people write it.
 * @throws UserError where there is no such action, or it does not take such a resource
 */
export async function readActionRequest(action: string, resource = ANY_RESOURCE): Promise<ActionRequest> {
  const found = await findAction(action);
  return { action: found, resource, resourceTypes: matchingResourceTypes(found, resource) };
}

/** A claim of an identity provider's token: `gitlab.com:sub`. */
const CLAIM = /^[\w-]+(\.[\w-]+)+:/;

/**
 * Refuses condition keys that neither the request nor the one for its role can carry: a misspelt key would have no effect.
 * @throws UserError with those that are spelt alike
 */
export async function assertCarried(
  { action, resourceTypes }: ActionRequest,
  keys: readonly string[],
): Promise<void> {
  const assuming = await findAction("sts:AssumeRole");
  for (const key of keys) {
    const isCarried =
      CLAIM.test(key) ||
      offersKey(action, resourceTypes, key) ||
      offersKey(assuming, assuming.resourceTypes, key);
    if (isCarried) continue;
    const known = keysOfferedBy(action, resourceTypes);
    throw new UserError(
      `--context ${key}: ${action.id} has no such condition key. Known: ${formatChoices(key, known, "condition keys")}`,
    );
  }
}

/** The answer's assumption about the request's resource. */
export function assumptionsAbout({ resource }: ActionRequest, { resources }: IamAccounts): readonly string[] {
  if (resource === ANY_RESOURCE || /^\d{12}$/.test(accountIdOf(resource))) return [];
  if (resources.some((own) => coversNothingElse(own, resource))) return [];
  return [`${resource} names no account: it is taken to be in the caller's account.`];
}

/** The request on one line. */
export const formatActionRequest = ({ action, resource }: ActionRequest): string =>
  resource === ANY_RESOURCE ? action.id : `${action.id} on ${resource}`;
