"use strict";

const { existsSync } = require("node:fs");
const path = require("node:path");

const PACKAGES = path.join(__dirname, "..", "node_modules");

/** Names the command that installs a missing package. Where other packages exist, `--omit=dev` or NODE_ENV=production left it out. */
const installCommand = () => (existsSync(PACKAGES) ? "npm ci --include=dev" : "npm ci");

module.exports = { installCommand };
