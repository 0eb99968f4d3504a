import assert from "node:assert/strict";

import {
  joinWithOr,
  formatPath,
  capitalize,
  countNoun,
  formatProblems,
  showValue,
  type Problem,
} from "../../src/model/problems";
import { employee, inOrganization, outputOf, inRoster, rosterWithout, written } from "./cases";

describe("the report of problems", () => {
  it("shows what was written without what moves a terminal's cursor or turns a line around", () => {
    const { organization: accounts, roster: people } = written([
      inRoster("a\u202e\u009b2J@example.com", "people", "devon", "category"),
      inRoster(employee("qa"), "people", "\u001b[2Jq"),
    ]);
    const text = outputOf(accounts, people);
    assert.match(text, /2 problems/);
    assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  });

  it("lists ten mistakes at once, counted, numbered, by file and path", () => {
    const { organization: accounts, roster: people } = written([
      inOrganization("Ireland", "region"),
      inOrganization("22222222222", "accounts", "dev", "id"),
      inRoster({ prod: "Admin" }, "people", "devon", "access"),
      inRoster("boss", "people", "erik", "category"),
      rosterWithout("people", "kim", "sponsor"),
      inRoster("2026-02-30", "people", "kim", "until"),
      inRoster(employee("qa"), "people", "Q"),
      inRoster(["olga", "swen"], "power"),
      inRoster({ prod: { primary: "quinn" } }, "breakGlass"),
      inRoster(["dora"], "departed"),
    ]);
    assert.equal(
      outputOf(accounts, people),
      `10 problems to solve first.

src/organization.ts
   1. accounts.dev.id = "22222222222"
      An account id is 12 digits, as a text.
      Allowed: a text such as "111111111111"
   2. region = "Ireland"
      This is not the name of an AWS region.
      Allowed: a region such as "eu-west-1"

src/roster.ts
   3. breakGlass.prod.primary = "quinn"
      This person is of category qa and may not hold BreakGlass.
      Allowed: people of category devops, security or executive
   4. people.devon.access.prod = "Admin"
      A developer may hold no role in prod.
      Allowed: dev: Developer, Admin, Read, DbRead; staging: Developer, Read, DbRead
   5. people.dora = "dora"
      This name is on \`departed\`: whatever still admits the one who left would admit this person.
      To do: Choose another name; the old one stays under \`departed\` for good.
   6. people.erik.category = "boss"
      There is no such category.
      Allowed: "developer", "devops", "dba", "security", "qa", "analyst", "executive", "contractor"
   7. people.kim.sponsor
      A contractor needs \`sponsor\`.
   8. people.kim.until = "2026-02-30"
      This is not a date that exists.
      Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z
   9. people.Q = "Q"
      A name is 2 to 64 letters, digits or any of _ + = , . @ -
  10. power[1] = "swen"
      Nobody in \`people\` has this name.
      Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim", "Q". Did you mean "sven"?`,
    );
  });

  it("says that letters are those of English, where somebody has others", () => {
    const { organization: accounts, roster: people } = written([
      inOrganization("N\u00F6rd", "prefix"),
      inRoster(employee("qa"), "people", "Bj\u00F6rn \u0141.qa"),
      inRoster("J\u00F6rg", "people", "devon", "email"),
    ]);
    const lines = outputOf(accounts, people).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.includes("Letters")),
      [
        "     Letters are a to z and A to Z: not \u00F6.",
        "     Letters are a to z and A to Z: not \u00F6, \u0141.",
      ],
    );
  });

  it("says of one problem that it is one", () => {
    const { organization: accounts, roster: people } = written([inRoster([], "power")]);
    assert.equal(outputOf(accounts, people).split("\n")[0], "1 problem to solve first.");
  });

  it("counts thousands", () => {
    const people = Object.fromEntries(
      Array.from({ length: 1_234 }, (_, index) => [`person.${String(index)}`, employee("boss")]),
    );
    const lines = outputOf(written([]).organization, { people }).split("\n");
    assert.equal(lines[0], "1,234 problems to solve first.");
    assert.equal(lines[3], '     1. people["person.0"].category = "boss"');
    assert.equal(lines.at(-3), '  1234. people["person.1233"].category = "boss"');
  });

  it("orders numbers in paths by size", () => {
    const problem = (path: string): Problem => ({
      severity: "error",
      file: "src/roster.ts",
      path,
      rule: "Wrong.",
    });
    assert.equal(
      formatProblems("Some problems.", [problem("power[10]"), problem("power[9]"), problem("people.anna")]),
      `Some problems.

src/roster.ts
  1. people.anna
     Wrong.
  2. power[9]
     Wrong.
  3. power[10]
     Wrong.`,
    );
  });

  it("puts what is allowed before what is to be done", () => {
    const problem: Problem = {
      severity: "error",
      file: "src/roster.ts",
      path: "people.devon",
      value: undefined,
      rule: "Wrong.",
      allowed: "this",
      remedy: "Do that.",
    };
    assert.equal(
      formatProblems("A problem.", [problem]),
      `A problem.

src/roster.ts
  1. people.devon = (undefined)
     Wrong.
     Allowed: this
     To do: Do that.`,
    );
  });
});

