"use strict";

const debuggable = require("@pulumi/pulumi/runtime/debuggable");

/**
 * From now on Pulumi's SDK takes no stack trace of each promise that it makes, thousands of them, each looked up in source
 * maps. It shows them where PULUMI_DEBUG_PROMISE_LEAKS is set, and nowhere else.
 * https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/runtime/debuggable.ts
 */
function withoutPromiseTraces() {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  /** @typedef {(promise: Promise<unknown>, context: unknown) => Promise<unknown>} Debuggable */
  /** @type {Debuggable} */
  const traced = Reflect.get(debuggable, "debuggablePromise");
  /** @type {Debuggable} */
  const untraced = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return traced(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  Object.assign(debuggable, { debuggablePromise: untraced });
}

module.exports = { withoutPromiseTraces };
