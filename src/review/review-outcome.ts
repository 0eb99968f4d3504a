import type { Instant } from "../model/dates";
import { rowKey } from "./access-row";
import type { ReviewDecisions } from "./decisions-file";
import type { ClosedRow } from "./removal";
import type { Review, ReviewRow } from "./review";
import type { Signature } from "./signature";

/** What became of a review after it was opened, for those who read it. */
export interface ReviewOutcome {
  readonly decisions: ReviewDecisions;
  /** Absent until somebody signs. */
  readonly signature?: Signature;
  /** What the last snapshot after it told of removals and changes. */
  readonly closing?: Closing;
}

/** A second snapshot, and what it told of each removal and change. */
export interface Closing {
  readonly snapshot: { readonly hash: string; readonly startedAt: Instant; readonly finishedAt: Instant };
  readonly rows: readonly ClosedRow[];
}

export const UNDECIDED: ReviewOutcome = { decisions: new Map() };

/** What was decided about a row, or who is asked. */
export function formatRowDecision(row: ReviewRow, { decisions }: ReviewOutcome): string {
  const found = decisions.get(rowKey(row));
  if (found === undefined) return `asked of ${row.reviewers[0] ?? "nobody: name a manager"}`;
  const { decision, reviewer, note } = found;
  return `${decision}, by ${reviewer}${note === "" ? "" : `: ${note}`}`;
}

/** Counts the undecided rows of each person who is asked first; the highest count first. */
export function openByReviewer(
  { rows }: Pick<Review, "rows">,
  decisions: ReviewDecisions,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (decisions.has(rowKey(row))) continue;
    const who = row.reviewers[0] ?? "nobody who may decide";
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** Who signed, and what the second snapshot told; empty before that. */
export function outcomeLines({ signature, closing }: ReviewOutcome): readonly (readonly [string, string])[] {
  const open = closing?.rows.filter(({ done }) => !done).length ?? 0;
  return [
    ...(signature === undefined
      ? []
      : [
          [
            "Signed",
            `as ${signature.as} by ${signature.by} at ${signature.at}; SHA-256 of review.json ${signature.signed["review.json"]}, of decisions.csv ${signature.signed["decisions.csv"]}`,
          ] as const,
        ]),
    ...(closing === undefined
      ? []
      : [
          [
            open === 0 ? "Closed" : "Not closed",
            `${String(closing.rows.length - open)} of ${String(closing.rows.length)} removals and changes have happened, by a snapshot of ${closing.snapshot.startedAt}; SHA-256 of its manifest ${closing.snapshot.hash}`,
          ] as const,
        ]),
  ];
}

/** Each removal and change, as a table. */
export const CLOSING_HEAD = ["row", "decision", "state", "seen"] as const;
export const closingCells = ({ rows }: Closing): readonly (readonly string[])[] =>
  rows.map(({ row, decision, done, seen }) => [row, decision, done ? "done" : "open", seen.join("; ")]);