describe("words of messages", () => {
  it("paths are as one would type them", () => {
    const cases: readonly (readonly [readonly (string | number)[], string])[] = [
      [[], "the exported value"],
      [["people"], "people"],
      [["people", "devon", "access", "dev", 0], "people.devon.access.dev[0]"],
      [["people", "john.developer", "access"], 'people["john.developer"].access'],
      [["people", 'a"b\\c\n'], 'people["a\\"b\\\\c\\n"]'],
      [["accounts", "2nd"], 'accounts["2nd"]'],
      [["accounts", ""], 'accounts[""]'],
      [["people", "$_"], "people.$_"],
    ];
    assert.deepEqual(
      cases.map(([steps]) => formatPath(...steps)),
      cases.map(([, path]) => path),
    );
  });

  it("values are as they stand in the file, on one line, cut at 80 characters", () => {
    const ring: Record<string, unknown> = {};
    ring["ring"] = ring;
    const cases: readonly (readonly [unknown, string])[] = [
      ["dev", '"dev"'],
      ["a\nb", '"a\\nb"'],
      [7, "7"],
      [NaN, "NaN"],
      [-Infinity, "-Infinity"],
      [true, "true"],
      [null, "null"],
      [undefined, "(undefined)"],
      [7n, "(bigint)"],
      [Symbol("x"), "(symbol)"],
      [() => 7, "(function)"],
      [["dev", 7], '["dev",7]'],
      [{ dev: "Read" }, '{"dev":"Read"}'],
      [{ seven: 7n }, "(not JSON)"],
      [ring, "(not JSON)"],
      ["x".repeat(78), `"${"x".repeat(78)}"`],
      ["x".repeat(79), `"${"x".repeat(78)}…`],
    ];
    assert.deepEqual(
      cases.map(([value]) => showValue(value)),
      cases.map(([, text]) => text),
    );
  });

  it("plurals, lists and capitals", () => {
    assert.deepEqual(
      [
        countNoun(0, "person", "people"),
        countNoun(1, "hour"),
        countNoun(2, "person", "people"),
        countNoun(5_000, "hour"),
      ],
      ["0 people", "1 hour", "2 people", "5,000 hours"],
    );
    assert.deepEqual(
      [joinWithOr([]), joinWithOr(["a"]), joinWithOr(["a", "b"]), joinWithOr(["a", "b", "c"])],
      ["", "a", "a or b", "a, b or c"],
    );
    assert.deepEqual(
      [capitalize(""), capitalize("a DBA"), capitalize("`access`")],
      ["", "A DBA", "`access`"],
    );
  });
});
