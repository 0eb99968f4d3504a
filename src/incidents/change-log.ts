import { codeSpan } from "../text/markdown-code";
import { isReadable, type IncidentRecord, type UnreadableRecord } from "./incident-record";

const BEGIN =
  "<!-- Written by `npm run break-glass`: what stands between these lines is made from the records. -->";
const END = "<!-- End of what is made from the records. -->";

const HEAD = [
  "# Change log of incidents",
  "",
  "Every use of BreakGlass that somebody declared, the newest first; a rehearsal is one too. The record of each says what happened, what was",
  "changed and why. `npm run break-glass -- list` compares them with the trail.",
  "",
].join("\n");

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function recordRow(record: IncidentRecord | UnreadableRecord): string {
  const { name } = record;
  const link = `[${name}](${name}.md)`;
  if (!isReadable(record)) return row([link, "not readable as a record", "", "", "", "", ""]);
  const { kind, account, holder, opened, closed, sessions, reason } = record;
  return row([
    `${link}${kind === "rehearsal" ? " (rehearsal)" : ""}`,
    account,
    holder,
    opened,
    closed ?? "**open**",
    closed === undefined ? "" : String(sessions.length),
    codeSpan(reason),
  ]);
}

function table(records: readonly (IncidentRecord | UnreadableRecord)[]): string {
  if (records.length === 0) return "No record yet.";
  const newestFirst = [...records].sort((one, other) => (one.name < other.name ? 1 : -1));
  return [
    row(["record", "account", "holder", "opened (UTC)", "closed (UTC)", "sessions", "reason"]),
    row(["---", "---", "---", "---", "---", "---", "---"]),
    ...newestFirst.map(recordRow),
  ].join("\n");
}

/**
 * The change log with a line for each record; what people wrote around the list stays.
 * @param written the file as it is; undefined where there is none
 */
export function changeLogText(
  written: string | undefined,
  records: readonly (IncidentRecord | UnreadableRecord)[],
): string {
  const block = `${BEGIN}\n\n${table(records)}\n\n${END}`;
  if (written === undefined) return `${HEAD}\n${block}\n`;
  const [start, end] = [written.indexOf(BEGIN), written.indexOf(END)];
  if (start === -1 || end < start) return `${written.trimEnd()}\n\n${block}\n`;
  return `${written.slice(0, start)}${block}${written.slice(end + END.length)}`;
}
