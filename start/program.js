"use strict";

// What Pulumi runs, by `main` in Pulumi.yaml.
const pulumi = require("@pulumi/pulumi");

const { withoutPromiseTraces } = require("./promise-traces");
const { registerTypeScript, SourceProblem } = require("./typescript");

/**
 * An error of which Pulumi prints the message. Its SDK makes words of the whole error too, in colours, which takes Node.js 20 a
 * quarter of a minute and gigabytes where a line of the stack trace is in the folder of a scope: `node_modules/@pulumi/resource.ts`,
 * as the SDK's source maps have it. So there is no stack trace.
 * @param {string} message
 */
function withoutStackTrace(message) {
  const error = new pulumi.RunError(message);
  error.stack = `Error: ${message}`;
  return error;
}

registerTypeScript();
withoutPromiseTraces();
try {
  module.exports = require("../src");
} catch (error) {
  throw error instanceof SourceProblem ? withoutStackTrace(error.message) : error;
}
