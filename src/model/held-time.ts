import { addSeconds, secondsBetween, mergeValidities, type Instant } from "./dates";

/** A time with both ends. */
export interface HeldTime {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * The entries in groups, by time: between two groups lies a break of so many seconds at least, during which no entry
 * counts, and within a group there is none.
 */
export function betweenBreaks<Entry extends HeldTime>(
  entries: readonly Entry[],
  breakSeconds: number,
): readonly (readonly Entry[])[] {
  const groups: Entry[][] = [];
  let end: Instant | undefined;
  for (const entry of [...entries].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = groups.at(-1);
    if (last === undefined || end === undefined || entry.from >= addSeconds(end, breakSeconds)) {
      groups.push([entry]);
      end = entry.until;
    } else {
      last.push(entry);
      if (entry.until > end) end = entry.until;
    }
  }
  return groups;
}

/** The seconds that the periods cover together; those that several of them cover count once. */
export function secondsHeld(periods: readonly HeldTime[]): number {
  return mergeValidities(periods).reduce((sum, { from, until }) => {
    if (from === undefined || until === undefined) throw new Error("A union of periods has both ends.");
    return sum + secondsBetween(from, until);
  }, 0);
}

/** When the last of the periods ends; undefined of none. */
export function lastEnd(periods: readonly HeldTime[]): Instant | undefined {
  return periods
    .map(({ until }) => until)
    .reduce<Instant | undefined>((latest, until) => {
      return latest === undefined || until > latest ? until : latest;
    }, undefined);
}
