import { addSeconds, type Validity } from "../model/dates";
import type { ReviewPeriod } from "./cadence";

/** `2026-11-29`. */
export const formatDay = (instant: string | undefined): string => instant?.slice(0, 10) ?? "";

const minute = (instant: string): string => instant.slice(0, 16).replace("T", " ");

/** When something holds: `always`, or its dates in UTC. */
export const formatValidities = (periods: readonly Validity[]): string =>
  periods.length === 0
    ? "always"
    : periods
        .map(({ from, until }) =>
          [
            from === undefined ? "" : `from ${minute(from)}`,
            until === undefined ? "" : `until ${minute(until)}`,
          ]
            .filter((part) => part !== "")
            .join(" "),
        )
        .join("; ");

/** The last day of a period, on which its review is due. */
export const formatDueDay = ({ until }: ReviewPeriod): string => formatDay(addSeconds(until, -1));
