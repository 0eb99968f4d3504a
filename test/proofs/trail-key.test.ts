import assert from "node:assert/strict";

import type { Principal, Statement } from "../../src/documents/statement";
import { trailKeyBreaches, trailKeys, type TrailKey } from "../../src/proofs/invariants/trail-key";
import { everySettingWorld, sampleWorld, theProver } from "./support";

describe("the trail's key", function () {
  this.timeout(60_000);
  const world = sampleWorld();
  const key = trailKeys(world).find(({ account }) => account.key === "prod");
  assert.ok(key);

  const breachesOf = async (some: TrailKey): Promise<number> =>
    trailKeyBreaches(some, world, await theProver()).length;

  it("opens to auditors and administrators alone, in every account", async () => {
    const keys = trailKeys(world);
    assert.deepEqual(
      keys.map(({ account }) => account.key),
      ["users", "dev", "staging", "prod"],
    );
    for (const one of keys) assert.equal(await breachesOf(one), 0);
  });

  const readersIn = (some: readonly TrailKey[]): readonly string[] =>
    some
      .filter(({ account }) => account.key === "prod")
      .flatMap(({ policy }) => policy.statements)
      .flatMap(({ conditions }) => conditions)
      .filter(({ key: name }) => name === "aws:PrincipalArn")
      .flatMap(({ values }) => values)
      .map((arn) => arn.slice(arn.lastIndexOf("/") + 1))
      .sort();

  it("opens to BreakGlass where it is an administrator, and not as an emergency operator", () => {
    assert.deepEqual(readersIn(trailKeys(world)), [
      "infra-AdminR-prod",
      "infra-BreakGlassR-prod",
      "infra-SecurityR-prod",
    ]);
    assert.deepEqual(readersIn(trailKeys(everySettingWorld())), [
      "infra-AdminR-prod",
      "infra-SecurityR-prod",
    ]);
  });

  const uses = key.policy.statements.filter(({ label }) => label !== '"AccountAdministersKey"');
  const withStatement = (changed: Statement, one: Statement): TrailKey => ({
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
        actions: ["kms:Decrypt"],
        conditions: [],
      };
      const statements = [...key.policy.statements, statement];
      assert.notEqual(await breachesOf({ ...key, policy: { ...key.policy, statements } }), 0);
    });
  }

  it("would open to roles that are added to its readers", async () => {
    const reading = uses.find(({ label }) => label === '"ReadersDecryptEvents"');
    assert.ok(reading);
    const conditions = reading.conditions.map((condition) =>
      condition.key === "aws:PrincipalArn"
        ? { ...condition, values: [...condition.values, "arn:aws:iam::444444444444:role/infra-OpsR-prod"] }
        : condition,
    );
    assert.notEqual(await breachesOf(withStatement({ ...reading, conditions }, reading)), 0);
  });
});
