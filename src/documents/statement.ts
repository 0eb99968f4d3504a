/** A principal of a statement: `{ type: "AWS", value: "arn:aws:iam::111111111111:root" }`; `*` alone has the type `*`. */
export interface StatementPrincipal {
  readonly type: string;
  readonly value: string;
}

export interface StatementCondition {
  /** `Bool`, as written. */
  readonly operator: string;
  /** `aws:MultiFactorAuthPresent`, as written; IAM compares keys without case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement of a policy document, whichever of JSON's short forms it was written in. */
export interface Statement {
  /** How messages name it: `"Holders"`, or `number 2` where it has no Sid. */
  readonly label: string;
  readonly effect: string;
  readonly principals: readonly StatementPrincipal[];
  readonly notPrincipals: readonly StatementPrincipal[];
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly StatementCondition[];
}

const ELEMENTS: readonly string[] = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** What a text is not: a policy document. */
class NotADocument extends Error {}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new NotADocument();
  return Object.entries(value);
}

/** IAM takes one value for a list of one, and numbers and truth values for texts. */
function values(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(values);
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  throw new NotADocument();
}

function principals(value: unknown): readonly StatementPrincipal[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ type: value, value }];
  return entries(value).flatMap(([type, members]) =>
    values(members).map((member) => ({ type, value: member })),
  );
}

function conditions(value: unknown): readonly StatementCondition[] {
  if (value === undefined) return [];
  return entries(value).flatMap(([operator, keys]) =>
    entries(keys).map(([key, members]) => ({ operator, key, values: values(members) })),
  );
}

function statement(value: unknown, index: number): Statement {
  const elements = new Map(entries(value));
  if ([...elements.keys()].some((element) => !ELEMENTS.includes(element))) throw new NotADocument();
  const [sid] = values(elements.get("Sid"));
  const [effect] = values(elements.get("Effect"));
  if (effect === undefined) throw new NotADocument();
  return {
    label: sid === undefined ? `number ${String(index + 1)}` : `"${sid}"`,
    effect,
    principals: principals(elements.get("Principal")),
    notPrincipals: principals(elements.get("NotPrincipal")),
    actions: values(elements.get("Action")),
    notActions: values(elements.get("NotAction")),
    resources: values(elements.get("Resource")),
    notResources: values(elements.get("NotResource")),
    conditions: conditions(elements.get("Condition")),
  };
}

/** The version of the policy language that substitutes variables; a document without a version is of the one before. */
const CURRENT_LANGUAGE = "2012-10-17";

const isCurrent = (document: ReadonlyMap<string, unknown>): boolean =>
  document.get("Version") === CURRENT_LANGUAGE;

/** `${aws:username}` where nothing is substituted: in the current language, `${$}` is a dollar sign. */
const withoutSubstitution = (json: string): string => json.replaceAll("${", "${$}{");

/** Whether a document's JSON is of the current version of the policy language, as ours are. */
export function isCurrentLanguage(json: string): boolean {
  try {
    return isCurrent(new Map(entries(JSON.parse(json))));
  } catch (error) {
    if (error instanceof NotADocument || error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * The document in the current version of the policy language, with the same meaning: a document of the version before, or of
 * none, takes variables for what they look like.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function inCurrentLanguage(json: string): string {
  if (isCurrentLanguage(json)) return json;
  const document = Object.fromEntries(entries(JSON.parse(withoutSubstitution(json))));
  return JSON.stringify({ ...document, Version: CURRENT_LANGUAGE });
}

/**
 * The statements of a document's JSON, or undefined where it is not a policy document. Those of a document in an older version
 * of the policy language come as the current one would say them.
 */
export function parseDocument(json: string): readonly Statement[] | undefined {
  try {
    const written = new Map(entries(JSON.parse(json)));
    const document = isCurrent(written) ? written : new Map(entries(JSON.parse(withoutSubstitution(json))));
    const statements = document.get("Statement");
    const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
    return list.map(statement);
  } catch (error) {
    if (error instanceof NotADocument || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether two documents say the same, in whichever of JSON's short forms; what is no policy document says nothing. */
export function isSameDocument(one: string, other: string): boolean {
  const [first, second] = [parseDocument(one), parseDocument(other)];
  return first !== undefined && JSON.stringify(first) === JSON.stringify(second);
}

/** The values that a statement's condition compares a key with, under one operator; none where it has none. */
export function conditionValues(
  { conditions: all }: Statement,
  operator: string,
  key: string,
): readonly string[] {
  const wanted = key.toLowerCase();
  return all
    .filter((condition) => condition.operator === operator && condition.key.toLowerCase() === wanted)
    .flatMap((condition) => condition.values);
}
