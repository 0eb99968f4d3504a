"use strict";

const console = require("node:console");

const KEYS = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
const SDKS_WARNING = "@aws-sdk/credential-provider-node - defaultProvider::fromEnv WARNING";

/**
 * Where the environment has keys and a profile, the keys count, as for Pulumi and the AWS CLI: the SDK alone takes the profile, so that
 * a command would look at another account than the deployment after it.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 * @param {NodeJS.ProcessEnv} env
 */
function preferKeys(env) {
  if (KEYS.every((key) => env[key])) delete env.AWS_PROFILE;
}

/**
 * Leaves out the SDK's eight lines about keys beside a profile, which a command has named where they come. The account is compared
 * in any case.
 */
function withoutWarningOfTwoSources() {
  const { warn } = console;
  console.warn = (...words) => {
    if (!String(words[0]).startsWith(SDKS_WARNING)) warn(...words);
  };
}

module.exports = { preferKeys, withoutWarningOfTwoSources };
