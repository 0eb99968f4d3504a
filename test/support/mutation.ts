import type { Conditions, PermissionStatement, PolicyDocument } from "../../src/documents/policy-document";
import { policyDocument } from "../../src/documents/policy-document";

/** A document with one thing taken out of it. */
export interface MutatedDocument {
  /** What was taken out, in words. */
  readonly without: string;
  readonly document: PolicyDocument;
}

function withoutCondition(
  statement: PermissionStatement,
  operator: string,
  key: string,
): PermissionStatement {
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
export function mutate(document: PolicyDocument): readonly MutatedDocument[] {
  return document.Statement.flatMap((statement, position) => {
    const replace = (...replacement: readonly PermissionStatement[]): PolicyDocument =>
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
