import { addSeconds, type Instant, type Validity } from "../model/dates";
import { ROLES, ROLE_NAMES } from "../model/roles";
import type { CommitRecord } from "./commits";
import type { PastGrant, PastRoster } from "./past-grants";

/** What ended something. */
export type PeriodEnding =
  /** Its own date, which ends sessions too. */
  | { readonly kind: "date" }
  /** A commit, after which sessions may go on until they are over. */
  | { readonly kind: "commit"; readonly commit: CommitRecord; readonly sessionsUntil?: Instant }
  /** Nobody knows: the files that come next cannot be read. */
  | { readonly kind: "unread" };

/** From when until when somebody had something, by the roster. */
export interface HeldPeriod extends Omit<PastGrant, "validity"> {
  readonly from: Instant;
  /** Absent where it has no end, as `ending` is. */
  readonly until?: Instant;
  readonly ending?: PeriodEnding;
  /** The commit that wrote it; absent where it may have been there before, in what cannot be read. */
  readonly grantedBy?: CommitRecord;
}

/** A time of which nobody knows. */
export interface UnreadPeriod {
  readonly from: Instant;
  readonly until?: Instant;
  readonly commit: CommitRecord;
  readonly reason: string;
}

export interface RosterState {
  readonly commit: CommitRecord;
  readonly roster: PastRoster;
}

/** All that a history says. */
export interface Timeline {
  readonly periods: readonly HeldPeriod[];
  readonly unread: readonly UnreadPeriod[];
  /** Earlier names of people, by later ones. */
  readonly renamedFrom: ReadonlyMap<string, string>;
}

interface Open {
  readonly grant: PastGrant;
  readonly grantedBy: CommitRecord | undefined;
  /** When what is known of it begins. */
  readonly since: Instant;
}

const keyOf = (grant: PastGrant): string => JSON.stringify(grant);

function sessionSeconds(role: string): number | undefined {
  const known = ROLE_NAMES.find((name) => name === role);
  return known === undefined ? undefined : ROLES[known].sessionSeconds;
}

/** How a commit that takes something away ends it. */
function endingBy(commit: CommitRecord, role: string): PeriodEnding {
  const seconds = sessionSeconds(role);
  return {
    kind: "commit",
    commit,
    ...(seconds !== undefined && { sessionsUntil: addSeconds(commit.at, seconds) }),
  };
}

function heldPeriod(
  { grant: { validity, ...grant }, grantedBy, since }: Open,
  stop?: { readonly at: Instant; readonly ending: PeriodEnding },
): readonly HeldPeriod[] {
  const from = validity.from !== undefined && validity.from > since ? validity.from : since;
  const isStopped = stop !== undefined && (validity.until === undefined || stop.at < validity.until);
  const until = isStopped ? stop.at : validity.until;
  if (until !== undefined && until <= from) return [];
  const ending: PeriodEnding = isStopped ? stop.ending : { kind: "date" };
  return [
    {
      ...grant,
      from,
      ...(until !== undefined && { until, ending }),
      ...(grantedBy !== undefined && { grantedBy }),
    },
  ];
}

const inOrder = (one: HeldPeriod, other: HeldPeriod): number => {
  const key = ({ account, role, who, from }: HeldPeriod): string =>
    JSON.stringify([account, role, who, from]);
  return key(one) < key(other) ? -1 : 1;
};

/**
 * Who had what from when until when, by the roster of each commit, the oldest first. A grant counts from its commit on, where
 * its own dates do not begin later.
 * @param beginsUnknown whether there were commits before the first of these
 */
export function buildTimeline(states: readonly RosterState[], beginsUnknown = false): Timeline {
  const open = new Map<string, Open>();
  const periods: HeldPeriod[] = [];
  const unread: UnreadPeriod[] = [];
  const renamedFrom = new Map<string, string>();
  states.forEach(({ commit, roster }, index) => {
    const { at } = commit;
    if (roster.kind === "failed") {
      for (const one of open.values()) periods.push(...heldPeriod(one, { at, ending: { kind: "unread" } }));
      open.clear();
      const next = states[index + 1]?.commit.at;
      unread.push({ from: at, ...(next && { until: next }), commit, reason: roster.reason });
      return;
    }
    for (const [name, earlier] of roster.renamedFrom) renamedFrom.set(name, earlier);
    const grants = new Map(roster.grants.map((grant) => [keyOf(grant), grant]));
    for (const [key, one] of open) {
      if (grants.has(key)) continue;
      periods.push(...heldPeriod(one, { at, ending: endingBy(commit, one.grant.role) }));
      open.delete(key);
    }
    const before = states[index - 1]?.roster;
    const isNew = before === undefined ? !beginsUnknown : before.kind === "read";
    for (const [key, grant] of grants) {
      if (!open.has(key)) open.set(key, { grant, grantedBy: isNew ? commit : undefined, since: at });
    }
  });
  for (const one of open.values()) periods.push(...heldPeriod(one));
  return { periods: periods.sort(inOrder), unread, renamedFrom };
}

/** Whether a period has a moment in common with a time. */
export function overlapsTime(period: Pick<HeldPeriod, "from" | "until">, { from, until }: Validity): boolean {
  return (
    (until === undefined || period.from < until) &&
    (from === undefined || period.until === undefined || period.until > from)
  );
}

/** Periods by the names that people and accounts have today. */
export function underPresentNames(
  { periods, renamedFrom }: Timeline,
  today: { readonly people: readonly string[]; readonly accounts: ReadonlyMap<string, string> },
): readonly HeldPeriod[] {
  const names = presentNames(today.people, renamedFrom);
  return periods.map((period) => ({
    ...period,
    who: names.get(period.who) ?? period.who,
    account: today.accounts.get(period.accountId) ?? period.account,
  }));
}

/** Today's names of people, by each that they have or had. */
export const presentNames = (
  people: readonly string[],
  renamedFrom: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> =>
  new Map(people.flatMap((name) => [...formerNames(name, renamedFrom)].map((earlier) => [earlier, name])));

/** A person's name and all that they had before. */
export function formerNames(name: string, renamedFrom: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = new Set<string>();
  for (
    let next: string | undefined = name;
    next !== undefined && !names.has(next);
    next = renamedFrom.get(next)
  ) {
    names.add(next);
  }
  return names;
}
