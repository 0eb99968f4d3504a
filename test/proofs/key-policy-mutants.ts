import assert from "node:assert/strict";

import type { StatementPrincipal, Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";

const FURTHER_PRINCIPALS: readonly (readonly [who: string, principal: StatementPrincipal])[] = [
  ["a service", { type: "Service", value: "lambda.amazonaws.com" }],
  ["a role of another account", { type: "AWS", value: "arn:aws:iam::999988887777:role/other" }],
  ["another account", { type: "AWS", value: "arn:aws:iam::999988887777:root" }],
  ["a user of its own account", { type: "AWS", value: "arn:aws:iam::444444444444:user/bob" }],
  ["a role of its own account", { type: "AWS", value: "arn:aws:iam::444444444444:role/infra-OpsR-prod" }],
  ["its own account", { type: "AWS", value: "arn:aws:iam::444444444444:root" }],
];

/** The statements of a key's policy that let somebody use the key. */
export const usesOf = ({ statements }: ParsedPolicy): readonly Statement[] =>
  statements.filter(({ label }) => label !== '"AccountAdministersKey"');

/** The policy with another statement in the place of one. */
export const withStatement = (policy: ParsedPolicy, changed: Statement, one: Statement): ParsedPolicy => ({
  ...policy,
  statements: policy.statements.map((statement) => (statement === one ? changed : statement)),
});

/** The policy with a further role among those that a statement names by a condition. */
export const withFurtherRole = (policy: ParsedPolicy, one: Statement): ParsedPolicy => {
  const conditions = one.conditions.map((condition) =>
    condition.key === "aws:PrincipalArn"
      ? { ...condition, values: [...condition.values, "arn:aws:iam::444444444444:role/infra-OpsR-prod"] }
      : condition,
  );
  return withStatement(policy, { ...one, conditions }, one);
};

/** Declares a test for each way in which the policy of prod's key could open to somebody more: each has a breach. */
export function itFindsWiderKeyPolicies(
  policy: ParsedPolicy,
  furtherActions: readonly string[],
  breachesOf: (policy: ParsedPolicy) => Promise<number>,
): void {
  const uses = usesOf(policy);
  for (const statement of uses) {
    statement.conditions.forEach((condition, index) => {
      it(`would open to others without ${condition.key} of ${statement.label}`, async () => {
        const conditions = statement.conditions.filter((_, place) => place !== index);
        assert.notEqual(await breachesOf(withStatement(policy, { ...statement, conditions }, statement)), 0);
      });
    });
    it(`would open to others with every action of ${statement.label}`, async () => {
      assert.notEqual(
        await breachesOf(withStatement(policy, { ...statement, actions: ["kms:*"] }, statement)),
        0,
      );
    });
  }

  for (const [who, principal] of FURTHER_PRINCIPALS) {
    it(`would open to ${who} that a further statement names`, async () => {
      const [use] = uses;
      assert.ok(use);
      const further: Statement = {
        ...use,
        label: '"Further"',
        principals: [principal],
        actions: [...furtherActions],
        conditions: [],
      };
      assert.notEqual(await breachesOf({ ...policy, statements: [...policy.statements, further] }), 0);
    });
  }
}
