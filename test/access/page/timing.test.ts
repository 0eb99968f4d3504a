import assert from "node:assert/strict";

import { formatTimeLeft, endsSoon, timingMark, findTiming } from "../../../src/access/page/timing";
import type { IsoPeriod } from "../../../src/access/iso-period";
import { MAP_OPENED_AT } from "./support";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CASES: readonly (readonly [string, readonly IsoPeriod[] | undefined, string, boolean])[] = [
  ["no dates", undefined, "", false],
  ["an open end", [{ from: "2026-11-01T00:00:00Z" }], "", false],
  ["weeks to go", [{ until: "2027-02-01T00:00:00Z" }], "72 d left", false],
  ["14 days to the second", [{ until: "2026-12-04T12:00:00Z" }], "14 d left", false],
  ["a second less than 14 days", [{ until: "2026-12-04T11:59:59Z" }], "13 d left", true],
  ["hours to go", [{ from: "2026-11-20T10:00:00Z", until: "2026-11-20T14:00:00Z" }], "2 h left", true],
  ["minutes to go", [{ until: "2026-11-20T12:10:00Z" }], "< 1 h left", true],
  ["an end at this moment", [{ until: "2026-11-20T12:00:00Z" }], "ended", false],
  ["a beginning at this moment", [{ from: "2026-11-20T12:00:00Z" }], "", false],
  ["a beginning ahead", [{ from: "2026-11-23T12:00:00Z", until: "2026-12-01T00:00:00Z" }], "in 3 d", false],
  [
    "between two periods",
    [
      { from: "2026-11-01T00:00:00Z", until: "2026-11-02T00:00:00Z" },
      { from: "2026-11-21T12:00:00Z", until: "2026-11-22T00:00:00Z" },
    ],
    "in 1 d",
    false,
  ],
];

describe("the time that is left", () => {
  for (const [name, periods, mark, soon] of CASES) {
    it(`with ${name}: ${mark === "" ? "nothing to say" : mark}${soon ? ", soon" : ""}`, () => {
      const timing = findTiming(periods, MAP_OPENED_AT);
      assert.deepEqual([timingMark(timing), endsSoon(timing)], [mark, soon]);
    });
  }

  it("is never longer than it says", () => {
    assert.deepEqual([59 * 60_000, HOUR, DAY - 1, DAY, 2 * DAY - 1].map(formatTimeLeft), [
      "< 1 h",
      "1 h",
      "23 h",
      "1 d",
      "1 d",
    ]);
  });
});
