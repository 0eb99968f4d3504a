import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Compares a text with the file that holds what it was when somebody last looked at it. `UPDATE_GOLDEN=1` writes the
 * file instead; the difference is then for the reviewer.
 */
export function assertGolden(file: string, actual: string): void {
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  assert.ok(existsSync(file), `${file} is missing: run again with UPDATE_GOLDEN=1 and read what it writes.`);
  assert.equal(
    actual,
    readFileSync(file, "utf8"),
    `${file} says something else. Where this change is meant, run again with UPDATE_GOLDEN=1, then read git diff.`,
  );
}
