import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const folders = new Set<string>();

/** A new folder, which goes with {@link removeFolder} or when the tests are interrupted. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "muster-e2e-")));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

// Mocha runs no hooks when it is interrupted. Commands end at the process's exit, and an emulator when its folder is
// gone; so the folders go last.
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => {
    process.once("exit", () => {
      folders.forEach(removeFolder);
    });
    process.exit(status);
  });
}
