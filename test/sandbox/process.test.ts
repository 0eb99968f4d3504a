import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isRunning } from "../../sandbox/process/identity";
import { run } from "../../sandbox/process/run";

const shell = (script: string, options: Parameters<typeof run>[2] = {}) =>
  run("/bin/sh", ["-c", script], options);

describe("a command", () => {
  const statuses: [script: string, code: number][] = [
    ["exit 0", 0],
    ["exit 42", 42],
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
  ];
  for (const [script, code] of statuses) {
    it(`has the exit status ${code} that a shell gives \`${script}\``, async () => {
      assert.equal((await shell(script)).code, code);
    });
  }

  it("that does not exist is an error", async () => {
    await assert.rejects(run("/no/such/command", []), { code: "ENOENT" });
  });

  it("tells its lines as they come, whole ones, and logs everything", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "muster-process-"));
    const log = path.join(folder, "log");
    const lines: string[] = [];
    const { stdout, stderr } = await shell("printf 'o'; sleep 0.1; echo ne; echo two >&2; printf rest", {
      log,
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual([stdout, stderr], ["one\nrest", "two\n"]);
    assert.deepEqual(lines.sort(), ["one", "two"]);
    await sleep(20);
    assert.match(readFileSync(log, "utf8"), /ne\n/);
    rmSync(folder, { recursive: true });
  });

  it("is interrupted, and ends in its own way", async () => {
    const interruption = new AbortController();
    const running = shell("trap 'echo tidied; exit 3' INT; echo ready; while :; do sleep 0.05; done", {
      signal: interruption.signal,
      onLine: (line) => line === "ready" && interruption.abort(),
    });
    assert.deepEqual(await running, { code: 3, stdout: "ready\ntidied\n", stderr: "" });
  });

  it("that takes too long is killed, with all that it started", async () => {
    const { code, stdout } = await shell("sleep 60 & echo $!; wait", { timeout: 200 });
    assert.equal(code, 137);
    await sleep(50);
    assert.equal(identify(Number(stdout)), undefined);
  });
});

describe("a process", () => {
  it("is recognized while it runs, and not afterwards", async () => {
    const child = spawn("sleep", ["60"]);
    const identity = identify(child.pid ?? 0);
    assert.ok(identity);
    assert.equal(isRunning(identity), true);
    assert.equal(isRunning({ ...identity, started: "another time" }), false);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("close", resolve));
    assert.equal(isRunning(identity), false);
  });

  it("has the same identity in every language and time zone, where ps tells it", () => {
    const before = { LC_ALL: process.env["LC_ALL"], TZ: process.env["TZ"] };
    const identities = ["UTC", "Asia/Tokyo", "America/Lima"].map((zone) => {
      process.env["TZ"] = zone;
      process.env["LC_ALL"] = zone === "UTC" ? "C" : "de_DE.UTF-8";
      return identify(process.pid, "darwin");
    });
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    assert.ok(identities[0]);
    assert.deepEqual(identities, [identities[0], identities[0], identities[0]]);
  });
});
