/** A tag that is a version: `v1.4.0`, `v2.0.0-rc.1` (https://semver.org). */
const VERSION_TAG = /^v\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

export const isVersionTag = (tag: string): boolean => VERSION_TAG.test(tag);

const partsOf = (tag: string): { readonly numbers: readonly number[]; readonly words: readonly string[] } => {
  const [numbers = "", ...words] = tag.slice(1).split("-");
  return {
    numbers: numbers.split(".").map(Number),
    words: words.length === 0 ? [] : words.join("-").split("."),
  };
};

/** Numbers before words; numbers by their value, words by their letters. */
function compareWords(one: string, other: string): number {
  const [isNumber, otherIsNumber] = [one, other].map((word) => /^\d+$/.test(word));
  if (isNumber && otherIsNumber) return Number(one) - Number(other);
  if (isNumber !== otherIsNumber) return isNumber ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether a version comes before another, as a number below, at or above 0: https://semver.org/#spec-item-11 */
export function compareVersions(one: string, other: string): number {
  const [first, second] = [partsOf(one), partsOf(other)];
  for (const [index, number] of first.numbers.entries()) {
    const difference = number - (second.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  // A release comes after all that led to it.
  if (first.words.length === 0 || second.words.length === 0) return second.words.length - first.words.length;
  for (const [index, word] of first.words.entries()) {
    const otherWord = second.words[index];
    if (otherWord === undefined) return 1;
    const difference = compareWords(word, otherWord);
    if (difference !== 0) return difference;
  }
  return first.words.length - second.words.length;
}
