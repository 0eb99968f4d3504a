import assert from "node:assert/strict";

import { backendOutcome } from "../../src/doctor/backend";
import type { CommandAnswer } from "../../src/doctor/run-command";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";

const who = (url: string): CommandAnswer => ({
  kind: "ended",
  code: 0,
  stdout: JSON.stringify({ user: "sarah", url }),
  stderr: "",
});

const CASES: readonly (readonly [string, CommandAnswer, DoctorOutcome])[] = [
  [
    "Pulumi Cloud",
    who("https://app.pulumi.com/sarah"),
    passedOutcome("sarah at https://app.pulumi.com/sarah"),
  ],
  ["a bucket", who("s3://example-muster-state"), passedOutcome("sarah at s3://example-muster-state")],
  [
    "a folder",
    who("file:///srv/state"),
    passedOutcome("sarah at file:///srv/state, which this machine alone has"),
  ],
  [
    "an address with secrets",
    who("https://sarah:hunter2@state.example.com/x?token=hunter2#hunter2"),
    passedOutcome("sarah at https://state.example.com/x"),
  ],
  [
    "no login",
    {
      kind: "ended",
      code: 3,
      stdout: "",
      stderr: "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions\n",
    },
    missingOutcome(
      "no login: error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
      "Run `pulumi login`, or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud.",
    ),
  ],
  [
    "no pulumi",
    { kind: "not found" },
    unknownOutcome("nobody to ask without pulumi", "Install pulumi first."),
  ],
  [
    "no answer",
    { kind: "no answer" },
    unknownOutcome("does not answer", "Run `pulumi whoami --verbose` by hand."),
  ],
];

describe("the backend", () => {
  for (const [name, answer, expected] of CASES) {
    it(name, () => assert.deepEqual(backendOutcome(answer), expected));
  }
});
