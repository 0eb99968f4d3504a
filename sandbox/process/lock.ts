import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRefusedByMachine } from "../../src/files/machine-refusal";
import { makeFolder } from "../../src/files/make-folder";
import { identify, isRunning, type ProcessIdentity } from "./identity";

/**
 * Takes a lock, a file that names its owner. The lock of a process that no longer runs is stale and is taken over.
 * @returns a function that releases it, or the owner who has it.
 */
export function tryLock(file: string): { release(): void } | { owner: ProcessIdentity } {
  makeFolder(path.dirname(file));
  for (;;) {
    const self = identify(process.pid);
    try {
      writeFileSync(file, JSON.stringify(self), { flag: "wx" });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        // A full disk leaves a file that names nobody.
        if (isRefusedByMachine(error)) rmSync(file, { force: true });
        throw error;
      }
    }
    const owner = ownerOf(file);
    if (owner !== undefined && isRunning(owner)) return { owner };
    rmSync(file, { force: true });
  }
}

/**
 * Does something while holding a lock. Where another process has it, `waiting` is told once, and the lock is asked for
 * again every half second.
 */
export async function withLock<T>(
  file: string,
  waiting: (owner: number) => void,
  action: () => Promise<T>,
): Promise<T> {
  let told = false;
  for (;;) {
    const lock = tryLock(file);
    if ("release" in lock) {
      try {
        return await action();
      } finally {
        lock.release();
      }
    }
    if (!told) waiting(lock.owner.pid);
    told = true;
    await sleep(500);
  }
}

function ownerOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
