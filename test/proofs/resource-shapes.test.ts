import assert from "node:assert/strict";

import { provenSessionCaller } from "../../src/proofs/proven-caller";
import { theProver } from "./support";

const ACCOUNT = "222222222222";
const HERE = `eu-west-1:${ACCOUNT}`;

/** Resources that AWS takes with an action, those among them that its data leaves out, and some that it does not take. */
const CASES: readonly (readonly [action: string, resource: string, isTaken: boolean])[] = [
  ["lambda:InvokeFunction", `arn:aws:lambda:${HERE}:function:x`, true],
  ["lambda:InvokeFunction", `arn:aws:lambda:${HERE}:function:x:live`, true],
  ["lambda:UpdateFunctionCode", `arn:aws:lambda:${HERE}:function:x:$LATEST`, true],
  ["lambda:InvokeFunction", `arn:aws:lambda:${HERE}:function:x:live:more`, false],
  ["lambda:InvokeFunction", `arn:aws:lambda:${HERE}:layer:x`, false],
  ["states:StartExecution", `arn:aws:states:${HERE}:stateMachine:x:live`, false],
  ["s3:GetObject", "arn:aws:s3:::bucket/with:colon", true],
  ["rds:CopyDBSnapshot", `arn:aws:rds:${HERE}:snapshot:rds:x-2026-11-20`, true],
  ["logs:GetLogEvents", `arn:aws:logs:${HERE}:log-group:/x:log-stream:y`, true],
  ["iam:CreateUser", `arn:aws:iam::${ACCOUNT}:role/x`, false],
];

describe("the resources that an action takes", () => {
  for (const [action, resource, isTaken] of CASES) {
    it(`${isTaken ? "have" : "do not have"} ${resource} among them for ${action}`, async () => {
      const prover = await theProver();
      const caller = provenSessionCaller(`arn:aws:iam::${ACCOUNT}:role/x`, "x", "x");
      assert.equal(prover.hasRequests(caller, { actions: action, resources: resource }), isTaken);
    });
  }
});
