import type { Statement } from "../../src/documents/statement";

const sorted = (values: readonly string[]): readonly string[] => [...values].sort();

/** The parts of a statement, each in a form that is equal exactly where the order of lists and keys is all that differs. */
function partsOf(statement: Statement): ReadonlyMap<string, string> {
  const lists = {
    Action: statement.actions,
    NotAction: statement.notActions,
    Resource: statement.resources,
    NotResource: statement.notResources,
    Principal: statement.principals.map(({ type, value }) => `${type} ${value}`),
    NotPrincipal: statement.notPrincipals.map(({ type, value }) => `${type} ${value}`),
  };
  return new Map([
    ["Effect", statement.effect],
    ...Object.entries(lists).flatMap(([part, values]) =>
      values.length === 0 ? [] : [[part, JSON.stringify(sorted(values))] as const],
    ),
    ...statement.conditions.map(
      ({ operator, key, values }) =>
        [`Condition.${operator}.${key}`, JSON.stringify(sorted(values))] as const,
    ),
  ]);
}

function differingParts(expected: Statement, actual: Statement): readonly string[] {
  const wanted = partsOf(expected);
  const found = partsOf(actual);
  return [...new Set([...wanted.keys(), ...found.keys()])].filter(
    (part) => wanted.get(part) !== found.get(part),
  );
}

/**
 * How one document differs from another, statement by statement; nothing where the order of statements, keys and lists is
 * all that differs. Each difference is half a sentence: `lacks the statement "Holders"`.
 */
export function* differences(expected: readonly Statement[], actual: readonly Statement[]): Iterable<string> {
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
