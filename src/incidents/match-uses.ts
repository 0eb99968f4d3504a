import type { Instant } from "../model/dates";
import type { BreakGlassUse } from "./break-glass-use";
import type { IncidentRecord } from "./incident-record";

/** A session of BreakGlass with the record that is about it; without one, nobody wrote down why. */
export interface MatchedUse {
  readonly use: BreakGlassUse;
  readonly record: IncidentRecord | undefined;
}

/** An open record is about its holder's sessions until its expected end, and a closed one about those that it lists. */
function isAbout(
  { sessions, closed, holder, opened, expectedEnd }: IncidentRecord,
  use: BreakGlassUse,
): boolean {
  if (closed !== undefined) return sessions.includes(use.id);
  return holder === use.person && opened <= use.time && use.time < expectedEnd;
}

/**
 * Every session that began, with its record. Refused attempts have none: nothing was done in them.
 * @param records those of the account
 */
export function matchUses(
  uses: readonly BreakGlassUse[],
  records: readonly IncidentRecord[],
): readonly MatchedUse[] {
  return uses
    .filter(({ isRefused }) => !isRefused)
    .map((use) => ({ use, record: records.find((record) => isAbout(record, use)) }));
}

/** Records that nobody closed although the time that their holders expected is over. */
export function overdueRecords(records: readonly IncidentRecord[], now: Instant): readonly IncidentRecord[] {
  return records.filter(({ closed, expectedEnd }) => closed === undefined && expectedEnd <= now);
}
