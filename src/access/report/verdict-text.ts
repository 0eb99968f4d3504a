import { findPeriods, formatPeriod } from "../iso-period";
import { splitRequirement, formatRequirement } from "../requirement";
import type { Verdict } from "../verdict";

/** Words the conditions that a verdict adds to `allowed`; empty where it adds none. */
export function formatConditions(verdict: Verdict): string {
  switch (verdict.kind) {
    case "allowed":
    case "denied":
      return "";
    case "not decidable here":
      return verdict.reason;
    case "allowed if": {
      const periods = findPeriods(verdict.requires);
      return periods === undefined
        ? formatRequirement(verdict.requires)
        : periods.map(formatPeriod).join(", ");
    }
  }
}

/** A verdict as lines: what it is, and each of its conditions. */
export function verdictLines(verdict: Verdict): readonly string[] {
  switch (verdict.kind) {
    case "allowed":
    case "denied":
      return [verdict.kind];
    case "not decidable here":
      return [`${verdict.kind}: ${verdict.reason}`];
    case "allowed if":
      return [
        `${verdict.kind}:`,
        ...splitRequirement(verdict.requires).map((part) => `  - ${formatRequirement(part)}`),
      ];
  }
}

/** Lines below a title, to which the first belongs. */
export function withTitle(title: string, [first = "", ...others]: readonly string[]): readonly string[] {
  return [`${title}: ${first}`, ...others];
}
