"use strict";

// Says what is missing before a script runs it: node start/installed.js mocha [tool …] && mocha …
const { existsSync } = require("node:fs");
const path = require("node:path");

const { installCommand, PACKAGES } = require("./install-command");

const FAILURE = 2;

const missing = process.argv.slice(2).filter((tool) => !existsSync(path.join(PACKAGES, ".bin", tool)));
if (missing.length > 0) {
  const are = missing.length === 1 ? "is" : "are";
  process.stderr.write(`${missing.join(" and ")} ${are} not installed. Run \`${installCommand()}\`.\n`);
  process.exitCode = FAILURE;
}
