"use strict";

// What Pulumi runs, by `main` in Pulumi.yaml.
const pulumi = require("@pulumi/pulumi");

const { withoutPromiseTraces } = require("./promise-traces");
const { registerTypeScript, SourceProblem } = require("./typescript");

registerTypeScript();
withoutPromiseTraces();
try {
  module.exports = require("../src");
} catch (error) {
  throw error instanceof SourceProblem ? new pulumi.RunError(error.message) : error;
}
