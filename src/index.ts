import * as pulumi from "@pulumi/pulumi";
import path from "node:path";

import { readDefinitions } from "./definitions/definitions";
import { misplacedSettings, unexplainedSettings } from "./definitions/settings-files";
import { blueprintsOf } from "./documents/blueprint";
import { checkQuotas } from "./documents/quota-check";
import { buildModel } from "./model/model";
import { countNoun, formatProblems, throwErrors, UserError } from "./model/problems";
import type { AccountOutputs } from "./resources/account-outputs";
import { readSettings } from "./resources/account-settings";
import { createAccount } from "./stacks/create-account";

async function deploy(stack: string): Promise<AccountOutputs> {
  const { organization, roster, workloads, warnings: unseen } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const project = path.join(__dirname, "..");
  throwErrors(unexplainedSettings(project, model.organization));
  const blueprints = blueprintsOf(model);
  const quotaProblems = checkQuotas(blueprints);
  throwErrors(quotaProblems);
  const blueprint = blueprints.find(({ account }) => account.key === stack);
  if (blueprint === undefined) {
    const stacks = blueprints.map(({ account }) => account.key).join(", ");
    throw new UserError(
      `There is no account "${stack}" in src/organization.ts. Its stacks are: ${stacks}. ` +
        "An account whose key changed is in docs/runbooks/accounts.md.",
    );
  }
  throwErrors(misplacedSettings(project, stack));
  const settings = readSettings(stack, pulumi.runtime.allConfig(), model.now, pulumi.getProject());
  const warnings = [...unseen, ...model.warnings, ...quotaProblems];
  if (warnings.length > 0) {
    void pulumi.log.warn(formatProblems(`${countNoun(warnings.length, "thing")} to look at.`, warnings));
  }
  return createAccount(model.organization, blueprint, settings);
}

/** A mistake of the user's ends the program with its message alone; a bug keeps its stack trace. */
async function deployOrExplain(): Promise<AccountOutputs> {
  try {
    return await deploy(pulumi.getStack());
  } catch (error) {
    throw error instanceof UserError ? new pulumi.RunError(error.message) : error;
  }
}

const outputs = deployOrExplain();
// The SDK awaits it later, and reports what it rejects with; until then Node.js would warn of a promise that nobody handles.
outputs.catch(() => undefined);

export = outputs;
