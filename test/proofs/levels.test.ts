import assert from "node:assert/strict";

import { EVERYTHING, findAllowedRequests } from "../../src/proofs/allowed-requests";
import { provenSessionCaller } from "../../src/proofs/proven-caller";
import type { RequestSet } from "../../src/proofs/request-set";
import { theProver } from "./support";

/** What is found of somebody who may do these actions. */
async function found(actions: readonly string[], never: RequestSet): Promise<readonly string[]> {
  const prover = await theProver();
  const caller = provenSessionCaller("arn:aws:iam::444444444444:role/some", "somebody", "prod/Some");
  const policies = [
    { name: "some", statements: EVERYTHING.statements.map((one) => ({ ...one, actions: [...actions] })) },
  ];
  return prover
    .breaches(findAllowedRequests(caller, { policies }), never)
    .flatMap(({ actions: known, example }) => (known.length > 0 ? known : [example.action]))
    .sort();
}

const CHANGES: RequestSet = { actions: "*", levels: ["Write", "Tagging", "Permissions management"] };

describe("actions by their level", function () {
  this.timeout(60_000);

  it("are changes where AWS says so, though they are named like reads", async () => {
    assert.deepEqual(await found(["kms:GenerateDataKey", "kms:ListKeys"], CHANGES), ["kms:GenerateDataKey"]);
    const backup = ["backup:ListIndexedRecoveryPointsForSearch", "backup:ListBackupJobs"];
    assert.deepEqual(await found(backup, CHANGES), ["backup:ListIndexedRecoveryPointsForSearch"]);
  });

  it("are reads where AWS has them not yet, and they are named like reads", async () => {
    assert.deepEqual(await found(["wafv2:GetTomorrow*"], CHANGES), []);
    assert.equal((await found(["wafv2:PutTomorrow*"], CHANGES)).length, 1);
  });
});
