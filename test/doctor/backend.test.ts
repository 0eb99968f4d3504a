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
  // As pulumi 3.256 words them.
  ...(
    [
      [
        'Get "https://pulumi.invalid/api/user": dial tcp: lookup pulumi.invalid on 10.0.0.1:53: no such host',
        "nobody knows a host of this name",
      ],
      [
        'Get "https://127.0.0.1:9/api/user": dial tcp 127.0.0.1:9: connect: connection refused',
        "nothing listens there",
      ],
    ] as const
  ).map(
    ([said, cause]) =>
      [
        `no network: ${cause}`,
        {
          kind: "ended",
          code: 3,
          stdout: "",
          stderr: `Logging in using access token from PULUMI_ACCESS_TOKEN\nerror: performing HTTP request: ${said}\n`,
        },
        unknownOutcome(
          `cannot be reached, for ${cause}: Logging in using access token from PULUMI_ACCESS_TOKEN error: performing HTTP request: ${said}`,
          "Look whether this machine is on the network, and whether PULUMI_BACKEND_URL, or `pulumi login`, named the right host.",
        ),
      ] as const,
  ),
  [
    "a proxy's certificate",
    {
      kind: "ended",
      code: 3,
      stdout: "",
      stderr: "error: tls: failed to verify certificate: x509: certificate signed by unknown authority\n",
    },
    unknownOutcome(
      "who answers is not to be trusted: error: tls: failed to verify certificate: x509: certificate signed by unknown authority",
      "Where a proxy or a firewall reads what passes, have this machine trust its authority: SSL_CERT_FILE=/path/to/authority.pem on Linux, the keychain on macOS.",
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
