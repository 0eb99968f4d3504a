import { periodWords } from "../period";
import type { GrantData, HeldData } from "./data";
import { duration, type Timing } from "./timing";

/** `1 person`, `1,003 people`. */
export const count = (quantity: number, noun: string, plural = `${noun}s`): string =>
  `${quantity.toLocaleString("en")} ${quantity === 1 ? noun : plural}`;

/** `2026-11-23 04:12 UTC`. */
export const momentWords = (instant: string): string => `${instant.slice(0, 16).replace("T", " ")} UTC`;

const SOURCES = {
  access: "access in the roster",
  temporary: "temporary grant",
  onCall: "shift on call",
  breakGlass: "break-glass holder",
} as const satisfies Record<GrantData["source"], string>;

/** Why somebody has a role, on one line. */
export function grantWords({ source, reason, approvedBy }: GrantData): string {
  const approvals =
    approvedBy === undefined || approvedBy.length === 0 ? "" : `approved by ${approvedBy.join(", ")}`;
  return [SOURCES[source], reason ?? "", approvals].filter((part) => part !== "").join(" · ");
}

/** When somebody has a role, with the time that is left by the clock. */
export function whenWords({ periods }: Pick<HeldData, "periods">, timing: Timing): string {
  const dates = (periods ?? []).map(periodWords).join(", ");
  switch (timing.kind) {
    case "always":
      return "always";
    case "open ended":
      return dates;
    case "open":
      return `${dates} (${duration(timing.left)} left)`;
    case "later":
      return `${dates} (begins in ${duration(timing.left)})`;
    case "over":
      return `${dates} (ended)`;
  }
}
