import type { Statement } from "../../src/documents/statement";
import { withoutMatched } from "../messages";

/** The parts of a statement with their values: the order of lists and keys has no meaning. */
function partsOf(statement: Statement): ReadonlyMap<string, readonly string[]> {
  const lists = {
    Effect: [statement.effect],
    Action: statement.actions,
    NotAction: statement.notActions,
    Resource: statement.resources,
    NotResource: statement.notResources,
    Principal: statement.principals.map(({ type, value }) => `${type} ${value}`),
    NotPrincipal: statement.notPrincipals.map(({ type, value }) => `${type} ${value}`),
  };
  return new Map([
    ...Object.entries(lists),
    ...statement.conditions.map(
      ({ operator, key, values }) => [`Condition.${operator}.${key}`, values] as const,
    ),
  ]);
}

/** `is Allow; has to be Deny`, or what a list has too many and lacks; nothing where both are the same. */
function partDifference(wanted: readonly string[], found: readonly string[]): string | undefined {
  const tooMany = withoutMatched(found, wanted);
  const missing = withoutMatched(wanted, found);
  if (tooMany.length === 0 && missing.length === 0) return undefined;
  const [is, other] = [found, wanted].map((values) => (values.length === 1 ? values[0] : undefined));
  if (is !== undefined && other !== undefined) return `is ${is}; has to be ${other}`;
  return [
    ...(tooMany.length > 0 ? [`too many: ${tooMany.join(", ")}`] : []),
    ...(missing.length > 0 ? [`missing: ${missing.join(", ")}`] : []),
  ].join("; ");
}

/** The parts in which one statement differs from another, each with what is there and what should be. */
function differingParts(expected: Statement, actual: Statement): readonly string[] {
  const wanted = partsOf(expected);
  const found = partsOf(actual);
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((part) => {
    const difference = partDifference(wanted.get(part) ?? [], found.get(part) ?? []);
    return difference === undefined ? [] : [`${part} (${difference})`];
  });
}

/**
 * How one document differs from another, statement by statement; nothing where the order of statements, keys and lists is
 * all that differs. Each difference is half a sentence: `lacks the statement "Holders"`.
 */
export function* documentDifferences(
  expected: readonly Statement[],
  actual: readonly Statement[],
): Iterable<string> {
  const found = new Map(actual.map((statement) => [statement.label, statement]));
  const wanted = new Set(expected.map(({ label }) => label));
  for (const statement of expected) {
    const other = found.get(statement.label);
    if (other === undefined) yield `lacks the statement ${statement.label}`;
    else {
      const parts = differingParts(statement, other);
      if (parts.length > 0) yield `differs in ${parts.join(", ")} of the statement ${statement.label}`;
    }
  }
  const unwanted = actual.filter(({ label }, index) => {
    const isRepeated = actual.findIndex((other) => other.label === label) !== index;
    return isRepeated || !wanted.has(label);
  });
  for (const { label } of unwanted) yield `has a statement too many, ${label}`;
}
