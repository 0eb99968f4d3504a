import type { Statement, StatementCondition } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";

/** A policy of which one statement denies less. */
interface NarrowerDenial {
  /** The statement as it was. */
  readonly statement: Statement;
  /** What became of it: `gone`, `without arn:aws:s3:::example/*`. */
  readonly how: string;
  readonly policy: ParsedPolicy;
}

/** How the narrowing is called that takes the whole statement away. */
export const GONE = "gone";

const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, other) => other !== index);

type Change = readonly [how: string, statement: Statement];

/** Values with which a condition holds for less. */
function narrowerValues({
  operator,
  values,
}: StatementCondition): readonly (readonly [string, readonly string[]])[] {
  if (/Not(Equals|Like)/.test(operator)) return [["another value more", [...values, "*:other"]]];
  if (!/(String|Arn)/.test(operator)) return [];
  return [
    ["another value", ["other"]],
    ...(values.length > 1
      ? values.map((value, index) => [`without ${value}`, without(values, index)] as const)
      : []),
  ];
}

function changesOf(statement: Statement): readonly Change[] {
  const { conditions, resources, notResources } = statement;
  return [
    ...(resources.length > 1
      ? resources.map(
          (resource, index) =>
            [`without ${resource}`, { ...statement, resources: without(resources, index) }] as const,
        )
      : []),
    ...notResources.map(
      (resource) =>
        [
          `with more like ${resource}`,
          { ...statement, notResources: [...notResources, resource.replace(/[^:]*$/, "*")] },
        ] as const,
    ),
    ...conditions.flatMap((condition, index) =>
      narrowerValues(condition).map(
        ([how, values]) =>
          [
            `${condition.key} ${how}`,
            { ...statement, conditions: conditions.with(index, { ...condition, values }) },
          ] as const,
      ),
    ),
  ];
}

/** The policy without each of its statements that deny, and with each of them narrower, but for its actions. */
export const narrowerDenials = (policy: ParsedPolicy): readonly NarrowerDenial[] =>
  policy.statements.flatMap((statement, index) => {
    if (statement.effect !== "Deny") return [];
    const replaced = (how: string, statements: readonly Statement[]): NarrowerDenial => ({
      statement,
      how,
      policy: { ...policy, statements: policy.statements.toSpliced(index, 1, ...statements) },
    });
    return [replaced(GONE, []), ...changesOf(statement).map(([how, one]) => replaced(how, [one]))];
  });

/** The actions that a statement would no longer deny, by how it is narrowed: one pattern less, or one service let out. */
export function narrowerActions(
  { actions, notActions }: Statement,
  idsOf: (pattern: string) => readonly string[],
): readonly (readonly [how: string, ids: readonly string[]])[] {
  const kept = new Set(notActions.flatMap(idsOf));
  const services = new Set(notActions.map((action) => action.slice(0, action.indexOf(":"))));
  return [
    ...(actions.length > 1
      ? actions.map((action, index) => {
          const others = new Set(without(actions, index).flatMap(idsOf));
          return [`without ${action}`, idsOf(action).filter((id) => !others.has(id))] as const;
        })
      : []),
    ...[...services].map(
      (service) => [`without ${service}:*`, idsOf(`${service}:*`).filter((id) => !kept.has(id))] as const,
    ),
  ].filter(([, ids]) => ids.length > 0);
}
