import { Command, Option } from "commander";
import { writeFileSync } from "node:fs";

import {
  accountCredentialsFrom,
  readAccountCredentials,
  type AccountCredentials,
} from "../aws/account-credentials";
import { iamClient } from "../aws/aws-clients";
import { assertCredentialsForAccount } from "../aws/aws-credentials";
import { livePlaces, type LivePlace } from "../aws/places";
import { readSnapshot } from "../aws/snapshot/reader";
import { takeStep, type StepOutcome } from "../credentials/enforcement";
import { heldCredentials, type HeldCredential } from "../credentials/held-credential";
import { credentialHolders } from "../credentials/credential-holder";
import {
  enforcementPlan,
  planSteps,
  type EnforcementPlan,
  type EnforcementStep,
} from "../credentials/enforcement-plan";
import { credentialsText, formatOutcomes, formatPlan } from "../credentials/credentials-report";
import { needsAction } from "../credentials/credential-standing";
import { readDefinitions } from "../definitions/definitions";
import { compactInstant, type Instant } from "../model/dates";
import { replaceFile } from "../files/replace-file";
import { buildModel, type Model } from "../model/model";
import { UserError } from "../model/problems";
import { printableJson } from "../text/printable";
import { shellWord } from "../text/shell-word";
import { Interruption } from "./interruption";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { terminalWidth } from "./terminal";

interface Options {
  readonly live?: string;
  readonly snapshot?: string;
  readonly dryRun?: true;
  readonly keys?: true;
  readonly enforce?: true;
  readonly plan?: string;
  readonly record?: string;
  readonly json?: true;
}

/** An account whose credentials were read, and where from. */
interface Read {
  readonly credentials: AccountCredentials;
  /** Absent where a snapshot was read. */
  readonly place?: LivePlace & { readonly caller: string };
}

function refuseContradictions(options: Options): void {
  const { live, snapshot, dryRun, enforce, keys, plan, record, json } = options;
  if ((live === undefined) === (snapshot === undefined))
    throw new UserError("Say which credentials: --live <profile>, or --snapshot <folder>, one of them.");
  if (dryRun === true && enforce === true)
    throw new UserError(
      "Ask for --dry-run or for --enforce: the first shows the plan that the second names.",
    );
  if (enforce === true && live === undefined)
    throw new UserError("A snapshot may be old: --enforce takes --live.");
  if (enforce === true && plan === undefined)
    throw new UserError(
      "--enforce takes the plan that --dry-run has shown: --plan <hash>. Nothing was changed.",
    );
  if (enforce !== true && (plan ?? record) !== undefined)
    throw new UserError("--plan and --record go with --enforce.");
  if (keys === true && dryRun !== true && enforce !== true)
    throw new UserError("--keys goes with --dry-run or --enforce: the list has everything.");
  if (enforce === true && json === true)
    throw new UserError("--enforce writes its record as JSON: leave out --json.");
}

async function readPlace(place: LivePlace, region: string): Promise<Read> {
  const { account, profile } = place;
  const caller = await assertCredentialsForAccount(account, { profile }, region);
  process.stderr.write(`Reading credentials of ${account.key} …\n`);
  const iam = await iamClient({ profile, region });
  return {
    place: { ...place, caller },
    credentials: await readAccountCredentials(iam, account.key, () => new Date()),
  };
}

async function readAll({ organization }: Model, { live, snapshot }: Options): Promise<readonly Read[]> {
  if (live === undefined)
    return readSnapshot(snapshot ?? "", organization).accounts.map((account) => ({
      credentials: accountCredentialsFrom(account),
    }));
  const places = await livePlaces(live, organization);
  return Promise.all(places.map((place) => readPlace(place, organization.region)));
}

/** Whether a step is about the credentials with which the steps are taken. */
const isOfCaller = ({ user }: EnforcementStep, { caller }: { readonly caller: string }): boolean =>
  caller.endsWith(`/${user}`);

/** Begins a record, so that nothing is done without one; that of an earlier time has its undo, and stays. */
function beginRecord(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new UserError(`${file} is there already: name another with --record. Nothing was changed.`);
  }
}

