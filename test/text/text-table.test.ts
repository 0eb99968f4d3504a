import assert from "node:assert/strict";

import fc from "fast-check";

import { tableText, type TextTable } from "../../src/text/text-table";

const TABLE: TextTable = {
  head: ["", "dev", "what it is for"],
  rows: [
    ["john.developer", "Developer", "day-to-day work in this account"],
    ["sarah.devops", "Admin\nOps", "changes of accounts, and what else production needs\nat night"],
  ],
};

const WHOLE = `┌────────────────┬───────────┬─────────────────────────────────────────────────────┐
│                │ dev       │ what it is for                                      │
├────────────────┼───────────┼─────────────────────────────────────────────────────┤
│ john.developer │ Developer │ day-to-day work in this account                     │
├────────────────┼───────────┼─────────────────────────────────────────────────────┤
│ sarah.devops   │ Admin     │ changes of accounts, and what else production needs │
│                │ Ops       │ at night                                            │
└────────────────┴───────────┴─────────────────────────────────────────────────────┘`;

describe("a table", () => {
  const cases = [
    { what: "is as wide as its texts where no terminal is", width: undefined, expected: WHOLE },
    { what: "is so at 140 columns too", width: 140, expected: WHOLE },
    {
      what: "wraps the widest cells at 80 columns",
      width: 80,
      expected: `┌────────────────┬───────────┬─────────────────────────────────────────────────┐
│                │ dev       │ what it is for                                  │
├────────────────┼───────────┼─────────────────────────────────────────────────┤
│ john.developer │ Developer │ day-to-day work in this account                 │
├────────────────┼───────────┼─────────────────────────────────────────────────┤
│ sarah.devops   │ Admin     │ changes of accounts, and what else production   │
│                │ Ops       │ needs                                           │
│                │           │ at night                                        │
└────────────────┴───────────┴─────────────────────────────────────────────────┘`,
    },
    {
      what: "is a list where its words alone are wider",
      width: 40,
      expected: `john.developer
  dev: Developer
  what it is for: day-to-day work in this account
sarah.devops
  dev: Admin
    Ops
  what it is for: changes of accounts, and what else production needs
    at night`,
    },
  ] as const;
  for (const { what, width, expected } of cases) {
    it(what, () => {
      assert.equal(tableText(TABLE, width), expected);
    });
  }

  it("leaves out no word and is no wider than the terminal, whatever its texts", () => {
    const word = fc.stringMatching(/^[a-z.]{1,20}$/);
    const cell = fc.array(word, { maxLength: 8 }).map((words) => words.join(" "));
    const tables = fc.integer({ min: 1, max: 5 }).chain((columns) => {
      const row = fc.array(cell, { minLength: columns, maxLength: columns });
      return fc.record({ head: row, rows: fc.array(row, { minLength: 1, maxLength: 5 }) });
    });
    const wordsOf = (text: string): readonly string[] => text.match(/[a-z.]+/g) ?? [];
    fc.assert(
      fc.property(tables, fc.integer({ min: 20, max: 160 }), (table, width) => {
        const text = tableText(table, width);
        const shown = wordsOf(text);
        for (const expected of table.rows.flat().flatMap(wordsOf)) assert.ok(shown.includes(expected));
        if (text.startsWith("┌")) for (const line of text.split("\n")) assert.ok(line.length <= width);
      }),
    );
  });
});
