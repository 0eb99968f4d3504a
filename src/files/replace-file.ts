import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

import { makeFolder } from "./make-folder";

/** A file cannot be written, which its user can put right. The message is a sentence that names the file and the cause. */
export class UnwritableFile extends Error {
  override readonly name = "UnwritableFile";
}

const DRAFT = ".draft";

interface Options {
  /** Of a file that is new; one that is there keeps its own. */
  readonly mode?: number;
  /** Makes the folders that are missing, with this mode. */
  readonly folderMode?: number;
  readonly encoding?: BufferEncoding;
}

/** The file that a name stands for, through links, also where it does not exist yet. */
function linkTarget(file: string): string {
  const link = lstatSync(file, { throwIfNoEntry: false });
  if (link === undefined) return resolve(file);
  return link.isSymbolicLink() && !statSync(file, { throwIfNoEntry: false })
    ? linkTarget(resolve(dirname(file), readlinkSync(file)))
    : realpathSync(file);
}

function writeDraft(draft: string, text: string, mode: number | undefined, options: Options): void {
  const handle = openSync(draft, "wx", options.mode ?? 0o666);
  try {
    if (mode !== undefined) fchmodSync(handle, mode & 0o777);
    writeFileSync(handle, text, options.encoding ?? "utf8");
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function replace(target: string, text: string, mode: number | undefined, options: Options): void {
  const draft = `${target}.${randomUUID()}${DRAFT}`;
  try {
    writeDraft(draft, text, mode, options);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Puts the text in the place of the file at once: a reader sees the old file or the new one, and an error or an interruption
 * leaves the old one. A link stays a link; a pipe or a device, such as /dev/stdout, is written to.
 * @throws UnwritableFile where the machine refuses
 */
export function replaceFile(file: string, text: string, options: Options = {}): void {
  let old = "";
  try {
    if (options.folderMode !== undefined) makeFolder(dirname(file), options.folderMode);
    const before = statSync(file, { throwIfNoEntry: false });
    if (before?.isFile() === false) {
      writeFileSync(file, text, options.encoding ?? "utf8");
    } else {
      if (before !== undefined) old = ", and is as it was";
      replace(linkTarget(file), text, before?.mode, options);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UnwritableFile(`${file} cannot be written${old}: ${error.message}.`);
  }
}

/** Removes the drafts that `replaceFile` left in a folder and below when it was interrupted. Nobody may be writing there. */
export function removeDrafts(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (file.endsWith(DRAFT)) rmSync(join(folder, file));
}
