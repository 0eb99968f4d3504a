import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
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
