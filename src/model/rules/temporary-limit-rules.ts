import { RENEWAL_DAYS } from "../categories";
import { addSeconds, secondsBetween, type Instant } from "../dates";
import { groupBy } from "../group-by";
import { betweenBreaks, lastEnd, secondsHeld, type HeldTime } from "../held-time";
import { countNoun } from "../problems";
import type { Cell, Cursor } from "../reading/cursor";
import type { NameList, TemporaryEntry } from "../reading/roster-entry";
import { approversAllowed } from "./approval-rules";
import type { RuleInput } from "./references";
import { humanKey } from "./same-person";
import { expectEndAfterBeginning } from "./terms";
import { temporaryPlace, type TemporaryPlace } from "./temporary-rules";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** An entry as the limits see it: somebody has a role from one instant until a later one. */
interface HeldEntry extends HeldTime {
  readonly place: TemporaryPlace;
  /** The cell of the roster that has its end. */
  readonly end: Cell<Instant>;
  readonly reason: Cell<string> | undefined;
  readonly approvedBy: NameList | undefined;
  /** The humans who approve it, whatever name they go by. */
  readonly approvers: readonly string[];
  /** The same for all entries of one human, role and account. */
  readonly holding: string;
  /** The one database that it is for; undefined where it is for all. */
  readonly database: string | undefined;
  /** Whether only history has it: it counts, and is past changing. */
  readonly isRemoved: boolean;
}

function heldEntry(written: RuleInput, entry: TemporaryEntry, isRemoved: boolean): HeldEntry | undefined {
  const { person, account, database, from, until, reason, approvedBy } = entry;
  const place = temporaryPlace(written, entry);
  const human = humanKey(written.people?.get(person?.value ?? ""));
  if (place === undefined || human === undefined || from === undefined || until === undefined)
    return undefined;
  if (!expectEndAfterBeginning(from, until)) return undefined;
  const holding = JSON.stringify([human, account?.value, place.role]);
  const approvers = (approvedBy?.names ?? []).map(
    ({ value }) => humanKey(written.people?.get(value)) ?? value,
  );
  return {
    from: from.value,
    until: until.value,
    place,
    end: until,
    reason,
    approvedBy,
    approvers,
    holding,
    database: database?.value,
    isRemoved,
  };
}

/** Places of which something was reported: an entry for all databases counts with those for each of them. */
type Told = Set<Cursor>;

const nameOf = ({ role, environment }: TemporaryPlace): string => `${role} in ${environment}`;

/** Whether an entry alone is short enough; one that is not is reported. */
function isShort({ from, until, place, end }: HeldEntry): boolean {
  const { hours } = place.terms;
  if (secondsBetween(from, until) <= hours * HOUR) return true;
  end.cursor.problem(`${nameOf(place)} is granted for at most ${countNoun(hours, "hour")}.`, {
    allowed: `a time up to ${addSeconds(from, hours * HOUR)}`,
  });
  return false;
}

/** Entries that touch, overlap or follow without a break count as one: each that makes them too long is reported. */
function expectShortTogether(entries: readonly HeldEntry[], told: Told): void {
  entries.forEach((entry, index) => {
    if (entry.isRemoved) return;
    const { hours } = entry.place.terms;
    const earlier = entries.slice(0, index);
    const seconds = secondsHeld([...earlier, entry]);
    if (seconds <= hours * HOUR || seconds === secondsHeld(earlier) || told.has(entry.end.cursor)) return;
    told.add(entry.end.cursor);
    const end = lastEnd(earlier) ?? entry.from;
    entry.end.cursor.problem(
      `${nameOf(entry.place)} is granted for at most ${countNoun(hours, "hour")} in all, until a break of ${countNoun(hours, "hour")}: ` +
        `with the entries before it, this one makes ${String(Math.round((seconds / HOUR) * 100) / 100)} hours.`,
      { allowed: `less time in all, or a grant that begins at ${addSeconds(end, hours * HOUR)} or later` },
    );
  });
}

/** Reports reasons and approvers that a group of entries shares with the group that it renews. */
function expectRenewed(before: readonly HeldEntry[], entries: readonly HeldEntry[], told: Told): void {
  const reasons = new Set(before.map(({ reason }) => reason?.value.trim()));
  const approversBefore = new Set(before.flatMap(({ approvers }) => approvers));
  const renewal = `This renews a grant that ended at ${lastEnd(before) ?? ""}, less than ${countNoun(RENEWAL_DAYS, "day")} before`;
  for (const { reason, approvedBy, approvers, place, isRemoved } of entries) {
    if (isRemoved) continue;
    if (reason !== undefined && reasons.has(reason.value.trim()) && !told.has(reason.cursor)) {
      told.add(reason.cursor);
      reason.cursor.problem(`${renewal}, for the same reason.`, { allowed: "a reason of its own" });
    }
    // Nobody, and what is no name, is reported elsewhere.
    if (approvedBy === undefined || approvers.length === 0 || approvers.length < approvedBy.length) continue;
    if (approvers.every((approver) => approversBefore.has(approver)) && !told.has(approvedBy.cursor)) {
      told.add(approvedBy.cursor);
      approvedBy.cursor.problem(`${renewal}: all of these approved that one.`, {
        allowed: `${approversAllowed(place.terms.oneApproverOf)}, and one at least who did not`,
      });
    }
  }
}

/**
 * The entries that give the same thing: those for one database together with those for all. Entries for different databases
 * do not count together.
 */
function byDatabase(entries: readonly HeldEntry[]): readonly (readonly HeldEntry[])[] {
  const databases = new Set(entries.flatMap(({ database }) => database ?? []));
  if (databases.size === 0) return [entries];
  return [...databases].map((name) =>
    entries.filter(({ database }) => database === undefined || database === name),
  );
}

/** The limits are on what somebody has, whatever one entry says. */
function temporaryGrantsAreShort(written: RuleInput): void {
  const entries = written.roster.temporary.flatMap((entry) => heldEntry(written, entry, false) ?? []);
  const removed = written.removed.temporary.flatMap((entry) => heldEntry(written, entry, true) ?? []);
  const told: Told = new Set();
  const same = [...groupBy([...entries.filter(isShort), ...removed], ({ holding }) => holding).values()];
  for (const held of same.flatMap(byDatabase)) {
    const hours = held[0]?.place.terms.hours ?? 0;
    let before: readonly HeldEntry[] = [];
    for (const group of betweenBreaks(held, hours * HOUR)) {
      expectShortTogether(group, told);
      const end = lastEnd(before);
      const begin = group[0]?.from;
      if (end !== undefined && begin !== undefined && secondsBetween(end, begin) < RENEWAL_DAYS * DAY) {
        expectRenewed(before, group, told);
      }
      before = group;
    }
  }
}

export const TEMPORARY_LIMIT_RULES = [temporaryGrantsAreShort];
