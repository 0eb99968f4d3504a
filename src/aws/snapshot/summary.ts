import { count } from "../../model/problems";
import { printable } from "../../text/printable";
import type { Snapshot } from "./reader";
import { SECTION_NAMES } from "./section";

const HOUR_MS = 3_600_000;

/** What a snapshot does not have, a line each: `prod analyzerFindings: AWS refused it`. */
export const notAvailableLines = ({ accounts }: Snapshot): readonly string[] =>
  accounts.flatMap(({ key, sections }) =>
    SECTION_NAMES.flatMap((name) => {
      const section = sections[name];
      return section.kind === "read" ? [] : [`${key} ${name}: ${printable(section.because)}`];
    }),
  );

/** How old each account's credential report was, and what else is missing from sections that were read. */
const limitLines = ({ accounts }: Snapshot): readonly string[] =>
  accounts.flatMap(({ key, sections: { credentialReport, trailEvents, alarms, lastAccessedServices } }) => {
    const lines: string[] = [];
    if (alarms.kind === "read" && alarms.data.changesNotAvailable !== undefined)
      lines.push(
        `${key} alarms: their changes are not available: ${printable(alarms.data.changesNotAvailable)}`,
      );
    if (lastAccessedServices.kind === "read") {
      for (const { role, outcome } of lastAccessedServices.data) {
        if (outcome.kind === "notAvailable")
          lines.push(`${key} lastAccessedServices: not available of ${role}: ${printable(outcome.because)}`);
      }
    }
    if (credentialReport.kind === "read") {
      const { at, data } = credentialReport;
      const hours = Math.max(0, Date.parse(at) - Date.parse(data.generatedAt)) / HOUR_MS;
      const age = hours < 1 ? "less than an hour" : count(Math.floor(hours), "hour");
      lines.push(`${key} credentialReport: ${age} old, of ${data.generatedAt}`);
    }
    if (trailEvents.kind === "read" && trailEvents.data.notAvailable !== undefined) {
      const { from, until, because } = trailEvents.data.notAvailable;
      lines.push(`${key} trailEvents: not available from ${from} until ${until}: ${because}`);
    }
    return lines;
  });

const paragraph = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", heading, ...lines.map((line) => `  ${line}`)];

/** What was read, for people. */
export function snapshotSummary(snapshot: Snapshot): string {
  const { folder, hash, accounts, period } = snapshot;
  const missing = notAvailableLines(snapshot);
  const all = accounts.length * SECTION_NAMES.length;
  const sections = `${count(all - missing.length, "section")} read, ${String(missing.length)} not available`;
  return [
    `Snapshot of ${count(accounts.length, "account")} in ${folder}: ${sections}.`,
    `Events from ${period.from} until ${period.until}. SHA-256 of its manifest: ${hash}`,
    ...paragraph("Not available:", missing),
    ...paragraph("Of what was read:", limitLines(snapshot)),
    "",
  ].join("\n");
}
