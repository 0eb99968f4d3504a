import { formatPeriod } from "../iso-period";
import type { GrantData, HeldData } from "./map-data";
import { formatTimeLeft, type AccessTiming } from "./timing";

/** `2026-11-23 04:12 UTC`. */
export const formatMoment = (instant: string): string => `${instant.slice(0, 16).replace("T", " ")} UTC`;

const SOURCES = {
  access: "access in the roster",
  temporary: "temporary grant",
  onCall: "shift on call",
  breakGlass: "break-glass holder",
} as const satisfies Record<GrantData["source"], string>;

/** Why somebody has a role, on one line. */
export function formatGrant({ source, reason, approvedBy }: GrantData): string {
  const approvals =
    approvedBy === undefined || approvedBy.length === 0 ? "" : `approved by ${approvedBy.join(", ")}`;
  return [SOURCES[source], reason ?? "", approvals].filter((part) => part !== "").join(" · ");
}

/** When somebody has a role, with the time that is left by the clock. */
export function formatHeldTimes({ periods }: Pick<HeldData, "periods">, timing: AccessTiming): string {
  const dates = (periods ?? []).map(formatPeriod).join(", ");
  switch (timing.kind) {
    case "always":
      return "always";
    case "open ended":
      return dates;
    case "open":
      return `${dates} (${formatTimeLeft(timing.left)} left)`;
    case "later":
      return `${dates} (begins in ${formatTimeLeft(timing.left)})`;
    case "over":
      return `${dates} (ended)`;
  }
}
