import { Command, Option } from "commander";
import { join } from "node:path";

import { readDefinitions } from "../definitions/definitions";
import { blueprintsOf } from "../documents/blueprint";
import { previewWithRefresh, type RecordedPreview } from "../drift/drift-preview";
import { replaceFile } from "../files/replace-file";
import { buildModel } from "../model/model";
import type { DeploymentSource } from "../model/organization";
import { UserError } from "../model/problems";
import { previewSummary } from "../pipeline/preview-summary";
import { unseenOptions, type UnseenOption } from "../pipeline/unseen-options";
import { accountResources } from "../resources/account-resources";
import { readSettings } from "../resources/account-settings";
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

/** The options that no policy sees, of a preview that succeeded: one that failed was refused already. */
function unseenIn(stack: string, { code, comparison, requests }: RecordedPreview): readonly UnseenOption[] {
  if (code !== 0) return [];
  const { organization, roster, workloads } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === stack);
  if (blueprint === undefined) return [];
  const settings = readSettings(stack, requests.config, model.now);
  return unseenOptions({ comparison, requests }, accountResources(model.organization, blueprint, settings));
}

/** Returns pulumi's exit status; 1 where pulumi succeeds and an option is refused. */
async function preview(stack: string, { summary, sarif, expectNoChanges }: Options): Promise<number> {
  const found = await previewWithRefresh({
    stack,
    directory: join(__dirname, "..", ".."),
    env: process.env,
    flags: ["--policy-pack", "policypack", ...(expectNoChanges ? ["--expect-no-changes"] : [])],
    recordsRequests: true,
    onOutput: (text) => process.stdout.write(printableLines(text)),
  });
  const unseen = unseenIn(stack, found);
  if (summary !== undefined)
    replaceFile(summary, previewSummary(stack, found, deploymentSource(stack), unseen));
  if (sarif !== undefined) await writeSarif(sarif, [policyFindings(stack, found, unseen)]);
  if (unseen.length > 0) {
    noteProse(
      [
        "Refused, though the policy pack is not told of it:",
        ...unseen.map(({ message }) => `- ${message}`),
        "",
      ].join("\n"),
    );
    return FAILURE;
  }
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
