"use strict";

// What Pulumi runs, by `main` in Pulumi.yaml.
const pulumi = require("@pulumi/pulumi");

const { registerTypeScript, SyntaxProblem } = require("./typescript");

/**
 * Pulumi's SDK takes a stack trace for each promise, thousands of them, and shows them where PULUMI_DEBUG_PROMISE_LEAKS
 * is set alone (`runtime/debuggable.ts` in its sources). To look up their lines in source maps took a sixth of the time.
 */
function withoutTracesOfPromises() {
  const { prepareStackTrace } = Error;
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS || prepareStackTrace === undefined) return;
  Error.prepareStackTrace = (error, frames) =>
    frames[0]?.getFunctionName() === "debuggablePromise" ? "" : prepareStackTrace(error, frames);
}

registerTypeScript();
withoutTracesOfPromises();
try {
  module.exports = require("../src");
} catch (error) {
  throw error instanceof SyntaxProblem ? new pulumi.RunError(error.message) : error;
}
