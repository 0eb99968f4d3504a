import { Command } from "commander";

import { definitionsHistory } from "../../history/commits";
import { readPastRoster } from "../../history/past-grants";
import { historyCsv, historyJson, historyText, type HistoryReport } from "../../history/history-report";
import {
  formerNames,
  overlapsTime,
  buildTimeline,
  type HeldPeriod,
  type Timeline,
} from "../../history/timeline";
import { formatChoices } from "../../model/choices";
import { DATE_FORMS, addSeconds, parseDate, type Validity } from "../../model/dates";
import { joinWithOr, UserError } from "../../model/problems";
import { printableJson, printableLines } from "../../text/printable";
import { PROJECT_FOLDER } from "../project-folder";
import { terminalWidth } from "../terminal";

interface Options {
  readonly account?: string;
  readonly role?: string;
  readonly at?: string;
  readonly ref: string;
  readonly json?: true;
  readonly csv?: true;
}

/** The time that `--at` names: a whole day, or one second. */
function timeOf(at: string): Validity {
  const [from, until] = [parseDate(at, "from"), parseDate(at, "until")];
  if (from === undefined || until === undefined) {
    throw new UserError(`--at ${at} is no date. Dates are ${DATE_FORMS}.`);
  }
  return { from, until: until > from ? until : addSeconds(from, 1) };
}

function isOf(
  period: HeldPeriod,
  all: Timeline,
  person: string | undefined,
  { account, role }: Options,
): boolean {
  const ids = all.periods.filter((one) => one.account === account).map(({ accountId }) => accountId);
  return (
    (person === undefined || formerNames(person, all.renamedFrom).has(period.who)) &&
    // An account that has had another key is still the same.
    (account === undefined || ids.includes(period.accountId)) &&
    (role === undefined || `${period.account}/${period.role}` === role)
  );
}

function expectKnown(
  what: string,
  written: string | undefined,
  known: readonly string[],
  things: string,
): void {
  if (written === undefined || known.includes(written)) return;
  throw new UserError(
    `There is no ${what} "${written}" in the roster's history. Known: ${formatChoices(written, [...new Set(known)], things)}`,
  );
}

function questionOf(
  person: string | undefined,
  { account, role, at }: Options,
  names: ReadonlySet<string>,
): string {
  const others = [...names].filter((name) => name !== person);
  const who = person ?? "Everybody";
  const before = others.length === 0 ? "" : ` (formerly ${joinWithOr(others)})`;
  const where = role ?? account;
  return `${who}${before}${where === undefined ? "" : `, ${where}`}${at === undefined ? "" : `, on ${at}`}, by the roster:`;
}

async function reportOf(person: string | undefined, options: Options): Promise<HistoryReport> {
  const { account, role, at, ref } = options;
  const time = at === undefined ? {} : timeOf(at);
  const { head, isShallow, states } = await definitionsHistory(PROJECT_FOLDER, ref);
  const all = buildTimeline(
    states.map(({ commit, outcome }) => ({ commit, roster: readPastRoster(outcome) })),
    isShallow,
  );
  const first = states.at(0)?.commit;
  expectKnown(
    "person",
    person,
    all.periods.map(({ who }) => who),
    "names",
  );
  expectKnown(
    "account",
    account,
    all.periods.map((period) => period.account),
    "accounts",
  );
  expectKnown(
    "role",
    role,
    all.periods.map((period) => `${period.account}/${period.role}`),
    "roles",
  );
  return {
    question: questionOf(
      person,
      options,
      person === undefined ? new Set() : formerNames(person, all.renamedFrom),
    ),
    head,
    commits: states.length,
    isShallow,
    ...(first !== undefined && time.from !== undefined && time.from < first.at && { beginsWith: first }),
    periods: all.periods.filter((period) => isOf(period, all, person, options) && overlapsTime(period, time)),
    unread: all.unread.filter((period) => overlapsTime(period, time)),
  };
}

async function history(person: string | undefined, options: Options): Promise<void> {
  if (options.json === true && options.csv === true) throw new UserError("Ask for --json or for --csv.");
  const report = await reportOf(person, options);
  if (options.json === true) process.stdout.write(`${printableJson(historyJson(report))}\n`);
  else if (options.csv === true) process.stdout.write(historyCsv(report));
  else process.stdout.write(printableLines(historyText(report, terminalWidth())));
  if (
    options.csv === true &&
    (report.unread.length > 0 || report.isShallow || report.beginsWith !== undefined)
  ) {
    process.stderr.write("Not all of the history can be read: the table says of which time.\n");
  }
}

const HELP = `
The edited files of every commit are run apart from this process and read by this version; which rules they obeyed is not
asked. A grant counts from the commit that wrote it, or from its own date where that is later, until its date or the commit
that took it away. Branches that were merged count from their merge.

Exit status: 0; 2 failure.

Examples:
  npm run access -- history john.developer
  npm run access -- history --account prod --at 2026-03-03
  npm run access -- history --role prod/Admin --csv > admins.csv
  npm run access -- history --at 2026-03-03T14:00:00Z --json`;

export const historyCommand = (): Command =>
  new Command("history")
    .description(
      "Who had what from when until when, approved by whom and by which commit, from git's history of the roster.",
    )
    .argument("[person]", "one person or partner, now or in the past")
    .option("--account <account>", "one account: prod")
    .option("--role <account/role>", "one role: prod/DbRead")
    .option("--at <date>", `only what counted at some moment of that day, or at that instant: ${DATE_FORMS}`)
    .option("--ref <ref>", "the history of this branch or commit", "HEAD")
    .option("--json", "answer for programs")
    .option("--csv", "answer for spreadsheets")
    .addHelpText("after", HELP)
    .action(history);
