import type { IsoPeriod } from "../iso-period";

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Access that ends within so many days deserves a look. */
export const SOON_DAYS = 14;

/** Where in time an access stands. */
export type AccessTiming =
  | { readonly kind: "always" }
  | { readonly kind: "open"; readonly until: string; readonly left: number }
  | { readonly kind: "open ended" }
  | { readonly kind: "later"; readonly from: string; readonly left: number }
  | { readonly kind: "over" };

/** Where the periods stand at a moment in milliseconds; `left` is in milliseconds. Without periods, it is always. */
export function findTiming(periods: readonly IsoPeriod[] | undefined, now: number): AccessTiming {
  if (periods === undefined) return { kind: "always" };
  const moment = (instant: string | undefined, otherwise: number): number =>
    instant === undefined ? otherwise : Date.parse(instant);
  const current = periods.find(
    ({ from, until }) => moment(from, -Infinity) <= now && now < moment(until, Infinity),
  );
  if (current !== undefined) {
    const { until } = current;
    if (until === undefined) return { kind: "open ended" };
    return { kind: "open", until, left: Date.parse(until) - now };
  }
  const next = periods.find(({ from }) => moment(from, -Infinity) > now)?.from;
  return next === undefined ? { kind: "over" } : { kind: "later", from: next, left: Date.parse(next) - now };
}

/** Whether an access that is open will end within {@link SOON_DAYS}. */
export const endsSoon = (timing: AccessTiming): boolean =>
  timing.kind === "open" && timing.left < SOON_DAYS * DAY;

/** `69 d`, `5 h` on the last day, `< 1 h` in the last hour: rounded down, so that it is never longer than it says. */
export function formatTimeLeft(milliseconds: number): string {
  if (milliseconds < HOUR) return "< 1 h";
  return milliseconds < DAY ? `${Math.floor(milliseconds / HOUR)} h` : `${Math.floor(milliseconds / DAY)} d`;
}

/** The short form on a role's chip; empty where there is nothing to say. */
export function timingMark(timing: AccessTiming): string {
  switch (timing.kind) {
    case "always":
    case "open ended":
      return "";
    case "open":
      return `${formatTimeLeft(timing.left)} left`;
    case "later":
      return `in ${formatTimeLeft(timing.left)}`;
    case "over":
      return "ended";
  }
}
