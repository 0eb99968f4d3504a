import assert from "node:assert/strict";
import path from "node:path";

import ts from "typescript";

const FOLDER = path.join(__dirname, "..", "..", "policypack");

describe("the start of the pack", () => {
  it("compiles no JavaScript again: Pulumi's runner hands every file that the pack's tsconfig.json admits to ts-node, types checked", () => {
    const { config } = ts.readConfigFile(path.join(FOLDER, "tsconfig.json"), (file) =>
      ts.sys.readFile(file),
    ) as {
      config: unknown;
    };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, FOLDER);
    assert.equal(options.allowJs, false);
  });
});
