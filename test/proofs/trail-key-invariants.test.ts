import assert from "node:assert/strict";

import { trailKeyBreaches, trailKeys, type TrailKey } from "../../src/proofs/invariants/trail-key-invariants";
import { itFindsWiderKeyPolicies, usesOf, withFurtherRole } from "./key-policy-mutants";
import { everySettingWorld, sampleWorld, theProver } from "./support";

describe("the trail's key", function () {
  this.timeout(60_000);
  const input = sampleWorld();
  const key = trailKeys(input).find(({ account }) => account.key === "prod");
  assert.ok(key);

  const breachesOf = async (some: TrailKey): Promise<number> =>
    trailKeyBreaches(some, input, await theProver()).length;

  it("opens to auditors and administrators alone, in every account", async () => {
    const keys = trailKeys(input);
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
    assert.deepEqual(readersIn(trailKeys(input)), [
      "infra-AdminR-prod",
      "infra-BreakGlassR-prod",
      "infra-SecurityR-prod",
    ]);
    assert.deepEqual(readersIn(trailKeys(everySettingWorld())), [
      "infra-AdminR-prod",
      "infra-SecurityR-prod",
    ]);
  });

  const breachesWith = (policy: TrailKey["policy"]): Promise<number> => breachesOf({ ...key, policy });

  itFindsWiderKeyPolicies(key.policy, ["kms:Decrypt"], breachesWith);

  it("would open to roles that are added to its readers", async () => {
    const reading = usesOf(key.policy).find(({ label }) => label === '"ReadersDecryptEvents"');
    assert.ok(reading);
    assert.notEqual(await breachesWith(withFurtherRole(key.policy, reading)), 0);
  });
});
