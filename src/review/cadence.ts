import { toInstant, addSeconds, type Instant } from "../model/dates";
import { keysOf } from "../model/keys-of";

/**
 * How often a review takes place, how many days of events the first one looks at, and how many its snapshot has at least: whether
 * access was used in 90 days is asked every month.
 */
export const CADENCES = {
  weekly: { days: 7, snapshotDays: 7 },
  monthly: { days: 31, snapshotDays: 92 },
  quarterly: { days: 92, snapshotDays: 92 },
} as const satisfies Record<string, { readonly days: number; readonly snapshotDays: number }>;

export type Cadence = keyof typeof CADENCES;
export const CADENCE_NAMES = keysOf(CADENCES);

/** The time of one review: it is opened, decided, signed and closed within it, or it is late. */
export interface ReviewPeriod {
  readonly cadence: Cadence;
  /** `2026-W48`, `2026-11` or `2026-Q4`; also the name of its folder. */
  readonly name: string;
  readonly from: Instant;
  /** The first instant after it. */
  readonly until: Instant;
}

export const SECONDS_A_DAY = 86_400;
const WEEK = 7 * SECONDS_A_DAY;
const MONTHS_A_QUARTER = 3;

/** A time between two instants: the first belongs to it, the second does not. */
export interface ReviewWindow {
  readonly from: Instant;
  readonly until: Instant;
}

const windowOfDays = (days: number, until: Instant): ReviewWindow => ({
  from: addSeconds(until, -days * SECONDS_A_DAY),
  until,
});

/**
 * The time whose events a review looks at: since the last one of its cadence, or the cadence's days.
 * @param last when the snapshot of the last review was begun
 */
export const reviewWindow = (cadence: Cadence, until: Instant, last?: Instant): ReviewWindow =>
  last === undefined ? windowOfDays(CADENCES[cadence].days, until) : { from: last, until };

/** The time whose events a snapshot for that review reads. */
export function snapshotWindow(cadence: Cadence, until: Instant, last?: Instant): ReviewWindow {
  const least = windowOfDays(CADENCES[cadence].snapshotDays, until);
  const review = reviewWindow(cadence, until, last);
  return review.from < least.from ? review : least;
}

const midnight = (year: number, month: number, day = 1): Instant =>
  toInstant(new Date(Date.UTC(year, month, day)));

const yearOf = (instant: Instant): number => Number(instant.slice(0, 4));
/** From 0. */
const monthOf = (instant: Instant): number => Number(instant.slice(5, 7)) - 1;
const two = (number: number): string => String(number).padStart(2, "0");

/** A week begins on Monday and belongs to the year of its Thursday (ISO 8601). */
function weekAt(now: Instant): ReviewPeriod {
  const day = toInstant(new Date(`${now.slice(0, 10)}T00:00:00Z`));
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  const from = addSeconds(day, -sinceMonday * SECONDS_A_DAY);
  const thursday = addSeconds(from, 3 * SECONDS_A_DAY);
  const daysOfYear = (Date.parse(thursday) - Date.parse(midnight(yearOf(thursday), 0))) / 86_400_000;
  const week = Math.floor(daysOfYear / 7) + 1;
  return {
    cadence: "weekly",
    name: `${String(yearOf(thursday))}-W${two(week)}`,
    from,
    until: addSeconds(from, WEEK),
  };
}

function monthAt(now: Instant): ReviewPeriod {
  const [year, month] = [yearOf(now), monthOf(now)];
  return {
    cadence: "monthly",
    name: `${String(year)}-${two(month + 1)}`,
    from: midnight(year, month),
    until: midnight(year, month + 1),
  };
}

function quarterAt(now: Instant): ReviewPeriod {
  const [year, quarter] = [yearOf(now), Math.floor(monthOf(now) / MONTHS_A_QUARTER)];
  return {
    cadence: "quarterly",
    name: `${String(year)}-Q${String(quarter + 1)}`,
    from: midnight(year, quarter * MONTHS_A_QUARTER),
    until: midnight(year, (quarter + 1) * MONTHS_A_QUARTER),
  };
}

/** The period of a cadence in which an instant lies; UTC. */
export function periodAt(cadence: Cadence, now: Instant): ReviewPeriod {
  switch (cadence) {
    case "weekly":
      return weekAt(now);
    case "monthly":
      return monthAt(now);
    case "quarterly":
      return quarterAt(now);
  }
}

/** The period before. */
export const periodBefore = ({ cadence, from }: ReviewPeriod): ReviewPeriod =>
  periodAt(cadence, addSeconds(from, -1));

const NAMES = {
  weekly: /^(\d{4})-W(\d{2})$/,
  monthly: /^(\d{4})-(\d{2})$/,
  quarterly: /^(\d{4})-Q([1-4])$/,
} as const satisfies Record<Cadence, RegExp>;

function instantIn(cadence: Cadence, year: number, number: number): Instant {
  switch (cadence) {
    case "weekly":
      // The 4th of January is always in the first week.
      return addSeconds(midnight(year, 0, 4), (number - 1) * WEEK);
    case "monthly":
      return midnight(year, number - 1);
    case "quarterly":
      return midnight(year, (number - 1) * MONTHS_A_QUARTER);
  }
}

/** The period of that name, or undefined where there is none: `2026-W54`, `2026-13`. */
export function periodNamed(name: string): ReviewPeriod | undefined {
  for (const cadence of CADENCE_NAMES) {
    const [, year, number] = NAMES[cadence].exec(name) ?? [];
    if (year === undefined || number === undefined) continue;
    const period = periodAt(cadence, instantIn(cadence, Number(year), Number(number)));
    return period.name === name ? period : undefined;
  }
  return undefined;
}
