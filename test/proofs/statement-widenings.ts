import type { Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";

/** A policy that says one thing more than another, and what that is. */
interface Widening {
  readonly what: string;
  /** Those of its statements that tell: all else stays as it is, and lets nothing through that it did not. */
  readonly statements: readonly Statement[];
}

const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, other) => other !== index);

/** `arn:aws:iam::111111111111:role/infra-*` up to its last separator. */
const withAnyName = (arn: string): string => arn.replace(/[^/:]*\*?$/, "*");

/**
 * What an Allow becomes where one thing of it is taken out or widened, by little: whatever breaks with an action more of a service
 * breaks with every action.
 */
function widerAllows(statement: Statement): readonly (readonly [what: string, Statement])[] {
  const { actions, resources, conditions } = statement;
  const services = [...new Set(actions.map((action) => action.split(":")[0] ?? ""))];
  const names = [...new Set(resources.map(withAnyName))].filter((name) => !resources.includes(name));
  return [
    ...conditions.map(
      ({ key }, index) =>
        [`without ${key}`, { ...statement, conditions: without(conditions, index) }] as const,
    ),
    ...names.map((name) => [`on ${name}`, { ...statement, resources: [...resources, name] }] as const),
    ...services.map(
      (service) => [`with ${service}:*`, { ...statement, actions: [...actions, `${service}:*`] }] as const,
    ),
  ];
}

/** The policies of a role with one thing of one statement taken out or widened, as the statements that tell. */
export function wideningsOf(policies: readonly ParsedPolicy[]): readonly Widening[] {
  const statements = policies.flatMap((policy) => policy.statements);
  const denies = statements.filter(({ effect }) => effect === "Deny");
  const allows = statements.filter(({ effect }) => effect === "Allow");
  return [
    ...allows.flatMap((statement) =>
      widerAllows(statement).map(([what, wider]) => ({
        what: `${statement.label} ${what}`,
        statements: [wider, ...denies],
      })),
    ),
    ...denies.flatMap((deny, index) => {
      const others = [...allows, ...without(denies, index)];
      return [
        { what: `no ${deny.label}`, statements: others },
        ...(deny.actions.length === 1
          ? []
          : deny.actions.map((action, place) => ({
              what: `${deny.label} without ${action}`,
              statements: [...others, { ...deny, actions: without(deny.actions, place) }],
            }))),
      ];
    }),
  ];
}
