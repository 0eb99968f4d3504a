import { yearsLater, type Instant } from "../dates";
import type { Cell } from "../reading/cursor";
import type { RuleInput } from "./references";

/** Years after the clock within which somebody means the date that they wrote. */
const NEAR = { beginning: 2, end: 10 } as const;

/**
 * Warns of beginnings and ends so far ahead that somebody may have mistyped a year. Warnings, because the model is also made for
 * other moments than now.
 */
export function warnOfFarDates({ roster }: RuleInput, now: Instant): void {
  const warn = (cell: Cell<Instant> | undefined, years: number): void => {
    if (cell === undefined || cell.value <= yearsLater(now, years)) return;
    cell.cursor.warning(`This is more than ${String(years)} years ahead.`, {
      remedy: "Look whether the year is right.",
    });
  };
  for (const { from, until } of roster.people) {
    warn(from, NEAR.beginning);
    warn(until, NEAR.end);
  }
  for (const { from } of roster.temporary) warn(from, NEAR.beginning);
}
