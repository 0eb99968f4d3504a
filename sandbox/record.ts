import { readFileSync } from "node:fs";
import { replaceFile } from "../src/files/replace-file";
import type { SandboxAccount } from "./accounts";
import type { SandboxPaths } from "./paths";

/** What a sandbox is, as it is written down in its folder. */
export interface SandboxRecord {
  readonly project: string;
  readonly engine: string;
  readonly region: string;
  readonly accounts: readonly SandboxAccount[];
}

export function writeRecord(paths: SandboxPaths, record: SandboxRecord): void {
  replaceFile(paths.record, `${JSON.stringify(record, undefined, 2)}\n`);
}

/** The record of a sandbox; `undefined` where the folder is none. */
export function readRecord(paths: SandboxPaths): SandboxRecord | undefined {
  try {
    return JSON.parse(readFileSync(paths.record, "utf8")) as SandboxRecord;
  } catch {
    return undefined;
  }
}
