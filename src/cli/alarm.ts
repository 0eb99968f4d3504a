import { Command } from "commander";

import { testAlarms } from "../alarms/alarm-test";
import { alarmTesters } from "../alarms/alarm-testers";
import { allTold, listReport, testReport, type TopicHearers } from "../alarms/alarm-report";
import { assertCredentialsForAccount, credentialSource } from "../aws/aws-credentials";
import { alarmClients, liveSubscriptions } from "../aws/live-alarms";
import { withRolesThatMay } from "../aws/refusal";
import { readDefinitions } from "../definitions/definitions";
import { alarmBlueprints, type AlarmBlueprint } from "../documents/alarms/alarm-blueprint";
import type { Account } from "../model/account";
import { buildModel, type Model } from "../model/model";
import { alarmTopicArn, noticeTopicArn } from "../model/names";
import { UserError } from "../model/problems";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { printProse } from "./terminal";

interface Credentials {
  readonly profile?: string;
}

function readModel(): Model {
  const { organization, roster, workloads } = readDefinitions();
  return buildModel(organization, roster, new Date(), workloads);
}

/** @throws UserError where the organization has no such account */
function accountNamed({ organization }: Model, key: string): Account {
  const account = organization.accounts.find((one) => one.key === key);
  if (account !== undefined) return account;
  const keys = organization.accounts.map((one) => one.key).join(", ");
  throw new UserError(`There is no account ${key} in src/organization.ts. Its accounts are ${keys}.`);
}

/** @throws UserError where the account has no such alarm */
function alarmsNamed(model: Model, account: Account, name: string | undefined): readonly AlarmBlueprint[] {
  const alarms = alarmBlueprints(model, account);
  if (name === undefined) return alarms;
  const named = alarms.filter((alarm) => alarm.name === name || alarm.subject === name);
  if (named.length > 0) return named;
  const subjects = alarms.map(({ subject }) => subject).join(", ");
  throw new UserError(`${account.key} has no alarm ${name}. It has ${subjects}.`);
}

function list(key: string | undefined): void {
  const model = readModel();
  const accounts = key === undefined ? model.organization.accounts : [accountNamed(model, key)];
  printProse(accounts.map((account) => listReport(account.key, alarmBlueprints(model, account))).join("\n"));
}

async function test(key: string, name: string | undefined, { profile }: Credentials): Promise<void> {
  const model = readModel();
  const { organization } = model;
  const account = accountNamed(model, key);
  const alarms = alarmsNamed(model, account, name);
  const source = credentialSource(account, profile, process.env);
  await assertCredentialsForAccount(account, source, organization.region);
  const { cloudwatch, sns } = alarmClients(organization.region, source);
  const topicsOf = {
    critical: alarmTopicArn(organization, account),
    notice: noticeTopicArn(organization, account),
  } as const;
  const told = [...new Set(alarms.map(({ severity }) => topicsOf[severity]))];
  await withRolesThatMay(account, alarmTesters(account), async () => {
    const topics: TopicHearers[] = [];
    for (const arn of told) topics.push({ arn, subscriptions: await liveSubscriptions(sns, arn) });
    const tests = await testAlarms(
      cloudwatch,
      alarms,
      `This is a test by npm run alarm for ${key}: nothing happened.`,
    );
    printProse(testReport(key, tests, topics));
    if (!allTold(tests, topics)) process.exitCode = COMMAND_EXIT.findings;
  });
}

const program = new Command("npm run alarm --")
  .description(
    "The alarms of each account: what they watch, and whether somebody hears them. docs/watch.md has the table.",
  )
  .exitOverride(exitOnMisuse);

program
  .command("list")
  .description("Prints what is watched, by the roster and the organization. Asks AWS nothing.")
  .argument("[account]", "its key in src/organization.ts; every one by default")
  .exitOverride(exitOnMisuse)
  .action(list);

program
  .command("test")
  .description(
    "Fires each alarm of an account that does not ring, puts it back, and says who is told and who has not confirmed. Everyone subscribed gets a " +
      "notice that says it is a test. It takes cloudwatch:SetAlarmState, which of the roles for people Admin has, BreakGlass as an administrator, and Ops " +
      "outside prod; where nobody is Admin, `npm run request -- <account>/Admin` asks for it. Exit status: 0 each was fired and all who are subscribed have confirmed, 1 otherwise, 2 could not look.",
  )
  .argument("<account>", "its key in src/organization.ts")
  .argument("[alarm]", "one of them, such as RootUsed; every one by default")
  .option(
    "--profile <pattern>",
    'AWS profile, such as "example-{stack}"; by default keys in the environment, or the profile named like the account',
  )
  .exitOverride(exitOnMisuse)
  .action(test);

void runMain(program);
