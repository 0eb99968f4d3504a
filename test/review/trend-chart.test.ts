import assert from "node:assert/strict";

import { periodAt } from "../../src/review/cadence";
import { earlierReview, type Review } from "../../src/review/review";
import { UNDECIDED } from "../../src/review/review-outcome";
import { reviewPage } from "../../src/review/review-page";
import { trendChart, type TrendPoint } from "../../src/review/trend-chart";
import { daysBeforeReview, REVIEWED_AT, reviewOf } from "./support";

const point = (name: string, high: number, medium: number, low: number): TrendPoint => ({
  name,
  counts: { high, medium, low, accepted: 0, rows: 9 },
});

interface Bar {
  readonly words: string;
  /** Class, lower end and height of each part that is seen. */
  readonly parts: readonly string[];
}

/** The bars of a chart, by their markup. */
function barsOf(markup: string): readonly Bar[] {
  return [...markup.matchAll(/<g\s*>([^]*?)<\/g\s*>/g)].map(([, bar = ""]) => ({
    words: /<title>([^<]*)<\/title>/.exec(bar)?.[1] ?? "",
    parts: [...bar.matchAll(/class="(\w+)"\s+x="\S+"\s+y="([\d.]+)"\s+width="\d+"\s+height="([\d.]+)"/g)]
      .filter(([, , , height]) => Number(height) > 0)
      .map(
        ([, severity, y, height]) =>
          `${severity ?? ""} ${String(Number(y) + Number(height))} ${height ?? ""}`,
      ),
  }));
}

const chart = (points: readonly TrendPoint[]): readonly Bar[] => barsOf(trendChart(points).markup);

describe("the chart of findings", () => {
  it("stacks each review's findings, the most severe below, by the scale of the highest", () =>
    assert.deepEqual(chart([point("2026-Q2", 2, 1, 1), point("2026-Q3", 0, 2, 0)]), [
      {
        words: "2026-Q2: 2 high, 1 medium, 1 low",
        parts: ["high 110 48.0", "medium 62 24.0", "low 38 24.0"],
      },
      { words: "2026-Q3: 0 high, 2 medium, 0 low", parts: ["medium 110 48.0"] },
    ]));

  it("has an empty bar where nothing was found", () =>
    assert.deepEqual(chart([point("2026-Q3", 0, 0, 0)]), [
      { words: "2026-Q3: 0 high, 0 medium, 0 low", parts: [] },
    ]));

  it("shows the last twelve reviews", () =>
    assert.deepEqual(
      chart(Array.from({ length: 15 }, (_, index) => point(`review ${String(index)}`, 1, 0, 0))).map(
        ({ words }) => words.split(":")[0],
      ),
      Array.from({ length: 12 }, (_, index) => `review ${String(index + 3)}`),
    ));

  it("stands on the page of a review, with those before and what changed since the last", () => {
    const before: Review = reviewOf({
      change: (accounts) => {
        accounts["prod"]!.rootUser.hasMfa = false;
      },
    });
    const earlier = { ...before, period: periodAt("quarterly", daysBeforeReview(92)) };
    const page = reviewPage(reviewOf({ earlier: [earlierReview(earlier)] }), UNDECIDED);
    assert.deepEqual(
      barsOf(page).map(({ words }) => words),
      [
        `${earlier.period.name}: 1 high, 0 medium, 0 low`,
        `${periodAt("quarterly", REVIEWED_AT).name}: 0 high, 0 medium, 0 low`,
      ],
    );
  });
});
