import { matchesPattern } from "../../patterns";
import { GRANTED_READS } from "./granted-reads";

/** The granted actions that fit one of the patterns, spelled out: a pattern stands for nothing that AWS adds later. */
export const matchingReads = (patterns: readonly string[]): readonly string[] =>
  GRANTED_READS.filter((action) => patterns.some((pattern) => matchesPattern(pattern, action)));
