import type { IncidentKind, IncidentRecord } from "../../incidents/incident-record";
import { RecordFiles, recordPath, unreadableText } from "../../incidents/record-files";
import { accountOfHolder, breakGlassHolders, wayIn } from "../../incidents/way-in";
import { DATE_FORMS, toInstant, addSeconds, parseDate, type Instant } from "../../model/dates";
import { UserError } from "../../model/problems";
import { DURATION_FORMS, parseDuration } from "../../requests/duration";
import { noteProse, printProse } from "../terminal";
import { PROJECT_FOLDER } from "../project-folder";
import { readCurrentRoster } from "./current-roster";
import { uninterrupted } from "./uninterrupted";

/** Longer than this is no emergency any more: grants of the roster are for it. */
const LONGEST_SECONDS = 12 * 3_600;

/** What an emergency or a rehearsal begins with. */
export interface RecordOpening {
  readonly kind: IncidentKind;
  readonly reason: string;
  readonly for: string;
  readonly told?: string;
  readonly as?: string;
  readonly began?: string;
}

function secondsOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined)
    throw new UserError(`--for ${text} is no length of time. Write ${DURATION_FORMS}.`);
  if (seconds > LONGEST_SECONDS)
    throw new UserError(
      `--for ${text} is longer than 12h. What takes longer is a temporary grant of the roster: npm run request.`,
    );
  return seconds;
}

function beginningOf(began: string | undefined, now: Instant): Instant {
  if (began === undefined) return now;
  const instant = parseDate(began, "from");
  if (instant === undefined) throw new UserError(`--began ${began} is no date. Dates are ${DATE_FORMS}.`);
  if (instant > now) throw new UserError(`--began ${began} lies ahead. It is for what has begun already.`);
  return instant;
}

/** One line, as the record keeps it. */
function lineOf(option: string, text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") throw new UserError(`${option} is empty. Say it in a few words.`);
  return line;
}

/** What somebody has open in an account already, a line each: sessions are matched to whichever of the records they fall into. */
function openText(already: readonly IncidentRecord[]): string {
  const lines = already.map(
    (record) =>
      `${recordPath(record)}, a record of ${record.holder} in ${record.account}, is open too, since ${record.opened}.\n` +
      `  npm run break-glass -- close ${record.name}`,
  );
  return [
    "",
    ...lines,
    "Where one of them was opened by mistake, close it, and say so as what was changed.",
    "",
  ].join("\n");
}

/** Starts a record and prints the way in. */
export async function openRecord(key: string, declaration: RecordOpening): Promise<void> {
  const { model, whoAsks } = readCurrentRoster(new Date());
  const reason = lineOf("--reason", declaration.reason);
  const seconds = secondsOf(declaration.for);
  const opened = beginningOf(declaration.began, toInstant(new Date()));
  const told = declaration.told === undefined ? undefined : lineOf("--told", declaration.told);
  const holder = await whoAsks(declaration.as);
  const account = accountOfHolder(model, key, holder);
  const files = new RecordFiles(PROJECT_FOLDER);
  const already = files
    .readable()
    .filter((one) => one.account === key && one.holder === holder && one.closed === undefined);
  const record = uninterrupted(() =>
    files.open({
      kind: declaration.kind,
      account: key,
      holder,
      reason,
      opened,
      expectedEnd: addSeconds(opened, seconds),
      ...(told !== undefined && { told }),
    }),
  );
  const others = breakGlassHolders(model, account).filter((name) => name !== holder);
  printProse(wayIn(model, account, record, others));
  if (already.length > 0) noteProse(openText(already));
  const unreadable = files.unreadable();
  // It holds nobody up, and list ends with it.
  if (unreadable.length > 0) noteProse(`\n${unreadableText(unreadable)}\n`);
}
