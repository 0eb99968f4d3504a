import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import inspector from "node:inspector";
import { tmpdir } from "node:os";
import path from "node:path";

import { runRestricted } from "../../src/definitions/restricted-process";

/** Ways to send a signal to the process that started this one. */
const WAYS: Readonly<Record<string, string>> = {
  kill: 'process.kill(process.ppid, "SIGUSR1")',
  _kill: "process._kill(process.ppid, 10)",
  _debugProcess: "process._debugProcess(process.ppid)",
  "another process, which would send it":
    'require("node:child_process").execFileSync("kill", ["-USR1", String(process.ppid)])',
};

describe("code of others in a process that can do little", function () {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "muster-restricted-")));
  });

  after(() => {
    inspector.close();
    rmSync(folder, { recursive: true });
  });

  const answerOf = (code: string): Promise<unknown> => {
    const script = path.join(folder, "script.js");
    writeFileSync(script, `require("node:fs").writeSync(3, JSON.stringify((() => { ${code} })()));`);
    return runRestricted({ script, args: [], directory: folder, readable: [`${folder}/`] });
  };

  for (const [name, way] of Object.entries(WAYS)) {
    it(`opens no debugger of the process that started it: ${name}`, async () => {
      const answer = await answerOf(`try { ${way}; return "sent"; } catch { return "refused"; }`);
      assert.deepEqual([answer, inspector.url()], ["refused", undefined]);
    });
  }

  it("nor would a signal that it sent all the same", async () => {
    await answerOf("return true;");
    process.kill(process.pid, "SIGUSR1");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(inspector.url(), undefined);
  });
});
