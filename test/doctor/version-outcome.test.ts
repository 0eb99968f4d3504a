import assert from "node:assert/strict";

import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";
import { versionOutcome } from "../../src/doctor/version-outcome";
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

const CASES: readonly (readonly [DeploymentSource, DeployedVersion, DoctorOutcome])[] = [
  ["tags", { kind: "tag", tag: "v1.4.0", ...deployed }, passedOutcome("v1.4.0 (1234567)")],
  [
    "tags",
    { kind: "tag", tag: "v1.4.0", ...deployed, hasUncommittedChanges: true },
    missingOutcome("v1.4.0 (1234567), with changes that nobody had committed", PROMOTE),
  ],
  [
    "tags",
    { kind: "tag", tag: "v1.4.0", ...deployed, hasFailed: true },
    missingOutcome("v1.4.0 (1234567), whose deployment failed before its end", PROMOTE),
  ],
  ["tags", { kind: "commit", ...deployed }, missingOutcome("1234567, which is no version", PROMOTE)],
  [
    "tags",
    { kind: "unknown", reason: "nothing noted", isRead: true },
    missingOutcome("an unknown version: nothing noted", PROMOTE),
  ],
  ...(["tags", "branch"] as const).map(
    (follows) =>
      [
        follows,
        { kind: "unknown", reason: "not read", isRead: false },
        unknownOutcome("an unknown version: not read", "Run `pulumi stack history -s prod` by hand."),
      ] as const,
  ),
  [
    "tags",
    { kind: "elsewhere", clone: "whole", ...deployed },
    unknownOutcome("1234567, which this clone does not have", "Run `git fetch --tags`."),
  ],
  [
    "tags",
    { kind: "elsewhere", clone: "shallow", ...deployed },
    unknownOutcome("1234567, which this shallow clone does not have", "Run `git fetch --unshallow --tags`."),
  ],
  [
    "tags",
    { kind: "elsewhere", clone: "none", ...deployed },
    unknownOutcome(
      "1234567, of which a folder without git's history does not know more",
      "Run this in a clone of the repository.",
    ),
  ],
  [
    "branch",
    { kind: "elsewhere", clone: "none", ...deployed },
    passedOutcome("1234567, of which a folder without git's history does not know more"),
  ],
  ["branch", { kind: "commit", ...deployed }, passedOutcome("1234567, which is no version")],
  [
    "branch",
    { kind: "unknown", reason: "nothing noted", isRead: true },
    passedOutcome("an unknown version: nothing noted"),
  ],
  ["branch", { kind: "none" }, missingOutcome(NOTHING, "Put the stack right first.")],
  ["tags", { kind: "none" }, missingOutcome(NOTHING, "Put the stack right first.")],
];

describe("the version of an account, for doctor", () => {
  for (const [follows, version, expected] of CASES) {
    it(`is ${expected.status} for ${expected.found}, where it follows ${follows === "branch" ? "the branch" : "tags"}`, () =>
      assert.deepEqual(versionOutcome({ ...ACCOUNTS.prod, follows }, version), expected));
  }
});
