import { z } from "zod";

import { RENEWAL_DAYS } from "../model/categories";
import { toInstant, addSeconds, parseDate, type Instant } from "../model/dates";
import { ROLES, ROLE_NAMES } from "../model/roles";

const ENTRY = z.looseObject({
  person: z.string(),
  account: z.string(),
  role: z.string(),
  until: z.string(),
});
const ROSTER = z.looseObject({ temporary: z.array(z.unknown()).default([]) });

/** An entry under `temporary` that nothing needs any more. */
export interface ExpiredEntry {
  /** Its place in the list, from 0. */
  readonly index: number;
  readonly person: string;
  readonly account: string;
  readonly role: string;
  readonly until: Instant;
}

const DAY = 86_400;

/**
 * Finds when an entry may be removed. The Deny of its sessions is made from the entry until the longest of them is over; and as long as a new grant
 * would renew it, the rules need its reason and its approvers.
 */
function neededUntil(role: string, until: Instant): Instant | undefined {
  const known = ROLE_NAMES.find((name) => name === role);
  if (known === undefined) return undefined;
  return addSeconds(until, Math.max(ROLES[known].sessionSeconds, RENEWAL_DAYS * DAY));
}

/** The temporary grants of a roster that may go; what cannot be read stays. */
export function expiredEntries(roster: unknown, now: Date): readonly ExpiredEntry[] {
  return ROSTER.parse(roster).temporary.flatMap((value, index) => {
    const entry = ENTRY.safeParse(value);
    if (!entry.success) return [];
    const { person, account, role } = entry.data;
    const until = parseDate(entry.data.until, "until");
    const needed = until && neededUntil(role, until);
    return until === undefined || needed === undefined || toInstant(now) < needed
      ? []
      : [{ index, person, account, role, until }];
  });
}

/** The roster without these entries. */
export function withoutEntries(roster: unknown, entries: readonly ExpiredEntry[]): object {
  const written = ROSTER.parse(roster);
  const gone = new Set(entries.map(({ index }) => index));
  return { ...written, temporary: written.temporary.filter((_, index) => !gone.has(index)) };
}
