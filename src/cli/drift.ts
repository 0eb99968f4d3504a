import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readDefinitions } from "../definitions/definitions";
import { accountsOf, driftOf } from "../drift/drift";
import { exitStatus, reportAsJson, reportAsTables, type AccountReport } from "../drift/report";
import { buildModel } from "../model/model";
import { exitOnMisuse, run } from "./run";

interface Options {
  readonly json?: true;
  readonly jsonFile?: string;
  readonly profile?: string;
}

async function drift(stacks: readonly string[], { json, jsonFile, profile }: Options): Promise<number> {
  const { organization, roster } = readDefinitions();
  const model = buildModel(organization, roster, new Date());
  const reports: AccountReport[] = [];
  for (const account of accountsOf(model.organization, stacks)) {
    process.stderr.write(`Looking at ${account.key} …\n`);
    reports.push(
      await driftOf(account, {
        model,
        directory: join(__dirname, "..", ".."),
        env: process.env,
        ...(profile !== undefined && { profilePattern: profile }),
      }),
    );
  }
  if (jsonFile !== undefined) writeFileSync(jsonFile, reportAsJson(reports));
  process.stdout.write(json === true ? reportAsJson(reports) : reportAsTables(reports));
  return exitStatus(reports);
}

void run(
  new Command("npm run drift --")
    .description(
      "Compares every account, or those named, with the program, and changes nothing. Exit status: 0 where they are the same, " +
        "1 where something differs, 2 where something could not be looked at.",
    )
    .argument("[stack...]", "accounts of src/organization.ts; all of them by default")
    .option("--json", "report for programs, on standard output")
    .option("--json-file <file>", "report for programs, into a file beside the tables")
    .option(
      "--profile <pattern>",
      'AWS profile of each stack, such as "example-{stack}"; by default keys in the environment, or the profile named like the stack',
    )
    .exitOverride(exitOnMisuse)
    .action(async (stacks: string[], options: Options) => {
      process.exitCode = await drift(stacks, options);
    }),
);
