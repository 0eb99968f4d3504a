import assert from "node:assert/strict";

import { parseUserName } from "../../src/model/names";
import { undoneAsText } from "../../src/offboarding/departure-report";
import { undoDenials } from "../../src/offboarding/undoing";
import { contextIn } from "../documents/fixture";
import { accessDenied, fakeIam, missing } from "../support/fake-iam";

const person = parseUserName("john.developer")!;
const { organization } = contextIn("identity");
const { identity } = organization;
const QUARANTINE = "arn:aws:iam::111111111111:policy/infra-quarantine";

describe("undoing what denies a user everything", () => {
  it("takes off the Deny of --now and the quarantine", async () => {
    const { iam, calls } = fakeIam({ deleteUserPolicy: () => ({}), detachUserPolicy: () => ({}) });
    const steps = await undoDenials(iam, { organization, person });
    assert.deepEqual(calls, [
      {
        operation: "deleteUserPolicy",
        input: { UserName: "john.developer", PolicyName: "infra-offboarding-john.developer" },
      },
      { operation: "detachUserPolicy", input: { UserName: "john.developer", PolicyArn: QUARANTINE } },
    ]);
    assert.equal(
      undoneAsText(identity.key, identity.id, steps),
      `users (111111111111):
  done      The Deny of --now is off the user: infra-offboarding-john.developer.
            undo: npm run offboard -- john.developer --now
  done      The user is out of quarantine: ${QUARANTINE} is detached.
            undo: npm run offboard -- john.developer --now

Left as they are: access keys that are inactive, a password that is deleted, and Denies on roles, which the next \`pulumi up --refresh\` takes off. Stolen credentials are stolen still: have them changed first.
`,
    );
  });

  it("has nothing to do where neither is there", async () => {
    const { iam } = fakeIam({ deleteUserPolicy: missing, detachUserPolicy: missing });
    assert.deepEqual(await undoDenials(iam, { organization, person }), [
      { outcome: "nothing to do", what: "No Deny of --now is on the user." },
      { outcome: "nothing to do", what: "The user is in no quarantine." },
    ]);
  });

  it("says what it could not do, and does the rest", async () => {
    const { iam } = fakeIam({ deleteUserPolicy: accessDenied, detachUserPolicy: missing });
    const [first, second] = await undoDenials(iam, { organization, person });
    assert.equal(first?.outcome, "failed");
    assert.deepEqual(second, { outcome: "nothing to do", what: "The user is in no quarantine." });
  });
});
