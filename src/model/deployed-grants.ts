import { addSeconds, type Instant } from "./dates";
import type { Grant } from "./grants";
import { groupBy } from "./group-by";

/**
 * How long before its beginning a shift is deployed, in hours; the next shift is deployed however far ahead it lies.
 * A trust takes some 520 characters for each set of dates and has 2,048 in all, so a rota of a year cannot be in it. Two days
 * leave room for a daily deployment that fails once.
 */
export const SHIFT_LEAD_HOURS = 48;

const beginsAt = ({ validity }: Grant): Instant | undefined => validity.from;

/** The shifts of one rota that a deployment at a moment holds: those that have begun, the next, and those that begin soon. */
function deployedShifts(shifts: readonly Grant[], now: Instant): readonly Grant[] {
  const horizon = addSeconds(now, SHIFT_LEAD_HOURS * 3_600);
  const ahead = shifts.flatMap((shift) => beginsAt(shift) ?? []).filter((from) => from > now);
  const next = ahead.reduce<Instant | undefined>(
    (first, from) => (first === undefined || from < first ? from : first),
    undefined,
  );
  return shifts.filter((shift) => {
    const from = beginsAt(shift);
    return from === undefined || from <= horizon || from === next;
  });
}

/** The grants that documents of a moment hold: all but the shifts that lie further ahead. */
export function deployedGrants(grants: readonly Grant[], now: Instant): readonly Grant[] {
  const rotas = groupBy(
    grants.filter(({ source }) => source === "onCall"),
    ({ account, role }) => `${account} ${role}`,
  );
  return [
    ...grants.filter(({ source }) => source !== "onCall"),
    ...[...rotas.values()].flatMap((shifts) => deployedShifts(shifts, now)),
  ];
}
