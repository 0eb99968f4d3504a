import assert from "node:assert/strict";
import fc from "fast-check";

import { wrapText } from "../../src/text/wrap-text";

describe("prose for a terminal", () => {
  const CASES: readonly (readonly [
    what: string,
    text: string,
    width: number | undefined,
    wrapped: string,
  ])[] = [
    ["breaks between words", "one two three", 8, "one two\nthree"],
    ["keeps indentation", "  one two three", 9, "  one two\n  three"],
    [
      "keeps lines that fit, with their spaces",
      "ok      one\n\nlonger words",
      12,
      "ok      one\n\nlonger words",
    ],
    ["begins below the text of an item", "  1. one two three", 12, "  1. one two\n     three"],
    ["begins below the text of a point", "- one two three", 9, "- one two\n  three"],
    ["begins below the text of a term", "  power  one two three", 16, "  power  one two\n         three"],
    ["leaves a command whole", "run `npm run access`, then look", 12, "run\n`npm run access`,\nthen look"],
    ["leaves a word whole that is too wide", "a arn:aws:iam::1 b", 6, "a\narn:aws:iam::1\nb"],
    ["wraps nothing where there is no terminal", "one two three", undefined, "one two three"],
  ];
  for (const [what, text, width, wrapped] of CASES) {
    it(what, () => assert.equal(wrapText(text, width), wrapped));
  }

  it("keeps every word, and fits wherever words do", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 9, max: 40 }), (all, width) => {
        const lines = wrapText(all.join(" "), width).split("\n");
        assert.deepEqual(lines.join(" "), all.join(" "));
        assert.ok(lines.every((line) => line.length <= width));
      }),
    );
  });
});
