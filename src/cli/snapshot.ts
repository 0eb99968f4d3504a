import { Command } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

import { assertCredentialsForAccount, CredentialsProblem } from "../aws/aws-credentials";
import { mapConcurrently } from "../aws/map-concurrently";
import { livePlaces, type LivePlace } from "../aws/places";
import { recordedReason } from "../aws/recorded-reason";
import { accountQuestion } from "../aws/snapshot/account-question";
import { visitSnapshot } from "../aws/snapshot/reader";
import { SnapshotSummary } from "../aws/snapshot/snapshot-summary";
import { takeAccount, takeNothing, type SnapshotProgress } from "../aws/snapshot/take-account";
import { SnapshotWriter } from "../aws/snapshot/writer";
import { Unreachable } from "../aws/unreachable";
import { UnreadableAnswer } from "../aws/unreadable-answer";
import { readDefinitions } from "../definitions/definitions";
import { toInstant, addSeconds, type Instant } from "../model/dates";
import { buildModel, type Model } from "../model/model";
import { UserError } from "../model/problems";
import { periodAt, SECONDS_A_DAY, snapshotWindow, type ReviewWindow } from "../review/cadence";
import { printable } from "../text/printable";
import { PROJECT_FOLDER } from "./project-folder";
import { cadenceOf } from "./review/cadence-option";
import { earlierReviews, REVIEWS_FOLDER } from "./review/review-folder";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { noteProse, printProse } from "./terminal";

interface Options {
  readonly live: string;
  readonly out: string;
  readonly days?: string;
  readonly cadence?: string;
  readonly resume?: true;
}

const PACKAGE = z.object({ version: z.string() });
const USUAL_DAYS = "92";
const MOST_DAYS = 3_653;
/** Accounts read at once: each takes memory for the pages that it is sent. */
const AT_ONCE = 4;

function daysOf(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new UserError(`--days ${text}: a whole number from 1 to ${MOST_DAYS.toLocaleString("en")}.`);
}

/** The time of events that is asked for: days, or those that the next review of a cadence looks at. */
function periodOf({ days, cadence }: Options, until: Instant): ReviewWindow {
  if (cadence === undefined)
    return { from: addSeconds(until, -daysOf(days ?? USUAL_DAYS) * SECONDS_A_DAY), until };
  if (days !== undefined)
    throw new UserError("--days and --cadence both say how far back to read: give one.");
  const known = cadenceOf(cadence);
  const earlier = earlierReviews(REVIEWS_FOLDER, periodAt(known, until));
  return snapshotWindow(known, until, earlier.at(-1)?.snapshot.startedAt);
}

const progress: SnapshotProgress = (account, section, state) =>
  noteProse(`${account} ${section}: ${printable(state)}\n`);

/** Reads one account; one without credentials is in the snapshot with that as its reason. */
async function take(model: Model, { account, profile }: LivePlace, writer: SnapshotWriter): Promise<void> {
  const { key, id } = account;
  const { region } = model.organization;
  const clock = (): Date => new Date();
  try {
    const caller = await assertCredentialsForAccount(account, { profile }, region);
    writer.account(key, id, caller);
  } catch (error) {
    const isKnown =
      error instanceof CredentialsProblem ||
      error instanceof Unreachable ||
      error instanceof UnreadableAnswer;
    if (!isKnown) throw error;
    writer.account(key, id);
    noteProse(`${key}: ${printable(error.fault)}\n`);
    // The message of the program that hands out credentials stays out: its command line may hold some.
    const reason =
      error instanceof CredentialsProblem ? `Nobody had credentials for ${key}` : recordedReason(error);
    takeNothing(key, reason, { writer, progress, clock });
    return;
  }
  const question = accountQuestion(model, account);
  await takeAccount(question, { source: { profile, region }, writer, progress, clock });
}

async function snapshot(options: Options): Promise<number> {
  const { live, out, resume } = options;
  const until = toInstant(new Date());
  const period = periodOf(options, until);
  const { organization, roster, workloads } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const { version } = PACKAGE.parse(JSON.parse(readFileSync(join(PROJECT_FOLDER, "package.json"), "utf8")));
  const { region } = model.organization;
  const places = await livePlaces(live, model.organization);
  const purpose = { version, region, startedAt: until, period };
  const writer = resume === true ? SnapshotWriter.resume(out, purpose) : SnapshotWriter.begin(out, purpose);
  // In the order of src/organization.ts, whichever is read first.
  for (const { account } of places) writer.account(account.key, account.id);
  await mapConcurrently(places, AT_ONCE, (place) => take(model, place, writer));
  writer.finish(toInstant(new Date()));
  const summary = new SnapshotSummary();
  const taken = visitSnapshot(out, {}, (account) => summary.add(account));
  printProse(summary.text(taken));
  return summary.missing.length > 0 ? COMMAND_EXIT.findings : COMMAND_EXIT.clean;
}

const HELP = `
It changes nothing. With --cadence it reads events since the last review of that cadence in reviews/, or of its days where there is
none: 7 or 92, since the monthly one asks what was not used in 90 days. What was read is kept when something interrupts it: --resume goes on with the sections that are not there yet, of the
same period. What cannot be read is in the snapshot as not available, with the reason. Everybody who can read the folder learns who
can get in: it is made for its owner alone, and holds no secrets, addresses or user agents. docs/credentials.md says what it holds.

Exit status: 0; 1 where some of it is not available; 2 failure.

Examples:
  npm run snapshot -- --live "example-{stack}"
  npm run snapshot -- --live "example-{stack}" --out 2026-W48 --cadence weekly
  npm run snapshot -- --live "example-{stack}" --out 2026-Q4 --days 92
  npm run snapshot -- --live "example-{stack}" --out 2026-Q4 --resume`;

void runMain(
  new Command("npm run snapshot --")
    .description("Reads every account once, for reviews and for whatever takes --snapshot.")
    .requiredOption(
      "--live <profile>",
      'the AWS profile of one account, or a pattern such as "example-{stack}" for all',
    )
    .option("--out <folder>", "where to write it: a folder that is not there yet, or empty", "snapshot")
    .option("--days <number>", `how far back to read events and changes of alarms (default: ${USUAL_DAYS})`)
    .option("--cadence <name>", "weekly, monthly or quarterly: as far back as its next review looks")
    .option("--resume", "go on with an interrupted one")
    .addHelpText("after", HELP)
    .allowExcessArguments(false)
    .exitOverride(exitOnMisuse)
    .action(async (options: Options) => {
      process.exitCode = await snapshot(options);
    }),
);
