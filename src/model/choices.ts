import { distance } from "fastest-levenshtein";

import { caseless } from "./names";

const LONGEST_LIST = 12;
const LONGEST_WORD = 64;

/** Whether two neighbouring letters change places between the words, as fingers do: `cna` for `can`. */
function isSwap(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const swapped = (other[same + 1] ?? "") + (other[same] ?? "");
  return one !== other && one === other.slice(0, same) + swapped + other.slice(same + 2);
}

/** How many letters differ: two that changed places count once, capitals not at all. */
function differingLetters(written: string, word: string): number {
  const [one, other] = [caseless(written), caseless(word)];
  return isSwap(one, other) ? 1 : distance(one, other);
}

/** Whether somebody's fingers slipped once on the way to the word: a letter more or less, another one, two swapped, capitals. */
export const isMisspelt = (written: string, word: string): boolean =>
  written !== word && written.length <= LONGEST_WORD && differingLetters(written, word) <= 1;

/** The word that somebody who wrote `written` most likely meant: at most a third of its letters differ. */
export function nearest(written: string, words: readonly string[]): string | undefined {
  // Comparing takes the product of both lengths, and no name is that long.
  if (written.length > LONGEST_WORD) return undefined;
  let best: string | undefined;
  let fewest = Math.ceil(written.length / 3) + 1;
  for (const word of words) {
    if (Math.abs(word.length - written.length) >= fewest) continue;
    const edits = differingLetters(written, word);
    if (edits < fewest) [best, fewest] = [word, edits];
  }
  return best;
}

/** Lists the words that could stand for another: a short list whole, of a long one its length, and the nearest word. */
export function formatChoices(written: string, known: readonly string[], what: string): string {
  // A name with a space at an end is refused itself: nobody is told to write it once more.
  const words = known.filter((word) => word === word.trim());
  if (words.length === 0) return `none, for there are no ${what}`;
  const all =
    words.length > LONGEST_LIST
      ? `one of the ${words.length.toLocaleString("en")} ${what}`
      : words.map((word) => JSON.stringify(word)).join(", ");
  const hint = nearest(written, words);
  return hint === undefined ? all : `${all}. Did you mean ${JSON.stringify(hint)}?`;
}
