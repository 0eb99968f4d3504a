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

function changed({ file, text, instead }: ProgramChange): string {
  const before = source(file);
  assert.equal(before.split(text).length, 2, `${file} has this once: ${text}`);
  return before.replace(text, () => instead);
}

/** Does something in a workspace whose program somebody has changed, and changes it back. */
export async function withProgram(
  workspace: Workspace,
  change: ProgramChange,
  run: () => Promise<void>,
): Promise<void> {
  workspace.writeFile(change.file, changed(change));
  try {
    await run();
  } finally {
    workspace.writeFile(change.file, source(change.file));
  }
}
