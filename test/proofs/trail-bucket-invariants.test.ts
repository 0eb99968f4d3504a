import assert from "node:assert/strict";

import {
  trailBucketBreaches,
  trailBuckets,
  type TrailBucket,
} from "../../src/proofs/invariants/trail-bucket-invariants";
import { sampleWorld, theProver } from "./support";

describe("the trail's bucket", function () {
  this.timeout(60_000);
  const buckets = trailBuckets(sampleWorld());

  const breachesOf = async (bucket: TrailBucket): Promise<number> =>
    trailBucketBreaches(bucket, await theProver()).length;

  it("is written by nobody of its account, in every account", async () => {
    assert.deepEqual(
      buckets.map(({ account }) => account.key),
      ["users", "dev", "staging", "prod"],
    );
    for (const bucket of buckets) assert.equal(await breachesOf(bucket), 0);
  });

  const [bucket] = buckets;
  assert.ok(bucket);
  const denial = bucket.policy.statements.find(({ label }) => label === '"OthersReadAtMost"');
  assert.ok(denial);
  const mutants = {
    "without the statement": [],
    "with deletion left out": [{ ...denial, notActions: [...denial.notActions, "s3:DeleteObject*"] }],
    "for the trail's folder alone": [
      { ...denial, resources: [denial.resources[0]?.replace("/*", "/AWSLogs/*") ?? ""] },
    ],
    "for services alone": [
      { ...denial, conditions: denial.conditions.map((one) => ({ ...one, values: ["true"] })) },
    ],
  };
  for (const [how, instead] of Object.entries(mutants)) {
    it(`would be written by others ${how}`, async () => {
      const statements = bucket.policy.statements.flatMap((one) => (one === denial ? instead : [one]));
      assert.notEqual(await breachesOf({ ...bucket, policy: { ...bucket.policy, statements } }), 0);
    });
  }
});
