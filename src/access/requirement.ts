/** What has to hold of a request for it to be allowed: a condition key, or several of them together. */
export type Requirement =
  | {
      readonly kind: "condition";
      /** IAM's operator: `StringEquals`, `NumericLessThan`. */
      readonly operator: string;
      readonly key: string;
      readonly values: readonly string[];
    }
  /** The action on a resource that matches one of these patterns, of all those that were asked about. */
  | { readonly kind: "resource"; readonly patterns: readonly string[] }
  | { readonly kind: "all" | "any"; readonly of: readonly Requirement[] };

/** All of them, without those that say nothing. */
export function all(requirements: readonly (Requirement | undefined)[]): Requirement | undefined {
  return combined(
    "all",
    requirements.filter((one) => one !== undefined),
  );
}

/** One of them is enough; undefined, for nothing is required, where one of them is. */
export function any(requirements: readonly (Requirement | undefined)[]): Requirement | undefined {
  const some = requirements.filter((one) => one !== undefined);
  return some.length < requirements.length ? undefined : combined("any", some);
}

function combined(kind: "all" | "any", of: readonly Requirement[]): Requirement | undefined {
  const flat = of.flatMap((one) => (one.kind === kind ? one.of : [one]));
  const distinct = [...new Map(flat.map((one) => [JSON.stringify(one), one])).values()];
  return distinct.length > 1 ? { kind, of: distinct } : distinct[0];
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

function conditionWords({ operator, key, values }: Extract<Requirement, { kind: "condition" }>): string {
  if (/^Null(IfExists)?$/.test(operator))
    return values.includes("true") ? `there is no ${key}` : `there is a ${key}`;
  const [, set, base = operator, ifExists] = /^(?:(ForA\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const subject = set === undefined ? key : `${set === "ForAnyValue" ? "one of" : "each of"} ${key}`;
  const text = `${subject} ${WORDS[base] ?? base} ${values.join(" or ")}`;
  return ifExists === undefined ? text : `${text} (or there is no ${key})`;
}

/** A requirement in words, on one line. */
export function words(requirement: Requirement): string {
  switch (requirement.kind) {
    case "condition":
      return conditionWords(requirement);
    case "resource":
      return `the resource is like ${requirement.patterns.join(" or ")}`;
    case "all":
    case "any":
      return requirement.of
        .map((one) => (one.kind === "all" || one.kind === "any" ? `(${words(one)})` : words(one)))
        .join(requirement.kind === "all" ? " and " : " or ");
  }
}
