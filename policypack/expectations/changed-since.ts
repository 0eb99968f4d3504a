import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The TypeScript files among some files and folders that were changed after a file was written, as paths within the root. */
export function sourcesChangedSince(
  written: string,
  root: string,
  sources: readonly string[],
): readonly string[] {
  const { mtimeMs } = statSync(written);
  return sources
    .flatMap((source) =>
      source.endsWith(".ts")
        ? [source]
        : readdirSync(path.join(root, source), { recursive: true, encoding: "utf8" }).map((file) =>
            path.join(source, file),
          ),
    )
    .filter((file) => file.endsWith(".ts") && statSync(path.join(root, file)).mtimeMs > mtimeMs)
    .sort();
}
