"use strict";

// Runs a command: node start/command.js src/cli/access.ts [argument …]
const path = require("node:path");
const { inspect } = require("node:util");

const { installCommand } = require("./install-command");
const { registerTypeScript, SourceProblem } = require("./typescript");

const FAILURE = 2;

/**
 * What to tell the user of an error that no bug caused; undefined of any other.
 * @param {unknown} error
 */
function explained(error) {
  if (error instanceof SourceProblem) return error.message;
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  const [, name = ""] =
    /^Cannot find module '([^']+)'/.exec(error instanceof Error ? error.message : "") ?? [];
  const isPackage = code === "MODULE_NOT_FOUND" && /^(@|\w)/.test(name);
  return isPackage ? `The package ${name} is not installed. Run \`${installCommand()}\`.` : undefined;
}

/**
 * Nobody gets the rest of the output: its reader has gone (`| head`), or the disk behind it is full. What the command does
 * goes on, for half of it would be worse.
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
