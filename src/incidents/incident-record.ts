import { parseDate, type Instant } from "../model/dates";
import { printable } from "../text/printable";

/** What the use of BreakGlass was for. */
export const INCIDENT_KINDS = ["emergency", "rehearsal"] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** The head of a record: what a program has to know of it. The rest is for people. */
export interface IncidentRecord {
  /** Name of its file without `.md`: `2026-11-23-prod-inc-1042`. */
  readonly name: string;
  readonly kind: IncidentKind;
  readonly account: string;
  readonly holder: string;
  readonly reason: string;
  readonly opened: Instant;
  readonly expectedEnd: Instant;
  /** The person whom the holder told; absent where they said nobody yet. */
  readonly told?: string;
  /** Absent while it is open. */
  readonly closed?: Instant;
  /** Ids of the trail's events that began its sessions. */
  readonly sessions: readonly string[];
}

const FIELDS = {
  account: "Account",
  kind: "Kind",
  holder: "Holder",
  reason: "Reason",
  told: "Told",
  opened: "Opened",
  expectedEnd: "Expected end",
  closed: "Closed",
} as const;

export const NOT_YET = "not yet";
export const SESSIONS_HEADING = "## Sessions";

/** The title and head of a record as Markdown. */
export function recordHead(record: IncidentRecord): string {
  const values: Readonly<Record<keyof typeof FIELDS, string>> = {
    ...record,
    reason: printable(record.reason),
    told: record.told ?? NOT_YET,
    closed: record.closed ?? NOT_YET,
  };
  const lines = Object.entries(FIELDS).map(
    ([key, title]) => `- ${title}: ${Object.entries(values).find(([one]) => one === key)?.[1] ?? ""}`,
  );
  return [
    `# Break-glass: ${record.account}, ${record.opened.slice(0, 10)}${record.kind === "rehearsal" ? ", rehearsal" : ""}`,
    "",
    ...lines,
    "",
  ].join("\n");
}

/** A record as it is when somebody opens it. */
export const openRecordText = (record: IncidentRecord): string =>
  [
    recordHead(record),
    "## Notes",
    "",
    "- Write each command and its time here, and why: the trail knows the rest.",
    "",
  ].join("\n");

/** A part of a record that cannot be understood. */
export interface UnreadableRecord {
  readonly name: string;
  readonly problems: readonly string[];
}

const EVENT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The ids in the rows of the table of sessions. */
function sessionsIn(text: string): readonly string[] {
  const [, after = ""] = text.split(`\n${SESSIONS_HEADING}\n`);
  const [section = ""] = after.split("\n## ");
  return section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .flatMap((line) => line.match(EVENT_ID) ?? []);
}

/** Reads the head of a record, and which sessions it is about. */
export function parseRecord(name: string, text: string): IncidentRecord | UnreadableRecord {
  const [head = ""] = text.replaceAll("\r\n", "\n").split("\n## ");
  const written = new Map(
    [...head.matchAll(/^- ([A-Z][a-z ]+): *(.*)$/gm)].map(([, title = "", value = ""]) => [
      title,
      value.trim(),
    ]),
  );
  const problems: string[] = [];
  const wanted = (key: keyof typeof FIELDS): string => {
    const value = written.get(FIELDS[key]) ?? "";
    if (value === "") problems.push(`the line "- ${FIELDS[key]}: …" is missing or empty`);
    return value;
  };
  const instant = (key: "opened" | "expectedEnd" | "closed", value: string): Instant | undefined => {
    const found = parseDate(value, "from");
    if (found === undefined && value !== "")
      problems.push(`${FIELDS[key]} is no date or instant: ${JSON.stringify(value)}`);
    return found;
  };
  const account = wanted("account");
  const kindText = wanted("kind");
  const kind = INCIDENT_KINDS.find((known) => known === kindText);
  if (kind === undefined && kindText !== "")
    problems.push(`${FIELDS.kind} is ${JSON.stringify(kindText)}, and not ${INCIDENT_KINDS.join(" or ")}`);
  const holder = wanted("holder");
  const reason = wanted("reason");
  const told = wanted("told");
  const opened = instant("opened", wanted("opened"));
  const expectedEnd = instant("expectedEnd", wanted("expectedEnd"));
  const closedText = wanted("closed");
  const closed = closedText === NOT_YET ? undefined : instant("closed", closedText);
  if (problems.length > 0 || kind === undefined || opened === undefined || expectedEnd === undefined)
    return { name, problems };
  return {
    name,
    kind,
    account,
    holder,
    reason,
    opened,
    expectedEnd,
    ...(told !== NOT_YET && { told }),
    ...(closed !== undefined && { closed }),
    sessions: sessionsIn(text.replaceAll("\r\n", "\n")),
  };
}

export const isReadable = (record: IncidentRecord | UnreadableRecord): record is IncidentRecord =>
  "opened" in record;

/** The name of a record's file, without a number and `.md`: a date, the account, and the first words of the reason. */
export function recordFileName({
  opened,
  account,
  reason,
}: Pick<IncidentRecord, "opened" | "account" | "reason">): string {
  const words = reason
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return [opened.slice(0, 10), account, ...(words === "" ? [] : [words])].join("-");
}
