import assert from "node:assert/strict";

import { matchesPattern } from "./filter-pattern";

describe("the evaluator of filter patterns", () => {
  const event = { a: "text", n: 5, yes: true, none: null, list: [{ x: "one" }] };
  const cases: readonly (readonly [pattern: string, expected: boolean])[] = [
    ['{ $.a = "text" }', true],
    ['{ $.a = "Text" }', false],
    ['{ $.a = "te*" }', true],
    ['{ $.a = "e*" }', false],
    ["{ $.a = %^t[eE]xt$% }", true],
    ["{ $.a = text }", true],
    ['{ $.a != "text" }', false],
    ['{ $.missing != "text" }', false],
    ["{ $.missing NOT EXISTS }", true],
    ["{ $.a NOT EXISTS }", false],
    ["{ $.n >= 5 }", true],
    ["{ $.n > 5 }", false],
    ["{ $.yes IS TRUE }", true],
    ["{ $.yes IS FALSE }", false],
    ["{ $.none IS NULL }", true],
    ['{ $.list[0].x = "one" }', true],
    ['{ $.list[1].x = "*" }', false],
    ['{ ($.a = "x" && $.n = 5) || $.yes IS TRUE }', true],
    ['{ $.a = "x" && ($.n = 5 || $.yes IS TRUE) }', false],
  ];
  for (const [pattern, expected] of cases) {
    it(`${pattern} is ${String(expected)}`, () => assert.equal(matchesPattern(pattern, event), expected));
  }
  for (const pattern of ['{ $.a = "x" ', "{ $.a IS MAYBE }", "{ ($.a = 1 }", "{ a = 1 }"]) {
    it(`refuses ${pattern}`, () => assert.throws(() => matchesPattern(pattern, event)));
  }
});
