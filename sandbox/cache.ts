import envPaths from "env-paths";
import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { SandboxProblem } from "./problem";
import { withLock } from "./process/lock";

/** The user's cache folder for Muster (XDG_CACHE_HOME on Linux): shared by all checkouts, safe to delete. */
export function cacheFolder(): string {
  return envPaths("muster", { suffix: "" }).cache;
}

export interface CacheEntry {
  /** The folder's name in the cache, made of everything that the content depends on. */
  readonly name: string;
  /** Whether a folder that is there is whole and does what it should. */
  readonly isGood: (folder: string) => Promise<boolean>;
  /** Fills an empty folder. */
  readonly make: (folder: string) => Promise<void>;
  /** Told when another process is making the entry already. */
  readonly waiting: (owner: number) => void;
}

/**
 * A folder of the cache, made when it is not there or no longer good. It is filled beside its place and then renamed,
 * so that one which was interrupted is never mistaken for a whole one, and made once when several ask for it.
 */
export async function cached(entry: CacheEntry): Promise<string> {
  const folder = path.join(cacheFolder(), entry.name);
  if (await entry.isGood(folder)) return folder;
  try {
    return await withLock(`${folder}.lock`, entry.waiting, () => fill(folder, entry));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new SandboxProblem(
      `The cache cannot be written: ${error.message}. XDG_CACHE_HOME moves it elsewhere.`,
    );
  }
}

async function fill(folder: string, entry: CacheEntry): Promise<string> {
  if (await entry.isGood(folder)) return folder;
  removeDrafts(folder);
  const draft = mkdtempSync(draftsOf(folder));
  try {
    await entry.make(draft);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** No permission, a read-only disk, or a full one. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof Error && "code" in error && ["EACCES", "EROFS", "ENOSPC"].includes(String(error.code))
  );
}

const draftsOf = (folder: string) => `${folder}.draft-`;

/** Drafts of processes that were killed; nobody else makes one while we hold the lock. */
function removeDrafts(folder: string): void {
  const parent = path.dirname(folder);
  const drafts = readdirSync(parent).map((name) => path.join(parent, name));
  for (const draft of drafts.filter((name) => name.startsWith(draftsOf(folder)))) {
    rmSync(draft, { recursive: true, force: true });
  }
}
