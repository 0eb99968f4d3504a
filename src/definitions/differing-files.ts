import type { ReadFile } from "./folder-reader";
import { SourceFiles } from "./source-files";

/** What git may change of a text between a commit and a working tree. */
const withoutLineEnds = (text: string | undefined): string | undefined => text?.replaceAll("\r\n", "\n");

/** The edited files, and what they import, that read otherwise on one side than on the other, in the order of their names. */
export function differingFiles(one: ReadFile, other: ReadFile): readonly string[] {
  const names = new Set([one, other].flatMap((read) => new SourceFiles(read).all.map(({ name }) => name)));
  return [...names].filter((name) => withoutLineEnds(one(name)) !== withoutLineEnds(other(name))).sort();
}
