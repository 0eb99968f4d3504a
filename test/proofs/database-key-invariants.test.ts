import assert from "node:assert/strict";

import {
  databaseKeys,
  keyBreaches,
  type DatabaseKey,
} from "../../src/proofs/invariants/database-key-invariants";
import { itFindsWiderKeyPolicies, usesOf, withFurtherRole, withStatement } from "./key-policy-mutants";
import { sampleWorld, theProver } from "./support";

describe("the databases' key", function () {
  this.timeout(60_000);
  const input = sampleWorld();
  const key = databaseKeys(input).find(({ account }) => account.key === "prod");
  assert.ok(key);

  const breachesOf = async (some: DatabaseKey): Promise<number> =>
    keyBreaches(some, input, await theProver()).length;

  it("opens to users of secrets alone", async () => {
    for (const one of databaseKeys(input)) assert.equal(await breachesOf(one), 0);
  });

  it("names Dba among them, and not Ops", () => {
    assert.ok(key.users.some((arn) => arn.endsWith("role/infra-DbaR-prod")));
    assert.ok(!key.users.some((arn) => arn.endsWith("role/infra-OpsR-prod")));
  });

  const uses = usesOf(key.policy);
  const breachesWith = (policy: DatabaseKey["policy"]): Promise<number> => breachesOf({ ...key, policy });

  itFindsWiderKeyPolicies(key.policy, ["kms:*"], breachesWith);

  it("would open to users of its account by a condition on who they are", async () => {
    const [use] = uses;
    assert.ok(use);
    const conditions = [{ operator: "ArnLike", key: "aws:PrincipalArn", values: ["arn:aws:iam::*:user/*"] }];
    assert.notEqual(await breachesWith(withStatement(key.policy, { ...use, conditions }, use)), 0);
  });

  it("would open to all uses under the version for trying the key", async () => {
    const naming = uses.find(({ label }) => label === '"AccountNamesKey"');
    assert.ok(naming);
    const actions = [...naming.actions, "kms:CreateGrant"];
    assert.notEqual(await breachesWith(withStatement(key.policy, { ...naming, actions }, naming)), 0);
  });

  it("would open to roles that are added to its users", async () => {
    const [use] = uses;
    assert.ok(use);
    assert.notEqual(await breachesWith(withFurtherRole(key.policy, use)), 0);
  });
});
