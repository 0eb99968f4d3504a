import { count } from "../src/model/problems";

const LONGEST_LIST = 10;

/** "a, b, c", sorted; of a long list the first ten, and how many more there are. */
export function listed(names: readonly string[]): string {
  const sorted = [...names].sort();
  if (sorted.length <= LONGEST_LIST) return sorted.join(", ");
  const rest = sorted.length - LONGEST_LIST;
  return `${sorted.slice(0, LONGEST_LIST).join(", ")} and ${rest.toLocaleString("en")} more`;
}

/** What one list has and the other has not. */
export function without(all: Iterable<string>, others: Iterable<string>): readonly string[] {
  const known = new Set(others);
  return [...new Set(all)].filter((one) => !known.has(one));
}

/** "Too many: mallory. Missing: sarah.devops." as far as either is so; nothing where both lists say the same. */
export function tooManyAndMissing(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const tooMany = without(actual, expected);
  const missing = without(expected, actual);
  return [
    ...(tooMany.length > 0 ? [`Too many: ${listed(tooMany)}.`] : []),
    ...(missing.length > 0 ? [`Missing: ${listed(missing)}.`] : []),
  ];
}

/** "1 hour", "12 hours". */
export const hours = (seconds: number): string => count(seconds / 3_600, "hour");
