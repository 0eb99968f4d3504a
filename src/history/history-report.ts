import type { Instant } from "../model/dates";
import { countNoun } from "../model/problems";
import { printable } from "../text/printable";
import { tableText } from "../text/text-table";
import { wrapText } from "../text/wrap-text";
import type { CommitRecord } from "./commits";
import type { PeriodEnding, HeldPeriod, UnreadPeriod } from "./timeline";

/** What was asked, and what the history answers. */
export interface HistoryReport {
  /** What was asked, in words. */
  readonly question: string;
  /** The commit up to which the history was read. */
  readonly head: string;
  /** How many commits changed what the edited files come to. */
  readonly commits: number;
  readonly isShallow: boolean;
  /** The first commit that has the edited files, where what was asked goes back before it. */
  readonly beginsWith?: CommitRecord;
  readonly periods: readonly HeldPeriod[];
  readonly unread: readonly UnreadPeriod[];
}

/** What no history of files can know; part of every answer. */
export const HISTORY_LIMITS = [
  "This is the roster's history and not the accounts': what was deployed when, and who used it, only AWS's trail tells.",
  "A commit's date is its committer's clock, raised to that of the commit before it; approvals are the names that the roster gives.",
  "Services, the pipeline and what was changed by hand are not part of it.",
] as const;

const short = ({ id }: CommitRecord): string => id.slice(0, 10);
const when = (instant: Instant): string => instant.slice(0, 16).replace("T", " ");

function why({ source, reason, database, approvedBy }: HeldPeriod): string {
  const lines = [
    [source, ...(reason === undefined ? [] : [reason])].join(": "),
    ...(database === undefined ? [] : [`the database ${database} alone`]),
    ...(approvedBy === undefined ? [] : [`approved by ${approvedBy.join(", ")}`]),
  ];
  return lines.map(printable).join("\n");
}

function endWords(ending: PeriodEnding | undefined): string {
  if (ending === undefined) return "";
  switch (ending.kind) {
    case "date":
      return "by its date";
    case "commit":
      return [
        `by ${short(ending.commit)}`,
        ...(ending.sessionsUntil === undefined ? [] : [`(sessions until ${when(ending.sessionsUntil)})`]),
      ].join("\n");
    case "unread":
      return "not known after";
  }
}

const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n");

function tableOf(periods: readonly HeldPeriod[], width: number | undefined): string {
  const rows = periods.map((period) => {
    const { who, account, role, from, until, ending, grantedBy } = period;
    return [
      printable(who),
      `${account}/${role}`,
      lines(when(from), grantedBy === undefined ? "or before" : `by ${short(grantedBy)}`),
      lines(until === undefined ? "no end" : when(until), endWords(ending)),
      why(period),
    ];
  });
  return tableText({ head: ["who", "role", "from", "until", "why"], rows }, width);
}

function unreadLines(unread: readonly UnreadPeriod[]): readonly string[] {
  return unread.map(
    ({ from, until, commit, reason }) =>
      `NOT KNOWN from ${when(from)} ${until === undefined ? "on" : `to ${when(until)}`}: the files of ${short(commit)} cannot be read ` +
      `by this version. ${reason}`,
  );
}

const shallowLines = ({ isShallow }: HistoryReport): readonly string[] =>
  isShallow
    ? ["The clone is shallow: what was before its first commit is not known. git fetch --unshallow"]
    : [];

/** Says that nobody had it, or nobody that the history knows of, where it does not tell of all that was asked. */
const nobodyWords = ({ beginsWith, isShallow, unread }: HistoryReport): string =>
  beginsWith === undefined && !isShallow && unread.length === 0
    ? "Nobody, by the roster."
    : "Nobody that this history knows of.";

const beginningLines = ({ beginsWith, isShallow }: HistoryReport): readonly string[] =>
  beginsWith === undefined || isShallow
    ? []
    : [
        `NOT KNOWN before ${when(beginsWith.at)}: the roster begins with ${short(beginsWith)}, and who had what until then, it does not say.`,
      ];

/**
 * For a terminal.
 * @param width of the terminal in characters; undefined where there is none
 */
export function historyText(report: HistoryReport, width: number | undefined): string {
  const { question, periods, head, commits, unread } = report;
  const prose = (lines: readonly string[]): readonly string[] => lines.map((line) => wrapText(line, width));
  return [
    ...prose([question]),
    periods.length === 0 ? nobodyWords(report) : tableOf(periods, width),
    ...prose([
      `${countNoun(periods.length, "period")}, by ${countNoun(commits, "commit")} that changed the edited files, up to ${head.slice(0, 10)}. Times are UTC.`,
      ...beginningLines(report),
      ...unreadLines(unread),
      ...shallowLines(report),
      ...HISTORY_LIMITS,
    ]),
    "",
  ].join("\n");
}

/** For programs. */
export const historyJson = (report: HistoryReport): object => ({ ...report, limits: HISTORY_LIMITS });

const COLUMNS = [
  "who",
  "account",
  "account id",
  "role",
  "database",
  "source",
  "from",
  "until",
  "ended by",
  "sessions until",
  "reason",
  "approved by",
  "granted by commit",
  "commit date",
  "commit author",
  "commit subject",
] as const;

/**
 * A field of CSV. Spreadsheets run what begins like a formula, so that such a text gets an apostrophe before it.
 * https://owasp.org/www-community/attacks/CSV_Injection
 * https://www.rfc-editor.org/rfc/rfc4180
 */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function rowOf({
  who,
  account,
  accountId,
  role,
  source,
  from,
  until,
  ending,
  grantedBy,
  ...period
}: HeldPeriod) {
  return {
    who,
    account,
    "account id": accountId,
    role,
    database: period.database,
    source,
    from,
    until,
    "ended by": ending?.kind === "commit" ? ending.commit.id : ending?.kind,
    "sessions until": ending?.kind === "commit" ? ending.sessionsUntil : undefined,
    reason: period.reason,
    "approved by": period.approvedBy?.join(" "),
    "granted by commit": grantedBy?.id,
    "commit date": grantedBy?.at,
    "commit author": grantedBy?.author,
    "commit subject": grantedBy?.subject,
  } satisfies Record<(typeof COLUMNS)[number], string | undefined>;
}

/** For spreadsheets: the periods alone. */
export function historyCsv({ periods }: HistoryReport): string {
  const rows = periods.map((period) => {
    const row = rowOf(period);
    return COLUMNS.map((column) => field(row[column] ?? "")).join(",");
  });
  return [COLUMNS.join(","), ...rows, ""].join("\r\n");
}
