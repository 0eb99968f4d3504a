import { z } from "zod";

import type { Brand } from "./brand";

/** A UTC instant as IAM's date conditions take it, to the second: `2026-11-20T14:00:00Z`. Sorts as text. */
export type Instant = Brand<string, "Instant">;

/** From `from` until just before `until`; a missing end is open. */
export interface Validity {
  readonly from?: Instant;
  readonly until?: Instant;
}

/** The forms that a date in the roster may have, for messages. */
export const DATE_FORMS = "YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z";

const DAY = z.iso.date();
const ISO_INSTANT = z.iso.datetime({ offset: true });
const LOCAL_TIME = z.iso.datetime({ local: true });
const MILLISECONDS_A_DAY = 86_400_000;
// The end of the day 9999-12-31, as people write "for ever", is in the year 10000, which text does not sort.
const FIRST_MOMENT = Date.parse("0000-01-01T00:00:00Z");
const LAST_MOMENT = Date.parse("9999-12-31T23:59:59Z");

/** Whether this is a time that would be an instant with its time zone: `2026-11-20T10:00:00`. */
export const lacksTimeZone = (text: string): boolean =>
  !ISO_INSTANT.safeParse(text).success && LOCAL_TIME.safeParse(text).success;

/** The instant of a moment, cut to the second; beyond the years of four digits, the last or first of them. */
export function toInstant(moment: Date): Instant {
  const within = new Date(Math.min(Math.max(moment.getTime(), FIRST_MOMENT), LAST_MOMENT));
  return `${within.toISOString().slice(0, 19)}Z` as Instant;
}

/**
 * The last millisecond of an instant's second, since 1970. An instant is cut to the second, so what happened half a second ago is
 * after the instant of now, in a log that counts milliseconds.
 */
export function lastMillisecondOf(instant: Instant): number {
  return Date.parse(instant) + 999;
}

/** The instant in letters and digits alone, its time left out at midnight: `20270201`, `20261120T140000Z`. */
export function compactInstant(instant: Instant): string {
  return instant.replace("T00:00:00Z", "").replace(/[-:]/g, "");
}

/** Whole seconds from one instant to another; negative where it lies before. */
export function secondsBetween(from: Instant, until: Instant): number {
  return (Date.parse(until) - Date.parse(from)) / 1_000;
}

/** The instant so many seconds later. */
export function addSeconds(instant: Instant, seconds: number): Instant {
  return toInstant(new Date(Date.parse(instant) + seconds * 1_000));
}

/** The same day and time so many years later; a 29th of February becomes the 1st of March where there is none. */
export function yearsLater(instant: Instant, years: number): Instant {
  const moment = new Date(Date.parse(instant));
  moment.setUTCFullYear(moment.getUTCFullYear() + years);
  return toInstant(moment);
}

/**
 * The instant that a date of the roster names: a day means its start for `from` and its end for `until`, UTC.
 * Undefined where the text is no date or a date that does not exist.
 */
export function parseDate(text: string, end: "from" | "until"): Instant | undefined {
  if (DAY.safeParse(text).success) {
    const start = Date.parse(`${text}T00:00:00Z`);
    return toInstant(new Date(end === "from" ? start : start + MILLISECONDS_A_DAY));
  }
  return ISO_INSTANT.safeParse(text).success ? toInstant(new Date(text)) : undefined;
}

/** Whether the time is past. */
export function isOver(validity: Validity, now: Instant): boolean {
  return validity.until !== undefined && validity.until <= now;
}

/** Whether neither end is set. */
export function isUndated(validity: Validity): boolean {
  return validity.from === undefined && validity.until === undefined;
}

/** A validity without the ends that are undefined. */
export function makeValidity(from: Instant | undefined, until: Instant | undefined): Validity {
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** The same time in as few pieces as possible, in order: what overlaps or touches becomes one. */
export function mergeValidities(validities: readonly Validity[]): readonly Validity[] {
  const merged: Validity[] = [];
  for (const next of [...validities].sort((one, other) => (one.from ?? "").localeCompare(other.from ?? ""))) {
    const last = merged.at(-1);
    if (
      last === undefined ||
      (last.until !== undefined && next.from !== undefined && next.from > last.until)
    ) {
      merged.push(next);
    } else if (last.until !== undefined && (next.until === undefined || next.until > last.until)) {
      merged[merged.length - 1] = makeValidity(last.from, next.until);
    }
  }
  return merged;
}
