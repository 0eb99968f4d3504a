import { matchesPattern } from "../../patterns";
import { DATA_ACCESS, SOURCE_CODE_ACCESS } from "../data-access";
import { WITHHELD_READS } from "./withheld-reads";

const WITHHELD: readonly string[] = [
  ...DATA_ACCESS,
  ...SOURCE_CODE_ACCESS,
  ...WITHHELD_READS.flatMap(({ actions }): readonly string[] => actions),
];

/** Whether somebody decided that readers of production do not get the action. */
export const isWithheld = (action: string): boolean =>
  WITHHELD.some((pattern) => matchesPattern(pattern, action));

export interface ClassifiedReads {
  /** Those of the granted that AWS's own policy for auditors holds. */
  readonly audited: readonly string[];
  /** Readers of production get them. */
  readonly granted: readonly string[];
  /** Nobody has decided about them yet; nobody gets them. */
  readonly unclassified: readonly string[];
}

export interface KnownReads {
  /** Every List and Read action of the listed services. */
  readonly available: readonly string[];
  /** The patterns of SecurityAudit. */
  readonly auditors: readonly string[];
  readonly granted: readonly string[];
}

/**
 * The classification brought to what AWS has now: of what is known only what AWS still has and nobody withholds stays
 * granted, and what is new waits for somebody to decide.
 */
export function classifyReads({ available, auditors, granted }: KnownReads): ClassifiedReads {
  const known = new Set(granted);
  const open = available.filter((action) => !isWithheld(action)).toSorted();
  const stillGranted = open.filter((action) => known.has(action));
  return {
    granted: stillGranted,
    audited: stillGranted.filter((action) => auditors.some((pattern) => matchesPattern(pattern, action))),
    unclassified: open.filter((action) => !known.has(action)),
  };
}
