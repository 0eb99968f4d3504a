import assert from "node:assert/strict";

import { widthOfTerminal } from "../../src/cli/terminal";

describe("the width that output has to fit", () => {
  for (const [what, isTTY, columns, width] of [
    ["a terminal", true, 80, 80],
    ["a terminal that says it has no columns, as a new pseudo-terminal does", true, 0, undefined],
    ["a file or a pipe", false, 80, undefined],
  ] as const) {
    it(`is ${String(width)} of ${what}`, () => {
      assert.equal(widthOfTerminal({ isTTY, columns }), width);
    });
  }
});
