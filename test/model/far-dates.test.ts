import assert from "node:assert/strict";

import { modelWith, inRoster, type Change } from "./cases";

describe("dates far ahead", () => {
  const terms = (from: string, until: string): readonly Change[] => [
    inRoster(from, "people", "quinn", "from"),
    inRoster(until, "people", "quinn", "until"),
  ];

  const CASES: readonly (readonly [what: string, changes: readonly Change[], warnings: readonly string[]])[] =
    [
      ["are none where they are near", terms("2028-11-20", "2036-11-19"), []],
      [
        "are looked at where somebody begins",
        [inRoster("2926-11-01", "people", "quinn", "from")],
        ["people.quinn.from: This is more than 2 years ahead."],
      ],
      [
        "are looked at where somebody leaves",
        terms("2026-11-01", "2926-11-30"),
        ["people.quinn.until: This is more than 10 years ahead."],
      ],
    ];
  for (const [what, changes, warnings] of CASES) {
    it(what, () => {
      assert.deepEqual(
        modelWith(...changes).warnings.map(({ path, rule }) => `${path}: ${rule}`),
        warnings,
      );
    });
  }
});
