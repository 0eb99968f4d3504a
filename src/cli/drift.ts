import { Command, Option } from "commander";

import { readSnapshot } from "../aws/snapshot/reader";
import { readDefinitions } from "../definitions/definitions";
import { findMismatches, stacksWithSettings } from "../definitions/settings-files";
import { runCommand } from "../doctor/run-command";
import { listedStacks, stackShortName } from "../doctor/stack";
import { accountsOfStacks, findDrift } from "../drift/find-drift";
import {
  driftExitStatus,
  driftReportJson,
  driftReportTables,
  type AccountReport,
  type DriftReport,
} from "../drift/drift-report";
import { replaceFile } from "../files/replace-file";
import type { Organization } from "../model/account";
import { buildModel } from "../model/model";
import { driftFindings } from "../sarif/drift-findings";
import { PROJECT_FOLDER } from "./project-folder";
import { exitOnMisuse, runMain } from "./run-main";
import { writeSarif } from "./sarif-file";
import { terminalWidth } from "./terminal";

interface Options {
  readonly json?: true;
  readonly jsonFile?: string;
  readonly sarif?: string;
  readonly profile?: string;
  readonly snapshot?: string;
}

/** For the list of stacks, in milliseconds. */
const LONGEST_LIST = 60_000;

/** Accounts, settings and stacks without a counterpart: of interest where all accounts are looked at. */
async function counterparts(organization: Organization): Promise<Omit<DriftReport, "accounts">> {
  const answer = await runCommand("pulumi", ["stack", "ls", "--json", "--non-interactive"], {
    directory: PROJECT_FOLDER,
    env: process.env,
    limit: LONGEST_LIST,
  });
  const stacks = listedStacks(answer)?.map(stackShortName);
  const found = findMismatches(organization, stacksWithSettings(PROJECT_FOLDER), stacks);
  if (stacks !== undefined) return { mismatches: found };
  const why = answer.kind === "ended" ? answer.stderr.trim() : `pulumi: ${answer.kind}.`;
  return { mismatches: found, stacksUnknown: why };
}

async function drift(
  stacks: readonly string[],
  { json, jsonFile, sarif, profile, snapshot: folder }: Options,
): Promise<number> {
  const { organization, roster } = readDefinitions();
  const model = buildModel(organization, roster, new Date());
  const snapshot = folder === undefined ? undefined : readSnapshot(folder, model.organization);
  const accounts: AccountReport[] = [];
  for (const account of accountsOfStacks(model.organization, stacks)) {
    process.stderr.write(`Looking at ${account.key} …\n`);
    accounts.push(
      await findDrift(account, {
        model,
        directory: PROJECT_FOLDER,
        env: process.env,
        ...(profile !== undefined && { profilePattern: profile }),
        ...(snapshot !== undefined && { snapshot }),
      }),
    );
  }
  const alone = stacks.length === 0 ? await counterparts(model.organization) : { mismatches: [] };
  const report: DriftReport = {
    accounts,
    ...alone,
    ...(snapshot !== undefined && { isBySnapshot: true }),
  };
  if (sarif !== undefined) await writeSarif(sarif, driftFindings(report));
  if (jsonFile !== undefined) replaceFile(jsonFile, driftReportJson(report));
  process.stdout.write(json === true ? driftReportJson(report) : driftReportTables(report, terminalWidth()));
  return driftExitStatus(report);
}

void runMain(
  new Command("npm run drift --")
    .description(
      "Compares every account, or those named, with the program, and changes nothing. Exit status: 0 where they are the same, " +
        "1 where something differs, 2 where something could not be looked at.",
    )
    .argument("[stack...]", "accounts of src/organization.ts; all of them by default")
    .option("--json", "report for programs, on standard output")
    .option("--json-file <file>", "report for programs, into a file beside the tables")
    .option("--sarif <file>", "report for code scanning, at the lines of the edited files, into a file")
    .option(
      "--profile <pattern>",
      'AWS profile of each stack, such as "example-{stack}"; by default keys in the environment, or the profile named like the stack',
    )
    .addOption(
      new Option(
        "--snapshot <folder>",
        "look at a snapshot (npm run snapshot) instead of AWS, for what no stack has",
      ).conflicts("profile"),
    )
    .exitOverride(exitOnMisuse)
    .action(async (stacks: string[], options: Options) => {
      process.exitCode = await drift(stacks, options);
    }),
);
