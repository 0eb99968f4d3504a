import type { Instant } from "../dates";
import type { Cell } from "../reading/cursor";
import type { PersonEntry } from "../reading/roster-entry";

/** Expects a time to lie between a person's first and last day. */
export function expectWithinTerms(
  terms: PersonEntry | undefined,
  from: Cell<Instant> | undefined,
  until: Cell<Instant> | undefined,
): void {
  if (from !== undefined && terms?.from !== undefined && from.value < terms.from.value) {
    from.cursor.problem("This is before the person's first day.", {
      allowed: `a time from ${terms.from.value} on`,
    });
  }
  if (until !== undefined && terms?.until !== undefined && until.value > terms.until.value) {
    until.cursor.problem("This is after the person's last day.", {
      allowed: `a time up to ${terms.until.value}`,
    });
  }
}

/** Whether a time ends after it begins; one that does not is reported. */
export function expectEndAfterBeginning(from: Cell<Instant>, until: Cell<Instant>): boolean {
  if (until.value > from.value) return true;
  until.cursor.problem("`until` is not after `from`.", { allowed: `a time after ${from.value}` });
  return false;
}
