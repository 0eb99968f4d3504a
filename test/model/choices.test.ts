import assert from "node:assert/strict";

import { formatChoices } from "../../src/model/choices";

describe("what could stand for a word", () => {
  const COMMANDS = ["can", "who-can", "diff", "history"];
  const all = COMMANDS.map((word) => JSON.stringify(word)).join(", ");
  const cases: readonly (readonly [written: string, hint: string | undefined])[] = [
    ["cna", "can"],
    ["acn", "can"],
    ["dfif", "diff"],
    ["hitsory", "history"],
    ["HISTORY", "history"],
    ["who-cna", "who-can"],
    ["nac", undefined],
    ["x", undefined],
    ["", undefined],
  ];
  for (const [written, hint] of cases) {
    it(`${JSON.stringify(written)}: ${hint ?? "no word is near"}`, () => {
      assert.equal(
        formatChoices(written, COMMANDS, "commands"),
        hint === undefined ? all : `${all}. Did you mean ${JSON.stringify(hint)}?`,
      );
    });
  }
});
