import { breakGlassUses, sessionEvents, sessionPerson } from "../../incidents/break-glass-use";
import {
  closedRecordText,
  notesIn,
  rosterGrants,
  takeBackLines,
  type TrailAccount,
} from "../../incidents/closed-record";
import { sessionsPattern, usesPattern } from "../../incidents/filter-patterns";
import type { IncidentRecord } from "../../incidents/incident-record";
import { RECORDS_FOLDER, RecordFiles, recordPath } from "../../incidents/record-files";
import { sessionGrants } from "../../incidents/session-grants";
import { breakGlassAccount } from "../../incidents/way-in";
import { DATE_FORMS, toInstant, parseDate, type Instant } from "../../model/dates";
import type { Account } from "../../model/account";
import type { Model } from "../../model/model";
import { roleArn } from "../../model/names";
import { countNoun, UserError } from "../../model/problems";
import { printProse } from "../terminal";
import { PROJECT_FOLDER } from "../project-folder";
import { readCurrentRoster } from "./current-roster";
import { TrailReader, type ReadOptions } from "./trail-log-group";
import { answersTo } from "./prompts";
import { uninterrupted } from "./uninterrupted";

export interface CloseRecordOptions extends ReadOptions {
  readonly changed?: readonly string[];
  readonly prevents?: readonly string[];
  readonly until?: string;
  readonly as?: string;
}

function endOf(until: string | undefined, { opened }: IncidentRecord, now: Instant): Instant {
  if (until === undefined) return now;
  const instant = parseDate(until, "until");
  if (instant === undefined) throw new UserError(`--until ${until} is no date. Dates are ${DATE_FORMS}.`);
  if (instant > now || instant <= opened)
    throw new UserError(
      `--until ${until} is not between ${opened}, when the record was opened, and now, ${now}.`,
    );
  return instant;
}

async function readTrail(
  { organization }: Model,
  account: Account,
  record: IncidentRecord,
  until: Instant,
  options: ReadOptions,
): Promise<TrailAccount> {
  const role = roleArn(organization, "BreakGlass", account);
  const reader = await TrailReader.of(organization, account, options);
  const readAt = toInstant(new Date());
  const began = await reader.events(usesPattern(role), record.opened, until);
  const done = await reader.events(sessionsPattern(role), record.opened, until);
  const events = sessionEvents(done.events, role).filter((event) => sessionPerson(event) === record.holder);
  return {
    account,
    logGroup: reader.logGroup,
    from: record.opened,
    until,
    readAt,
    uses: breakGlassUses(began.events, role).filter(({ person }) => person === record.holder),
    events,
    grants: await sessionGrants(events),
    unread: Math.max(began.unread, done.unread),
  };
}

const ANSWERS = {
  changed: { text: "What was changed, and why?", option: "--changed <text>" },
  prevents: { text: "What prevents it next time, by whom and until when?", option: "--prevents <text>" },
} as const;

/** What the options say, and for the rest what somebody answers. */
async function answers(
  options: CloseRecordOptions,
): Promise<{ readonly changed: readonly string[]; readonly prevention: readonly string[] }> {
  const missing = (["changed", "prevents"] as const).filter((key) => options[key] === undefined);
  const said = await answersTo(missing.map((key) => ANSWERS[key]));
  const answer = (key: "changed" | "prevents"): readonly string[] =>
    (options[key] ?? said[missing.indexOf(key)] ?? []).map((text) => text.replace(/\s+/g, " ").trim());
  const [changed, prevention] = [answer("changed"), answer("prevents")];
  if ([...changed, ...prevention].includes(""))
    throw new UserError("An answer is empty. Nothing was written.");
  return { changed, prevention };
}

/** What the trail tells, before anybody is asked. */
function told(trail: TrailAccount, takeBack: readonly string[]): string {
  const begun = trail.uses.filter(({ isRefused }) => !isRefused).length;
  return [
    `${trail.logGroup} of ${trail.account.key} (${trail.account.id}) from ${trail.from} until ${trail.until}: ` +
      `${countNoun(begun, "session")}, ${countNoun(trail.events.length, "event")}.`,
    ...(trail.unread === 0 ? [] : [`${countNoun(trail.unread, "line")} could not be read as events.`]),
    "Grants to take back:",
    ...takeBack.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** Fills in a record from the trail and from what people say, and closes it. */
export async function closeRecord(name: string, options: CloseRecordOptions): Promise<void> {
  const now = toInstant(new Date());
  const { model, whoAsks } = readCurrentRoster(new Date());
  const files = new RecordFiles(PROJECT_FOLDER);
  const record = files.named(name);
  if (record.closed !== undefined)
    throw new UserError(
      `${recordPath(record)} was closed at ${record.closed}. A later use is a record of its own.`,
    );
  const account = breakGlassAccount(model, record.account);
  const until = endOf(options.until, record, now);
  const closedBy = await whoAsks(options.as);
  const trail = await readTrail(model, account, record, until, options);
  const roster = rosterGrants(model.grants, record, now);
  printProse(told(trail, takeBackLines(trail, roster)));
  const closing = { closedBy, ...(await answers(options)) };
  const closed: IncidentRecord = { ...record, closed: until };
  uninterrupted(() => {
    const notes = notesIn(files.text(record.name));
    files.replace(record.name, closedRecordText(closed, trail, closing, roster, notes));
  });
  printProse(
    `${recordPath(record)} is closed. Commit it with ${RECORDS_FOLDER}/README.md, take back what it lists, and have it reviewed by ` +
      "somebody who did not hold the role.\n",
  );
}
