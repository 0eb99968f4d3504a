import assert from "node:assert/strict";

import fc from "fast-check";

import { addressNumber, addressRange, addressText } from "../../src/proofs/condition/address";
import { PatternSet } from "../../src/proofs/language/pattern-set";
import { findWord } from "../../src/proofs/language/word";

const wide = (...globs: readonly string[]): PatternSet => PatternSet.ofGlobs(globs, "wide");
const byField = (...globs: readonly string[]): PatternSet => PatternSet.ofGlobs(globs, "by field");

describe("a set of patterns", () => {
  const CASES: readonly (readonly [set: PatternSet, text: string, isIn: boolean])[] = [
    [wide("a"), "a", true],
    [wide("a"), "A", false],
    [wide("a*"), "a", true],
    [wide("a?"), "a", false],
    [wide("a?"), "ab", true],
    [wide("a*c"), "abbc", true],
    [wide("a*c"), "abbcd", false],
    [wide("*"), "", true],
    [wide("?*"), "", false],
    [wide("arn:*:x"), "arn:aws:s3:::x", true],
    [byField("arn:*:s3:::x"), "arn:aws:s3:::x", true],
    [byField("arn:*:::x"), "arn:aws:s3:::x", false],
    [byField("arn:aws:logs:*:1:log-group:*"), "arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b", true],
    [byField("arn:aws:logs:*:1:log-group:a"), "arn:aws:logs:x:y:1:log-group:a", false],
    [PatternSet.ofTexts(["a*"]), "a*", true],
    [PatternSet.ofTexts(["a*"]), "ab", false],
    [PatternSet.ofTextsInAnyCase(["Ab"]), "aB", true],
    [PatternSet.ofTextsInAnyCase(["Ab"]), "abc", false],
    [wide(), "", false],
  ];
  CASES.forEach(([set, text, isIn], index) => {
    it(`${isIn ? "has" : "does not have"} "${text}" (${String(index + 1)})`, () => {
      assert.equal(set.has(text), isIn);
    });
  });

  const letters = fc.constantFrom("a", "b", ":");
  const texts = fc.array(letters, { maxLength: 6 }).map((some) => some.join(""));
  const globs = fc
    .array(fc.oneof(letters, fc.constantFrom("*", "?")), { minLength: 1, maxLength: 6 })
    .map((some) => some.join(""));

  it("has what a regular expression of each pattern matches", () => {
    const matches = (glob: string, text: string): boolean =>
      new RegExp(`^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
    fc.assert(
      fc.property(fc.array(globs, { maxLength: 3 }), texts, (some, text) => {
        assert.equal(
          wide(...some).has(text),
          some.some((glob) => matches(glob, text)),
        );
      }),
      { numRuns: 2_000, seed: 12 },
    );
  });

  it("has by field no more than wide", () => {
    fc.assert(
      fc.property(globs, texts, (glob, text) => {
        if (byField(glob).has(text)) assert.ok(wide(glob).has(text));
      }),
      { numRuns: 2_000, seed: 12 },
    );
  });
});

describe("a word", () => {
  const CASES: readonly (readonly [
    within: readonly PatternSet[],
    without: readonly PatternSet[],
    word: RegExp | undefined,
  ])[] = [
    [[wide("a*")], [], /^a/],
    [[wide("a*"), wide("*b")], [], /^a.*b$/],
    [[wide("a*"), wide("b*")], [], undefined],
    [[wide("a*")], [wide("a")], /^a.+$/],
    [[wide("a*")], [wide("a*")], undefined],
    [[wide("a*")], [wide("a"), wide("a?*")], undefined],
    [[wide("a?")], [wide("aa", "ab")], /^a[^ab]$/],
    [[wide("x", "y")], [wide("x")], /^y$/],
    [[wide("x"), wide("?")], [], /^x$/],
    [[wide("x"), wide("y")], [], undefined],
    [[PatternSet.ofTextsInAnyCase(["ab"])], [PatternSet.ofTexts(["ab", "AB"])], /^(aB|Ab)$/],
    [[wide()], [], undefined],
  ];
  CASES.forEach(([within, without, word], index) => {
    it(`is found where there is one, and not where there is none (${String(index + 1)})`, () => {
      const found = findWord(within, without);
      if (word === undefined) assert.equal(found, undefined);
      else assert.match(found ?? "", word);
    });
  });

  it("is in all of the first sets and in none of the others, and none is missed that is short", () => {
    const globs = fc
      .array(fc.constantFrom("a", "b", "*", "?"), { minLength: 1, maxLength: 4 })
      .map((some) => some.join(""));
    const sets = fc.array(globs, { minLength: 1, maxLength: 2 });
    const every = ["a", "b"].flatMap((one) => [
      one,
      ...["a", "b"].flatMap((two) => [one + two, `${one}${two}a`, `${one}${two}b`]),
    ]);
    fc.assert(
      fc.property(
        fc.array(sets, { minLength: 1, maxLength: 3 }),
        fc.array(sets, { maxLength: 2 }),
        (inside, outside) => {
          const [within, without] = [inside, outside].map((some) => some.map((globs2) => wide(...globs2)));
          assert.ok(within && without);
          const isWord = (text: string): boolean =>
            within.every((set) => set.has(text)) && !without.some((set) => set.has(text));
          const found = findWord(within, without);
          if (found === undefined) assert.deepEqual(every.filter(isWord), []);
          else assert.ok(isWord(found), found);
        },
      ),
      { numRuns: 2_000, seed: 12 },
    );
  });
});

describe("an address", () => {
  const RANGES: readonly (readonly [text: string, first: string, last: string])[] = [
    ["10.0.0.0/8", "10.0.0.0", "10.255.255.255"],
    ["10.1.2.3/8", "10.0.0.0", "10.255.255.255"],
    ["192.0.2.7", "192.0.2.7", "192.0.2.7"],
    ["0.0.0.0/0", "0.0.0.0", "255.255.255.255"],
    ["2001:db8::/32", "2001:db8:0:0:0:0:0:0", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["::1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1"],
    ["::/0", "0:0:0:0:0:0:0:0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ];
  for (const [text, first, last] of RANGES) {
    it(`${text} goes from ${first} to ${last}`, () => {
      const range = addressRange(text);
      assert.ok(range);
      assert.deepEqual([addressText(range.from), addressText(range.to)], [first, last]);
    });
  }

  for (const text of [
    "10.0.0",
    "10.0.0.256",
    "10.0.0.0/33",
    "1::2::3",
    "::/129",
    "x",
    "",
    "10.0.0.0/x",
    "1:2:3:4:5:6:7",
  ]) {
    it(`is none: "${text}"`, () => {
      assert.equal(addressRange(text), undefined);
    });
  }

  it("is read as it is written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        // Those that end in an address of 32 bits are a way to write that AWS's documentation does not show.
        if (text.includes(":") && text.includes(".")) return;
        const number = addressNumber(text);
        assert.ok(number !== undefined, text);
        assert.equal(addressNumber(addressText(number)), number);
      }),
      { numRuns: 1_000, seed: 12 },
    );
  });

  it("of 128 bits is in no range of 32", () => {
    const [short, long] = [addressRange("0.0.0.0/0"), addressRange("::/0")];
    assert.ok(short && long);
    assert.ok(short.to < long.from);
  });
});
