import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";

/** A file before and after a change, by its path with slashes. */
export interface ChangedText {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

const CONTEXT = { context: 3 } as const;

/** What changes, as `git apply` takes it; the empty text where nothing does. */
export const unifiedDiff = (changes: readonly ChangedText[]): string =>
  changes
    .filter(({ before, after }) => before !== after)
    .map(({ file, before, after }) =>
      formatPatch(
        structuredPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, CONTEXT),
        FILE_HEADERS_ONLY,
      ),
    )
    .join("");
