import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cached, type CacheEntry } from "../../sandbox/cache";
import { tryLock } from "../../sandbox/process/lock";
import { rememberEnvironment } from "./environment";

describe("the cache", () => {
  let home: string;
  let made: number;
  let restoreEnvironment: () => void;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "muster-cache-"));
    restoreEnvironment = rememberEnvironment();
    process.env["XDG_CACHE_HOME"] = home;
    made = 0;
  });
  afterEach(() => {
    restoreEnvironment();
    rmSync(home, { recursive: true });
  });

  const entry = (changes: Partial<CacheEntry> = {}): CacheEntry => ({
    name: "thing",
    isGood: (folder) => Promise.resolve(contentOf(folder) === "whole"),
    make: async (draft) => {
      made += 1;
      await sleep(20);
      writeFileSync(path.join(draft, "content"), "whole");
    },
    waiting: () => undefined,
    ...changes,
  });
  const contentOf = (folder: string): string | undefined => {
    const file = path.join(folder, "content");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };

  it("makes what is not there, once", async () => {
    const folder = await cached(entry());
    assert.equal(folder, path.join(home, "muster", "thing"));
    await cached(entry());
    assert.equal(made, 1);
  });

  it("makes a thing once, however many ask for it at the same time", async () => {
    await Promise.all([cached(entry()), cached(entry()), cached(entry())]);
    assert.equal(made, 1);
  });

  for (const content of ["half", undefined]) {
    it(`makes anew what is ${content ?? "empty"}`, async () => {
      const folder = path.join(home, "muster", "thing");
      mkdirSync(folder, { recursive: true });
      if (content !== undefined) writeFileSync(path.join(folder, "content"), content);
      await cached(entry());
      assert.equal(contentOf(folder), "whole");
    });
  }

  it("leaves nothing behind of what could not be made", async () => {
    const failing = entry({
      make: (draft) => {
        writeFileSync(path.join(draft, "content"), "half");
        return Promise.reject(new Error("no registry"));
      },
    });
    await assert.rejects(cached(failing), /no registry/);
    assert.deepEqual(readdirSync(path.join(home, "muster")), []);
  });

  it("clears away the drafts and the lock of a process that was killed", async () => {
    const parent = path.join(home, "muster");
    mkdirSync(path.join(parent, "thing.draft-killed"), { recursive: true });
    writeFileSync(path.join(parent, "thing.lock"), JSON.stringify({ pid: 2 ** 22 + 1, started: "long ago" }));
    await cached(entry());
    assert.deepEqual(readdirSync(parent), ["thing"]);
  });

  it("clears away a lock that says nothing", async () => {
    mkdirSync(path.join(home, "muster"), { recursive: true });
    writeFileSync(path.join(home, "muster", "thing.lock"), "");
    await cached(entry());
    assert.equal(made, 1);
  });

  it("waits for another process that has the lock, and says so", async () => {
    const lock = tryLock(path.join(home, "muster", "thing.lock"));
    assert.ok("release" in lock);
    const owners: number[] = [];
    const waiting = cached(entry({ waiting: (owner) => owners.push(owner) }));
    await sleep(50);
    assert.deepEqual([owners, made], [[process.pid], 0]);
    lock.release();
    await waiting;
    assert.equal(made, 1);
  });
});
