import assert from "node:assert/strict";

import fc from "fast-check";

import { printable, printableJson, printableLines } from "../../src/text/printable";

interface Case {
  readonly of: string;
  readonly text: string;
  readonly shown: string;
}

const CASES: readonly Case[] = [
  { of: "plain words", text: "sarah.devops", shown: "sarah.devops" },
  { of: "letters of other languages", text: "Łódź 東京 مصر é", shown: "Łódź 東京 مصر é" },
  { of: "symbols beyond the basic plane", text: "🔑", shown: "🔑" },
  { of: "a backslash", text: "a\\b", shown: "a\\b" },
  { of: "a terminal's escape", text: "\u001b[2Jall is well", shown: "\\u{1b}[2Jall is well" },
  { of: "an 8-bit terminal's escape", text: "\u009b2J", shown: "\\u{9b}2J" },
  { of: "backspaces", text: "admin\b\b\b\b\bguest", shown: `admin${"\\u{8}".repeat(5)}guest` },
  { of: "a deletion", text: "a\u007f", shown: "a\\u{7f}" },
  { of: "line breaks", text: "one\r\ntwo\ttabs", shown: "one\\r\\ntwo\\ttabs" },
  { of: "separators of lines and paragraphs", text: "a\u2028b\u2029", shown: "a\\u{2028}b\\u{2029}" },
  { of: "a text turned around", text: "\u202egpj.exe", shown: "\\u{202e}gpj.exe" },
  { of: "isolates", text: "\u2066a\u2069", shown: "\\u{2066}a\\u{2069}" },
  { of: "marks of a direction", text: "a\u200f\u061c", shown: "a\\u{200f}\\u{61c}" },
  { of: "characters without width", text: "ad\u200bmin\ufeff", shown: "ad\\u{200b}min\\u{feff}" },
  { of: "letters that show nothing", text: "a\u3164\u115f", shown: "a\\u{3164}\\u{115f}" },
  { of: "tags beyond the basic plane", text: "a\u{e0041}", shown: "a\\u{e0041}" },
  { of: "half of a surrogate pair", text: "a\ud800", shown: "a\\u{d800}" },
];

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const anyText = (): fc.Arbitrary<string> => fc.string({ unit: "binary" });

describe("text by others in output", () => {
  for (const { of, text, shown } of CASES) {
    it(`shows ${of}`, () => assert.equal(printable(text), shown));
  }

  it("never holds a character that does not show as itself", () => {
    fc.assert(fc.property(anyText(), (text) => assert.doesNotMatch(printable(text), UNPRINTABLE)));
  });

  it("keeps its lines and tabs where it may have several, and nothing else", () => {
    assert.equal(printableLines("one\r\ntwo\n\tthree\rfour\u001b[0m"), "one\ntwo\n\tthree\\rfour\\u{1b}[0m");
  });

  it("is the same value as JSON", () => {
    const value = { "a\u202e": ["\u001b[2J", "🔑", "\u{e0041}", "\u007f\n", "\ud800"] };
    const json = printableJson(value);
    assert.deepEqual(JSON.parse(json), value);
    assert.doesNotMatch(json.replaceAll("\n", ""), UNPRINTABLE);
  });

  it("is the same value as JSON, whatever it is", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        assert.equal(JSON.parse(printableJson(text)), text);
        assert.doesNotMatch(printableJson(text), UNPRINTABLE);
      }),
    );
  });
});
