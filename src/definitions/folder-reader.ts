import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** The text of a file by its path within the project, with slashes; undefined where there is none. */
export type ReadFile = (file: string) => string | undefined;

/** The files of a folder. */
export function folderReader(root: string): ReadFile {
  return (file) => {
    const place = path.resolve(root, file);
    return existsSync(place) && statSync(place).isFile() ? readFileSync(place, "utf8") : undefined;
  };
}
