import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import type { Workspace } from "./workspace";

const CHECKOUT = path.join(__dirname, "..", "..", "..");

/** A change of the program: a file, a text in it that occurs once, and what stands there instead. */
export interface ProgramChange {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

const source = (file: string): string => readFileSync(path.join(CHECKOUT, file), "utf8");

function changed(before: string, { file, text, instead }: ProgramChange): string {
  assert.equal(before.split(text).length, 2, `${file} has this once: ${text}`);
  return before.replace(text, () => instead);
}

/** Does something in a workspace whose program somebody has changed, and changes it back. */
export async function withProgram<Result>(
  workspace: Workspace,
  changes: readonly ProgramChange[],
  run: () => Promise<Result>,
): Promise<Result> {
  const files = new Map<string, string>();
  for (const change of changes) {
    files.set(change.file, changed(files.get(change.file) ?? source(change.file), change));
  }
  for (const [file, text] of files) workspace.writeFile(file, text);
  try {
    return await run();
  } finally {
    for (const file of files.keys()) workspace.writeFile(file, source(file));
  }
}
