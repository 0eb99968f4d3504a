import assert from "node:assert/strict";
import fc from "fast-check";

import { differenceLines } from "../../src/text/difference-lines";

const admit = (account: string): unknown => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "sts:AssumeRole",
  Condition: {
    Bool: { "aws:MultiFactorAuthPresent": "true" },
    StringEquals: { "aws:PrincipalTag/Team": "platform" },
  },
});
const line = (account: string): string =>
  '{ "Action": "sts:AssumeRole", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" }, ' +
  '"StringEquals": { "aws:PrincipalTag/Team": "platform" } }, "Effect": "Allow", ' +
  `"Principal": { "AWS": "arn:aws:iam::${account}:root" } }`;
const policy = (...Statement: readonly unknown[]): unknown => ({ Version: "2012-10-17", Statement });
const text = (...statements: readonly unknown[]): string => JSON.stringify(policy(...statements));

const [OURS, THEIRS] = ["111111111111", "999999999999"];
const long = "x".repeat(150);

const CASES: readonly (readonly [what: string, was: unknown, is: unknown, lines: readonly string[]])[] = [
  ["the statement that came", text(admit(OURS)), text(admit(OURS), admit(THEIRS)), [`+ ${line(THEIRS)}`]],
  ["the statement that went", policy(admit(OURS), admit(THEIRS)), policy(admit(OURS)), [`- ${line(THEIRS)}`]],
  [
    "a changed statement as one that came and one that went",
    text(admit(OURS)),
    text(admit(THEIRS)),
    [`+ ${line(THEIRS)}`, `- ${line(OURS)}`],
  ],
  [
    "a single statement without its list",
    JSON.stringify({ Statement: admit(OURS) }),
    JSON.stringify({ Statement: [admit(OURS), admit(THEIRS)] }),
    [`+ ${line(THEIRS)}`],
  ],
  [
    "what else a policy says",
    text(),
    JSON.stringify({ Version: "2008-10-17", Id: "x", Statement: [] }),
    ["- Version: 2012-10-17", "+ Version: 2008-10-17", "+ Id: x"],
  ],
  ["a repeated statement", text(admit(OURS)), text(admit(OURS), admit(OURS)), [`+ ${line(OURS)}`]],
  [
    "another order",
    text(admit(OURS), admit(THEIRS)),
    text(admit(THEIRS), admit(OURS)),
    ["the same in another order"],
  ],
  ["another spelling", '{"a":1,"b":2}', '{ "b": 2, "a": 1 }', ["the same, written in another way"]],
  [
    "a policy where none was",
    undefined,
    policy(admit(THEIRS)),
    ["- nothing", `+ { "Statement": [${line(THEIRS)}], "Version": "2012-10-17" }`],
  ],
  [
    "items of a list by content",
    [{ a: 1 }, { b: 2 }],
    [{ b: 2 }, { c: 3 }],
    ['+ { "c": 3 }', '- { "a": 1 }'],
  ],
  ["keys of an object", { a: "1", b: "2" }, { a: "1", b: "3" }, ["- b: 2", "+ b: 3"]],
  ["numbers", 3600, 43200, ["- 3600", "+ 43200"]],
  ["a number and the same as text", 1, "1", ["- 1", '+ "1"']],
  ["them as parts too", { a: 1 }, { a: "1" }, ["- a: 1", '+ a: "1"']],
  ["short texts whole", "one", "two", ["- one", "+ two"]],
  [
    "the part of long texts that differs",
    `${long}old${long}`,
    `${long}new${long}`,
    [`- …${"x".repeat(20)}old${"x".repeat(20)}…`, `+ …${"x".repeat(20)}new${"x".repeat(20)}…`],
  ],
];

describe("the difference of two values", () => {
  for (const [what, was, is, lines] of CASES) {
    it(`shows ${what}`, () => assert.deepEqual(differenceLines(was, is), lines));
  }

  it("shows two texts that differ as two lines that differ", () => {
    const texts = fc.tuple(
      fc.string({ maxLength: 300 }),
      fc.string({ maxLength: 5 }),
      fc.string({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(texts, fc.string({ maxLength: 5 }), ([start, middle, end], other) => {
        fc.pre(middle !== other);
        const [was = "", is = ""] = differenceLines(`"${start}${middle}${end}`, `"${start}${other}${end}`);
        assert.notEqual(was.slice(1), is.slice(1));
      }),
    );
  });
});
