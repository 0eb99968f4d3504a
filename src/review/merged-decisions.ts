import { rowKey } from "./access-row";
import type { ReviewDecisions } from "./decisions-file";
import type { Review, ReviewRow } from "./review";
import type { ReviewDecision } from "./review-decision";

/** The decisions of two branches, and those that both had when they parted. */
export interface DecisionSides {
  readonly before: ReviewDecisions;
  readonly one: ReviewDecisions;
  readonly other: ReviewDecisions;
}

/** A row about which both sides decided, and not the same. */
export interface DecisionConflict {
  readonly row: ReviewRow;
  readonly one: ReviewDecision | undefined;
  readonly other: ReviewDecision | undefined;
}

/** The joined decisions, and the rows that the branches decided differently: those are open again. */
export interface MergedDecisions {
  readonly decisions: ReviewDecisions;
  readonly conflicts: readonly DecisionConflict[];
}

const isSame = (one: ReviewDecision | undefined, other: ReviewDecision | undefined): boolean =>
  one?.decision === other?.decision && one?.reviewer === other?.reviewer && one?.note === other?.note;

/** Joins the decisions of two branches row by row: what one side alone changed counts. */
export function mergeDecisions(
  { rows }: Pick<Review, "rows">,
  { before, one, other }: DecisionSides,
): MergedDecisions {
  const decisions = new Map<string, ReviewDecision>();
  const conflicts: DecisionConflict[] = [];
  for (const row of rows) {
    const key = rowKey(row);
    const [was, first, second] = [before.get(key), one.get(key), other.get(key)];
    if (!isSame(first, second) && !isSame(was, first) && !isSame(was, second)) {
      conflicts.push({ row, one: first, other: second });
      continue;
    }
    const decision = isSame(was, first) ? second : first;
    if (decision !== undefined) decisions.set(key, decision);
  }
  return { decisions, conflicts };
}
