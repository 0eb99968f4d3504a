import { renderDocument } from "../documents/policy-document";
import type { NamedResource, ResourcePolicy } from "../documents/resource-policies";
import type { StatementPrincipal, Statement } from "../documents/statement";
import { arnCovers, arnsOverlap, arnFields } from "./arn-overlap";
import { iamPolicy, withStatements, type IamPolicy } from "./iam/iam-policy";
import { ANY_RESOURCE } from "./resource-types";

/** A key that encrypts objects: an ARN whose id stands for any, and its policy. */
export interface MusterKey {
  readonly arn: string;
  readonly policy: IamPolicy;
}

/** A resource that Muster makes, and what its policies mean to people and roles. */
export interface MusterResource {
  /** 12 digits. */
  readonly accountId: string;
  readonly service: string;
  readonly arns: readonly string[];
  /** The Deny statements of its policy, written as those that are attached to the caller. */
  readonly denials: IamPolicy;
  readonly key?: MusterKey;
}

const isEverybody = ({ type, value }: StatementPrincipal): boolean =>
  value === "*" && (type === "AWS" || type === "*");

/** Whether the statement admits no person or role, and refuses all of them alike. */
const isSameToEverybody = ({ effect, principals, notPrincipals }: Statement): boolean =>
  notPrincipals.length === 0 &&
  principals.every((principal) =>
    effect === "Deny" ? isEverybody(principal) : principal.type === "Service",
  );

/** @throws Error where the policy tells people or roles apart, which answers do not do */
function denialsOf({ name, document }: ResourcePolicy): IamPolicy {
  const policy = iamPolicy(name, renderDocument(document));
  const other = policy.statements.find((statement) => !isSameToEverybody(statement));
  if (other !== undefined)
    throw new Error(`${name}: answers do not know what ${other.label} means to a caller.`);
  return withStatements(policy, ({ effect }, json) =>
    effect === "Deny"
      ? Object.fromEntries(Object.entries(json).filter(([element]) => element !== "Principal"))
      : undefined,
  );
}

/**
 * The resource as answers need it.
 * @throws Error where its policy tells people or roles apart
 */
export function musterResource({ accountId, arns, policy, key }: NamedResource): MusterResource {
  return {
    accountId,
    service: arnFields(arns[0])[2] ?? "",
    arns,
    denials: denialsOf(policy),
    ...(key && {
      key: { arn: key.arn, policy: iamPolicy(key.policy.name, renderDocument(key.policy.document)) },
    }),
  };
}

/** Whether an ARN or a pattern stands for the resource, or for what is in it, and for nothing else. */
export const coversNothingElse = ({ arns }: MusterResource, resource: string): boolean =>
  arns.some((arn) => arnCovers(arn, resource));

/** Whether an ARN or a pattern stands for the resource or for some of what is in it. */
export const coversSomeOf = ({ arns }: MusterResource, resource: string): boolean =>
  resource === ANY_RESOURCE || arns.some((arn) => arnsOverlap(arn, resource));
