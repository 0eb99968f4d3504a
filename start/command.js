"use strict";

// Runs a command: node start/command.js src/cli/access.ts [argument …]
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { inspect } = require("node:util");

const { preferKeys, withoutWarningOfTwoSources } = require("./aws-environment");
const { installCommand } = require("./install-command");
const { registerTypeScript, SourceProblem } = require("./typescript");

const FAILURE = 2;

const CHECKOUT = path.join(__dirname, "..");

/**
 * Whether `npm ci` would install a package that one of the checkout's own files imports.
 * @param {string} name
 */
function isListed(name) {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(CHECKOUT, "package.json"), "utf8"),
  );
  return Object.hasOwn({ ...dependencies, ...devDependencies }, name);
}

/**
 * Words an error that no bug caused for the user; undefined for any other.
 * @param {unknown} error
 */
function explained(error) {
  if (error instanceof SourceProblem) return error.message;
  if (!(error instanceof Error) || Reflect.get(error, "code") !== "MODULE_NOT_FOUND") return undefined;
  const [, name] = /^Cannot find module '((?:@[^/']+\/)?\w[^/']*)/.exec(error.message) ?? [];
  if (name === undefined) return undefined;
  const importer = path.relative(CHECKOUT, Reflect.get(error, "requireStack")?.[0] ?? "");
  // What other packages need comes with them.
  if (importer.split(path.sep).includes("node_modules") || isListed(name))
    return `The package ${name} is not installed. Run \`${installCommand()}\`.`;
  return `${importer} imports the package ${name}, which package.json does not have. Add it: \`npm install ${name}\`.`;
}

/**
 * Drops the rest of the output, whose reader has gone (`| head`) or whose disk is full. The command itself goes on: half of its
 * work would be worse.
 * @param {NodeJS.ErrnoException} error
 */
function loseOutput(error) {
  if (error.code !== "EPIPE") process.stderr.write(`The output cannot be written: ${error.message}.\n`);
  process.once("exit", () => void (process.exitCode = FAILURE));
}

const [, , command = "", ...args] = process.argv;
const file = path.resolve(command);
// The SDK's word on Node.js' age would stand before an answer or a password; `npm run doctor` has it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
preferKeys(process.env);
withoutWarningOfTwoSources();
process.argv = [process.execPath, file, ...args];
process.stdout.once("error", loseOutput).on("error", () => undefined);
registerTypeScript();
try {
  require(file);
} catch (error) {
  // Thrown on, a bug would end the process with Node.js's own status, which is that of findings.
  process.stderr.write(`${explained(error) ?? inspect(error)}\n`);
  process.exitCode = FAILURE;
}
