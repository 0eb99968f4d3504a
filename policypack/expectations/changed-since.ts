import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The TypeScript files of some folders that were changed after a file was written, as paths within the root. */
export function sourcesChangedSince(
  written: string,
  root: string,
  folders: readonly string[],
): readonly string[] {
  const { mtimeMs } = statSync(written);
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith(".ts") && statSync(path.join(root, file)).mtimeMs > mtimeMs)
    .sort();
}
