import { periodsOf, periodWords } from "../period";
import { words } from "../requirement";
import type { Verdict } from "../verdict";

/** What a verdict adds to `allowed`, as a person reads it; empty where it adds nothing. */
export function conditionsOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case "allowed":
    case "denied":
      return "";
    case "not decidable here":
      return verdict.reason;
    case "allowed if": {
      const periods = periodsOf(verdict.requires);
      return periods === undefined ? words(verdict.requires) : periods.map(periodWords).join(", ");
    }
  }
}
