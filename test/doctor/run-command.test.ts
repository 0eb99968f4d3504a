import assert from "node:assert/strict";

import { runCommand } from "../../src/doctor/run-command";

const options = (limit: number) => ({ directory: __dirname, env: process.env, limit });

describe("asking a command", () => {
  it("answers what it printed and how it ended", async () => {
    assert.deepEqual(await runCommand("sh", ["-c", "echo out; echo err >&2; exit 3"], options(20_000)), {
      kind: "ended",
      code: 3,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("says that there is none", async () => {
    assert.deepEqual(await runCommand("muster-no-such-command", [], options(20_000)), { kind: "not found" });
  });

  it("waits no longer than its limit, whatever the command has started", async () => {
    const begun = Date.now();
    assert.deepEqual(await runCommand("sh", ["-c", "sleep 3 & sleep 3"], options(200)), {
      kind: "no answer",
    });
    assert.ok(Date.now() - begun < 2_500);
  });
});
