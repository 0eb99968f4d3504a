import { countNoun } from "../../model/problems";
import { printable } from "../../text/printable";
import type { SnapshotAccount, SnapshotHead } from "./reader";
import { SECTION_NAMES } from "./snapshot-section";

const HOUR_MS = 3_600_000;
/** From here on, days say it. */
const LONG_HOURS = 72;

/** What a snapshot does not have of an account, a line each: `prod analyzerFindings: AWS refused it`. */
const notAvailableLines = ({ key, sections }: SnapshotAccount): readonly string[] =>
  SECTION_NAMES.flatMap((name) => {
    const section = sections[name];
    return section.kind === "read" ? [] : [`${key} ${name}: ${printable(section.because)}`];
  });

/** How old the account's credential report was, and what else is missing from sections that were read. */
function limitLines({ key, sections }: SnapshotAccount): readonly string[] {
  const { credentialReport, trailEvents, alarms, lastAccessedServices } = sections;
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
    const age =
      hours < 1
        ? "less than an hour"
        : hours < LONG_HOURS
          ? countNoun(Math.floor(hours), "hour")
          : countNoun(Math.floor(hours / 24), "day");
    lines.push(`${key} credentialReport: ${age} old, of ${data.generatedAt}`);
  }
  if (trailEvents.kind === "read" && trailEvents.data.notAvailable !== undefined) {
    const { from, until, because } = trailEvents.data.notAvailable;
    lines.push(`${key} trailEvents: not available from ${from} until ${until}: ${because}`);
  }
  return lines;
}

const paragraph = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", heading, ...lines.map((line) => `  ${line}`)];

/** What was read, for people, account by account: it keeps lines, and no account. */
export class SnapshotSummary {
  private accounts = 0;
  private readonly limits: string[] = [];
  /** A line for each section that is not available. */
  readonly missing: string[] = [];

  add(account: SnapshotAccount): void {
    this.accounts += 1;
    this.missing.push(...notAvailableLines(account));
    this.limits.push(...limitLines(account));
  }

  text({ folder, hash, period }: SnapshotHead): string {
    const { accounts, missing, limits } = this;
    const read = accounts * SECTION_NAMES.length - missing.length;
    return [
      `Snapshot of ${countNoun(accounts, "account")} in ${folder}: ${countNoun(read, "section")} read, ${String(missing.length)} not available.`,
      `Events from ${period.from} until ${period.until}. SHA-256 of its manifest: ${hash}`,
      ...paragraph("Not available:", missing),
      ...paragraph("Of what was read:", limits),
      "",
    ].join("\n");
  }
}
