import { count } from "../src/model/problems";

/** "a, b, c", sorted and whole: an exemption names a violation by its words, which have to say all of it. */
export const listed = (names: readonly string[]): string => [...names].sort().join(", ");

/** What one list has and the other has not, as often as it has it more. */
export function without(all: Iterable<string>, others: Iterable<string>): readonly string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return [...all].filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
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
