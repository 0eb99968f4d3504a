import { START_STATE, DEAD_STATE, type Automaton } from "./automaton";
import { PatternSet } from "./pattern-set";

/** Preferred where any character will do; in lower case, so that caseless sets find themselves in it. */
const PLAIN = "xyzwvuqkjhgfbdplmcnaoetsri".split("");
const RARE = "_=+@~^0123456789".split("");
const DIGITS = "0123456789".split("");

/** Enough characters to tell the patterns' classes apart: those that they name, and one more of each class. */
function alphabetOf(automata: readonly Automaton[]): readonly string[] {
  const named = new Set(automata.flatMap(({ letters }) => [...letters]));
  const isUnnamed = (letter: string): boolean => !named.has(letter);
  const plain = PLAIN.find(isUnnamed) ?? RARE.find(isUnnamed) ?? "\u00e9";
  const digit = DIGITS.find((one) => one !== plain && isUnnamed(one));
  return [...new Set([plain, ...named, ...(digit === undefined ? [] : [digit]), ":", "/"])];
}

interface Step {
  readonly states: readonly number[];
  readonly letter: string;
  readonly before: Step | undefined;
}

function textOf(last: Step): string {
  const letters: string[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.before) letters.push(step.letter);
  return letters.reverse().join("");
}

/** The shortest text that all of the first automata accept and none of the second. */
function search(within: readonly Automaton[], without: readonly Automaton[]): string | undefined {
  const alphabet = alphabetOf([...within, ...without]);
  const first: Step = {
    states: [...within, ...without].map(() => START_STATE),
    letter: "",
    before: undefined,
  };
  const seen = new Set<string>();
  const queue: Step[] = [first];
  for (const step of queue) {
    const outside = step.states.slice(within.length);
    const isWord =
      within.every((automaton, index) => automaton.isAccepting(step.states[index] ?? DEAD_STATE)) &&
      without.every((automaton, index) => !automaton.isAccepting(outside[index] ?? DEAD_STATE));
    if (isWord) return textOf(step);
    for (const letter of alphabet) {
      const reached = within.map((automaton, index) =>
        automaton.step(step.states[index] ?? DEAD_STATE, letter),
      );
      if (reached.includes(DEAD_STATE)) continue;
      const avoided = without.map((automaton, index) => automaton.step(outside[index] ?? DEAD_STATE, letter));
      if (without.some((automaton, index) => automaton.isTotal(avoided[index] ?? DEAD_STATE))) continue;
      const states = [...reached, ...avoided];
      const key = states.join(" ");
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, letter, before: step });
    }
  }
  return undefined;
}

/** A text in all of some sets and in none of others, where every one of the first has wildcards. */
function wordByWildcards(within: readonly PatternSet[], without: readonly PatternSet[]): string | undefined {
  const automata = within.map(({ wildcards }) => wildcards);
  const avoided: Automaton[] = [];
  // A set is avoided only once a text is found in it: most are never met, and each makes the search larger.
  for (;;) {
    const word = search(automata, avoided);
    if (word === undefined) return undefined;
    const met = without.find((set) => set.has(word));
    if (met === undefined) return word;
    const isLiteral = met.literals.has(word);
    const next = isLiteral || !met.hasWildcards ? PatternSet.automatonOf(word) : met.wildcards;
    avoided.push(next);
  }
}

/**
 * A text that is in all of some sets and in none of others, or undefined where there is none. There has to be at least one
 * set to be in.
 */
export function findWord(within: readonly PatternSet[], without: readonly PatternSet[]): string | undefined {
  const fits = (text: string): boolean =>
    within.every((set) => set.has(text)) && !without.some((set) => set.has(text));
  for (const { literals } of within) {
    for (const literal of literals) if (fits(literal)) return literal;
  }
  if (within.some(({ hasWildcards }) => !hasWildcards)) return undefined;
  return wordByWildcards(within, without);
}
