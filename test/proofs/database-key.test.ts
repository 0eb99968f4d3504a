import assert from "node:assert/strict";

import type { Principal, Statement } from "../../src/documents/statement";
import { databaseKeys, keyBreaches, type DatabaseKey } from "../../src/proofs/invariants/database-key";
import { sampleWorld, theProver } from "./support";

describe("the databases' key", function () {
  this.timeout(60_000);
  const world = sampleWorld();
  const key = databaseKeys(world).find(({ account }) => account.key === "prod");
  assert.ok(key);

  const breachesOf = async (some: DatabaseKey): Promise<number> =>
    keyBreaches(some, world, await theProver()).length;

  it("opens to users of secrets alone", async () => {
    for (const one of databaseKeys(world)) assert.equal(await breachesOf(one), 0);
  });

  it("names Dba among them, and not Ops", () => {
    assert.ok(key.users.some((arn) => arn.endsWith("role/infra-DbaR-prod")));
    assert.ok(!key.users.some((arn) => arn.endsWith("role/infra-OpsR-prod")));
  });

  const uses = key.policy.statements.filter(({ label }) => label !== '"AccountAdministersKey"');
  const withStatement = (changed: Statement, one: Statement): DatabaseKey => ({
    ...key,
    policy: {
      ...key.policy,
      statements: key.policy.statements.map((statement) => (statement === one ? changed : statement)),
    },
  });
  for (const statement of uses) {
    statement.conditions.forEach((condition, index) => {
      it(`would open to others without ${condition.key} of ${statement.label}`, async () => {
        const conditions = statement.conditions.filter((_, place) => place !== index);
        assert.notEqual(await breachesOf(withStatement({ ...statement, conditions }, statement)), 0);
      });
    });
    it(`would open to others with every action of ${statement.label}`, async () => {
      assert.notEqual(await breachesOf(withStatement({ ...statement, actions: ["kms:*"] }, statement)), 0);
    });
  }

  const added: readonly (readonly [who: string, principal: Principal])[] = [
    ["a service", { type: "Service", value: "lambda.amazonaws.com" }],
    ["a role of another account", { type: "AWS", value: "arn:aws:iam::999988887777:role/other" }],
    ["another account", { type: "AWS", value: "arn:aws:iam::999988887777:root" }],
    ["a user of its own account", { type: "AWS", value: "arn:aws:iam::444444444444:user/bob" }],
    ["a role of its own account", { type: "AWS", value: "arn:aws:iam::444444444444:role/infra-OpsR-prod" }],
    ["its own account", { type: "AWS", value: "arn:aws:iam::444444444444:root" }],
  ];
  for (const [who, principal] of added) {
    it(`would open to ${who} that a further statement names`, async () => {
      const [use] = uses;
      assert.ok(use);
      const statement: Statement = {
        ...use,
        label: '"Further"',
        principals: [principal],
        actions: ["kms:*"],
        conditions: [],
      };
      const statements = [...key.policy.statements, statement];
      assert.notEqual(await breachesOf({ ...key, policy: { ...key.policy, statements } }), 0);
    });
  }

  it("would open to users of its account by a condition on who they are", async () => {
    const [use] = uses;
    assert.ok(use);
    const conditions = [{ operator: "ArnLike", key: "aws:PrincipalArn", values: ["arn:aws:iam::*:user/*"] }];
    assert.notEqual(await breachesOf(withStatement({ ...use, conditions }, use)), 0);
  });

  it("would open to all uses under the version for trying the key", async () => {
    const naming = uses.find(({ label }) => label === '"AccountNamesKey"');
    assert.ok(naming);
    const actions = [...naming.actions, "kms:CreateGrant"];
    assert.notEqual(await breachesOf(withStatement({ ...naming, actions }, naming)), 0);
  });

  it("would open to roles that are added to its users", async () => {
    const [use] = uses;
    assert.ok(use);
    const conditions = use.conditions.map((condition) =>
      condition.key === "aws:PrincipalArn"
        ? { ...condition, values: [...condition.values, "arn:aws:iam::444444444444:role/infra-OpsR-prod"] }
        : condition,
    );
    assert.notEqual(await breachesOf(withStatement({ ...use, conditions }, use)), 0);
  });
});
