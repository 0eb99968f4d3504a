"use strict";

// Says what is missing before a script runs it: node start/installed.js mocha [tool …] && mocha …
const { existsSync } = require("node:fs");
const path = require("node:path");

const { installCommand } = require("./install-command");

const FAILURE = 2;

// Packages may lie above the project, as in the checkout that `promote` deploys from: npm looks there too.
const places = require.resolve.paths("tool") ?? [];

/** @param {string} tool */
const isInstalled = (tool) => places.some((packages) => existsSync(path.join(packages, ".bin", tool)));

const missing = process.argv.slice(2).filter((tool) => !isInstalled(tool));
if (missing.length > 0) {
  const are = missing.length === 1 ? "is" : "are";
  process.stderr.write(`${missing.join(" and ")} ${are} not installed. Run \`${installCommand()}\`.\n`);
  process.exitCode = FAILURE;
}
