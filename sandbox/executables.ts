import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Writes a POSIX shell script that becomes another program (`exec`), so that signals and exit statuses are that
 * program's own. A script that says the same already stays untouched: it may be running.
 */
export function writeLauncher(file: string, lines: readonly string[]): void {
  const script = ["#!/bin/sh", ...lines, ""].join("\n");
  if (contentOf(file) === script) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, script);
  chmodSync(draft, 0o755);
  renameSync(draft, file);
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
