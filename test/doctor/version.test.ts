import assert from "node:assert/strict";

import { missing, passed, unknown, type Outcome } from "../../src/doctor/finding";
import { versionOutcome } from "../../src/doctor/version";
import type { DeploymentSource } from "../../src/model/organization";
import type { DeployedVersion } from "../../src/releases/deployed-version";
import { ACCOUNTS } from "../documents/fixture";

const deployed = {
  commit: "1234567890123456789012345678901234567890",
  hasUncommittedChanges: false,
  hasFailed: false,
  behind: 0,
};
const PROMOTE = "prod follows tags: run `npm run promote -- <tag> prod`.";
const NOTHING = "no version: nothing is deployed";

const CASES: readonly (readonly [DeploymentSource, DeployedVersion, Outcome])[] = [
  ["tags", { kind: "tag", tag: "v1.4.0", ...deployed }, passed("v1.4.0 (1234567)")],
  [
    "tags",
    { kind: "tag", tag: "v1.4.0", ...deployed, hasUncommittedChanges: true },
    missing("v1.4.0 (1234567), with changes that nobody had committed", PROMOTE),
  ],
  [
    "tags",
    { kind: "tag", tag: "v1.4.0", ...deployed, hasFailed: true },
    missing("v1.4.0 (1234567), whose deployment failed before its end", PROMOTE),
  ],
  ["tags", { kind: "commit", ...deployed }, missing("1234567, which is no version", PROMOTE)],
  ["tags", { kind: "unknown", reason: "no" }, missing("an unknown version: no", PROMOTE)],
  [
    "tags",
    { kind: "elsewhere", ...deployed },
    unknown("1234567, which this clone does not have", "Run `git fetch --tags`."),
  ],
  ["branch", { kind: "commit", ...deployed }, passed("1234567, which is no version")],
  ["branch", { kind: "unknown", reason: "no" }, passed("an unknown version: no")],
  ["branch", { kind: "none" }, missing(NOTHING, "Put the stack right first.")],
  ["tags", { kind: "none" }, missing(NOTHING, "Put the stack right first.")],
];

describe("the version of an account, for doctor", () => {
  for (const [follows, version, expected] of CASES) {
    it(`is ${expected.status} for ${expected.found}, where it follows ${follows === "branch" ? "the branch" : "tags"}`, () =>
      assert.deepEqual(versionOutcome({ ...ACCOUNTS.prod, follows }, version), expected));
  }
});
