import assert from "node:assert/strict";
import { changesIn, describeChanges, type Changes } from "../../sandbox/deployment/changes";
import { failureCause } from "../../sandbox/deployment/failure-cause";
import { warningsIn } from "../../sandbox/deployment/warnings";
import { narration } from "../../sandbox/deployment/narration";
import { withWarnings } from "../../sandbox/deployment/with-warnings";

describe("what a deployment changed", () => {
  it("is taken from the update, not from its preview", () => {
    const log = [
      { summaryEvent: { isPreview: true, resourceChanges: { create: 9 } } },
      { preludeEvent: {} },
      { summaryEvent: { resourceChanges: { create: 2, same: 1 } } },
    ];
    assert.deepEqual(changesIn(log.map((event) => `${JSON.stringify(event)}\n`).join("")), {
      create: 2,
      same: 1,
    });
    assert.deepEqual(changesIn(""), {});
  });

  const cases: [changes: Changes, expected: string][] = [
    [{ create: 3, same: 12 }, "3 created, 12 unchanged"],
    [{ update: 1, delete: 2, replace: 1, same: 5 }, "1 updated, 1 replaced, 2 deleted, 5 unchanged"],
    [{ same: 12 }, "no changes (12 unchanged)"],
    [{ same: 12, create: 0 }, "no changes (12 unchanged)"],
    [{}, "no changes (no resources)"],
  ];
  for (const [changes, expected] of cases) {
    it(expected, () => assert.equal(describeChanges(changes), expected));
  }
});

describe("the narration of a deployment", () => {
  it("counts what is done and drops what says nothing", () => {
    const narrate = narration();
    const told = [
      "Previewing update (dev):",
      " +  aws:iam:User ann create ",
      "@ previewing update....",
      "Updating (dev):",
      " +  aws:iam:User ann creating (0s) ",
      " +  aws:iam:User ann created (0.25s) ",
      " ~  aws:iam:Role infra-OpsR-dev updated (0.10s) [diff: ~assumeRolePolicy]",
    ].map(narrate);
    assert.deepEqual(told, [
      "previewing",
      undefined,
      undefined,
      "updating",
      "updating: 0 done, creating aws:iam:User ann",
      "updating: 1 done, created aws:iam:User ann",
      "updating: 2 done, updated aws:iam:Role infra-OpsR-dev",
    ]);
  });
});

describe("what a deployment warns of", () => {
  it("is told once, by preview and update together, without errors and other news", () => {
    const said = (severity: string, message: string) => ({ diagnosticEvent: { severity, message } });
    const log = [
      said("info#err", "resources: 3"),
      said("warning", "1 thing to look at.\n"),
      { summaryEvent: { isPreview: true } },
      said("warning", "1 thing to look at.\n"),
      said("warning", "another\n"),
      said("error", "it failed"),
    ];
    assert.deepEqual(warningsIn(log.map((event) => `${JSON.stringify(event)}\n`).join("")), [
      "1 thing to look at.",
      "another",
    ]);
    assert.deepEqual(warningsIn(""), []);
  });
});

describe("what a failed deployment says", () => {
  const policies = "Policies:\n    ✅ muster@v0.1.0\n";
  const diagnostics = "Diagnostics:\n  muster:index:Thing (it):\n    error: it failed\n";

  const cases = [
    [
      "the sections of preview and update, each once",
      `Previewing (dev):\n + it create\n${policies}\nUpdating (dev):\n${diagnostics}\n${policies}\nResources:\n    + 1\n`,
      "",
      `${policies}\n${diagnostics.trim()}`,
    ],
    [
      "a full disk, which the engine tells on standard error",
      `Previewing (dev):\n + it create\n${policies}\nResources:\n    + 1\n`,
      "error: writing snapshot: no space left on device\n",
      `${policies}\nerror: writing snapshot: no space left on device`,
    ],
    ["everything, where there is no such section", "no idea\n", "", "no idea"],
  ] as const;
  for (const [what, stdout, stderr, expected] of cases) {
    it(what, () => assert.equal(failureCause(stdout, stderr), expected));
  }
});

describe("the warnings of accounts that are deployed in turn", () => {
  const TOLD = [
    ["the roster ends soon", "dev has no alarms"],
    ["the roster ends soon", "prod has no alarms"],
  ] as const;
  const ONCE = ["the roster ends soon", "dev has no alarms", "prod has no alarms"] as const;

  for (const [how, fault] of [
    ["all are deployed", undefined],
    ["a later one fails", new Error("pulumi up of users failed")],
  ] as const) {
    it(`are printed once each, at the end, where ${how}`, async () => {
      const printed: string[] = [];
      const deployed = withWarnings(
        async (warn) => {
          for (const warning of TOLD.flat()) warn(warning);
          await Promise.resolve();
          assert.deepEqual(printed, []);
          if (fault !== undefined) throw fault;
        },
        (warning) => void printed.push(warning),
      );
      if (fault === undefined) await deployed;
      else await assert.rejects(deployed, fault);
      assert.deepEqual(printed, ONCE);
    });
  }
});
