import { readFileSync } from "node:fs";
import { replaceFile } from "../src/files/replace-file";

/**
 * Writes a POSIX shell script that becomes another program (`exec`), so that signals and exit statuses are that
 * program's own. A script that says the same already stays untouched: it may be running.
 */
export function writeLauncher(file: string, lines: readonly string[]): void {
  const script = ["#!/bin/sh", ...lines, ""].join("\n");
  if (contentOf(file) === script) return;
  replaceFile(file, script, { mode: 0o755, folderMode: 0o777 });
}

/** A word of a shell script that means exactly this text. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
