import assert from "node:assert/strict";

import { backendOutcome } from "../../src/doctor/backend";
import type { Answer } from "../../src/doctor/command";
import { missing, passed, unknown, type Outcome } from "../../src/doctor/finding";

const who = (url: string): Answer => ({
  kind: "ended",
  code: 0,
  stdout: JSON.stringify({ user: "sarah", url }),
  stderr: "",
});

const CASES: readonly (readonly [string, Answer, Outcome])[] = [
  ["Pulumi Cloud", who("https://app.pulumi.com/sarah"), passed("sarah at https://app.pulumi.com/sarah")],
  ["a bucket", who("s3://example-muster-state"), passed("sarah at s3://example-muster-state")],
  ["a folder", who("file:///srv/state"), passed("sarah at file:///srv/state, which this machine alone has")],
  [
    "an address with secrets",
    who("https://sarah:hunter2@state.example.com/x?token=hunter2#hunter2"),
    passed("sarah at https://state.example.com/x"),
  ],
  [
    "no login",
    {
      kind: "ended",
      code: 3,
      stdout: "",
      stderr: "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions\n",
    },
    missing(
      "no login: error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
      "Run `pulumi login`, or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud.",
    ),
  ],
  ["no pulumi", { kind: "not found" }, unknown("nobody to ask without pulumi", "Install pulumi first.")],
  ["no answer", { kind: "no answer" }, unknown("does not answer", "Run `pulumi whoami --verbose` by hand.")],
];

describe("the backend", () => {
  for (const [name, answer, expected] of CASES) {
    it(name, () => assert.deepEqual(backendOutcome(answer), expected));
  }
});
