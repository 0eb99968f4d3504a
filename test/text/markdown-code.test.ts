import assert from "node:assert/strict";

import fc from "fast-check";

import { codeBlock, codeSpan } from "../../src/text/markdown-code";

describe("text by others in Markdown", () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ["iam.Role a", "`iam.Role a`"],
    ["a|b", "`a\\|b`"],
    ["a\\|b", "`a\\\\u{7c}b`"],
    ["a\n| b", "`a\\n\\| b`"],
    ["a`@everyone`b", "``a`@everyone`b``"],
    ["`", "`` ` ``"],
    ["<img src=x>", "`<img src=x>`"],
    ["\u001b[2J\u202e", "`\\u{1b}[2J\\u{202e}`"],
    ["", ""],
  ];
  for (const [text, shown] of cases) {
    it(`is code: ${JSON.stringify(text)}`, () => assert.equal(codeSpan(text), shown));
  }

  it("ends its span and its cell nowhere, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", "|", "\\", "\n", "a", " ") }), (text) => {
        const shown = codeSpan(text);
        fc.pre(shown !== "");
        const [fence = ""] = /^`+/.exec(shown) ?? [];
        const inside = shown.slice(fence.length, -fence.length);
        assert.ok((inside.match(/`+/g) ?? []).every((run) => run.length !== fence.length));
        // A bar is escaped by the one backslash before it.
        assert.doesNotMatch(inside, /(?<!\\)\||\\\\\|/);
        assert.doesNotMatch(inside, /\n/);
      }),
    );
  });

  it("is a block of code, whatever fences it holds", () => {
    assert.equal(codeBlock("a\n````\n\u001b[2J"), "`````\na\n````\n\\u{1b}[2J\n`````");
  });
});
