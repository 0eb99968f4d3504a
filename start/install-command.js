"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");

const PACKAGES = path.join(__dirname, "..", "node_modules");

/** What installs a package that is missing: where others are there, `--omit=dev` or NODE_ENV=production left it out. */
const installCommand = () => (existsSync(PACKAGES) ? "npm ci --include=dev" : "npm ci");

module.exports = { installCommand };
