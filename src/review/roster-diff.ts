import { changeRoster, type ChangeByHand, type RosterChange } from "../definitions/roster-changes";
import type { ReadFile } from "../definitions/folder-reader";
import { unifiedDiff } from "../text/unified-diff";

/** Changes of the roster as a diff that `git apply` takes, and what is left to do by hand. */
export interface RosterDiff {
  /** Empty where the text allows none of them. */
  readonly diff: string;
  readonly byHand: readonly ChangeByHand[];
}

/** @param people the names of all people of the roster */
export function rosterDiff(
  read: ReadFile,
  people: readonly string[],
  changes: readonly RosterChange[],
): RosterDiff {
  const { edits, byHand } = changeRoster(read, people, changes);
  return {
    diff: unifiedDiff(edits.map(({ file, text }) => ({ file, before: read(file) ?? "", after: text }))),
    byHand,
  };
}
