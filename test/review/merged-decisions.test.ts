import assert from "node:assert/strict";

import fc from "fast-check";

import { rowKey, rowTitle } from "../../src/review/access-row";
import type { ReviewDecisions } from "../../src/review/decisions-file";
import { mergeDecisions } from "../../src/review/merged-decisions";
import { DECISION_KINDS, type ReviewDecision } from "../../src/review/review-decision";
import type { ReviewRow } from "../../src/review/review";
import { reviewOf } from "./support";

const REVIEW = reviewOf();

const aDecision = fc.record<ReviewDecision>(
  {
    decision: fc.constantFrom(...DECISION_KINDS),
    reviewer: fc.constantFrom("sarah.devops", "maria.cto"),
    note: fc.constantFrom("", "looked at"),
  },
  { noNullPrototype: true },
);
const decisionsAbout = (rows: readonly ReviewRow[]): fc.Arbitrary<ReviewDecisions> =>
  fc
    .array(fc.option(aDecision, { nil: undefined }), { minLength: rows.length, maxLength: rows.length })
    .map(
      (all) =>
        new Map(rows.flatMap((row, place) => (all[place] ? [[rowKey(row), all[place]] as const] : []))),
    );
const anything = decisionsAbout(REVIEW.rows);

describe("decisions of two branches", () => {
  const [first, second, third, fourth] = REVIEW.rows;
  const keep = (note: string): ReviewDecision => ({ decision: "keep", reviewer: "sarah.devops", note });
  const of = (...all: readonly (readonly [ReviewRow | undefined, ReviewDecision])[]): ReviewDecisions =>
    new Map(all.map(([row, decision]) => [rowKey(row!), decision]));

  it("are joined row by row: what one side alone changed counts, and what both did apart is open again", () => {
    const { decisions, conflicts } = mergeDecisions(REVIEW, {
      before: of([first, keep("before")], [fourth, keep("before")]),
      one: of([first, keep("now")], [second, keep("one")], [third, keep("one")], [fourth, keep("before")]),
      other: of([first, keep("before")], [third, keep("other")]),
    });
    assert.deepEqual([...decisions], [...of([first, keep("now")], [second, keep("one")])]);
    assert.deepEqual(
      conflicts.map(({ row, one, other }) => [rowTitle(row), one?.note, other?.note]),
      [[rowTitle(third!), "one", "other"]],
    );
  });

  it("are the same whichever side is called which, and each side's where the other did nothing", () => {
    fc.assert(
      fc.property(anything, anything, anything, (before, one, other) => {
        const merged = mergeDecisions(REVIEW, { before, one, other });
        assert.deepEqual(
          mergeDecisions(REVIEW, { before, one: other, other: one }).decisions,
          merged.decisions,
        );
        assert.deepEqual(mergeDecisions(REVIEW, { before, one, other: before }), {
          decisions: new Map(
            REVIEW.rows.flatMap((row) => {
              const decision = one.get(rowKey(row));
              return decision === undefined ? [] : [[rowKey(row), decision] as const];
            }),
          ),
          conflicts: [],
        });
      }),
    );
  });
});
