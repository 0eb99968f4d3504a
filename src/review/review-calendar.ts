import type { Instant } from "../model/dates";
import { periodAt, periodBefore, type Cadence, type ReviewPeriod } from "./cadence";
import { daysBetween } from "./checks/credential-check";

/** How far a review is. */
export type ReviewStage = "not opened" | "open" | "signed" | "closed";

/** One line of the calendar. */
export interface CalendarLine {
  readonly period: ReviewPeriod;
  readonly stage: ReviewStage;
  readonly decided?: number;
  readonly rows?: number;
  /** Days until it is due; negative where it is late. */
  readonly days: number;
  readonly isLate: boolean;
}

/** The parts of a review's folder that show its progress. */
export interface ReviewProgress {
  readonly period: ReviewPeriod;
  readonly stage: Exclude<ReviewStage, "not opened">;
  readonly decided: number;
  readonly rows: number;
}

/**
 * The calendar of a cadence: earlier reviews that are not closed, periods since the first review in which there was none, and the
 * present period.
 * @param reviews those that were opened, the oldest first
 */
export function reviewCalendar(
  cadence: Cadence,
  reviews: readonly ReviewProgress[],
  now: Instant,
): readonly CalendarLine[] {
  const byName = new Map(reviews.map((review) => [review.period.name, review]));
  const present = periodAt(cadence, now);
  const first = reviews[0]?.period.from ?? present.from;
  const periods: ReviewPeriod[] = [];
  for (let period = present; period.from >= first; period = periodBefore(period)) periods.unshift(period);
  return periods.flatMap((period): readonly CalendarLine[] => {
    const review = byName.get(period.name);
    const stage = review?.stage ?? "not opened";
    if (stage === "closed" && period.name !== present.name) return [];
    return [
      {
        period,
        stage,
        ...(review && { decided: review.decided, rows: review.rows }),
        days: daysBetween(now, period.until),
        isLate: stage !== "closed" && period.until <= now,
      },
    ];
  });
}
