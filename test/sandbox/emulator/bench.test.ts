import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { runningEmulator, type Emulator } from "../../../sandbox/emulator/emulator";
import { isRunning } from "../../../sandbox/process/identity";

const CHECKOUT = path.join(__dirname, "..", "..", "..");

describe("npm run bench, interrupted", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => (folder = mkdtempSync(path.join(tmpdir(), "muster-interrupted-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The emulator of the first sandbox that the bench opens. */
  async function firstEmulator(): Promise<Emulator> {
    for (;;) {
      const [record] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
        (name) => path.basename(name) === "emulator.json",
      );
      const emulator =
        record &&
        (await runningEmulator({ record: path.join(folder, record), log: "" }).catch(() => undefined));
      if (emulator) return emulator;
      await sleep(100);
    }
  }

  it("leaves no emulator and no file", async () => {
    const bench = spawn(process.execPath, ["start/command.js", "bench/main.ts", "previews"], {
      cwd: CHECKOUT,
      env: { ...process.env, TMPDIR: folder },
      stdio: "ignore",
    });
    const ended = once(bench, "exit");
    const emulator = await firstEmulator();
    bench.kill("SIGINT");
    assert.deepEqual(await ended, [130, null]);
    while (isRunning(emulator)) await sleep(100);
    assert.deepEqual(readdirSync(folder), []);
  });
});
