import { breakGlassUses } from "../../incidents/break-glass-use";
import { usesPattern } from "../../incidents/filter-patterns";
import type { IncidentRecord } from "../../incidents/incident-record";
import { matchUses, overdueRecords, type MatchedUse } from "../../incidents/match-uses";
import { RecordFiles, recordPath } from "../../incidents/record-files";
import { breakGlassAccount, breakGlassAccounts } from "../../incidents/way-in";
import type { Account } from "../../model/account";
import { DATE_FORMS, toInstant, addSeconds, parseDate, type Instant } from "../../model/dates";
import type { Model } from "../../model/model";
import { roleArn } from "../../model/names";
import { countNoun, UserError } from "../../model/problems";
import { tableText } from "../../text/text-table";
import { printable, printableJson, printableLines } from "../../text/printable";
import { COMMAND_EXIT } from "../run-main";
import { printProse, terminalWidth } from "../terminal";
import { PROJECT_FOLDER } from "../project-folder";
import { readCurrentRoster } from "./current-roster";
import { TrailReader, type ReadOptions } from "./trail-log-group";

export interface ListOptions extends ReadOptions {
  readonly since?: string;
  readonly json?: true;
}

/** A quarter and a week: a rehearsal is once a quarter. */
const DEFAULT_DAYS = 97;
const DAY = 86_400;

/** What one account's log group held in a time. */
interface Listed {
  readonly account: Account;
  readonly logGroup: string;
  readonly uses: readonly MatchedUse[];
  readonly refused: number;
  readonly unread: number;
  readonly overdue: readonly IncidentRecord[];
}

function sinceOf(since: string | undefined, now: Instant): Instant {
  if (since === undefined) return addSeconds(now, -DEFAULT_DAYS * DAY);
  const instant = parseDate(since, "from");
  if (instant === undefined) throw new UserError(`--since ${since} is no date. Dates are ${DATE_FORMS}.`);
  if (instant >= now) throw new UserError(`--since ${since} lies ahead: nothing has happened since.`);
  return instant;
}

/** An account of which nobody knows how BreakGlass was used. */
interface NotLookedAt {
  readonly account: Account;
  readonly problem: string;
}

/**
 * The accounts that somebody names; else every one that may hold roles for people: its last holder may have left without a
 * record, and nobody else tells that somebody was in.
 */
const accountsOf = (model: Model, keys: readonly string[]): readonly Account[] =>
  keys.length > 0 ? keys.map((key) => breakGlassAccount(model, key)) : breakGlassAccounts(model);

async function listed(
  { organization, now }: Model,
  account: Account,
  records: readonly IncidentRecord[],
  since: Instant,
  options: ReadOptions,
): Promise<Listed> {
  const role = roleArn(organization, "BreakGlass", account);
  const reader = await TrailReader.of(organization, account, options);
  const { events, unread } = await reader.events(usesPattern(role), since, now);
  const uses = breakGlassUses(events, role);
  const own = records.filter((record) => record.account === account.key);
  return {
    account,
    logGroup: reader.logGroup,
    uses: matchUses(uses, own),
    refused: uses.filter(({ isRefused }) => isRefused).length,
    unread,
    overdue: overdueRecords(own, now),
  };
}

/** What a log group held, or why it could not be looked at. */
async function listedOrNot(account: Account, list: () => Promise<Listed>): Promise<Listed | NotLookedAt> {
  try {
    return await list();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { account, problem: error.message };
  }
}

const withoutRecord = ({ uses }: Listed): readonly MatchedUse[] =>
  uses.filter(({ record }) => record === undefined);

function textOf(
  { account, logGroup, uses, refused, unread, overdue }: Listed,
  since: Instant,
  now: Instant,
): string {
  const rows = uses.map(({ use, record }) => [
    use.time,
    use.person,
    record === undefined ? "none" : recordPath(record),
    use.id,
  ]);
  const missing = uses.filter(({ record }) => record === undefined).length;
  return [
    `${account.key} (${account.id}), log group ${logGroup}, from ${since} until ${now}: ${countNoun(uses.length, "session")} of BreakGlass, ` +
      `${String(missing)} without a record; ${countNoun(refused, "attempt")} from within the account refused.`,
    ...(unread === 0
      ? []
      : [`${countNoun(unread, "line")} could not be read as events: look at them in the log group.`]),
    ...(rows.length === 0
      ? []
      : [
          tableText(
            {
              head: ["began (UTC)", "session", "record", "event"],
              rows: rows.map((cells) => cells.map(printable)),
            },
            terminalWidth(),
          ),
        ]),
    ...overdue.map(
      (record) =>
        `${recordPath(record)} is open, and its time was over at ${record.expectedEnd}: npm run break-glass -- close ${record.name}`,
    ),
    "",
  ].join("\n");
}

const problemText = ({ account, problem }: NotLookedAt): string =>
  `${account.key} (${account.id}) was not looked at: ${printableLines(problem)}\n`;

/** The answer for programs. */
function jsonOf(answer: Listed | NotLookedAt, since: Instant, now: Instant): object {
  const { key, id } = answer.account;
  if ("problem" in answer) return { account: key, id, problem: answer.problem };
  const { logGroup, uses, refused, unread, overdue } = answer;
  return {
    account: key,
    id,
    since,
    until: now,
    logGroup,
    refused,
    unread,
    uses: uses.map(({ use, record }) => ({
      ...use,
      record: record === undefined ? null : recordPath(record),
    })),
    overdue: overdue.map(recordPath),
  };
}

const WITHOUT_A_RECORD =
  "A session without a record is an intrusion until its holder says otherwise: docs/runbooks/break-glass.md, 'Nobody declared it'. " +
  "If it was for an emergency, its holder writes it down now: npm run break-glass -- open <account> --reason … --began <time>, then close.\n";

/** Matches every session of BreakGlass in the trail to a record. */
export async function listRecords(keys: readonly string[], options: ListOptions): Promise<void> {
  const now = toInstant(new Date());
  const { model } = readCurrentRoster(new Date());
  const since = sinceOf(options.since, now);
  const records = new RecordFiles(PROJECT_FOLDER).all();
  const answers: (Listed | NotLookedAt)[] = [];
  for (const account of accountsOf(model, keys)) {
    const list = (): Promise<Listed> => listed(model, account, records, since, options);
    answers.push(keys.length > 0 ? await list() : await listedOrNot(account, list));
  }
  const all = answers.flatMap((answer) => ("problem" in answer ? [] : [answer]));
  const missing = all.flatMap(withoutRecord);
  if (options.json === true)
    process.stdout.write(`${printableJson(answers.map((answer) => jsonOf(answer, since, now)))}\n`);
  else {
    printProse(
      answers
        .map((answer) => ("problem" in answer ? problemText(answer) : textOf(answer, since, now)))
        .join("\n"),
    );
    if (missing.length > 0) printProse(`\n${WITHOUT_A_RECORD}`);
  }
  const hasFindings =
    missing.length > 0 || all.some(({ overdue, unread }) => overdue.length > 0 || unread > 0);
  if (all.length < answers.length) process.exitCode = COMMAND_EXIT.failure;
  else if (hasFindings) process.exitCode = COMMAND_EXIT.findings;
}
