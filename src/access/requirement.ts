import { printable } from "../text/printable";

/** A condition that an allowed request meets: on one condition key, or on several together. */
export type Requirement =
  | {
      readonly kind: "condition";
      /** IAM's operator: `StringEquals`, `NumericLessThan`. */
      readonly operator: string;
      readonly key: string;
      readonly values: readonly string[];
    }
  /** Limits the answer to resources that match one of these patterns, or that match none of them. */
  | { readonly kind: "resource" | "not resource"; readonly patterns: readonly string[] }
  | { readonly kind: "all" | "any"; readonly of: readonly Requirement[] };

type Condition = Extract<Requirement, { kind: "condition" }>;

/** Requires all of them; leaves out those that ask nothing. */
export function requireAll(requirements: readonly (Requirement | undefined)[]): Requirement | undefined {
  return combined(
    "all",
    requirements.filter((one) => one !== undefined),
  );
}

/** Requires any one of them; undefined, which requires nothing, where one of them is undefined. */
export function requireAny(requirements: readonly (Requirement | undefined)[]): Requirement | undefined {
  const some = requirements.filter((one) => one !== undefined);
  return some.length < requirements.length ? undefined : combined("any", some);
}

function combined(kind: "all" | "any", of: readonly Requirement[]): Requirement | undefined {
  const flat = of.flatMap((one) => (one.kind === kind ? one.of : [one]));
  const distinct = [...new Map(merged(kind, flat).map((one) => [JSON.stringify(one), one])).values()];
  const left = kind === "all" ? withoutRepetition(distinct) : distinct;
  return left.length > 1 ? { kind, of: left } : left[0];
}

/** Merges pattern lists: none of these and none of those is none of all; likewise with one of them under `any`. */
function merged(kind: "all" | "any", requirements: readonly Requirement[]): readonly Requirement[] {
  const mergeable = kind === "all" ? "not resource" : "resource";
  const patterns = requirements.flatMap((one) => (one.kind === mergeable ? one.patterns : []));
  if (patterns.length === 0) return requirements;
  return [
    ...requirements.filter((one) => one.kind !== mergeable),
    { kind: mergeable, patterns: [...new Set(patterns)] },
  ];
}

/** Removes a condition key that has the value it needs from a requirement; undefined where nothing is left. */
export function withoutKey(requirement: Requirement, key: string): Requirement | undefined {
  switch (requirement.kind) {
    case "condition":
      return requirement.key.toLowerCase() === key.toLowerCase() ? undefined : requirement;
    case "all":
      return requireAll(requirement.of.map((one) => withoutKey(one, key)));
    case "any":
      return requireAny(requirement.of.map((one) => withoutKey(one, key)));
    case "resource":
    case "not resource":
      return requirement;
  }
}

const isNull = (one: Requirement, value: "true" | "false"): one is Condition =>
  one.kind === "condition" && one.operator === "Null" && one.values.join() === value;

/** Whether a requirement only matches where its key is present. */
const needsKey = (one: Requirement): one is Condition =>
  one.kind === "condition" && !/Not|Null|IfExists|ForAllValues/.test(one.operator);

/** Where a key has to be present, shortens `there is none, or it is …` to `it is …`, which implies presence. */
function withoutRepetition(requirements: readonly Requirement[]): readonly Requirement[] {
  const present = new Set(
    requirements.filter((one) => isNull(one, "false") || needsKey(one)).map(({ key }) => key),
  );
  const left = requirements.flatMap((one) => {
    if (one.kind !== "any") return [one];
    const possible = requireAny(
      one.of.filter((option) => !(isNull(option, "true") && present.has(option.key))),
    );
    return possible === undefined ? [] : [possible];
  });
  const compared = new Set(left.filter(needsKey).map(({ key }) => key));
  return left.filter((one) => !(isNull(one, "false") && compared.has(one.key)));
}

const WORDS: Readonly<Record<string, string>> = {
  StringEquals: "is",
  StringNotEquals: "is not",
  StringEqualsIgnoreCase: "is, in any capitals,",
  StringNotEqualsIgnoreCase: "is not, in any capitals,",
  StringLike: "is like",
  StringNotLike: "is not like",
  ArnEquals: "is",
  ArnNotEquals: "is not",
  ArnLike: "is like",
  ArnNotLike: "is not like",
  NumericEquals: "is",
  NumericNotEquals: "is not",
  NumericLessThan: "is less than",
  NumericLessThanEquals: "is at most",
  NumericGreaterThan: "is more than",
  NumericGreaterThanEquals: "is at least",
  DateLessThan: "is before",
  DateLessThanEquals: "is at the latest",
  DateGreaterThan: "is after",
  DateGreaterThanEquals: "is from",
  Bool: "is",
  IpAddress: "is in",
  NotIpAddress: "is not in",
};

function conditionWords({ operator, key, values }: Condition): string {
  if (/^Null(IfExists)?$/.test(operator))
    return values.includes("true") ? `there is no ${key}` : `${key} is there`;
  const [, set, base = operator, ifExists] = /^(?:(ForA\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const subject = set === undefined ? key : `${set === "ForAnyValue" ? "one of" : "each of"} ${key}`;
  const text = `${subject} ${WORDS[base] ?? base} ${printable(values.join(" or "))}`;
  return ifExists === undefined ? text : `${text} (or there is no ${key})`;
}

/** Splits a requirement into those that have to hold together. */
export const splitRequirement = (requirement: Requirement): readonly Requirement[] =>
  requirement.kind === "all" ? requirement.of : [requirement];

/** A request that names no resource has an asterisk in its place. */
function resourceWords(patterns: readonly string[]): string {
  const named = patterns.filter((pattern) => pattern !== "*");
  const likes = named.length === 0 ? [] : [`the resource is like ${printable(named.join(" or "))}`];
  return [...likes, ...(named.length < patterns.length ? ["no resource is named"] : [])].join(" or ");
}

/** A requirement in words, on one line. */
export function formatRequirement(requirement: Requirement): string {
  switch (requirement.kind) {
    case "condition":
      return conditionWords(requirement);
    case "resource":
      return resourceWords(requirement.patterns);
    case "not resource":
      return `the resource is not like ${printable(requirement.patterns.join(" or "))}`;
    case "all":
    case "any":
      return requirement.of
        .map((one) =>
          one.kind === "all" || one.kind === "any" ? `(${formatRequirement(one)})` : formatRequirement(one),
        )
        .join(requirement.kind === "all" ? " and " : " or ");
  }
}