/** Takes every step of a plan, those about the caller's own credentials last, and keeps the record up to date: what an interruption leaves says what was done before it. */
async function enforce(
  { steps, hash }: EnforcementPlan,
  read: readonly Read[],
  region: string,
  now: Instant,
  file: string,
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  const callers = Object.fromEntries(
    read.flatMap(({ place }) => (place === undefined ? [] : [[place.account.key, place.caller]])),
  );
  const record = (): string => `${printableJson({ at: now, plan: hash, callers, steps, outcomes })}\n`;
  beginRecord(file, record());
  const places = steps.map((step) => {
    const place = read.find(({ credentials }) => credentials.account === step.account)?.place;
    if (place === undefined) throw new Error(`Nobody read ${step.account}`);
    return { step, place };
  });
  const [own, others] = [true, false].map((wanted) =>
    places.filter(({ step, place }) => isOfCaller(step, place) === wanted),
  );
  const interruption = new Interruption(
    () => void process.stderr.write("\nInterrupted: the step that was begun is finished first.\n"),
  );
  for (const { step, place } of [...(others ?? []), ...(own ?? [])]) {
    if (interruption.isAsked) break;
    outcomes.push(await takeStep(await iamClient({ profile: place.profile, region }), step));
    replaceFile(file, record());
  }
  interruption.end();
  return outcomes;
}

function refuseOtherPlan(plan: EnforcementPlan, wanted: string | undefined): void {
  if (plan.hash === wanted) return;
  const now = plan.steps.length === 0 ? "nothing" : plan.hash;
  throw new UserError(
    `--plan ${wanted ?? ""} is not what there is to do now, which is ${now}: nothing was changed. Look at it first: --dry-run.`,
  );
}

async function credentials(options: Options): Promise<number> {
  refuseContradictions(options);
  const { organization, roster, workloads } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const read = await readAll(model, options);
  const { now } = model;
  const holders = credentialHolders(model);
  const held: HeldCredential[] = [];
  const steps = read.flatMap(({ credentials, place }) => {
    const own = heldCredentials(credentials, holders, model.organization);
    held.push(...own);
    const flag = place === undefined ? "" : ` --profile ${shellWord(place.profile)}`;
    const all = planSteps(own, credentials, model.organization, flag);
    return options.keys === true ? all.filter(({ action }) => action === "deactivate") : all;
  });
  const plan = enforcementPlan(steps);
  const width = terminalWidth();
  if (options.enforce === true) {
    refuseOtherPlan(plan, options.plan);
    const file = options.record ?? `credentials-${compactInstant(now)}.json`;
    const outcomes = await enforce(plan, read, model.organization.region, now, file);
    const left = plan.steps.length - outcomes.length;
    process.stdout.write(formatOutcomes(outcomes, left, file, width));
    const isWhole = left === 0 && outcomes.every(({ outcome }) => outcome !== "failed");
    return isWhole ? COMMAND_EXIT.clean : COMMAND_EXIT.failure;
  }
  const accounts = read.map((one) => one.credentials);
  if (options.json === true) process.stdout.write(`${printableJson({ credentials: held, plan })}\n`);
  else if (options.dryRun === true) process.stdout.write(formatPlan(plan, width));
  else process.stdout.write(credentialsText(held, accounts, width));
  const isClean =
    options.dryRun === true ? steps.length === 0 : !held.some(({ standing }) => needsAction(standing));
  return isClean ? COMMAND_EXIT.clean : COMMAND_EXIT.findings;
}

const HELP = `
Days by category are in src/model/categories.ts; keys of pipelines' users are due after 90; 45 days without use are too many. Enforcing
deactivates keys, has people choose another password at their next sign-in, and denies everything to those who have left. It deletes
nothing, prints the undo of each step, and leaves a record. docs/credentials.md says more.

Exit status: 0 where there is nothing to do, or all of it was done; 1 where there is something; 2 failure.

Examples:
  npm run credentials -- --live "example-{stack}"
  npm run credentials -- --snapshot snapshot
  npm run credentials -- --live "example-{stack}" --dry-run
  npm run credentials -- --live "example-{stack}" --enforce --plan 0123456789abcdef`;

void runMain(
  new Command("npm run credentials --")
    .description("Every password, key and device against its holder's category, use and age.")
    .option(
      "--live <profile>",
      'read AWS now: the AWS profile of one account, or a pattern such as "example-{stack}" for all',
    )
    .option("--snapshot <folder>", "read a snapshot (npm run snapshot)")
    .option("--dry-run", "say what --enforce would do, and the hash of that plan")
    .option("--enforce", "do it, where the plan is the one that --plan names")
    .option("--keys", "deactivate keys and leave passwords to people: with --dry-run or --enforce")
    .addOption(new Option("--plan <hash>", "the plan that --dry-run has shown"))
    .option("--record <file>", "where --enforce writes what it did; by default credentials-<time>.json")
    .option("--json", "answer for programs")
    .addHelpText("after", HELP)
    .allowExcessArguments(false)
    .exitOverride(exitOnMisuse)
    .action(async (options: Options) => {
      process.exitCode = await credentials(options);
    }),
);
