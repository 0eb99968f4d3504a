import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import { readPersonnel } from "../../src/review/personnel";

const EMPLOYEES = [
  { email: "sarah@example.com", isActive: true, manager: "maria@example.com" },
  { email: "alex@example.com", isActive: false, manager: "sarah@example.com" },
];
const ROWS = [
  ["email", "status", "manager"],
  ["sarah@example.com", "active", "maria@example.com"],
  ["alex@example.com", "terminated", "sarah@example.com"],
];
const lines = (delimiter: string, end = "\n"): string => ROWS.map((row) => row.join(delimiter)).join(end);

describe("the personnel file", () => {
  const READ: readonly (readonly [string, string])[] = [
    ["with commas", lines(",")],
    ["with semicolons, a byte order mark and the line ends of Excel", `\uFEFF${lines(";", "\r\n")}\r\n`],
    ["with tabs", lines("\t")],
    ["with an empty row of a spreadsheet", `${lines(",")}\n,,\n`],
  ];
  for (const [name, text] of READ)
    it(`is read ${name}`, () => assert.deepEqual(readPersonnel("people.csv", text).employees, EMPLOYEES));

  const REFUSED: readonly (readonly [string, string, RegExp])[] = [
    ["without a column for addresses", "name;status\nsarah;active\n", /names no column for e-mail addresses/],
    [
      "as JSON that is broken",
      '{ "Resources": [',
      /people\.csv cannot be used:\n {2}it begins like JSON and is none: /,
    ],
    ["as JSON that is no list of SCIM", "[]", /people\.csv cannot be used:/],
  ];
  for (const [name, text, message] of REFUSED) {
    it(`is refused ${name}`, () =>
      assert.throws(
        () => readPersonnel("people.csv", text),
        (error) => error instanceof UserError && message.test(error.message),
      ));
  }
});
