import type { Account } from "../model/account";
import type { Instant } from "../model/dates";
import type { Grant } from "../model/grants";
import { countNoun } from "../model/problems";
import { codeSpan } from "../text/markdown-code";
import { printable } from "../text/printable";
import type { BreakGlassUse } from "./break-glass-use";
import { recordHead, SESSIONS_HEADING, type IncidentRecord } from "./incident-record";
import { eventAction, eventSubject, type SessionGrant } from "./session-grants";
import type { TrailEvent } from "../aws/trail-event";

/** What a log group told of an incident. */
export interface TrailAccount {
  readonly account: Account;
  readonly logGroup: string;
  readonly from: Instant;
  readonly until: Instant;
  /** When it was read. */
  readonly readAt: Instant;
  /** Those of the holder. */
  readonly uses: readonly BreakGlassUse[];
  /** Those of the holder's sessions. */
  readonly events: readonly TrailEvent[];
  readonly grants: readonly SessionGrant[];
  /** Lines of the log group that are no events of CloudTrail. */
  readonly unread: number;
}

/** What people say when they close a record. */
export interface RecordClosing {
  readonly closedBy: string;
  readonly changed: readonly string[];
  readonly prevention: readonly string[];
}

/** CloudTrail delivers most events within this time, on average in five. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html */
export const DELIVERY_MINUTES = 15;

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => "---")),
  ...rows.map(row),
];

const list = (items: readonly string[], mark = "-"): readonly string[] =>
  items.map((item) => `${mark} ${printable(item)}`);

function sessionLines({ uses, events, grants: _, ...told }: TrailAccount): readonly string[] {
  const period = `${codeSpan(told.logGroup)} of ${told.account.key} (${told.account.id}), read at ${told.readAt} from ${told.from} until ${told.until}`;
  const begun = uses.filter(({ isRefused }) => !isRefused);
  const refused = uses.length - begun.length;
  return [
    `${period}: ${countNoun(begun.length, "session")}, ${countNoun(refused, "refused attempt")}, ${countNoun(events.length, "event")} in sessions of the holder. ` +
      `CloudTrail delivers most events within ${DELIVERY_MINUTES} minutes: later ones of the time before are not here.`,
    ...(told.unread === 0
      ? []
      : [
          "",
          `**${countNoun(told.unread, "line")} of the log group could not be read as events, whoever's they are.**`,
        ]),
    ...(begun.length === 0
      ? []
      : [
          "",
          ...table(
            ["began (UTC)", "by", "event"],
            begun.map(({ time, way, id }) => [codeSpan(time), way, codeSpan(id)]),
          ),
        ]),
  ];
}

function eventLines({ events }: TrailAccount): readonly string[] {
  const reads = events.filter(({ readOnly }) => readOnly === true);
  const others = events.filter(({ readOnly }) => readOnly !== true);
  const told = `${countNoun(others.length, "event")} that may have changed something; ${countNoun(reads.length, "event")} only read, and ${reads.length === 1 ? "is" : "are"} left out.`;
  if (others.length === 0) return [told];
  return [
    told,
    "",
    ...table(
      ["time (UTC)", "action", "region", "on", "outcome"],
      others.map((event) => [
        codeSpan(event.eventTime),
        codeSpan(eventAction(event)),
        codeSpan(event.awsRegion ?? ""),
        codeSpan(eventSubject(event)),
        event.errorCode === undefined ? "done" : `refused: ${codeSpan(event.errorCode)}`,
      ]),
    ),
  ];
}

const grantLine = ({ event, action, takenBackBy }: SessionGrant): string => {
  const subject = eventSubject(event);
  const on = subject === "" ? "" : ` ${codeSpan(subject)}`;
  const how =
    takenBackBy === undefined
      ? "put back what was there before"
      : `take it back with ${codeSpan(takenBackBy)}`;
  return `- [ ] ${event.eventTime} ${codeSpan(action)}${on}: ${how}`;
};

const rosterLine = ({ person, account, role, validity, reason }: Grant): string =>
  `- [ ] src/roster.ts: ${role} of ${person} in ${account} until ${validity.until ?? "further notice"}` +
  `${reason === undefined ? "" : ` (${printable(reason)})`}: remove it if it was for this`;

/** The grants of the roster that began in the time of an incident and are not over: somebody may have added them for it. */
export function rosterGrants(
  grants: readonly Grant[],
  { account, opened }: Pick<IncidentRecord, "account" | "opened">,
  now: Instant,
): readonly Grant[] {
  return grants.filter(
    ({ account: key, source, validity: { from, until } }) =>
      key === account &&
      source === "temporary" &&
      from !== undefined &&
      from >= opened &&
      (until === undefined || until > now),
  );
}

/** What has to be taken back, one line each; one line that says so where nothing was seen. */
export function takeBackLines(trail: TrailAccount, roster: readonly Grant[]): readonly string[] {
  const lines = [...trail.grants.map(grantLine), ...roster.map(rosterLine)];
  if (lines.length > 0) return lines;
  return [
    "None was seen in the events above, nor a temporary grant of src/roster.ts that began in this time.",
  ];
}

/** What people wrote into an open record, from its first heading on. */
export function notesIn(text: string): string {
  const start = text.indexOf("\n## ");
  return start === -1 ? "" : text.slice(start + 1).trimEnd();
}

/** The text of a record that is closed now; what people wrote into it stays. */
export function closedRecordText(
  record: IncidentRecord,
  trail: TrailAccount,
  closing: RecordClosing,
  roster: readonly Grant[],
  notes: string,
): string {
  return [
    recordHead(record).trimEnd(),
    `- Closed by: ${closing.closedBy}`,
    "",
    SESSIONS_HEADING,
    "",
    ...sessionLines(trail),
    "",
    "## What happened",
    "",
    ...eventLines(trail),
    "",
    "## Grants to take back",
    "",
    ...takeBackLines(trail, roster),
    "",
    "## What was changed",
    "",
    ...list(closing.changed),
    "",
    "## What prevents it next time",
    "",
    ...list(closing.prevention, "- [ ]"),
    "",
    ...(notes === "" ? [] : [notes, ""]),
    "## Review",
    "",
    "- Led by somebody who did not hold the role:",
    "- Heard: who heard the alarm, at what time:",
    "- Touched: secrets and data that were read or could have been, and what was changed for it:",
    "",
  ].join("\n");
}
