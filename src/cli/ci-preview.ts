import { Command, Option } from "commander";
import { join } from "node:path";

import { readDefinitions } from "../definitions/definitions";
import { previewWithRefresh } from "../drift/drift-preview";
import { replaceFile } from "../files/replace-file";
import { buildModel } from "../model/model";
import type { DeploymentSource } from "../model/organization";
import { UserError } from "../model/problems";
import { previewSummary } from "../pipeline/preview-summary";
import { printableLines } from "../text/printable";
import { policyFindings } from "../sarif/policy-findings";
import { runMain } from "./run-main";
import { writeSarif } from "./sarif-file";
import { noteProse } from "./terminal";

const FAILURE = 1;
/** https://www.pulumi.com/docs/iac/cli/exit-codes/ */
const STACK_NOT_FOUND = 6;

interface Options {
  readonly summary?: string;
  readonly sarif?: string;
  readonly expectNoChanges?: true;
}

/** What is deployed to the account; undefined where src/organization.ts does not tell, of which the preview says more. */
function deploymentSource(stack: string): DeploymentSource | undefined {
  try {
    const { organization } = readDefinitions();
    const { accounts } = buildModel(organization, { people: {} }, new Date()).organization;
    return accounts.find(({ key }) => key === stack)?.follows;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Answers pulumi's exit status. */
async function preview(stack: string, { summary, sarif, expectNoChanges }: Options): Promise<number> {
  const found = await previewWithRefresh({
    stack,
    directory: join(__dirname, "..", ".."),
    env: process.env,
    flags: ["--policy-pack", "policypack", ...(expectNoChanges ? ["--expect-no-changes"] : [])],
    onOutput: (text) => process.stdout.write(printableLines(text)),
  });
  if (summary !== undefined) replaceFile(summary, previewSummary(stack, found, deploymentSource(stack)));
  if (sarif !== undefined) await writeSarif(sarif, [policyFindings(stack, found)]);
  if (found.code === STACK_NOT_FOUND) {
    noteProse(
      "A stack is named like its account in src/organization.ts; `pulumi stack init` makes one that is missing.\n",
    );
  }
  return found.code ?? FAILURE;
}

void runMain(
  new Command("npm run ci:preview --")
    .description(
      "Previews an account with the policy pack, as a pipeline does for a pull request. Needs `npm ci`, `pulumi` on the path and " +
        "logged in, and read-only credentials of the account. Changes nothing; exits as pulumi does, 0 where it may be deployed.",
    )
    .argument("<stack>", "an account of src/organization.ts")
    .option("--summary <file>", "what it found, in Markdown, for a comment")
    .option(
      "--sarif <file>",
      "what the policy pack refuses, for code scanning, at the lines of the edited files",
    )
    .addOption(
      new Option("--expect-no-changes", "fails, as pulumi does, where something would change too").conflicts(
        "summary",
      ),
    )
    .action(async (stack: string, options: Options) => {
      process.exitCode = await preview(stack, options);
    }),
);
