import { Command, Option } from "commander";

import { readDefinitions } from "../definitions/definitions";
import { buildModel, type Model } from "../model/model";
import { parseUserName } from "../model/names";
import { UserError } from "../model/problems";
import { profileBlock, blockMarkers } from "../profiles/profile-block";
import { assertMayMakeSource } from "../profiles/access-keys";
import type { ConfigText } from "../profiles/config-text";
import { DEFAULT_FLAVOUR, FLAVOUR_NAMES, type Flavour } from "../profiles/flavours";
import { expectPerson } from "../profiles/expect-person";
import { assertSourceIsOwn } from "../profiles/source-profile";
import { planConfigChange } from "../profiles/config-plan";
import { buildProfiles, type ProfileChoices } from "../profiles/profile";
import {
  removalAsJson,
  removalAsText,
  profileReportJson,
  profileReportText,
  type ConfigOutcome,
} from "../profiles/profile-report";
import { awsConfigFile, awsCredentialsFile, readConfigFile, replaceConfigFile } from "./config-file";
import { exitOnMisuse, runMain } from "./run-main";
import { terminalWidth } from "./terminal";

interface Options extends ProfileChoices {
  readonly flavour: Flavour;
  readonly file?: string;
  readonly dryRun?: true;
  readonly remove?: true;
  readonly json?: true;
}

function write(config: ConfigText, { plan, isDryRun }: ConfigOutcome): void {
  if (!isDryRun && !plan.isDone) replaceConfigFile(config.name, plan.text);
}

/** A person who has left the roster may still have their profiles taken out. */
function remove(
  { organization: accounts }: Model,
  config: ConfigText,
  name: string,
  options: Options,
): string {
  const person = parseUserName(name);
  if (person === undefined) throw new UserError(`${JSON.stringify(name)} cannot be the name of a person.`);
  const plan = planConfigChange(config, blockMarkers(accounts, person), undefined);
  const outcome = { file: config.name, isDryRun: options.dryRun === true, plan };
  write(config, outcome);
  return options.json === true ? removalAsJson(outcome) : removalAsText(outcome, person);
}

function credentialsInUse(): ConfigText {
  const name = awsCredentialsFile(process.env);
  return { name, text: readConfigFile(name) ?? "" };
}

function update(model: Model, config: ConfigText, name: string, options: Options): string {
  const person = expectPerson(model, name);
  const markers = blockMarkers(model.organization, person.name);
  const profiles = buildProfiles(model, person.name, options);
  assertMayMakeSource(profiles);
  assertSourceIsOwn(config, markers, profiles, options.file === undefined ? credentialsInUse() : undefined);
  const block = profileBlock(profiles, markers);
  const plan = planConfigChange(config, markers, block);
  const report = { file: config.name, isDryRun: options.dryRun === true, plan, profiles, block };
  write(config, report);
  return options.json === true ? profileReportJson(report) : profileReportText(report, terminalWidth());
}

function awsConfig(name: string, options: Options): void {
  const { organization, roster } = readDefinitions();
  const model = buildModel(organization, roster, new Date());
  const file = options.file ?? awsConfigFile(process.env);
  const config = { name: file, text: readConfigFile(file) ?? "" };
  const run = options.remove === true ? remove : update;
  process.stdout.write(run(model, config, name, options));
}

void runMain(
  new Command("npm run aws-config --")
    .description(
      "Writes a person's profiles, one for each role that they hold, into ~/.aws/config: between markers of its own, and " +
        "nothing else there changes. Exit status: 0 where the file is as it should be, 2 where it could not be written.",
    )
    .argument("<person>", "a name of src/roster.ts")
    .addOption(
      new Option("--flavour <flavour>", "what the profiles are used with")
        .choices(FLAVOUR_NAMES)
        .default(DEFAULT_FLAVOUR, "login: `aws login`, without access keys"),
    )
    .option("--file <file>", "the config file; by default AWS_CONFIG_FILE, or ~/.aws/config")
    .option(
      "--source-profile <name>",
      "profile of the person's sign-in or access keys; by default the organization's prefix, with -login for a sign-in",
    )
    .option("--profile-prefix <word>", 'first word of the profiles\' names, such as "acme" for acme-prod-ops')
    .option(
      "--mfa-device <name>",
      "with access keys: last word of the MFA device's ARN; by default the person's name",
    )
    .option(
      "--mfa-serial <serial>",
      "with access keys: serial number of a hardware token, or the device's whole ARN",
    )
    .option("--dry-run", "say what would change, and write nothing")
    .option("--remove", "take the person's profiles out again")
    .option("--json", "report for programs, on standard output")
    .addHelpText(
      "after",
      [
        "",
        "Examples:",
        "  npm run aws-config -- sarah.devops --dry-run",
        "  npm run aws-config -- sarah.devops --flavour aws-vault",
        "  npm run aws-config -- sarah.devops --profile-prefix acme --source-profile acme",
        "  npm run aws-config -- sarah.devops --remove",
      ].join("\n"),
    )
    .exitOverride(exitOnMisuse)
    .action(awsConfig),
);
