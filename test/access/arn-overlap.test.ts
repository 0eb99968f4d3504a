import assert from "node:assert/strict";

import fc from "fast-check";

import { arnCovers, arnsOverlap, globCovers, globsOverlap } from "../../src/access/arn-overlap";
import { matchesPattern } from "../../src/documents/patterns";

const LETTERS = ["a", "b"];

/** All texts of two letters up to a length: whatever two short globs have in common, one of these is it. */
function textsUpTo(length: number): readonly string[] {
  if (length === 0) return [""];
  const shorter = textsUpTo(length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => LETTERS.map((letter) => text + letter))])];
}

const TEXTS = textsUpTo(8);

const glob = fc.string({ unit: fc.constantFrom(...LETTERS, "*", "?"), maxLength: 4 });

describe("patterns that overlap", () => {
  const cases: readonly (readonly [one: string, other: string, overlap: boolean])[] = [
    ["", "", true],
    ["*", "", true],
    ["?", "", false],
    ["?", "a", true],
    ["?", "ab", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["?*", "*", true],
    ["?*", "", false],
    ["a*?", "a", false],
    ["a?", "*b", true],
    ["a*b", "?c*", true],
    ["ab*", "?c*", false],
  ];
  for (const [one, other, overlap] of cases) {
    it(`"${one}" and "${other}": ${overlap ? "yes" : "no"}`, () => {
      assert.deepEqual([globsOverlap(one, other), globsOverlap(other, one)], [overlap, overlap]);
    });
  }

  it("are those that some text matches, whatever their wildcards", () => {
    fc.assert(
      fc.property(glob, glob, (one, other) => {
        const common = TEXTS.some((text) => matchesPattern(one, text) && matchesPattern(other, text));
        assert.equal(globsOverlap(one, other), common);
      }),
      { numRuns: 2000 },
    );
  });

  it("of many wildcards are compared in no time", () => {
    const began = performance.now();
    assert.equal(globsOverlap("*a".repeat(200), "*b".repeat(200)), false);
    assert.ok(performance.now() - began < 2_000, "as slow as the number of ways to fill the wildcards");
  });

  it("holds a wildcard of an ARN to its field", () => {
    const user = "arn:aws:iam::111111111111:user/people/?arah";
    assert.equal(arnsOverlap(user, "arn:aws:iam::111111111111:user/*/sarah"), true);
    assert.equal(arnsOverlap(user, "arn:aws:iam::111111111111:user/people/arah"), false);
    assert.equal(arnsOverlap("arn:aws:iam:?:111111111111:user/x", "arn:aws:iam::111111111111:user/x"), false);
  });
});

describe("patterns that cover others", () => {
  const cases: readonly (readonly [one: string, other: string, covers: boolean])[] = [
    ["*", "?*", true],
    ["?*", "*?", true],
    ["?*", "*", false],
    ["?", "*", false],
    ["a*", "ab?", true],
    ["a*", "?b", false],
    ["a?b", "a*b", false],
    ["*b*", "a*b", true],
    ["a.c", "abc", false],
  ];
  for (const [one, other, covers] of cases) {
    it(`"${one}" and "${other}": ${covers ? "yes" : "no"}`, () => {
      assert.equal(globCovers(one, other), covers);
    });
  }

  it("match every text that the others match", () => {
    fc.assert(
      fc.property(glob, glob, (one, other) => {
        if (!globCovers(one, other)) return;
        assert.deepEqual(
          TEXTS.filter((text) => matchesPattern(other, text) && !matchesPattern(one, text)),
          [],
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("of an ARN do so field by field; fields that are left out stand for any", () => {
    const user = "arn:aws:iam::111111111111:user/?*";
    assert.equal(arnCovers("arn:aws:iam::111111111111:*", user), true);
    assert.equal(arnCovers("arn:aws:iam:*", user), true);
    assert.equal(arnCovers("*", user), true);
    assert.equal(arnCovers(user, "arn:aws:iam::111111111111:*"), false);
    assert.equal(arnCovers(user, "*"), false);
    assert.equal(arnCovers("arn:aws:iam::*:role/*", user), false);
  });
});
