import type { Conditions, PolicyDocument } from "../../src/documents/policy-document";
import { policyDocument } from "../../src/documents/policy-document";

/** What every statement has, whatever document it is of. */
interface AnyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Condition?: Conditions;
}

/** A document with one thing taken out of it. */
export interface MutatedDocument<Statement> {
  /** What was taken out, in words. */
  readonly without: string;
  readonly document: PolicyDocument<Statement>;
}

function withoutCondition<Statement extends AnyStatement>(
  statement: Statement,
  operator: string,
  key: string,
): Statement {
  const conditions = Object.entries(statement.Condition ?? {}).map(
    ([name, keys]): [string, Conditions[string]] => [
      name,
      Object.fromEntries(Object.entries(keys).filter(([other]) => name !== operator || other !== key)),
    ],
  );
  const remaining = conditions.filter(([, keys]) => Object.keys(keys).length > 0);
  return { ...statement, Condition: Object.fromEntries(remaining) };
}

/** Every document without one of its Deny statements, or without one of its conditions. */
export function mutate<Statement extends AnyStatement>(
  document: PolicyDocument<Statement>,
): readonly MutatedDocument<Statement>[] {
  return document.Statement.flatMap((statement, position) => {
    const replace = (...replacement: readonly Statement[]): PolicyDocument<Statement> =>
      policyDocument(
        ...document.Statement.flatMap((other, index) => (index === position ? replacement : [other])),
      );
    const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => ({
        without: `condition ${operator} ${key} of ${statement.Sid}`,
        document: replace(withoutCondition(statement, operator, key)),
      })),
    );
    const denial = { without: `Deny statement ${statement.Sid}`, document: replace() };
    return statement.Effect === "Deny" ? [denial, ...conditions] : conditions;
  });
}
