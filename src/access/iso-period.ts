import type { Requirement } from "./requirement";

/** The ISO instants between which something holds; `until` is not part of it. */
export interface IsoPeriod {
  readonly from?: string;
  readonly until?: string;
}

const CURRENT_TIME = "aws:currenttime";

function edge(requirement: Requirement): IsoPeriod | undefined {
  if (requirement.kind !== "condition" || requirement.key.toLowerCase() !== CURRENT_TIME) return undefined;
  const [value, ...others] = requirement.values;
  if (value === undefined || others.length > 0) return undefined;
  if (requirement.operator === "DateGreaterThanEquals") return { from: value };
  if (requirement.operator === "DateLessThan") return { until: value };
  return undefined;
}

function period(requirement: Requirement): IsoPeriod | undefined {
  if (requirement.kind !== "all") return edge(requirement);
  const edges = requirement.of.map(edge);
  if (edges.length !== 2 || edges.includes(undefined)) return undefined;
  const joined = { ...edges[0], ...edges[1] };
  return Object.keys(joined).length === 2 ? joined : undefined;
}

/** Turns a requirement into periods, in order; undefined where it asks for anything but times. */
export function findPeriods(requirement: Requirement): readonly IsoPeriod[] | undefined {
  const periods = requirement.kind === "any" ? requirement.of.map(period) : [period(requirement)];
  if (periods.includes(undefined)) return undefined;
  return periods
    .filter((one) => one !== undefined)
    .sort((one, other) => ((one.from ?? "") < (other.from ?? "") ? -1 : 1));
}

const day = (instant: string): string => instant.slice(0, 16).replace("T", " ").replace(" 00:00", "");

const DAY = 86_400_000;

/** The end as a roster writes it: a day without a time is the last one of the period. */
const end = (instant: string): string =>
  instant.endsWith("T00:00:00Z")
    ? new Date(Date.parse(instant) - DAY).toISOString().slice(0, "2026-11-20".length)
    : day(instant);

/** `2026-11-20 10:00 to 2026-11-20 14:00`, in UTC; days that are whole have no time, and the last one is part of the period. */
export function formatPeriod({ from, until }: IsoPeriod): string {
  if (from === undefined) return `until ${end(until ?? "")}`;
  return until === undefined ? `from ${day(from)}` : `${day(from)} to ${end(until)}`;
}
