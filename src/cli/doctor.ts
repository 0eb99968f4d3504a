import { Command, InvalidArgumentError, Option } from "commander";
import { join } from "node:path";

import { readSnapshot } from "../aws/snapshot/reader";
import { readDefinitions } from "../definitions/definitions";
import { examineAll } from "../doctor/examine-all";
import { doctorExitStatus, doctorReportJson, doctorReportText } from "../doctor/doctor-report";
import { exitOnMisuse, runMain } from "./run-main";
import { terminalWidth } from "./terminal";

interface Options {
  readonly json?: true;
  readonly owners?: true;
  readonly profile?: string;
  readonly snapshot?: string;
  /** In seconds. */
  readonly limit: number;
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It is a whole number of seconds, 1 or more.");
}

async function doctor({ json, owners, profile, snapshot, limit }: Options): Promise<void> {
  const { organization, roster, workloads, warnings } = readDefinitions();
  process.stderr.write("Looking at tools, backend, credentials and stacks …\n");
  const findings = await examineAll({
    directory: join(__dirname, "..", ".."),
    organization,
    roster,
    workloads,
    warnings,
    now: new Date(),
    env: process.env,
    nodeVersion: process.versions.node,
    ownerFacts: owners === true,
    limit: limit * 1_000,
    ...(profile !== undefined && { profilePattern: profile }),
    ...(snapshot !== undefined && { snapshot: readSnapshot(snapshot) }),
  });
  // Whatever did not answer in time may hold a connection open, and must not hold this process.
  process.stdout.write(
    json === true ? doctorReportJson(findings) : doctorReportText(findings, terminalWidth()),
    () => process.exit(doctorExitStatus(findings)),
  );
}

void runMain(
  new Command("npm run doctor --")
    .description(
      "Says what is missing to deploy for real, one line each with what to do; changes nothing. Exit status: 0 where nothing is " +
        "missing, 1 where something is, 2 where something could not be looked at.",
    )
    .option("--json", "report for programs, on standard output")
    .option(
      "--profile <pattern>",
      'AWS profile of each stack, such as "example-{stack}"; by default keys in the environment, or the profile named like the stack',
    )
    .option(
      "--owners",
      "says too what AWS alone knows: root users' MFA devices and keys, alternate contacts, tags of tables, central management of root users",
    )
    .addOption(
      new Option(
        "--snapshot <folder>",
        "credentials, and with --owners the rest, as a snapshot (npm run snapshot) has them, without asking AWS",
      ).conflicts(["profile"]),
    )
    .option("--limit <seconds>", "how long each look may take", seconds, 30)
    .addHelpText("after", '\nExamples:\n  npm run doctor\n  npm run doctor -- --profile "example-{stack}"\n')
    .allowExcessArguments(false)
    .exitOverride(exitOnMisuse)
    .action(doctor),
);
