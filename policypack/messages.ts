import { countNoun } from "../src/model/problems";

/** "a, b, c", sorted and whole: an exemption names a violation by its words, which have to say all of it. */
export const formatNames = (names: readonly string[]): string => [...names].sort().join(", ");

/** The items of the first list without those of the second: each item of the second takes away one that is equal. */
export function withoutMatched(all: Iterable<string>, others: Iterable<string>): readonly string[] {
  const unmatched = new Map<string, number>();
  for (const other of others) unmatched.set(other, (unmatched.get(other) ?? 0) + 1);
  return [...all].filter((one) => {
    const remaining = unmatched.get(one) ?? 0;
    unmatched.set(one, remaining - 1);
    return remaining <= 0;
  });
}

/** "Too many: mallory. Missing: sarah.devops.", each part where it applies; empty where both lists are equal. */
export function tooManyAndMissing(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const tooMany = withoutMatched(actual, expected);
  const missing = withoutMatched(expected, actual);
  return [
    ...(tooMany.length > 0 ? [`Too many: ${formatNames(tooMany)}.`] : []),
    ...(missing.length > 0 ? [`Missing: ${formatNames(missing)}.`] : []),
  ];
}

/** "1 hour", "12 hours". */
export const formatHours = (seconds: number): string => countNoun(seconds / 3_600, "hour");
