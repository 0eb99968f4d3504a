import { ON_CALL_ROLE_NAMES, ON_CALL_ROLES, RENEWAL_DAYS } from "../model/categories";
import { addSeconds, type Instant } from "../model/dates";
import type { RemovedEntry } from "../model/removed-entry";
import type { DefinitionsHistory } from "./commits";
import type { PastGrant, PastRoster } from "./past-grants";
import { presentNames, buildTimeline, type HeldPeriod, type RosterState } from "./timeline";

/**
 * How long ago something can have ended that counts today: a renewal's days, and the longest turn on call, twice: breaks between shifts
 * that are too short to count lengthen it. Shifts of some eight hours or more are reckoned with.
 */
const DAYS = RENEWAL_DAYS + 2 * Math.max(...ON_CALL_ROLE_NAMES.map((role) => ON_CALL_ROLES[role].days));

/** From when on the history is asked about entries of a day. */
export const historyNeededSince = (now: Instant): Instant => addSeconds(now, -DAYS * 86_400);

/** Lists the times that a history does not tell of, in words; empty where it is all there. */
export function historyGaps(
  { isShallow, states }: DefinitionsHistory,
  rosters: readonly RosterState[],
  since: Instant,
): readonly string[] {
  const [first] = states;
  const { unread } = buildTimeline(rosters);
  return [
    ...(isShallow && (first === undefined || first.commit.at > since)
      ? [
          `The clone is shallow: what was in the roster before ${first?.commit.at ?? "now"} does not count. git fetch --unshallow`,
        ]
      : []),
    ...unread
      .filter(({ until }) => until === undefined || until > since)
      .map(
        ({ from, until, commit, reason }) =>
          `What was in the roster from ${from} ${until === undefined ? "on" : `until ${until}`} does not count: the files of ` +
          `${commit.id.slice(0, 10)} cannot be read. ${reason}`,
      ),
  ];
}

/** Whether a roster still has the entry that a period comes from, with no more of it than the period has. */
const isOf = (period: HeldPeriod, { who, accountId, role, validity, ...grant }: PastGrant): boolean =>
  who === period.who &&
  accountId === period.accountId &&
  role === period.role &&
  grant.source === period.source &&
  grant.database === period.database &&
  grant.reason === period.reason &&
  JSON.stringify(grant.approvedBy) === JSON.stringify(period.approvedBy) &&
  validity.until === period.until &&
  (validity.from ?? period.from) <= period.from;

/**
 * Lists periods that people had by dated entries that the last of these rosters has no more, or has otherwise: by its own dates, or until the
 * commit that took it out.
 */
export function removedEntries(states: readonly RosterState[]): readonly RemovedEntry[] {
  const last: PastRoster | undefined = states.at(-1)?.roster;
  if (last?.kind !== "read") return [];
  const { periods, renamedFrom } = buildTimeline(states);
  const today = presentNames(last.people, renamedFrom);
  return periods.flatMap((period): readonly RemovedEntry[] => {
    const { source, from, until, role, database, reason, approvedBy } = period;
    const [person, account] = [today.get(period.who), last.accounts.get(period.accountId)];
    if (source !== "temporary" && source !== "onCall") return [];
    if (person === undefined || account === undefined || until === undefined) return [];
    if (last.grants.some((grant) => isOf(period, grant))) return [];
    return [
      {
        source,
        person,
        account,
        role,
        ...(database !== undefined && { database }),
        from,
        until,
        ...(reason !== undefined && { reason }),
        ...(approvedBy !== undefined && { approvedBy }),
      },
    ];
  });
}
