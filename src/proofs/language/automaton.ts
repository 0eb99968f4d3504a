import { matchesCharacter, type PatternToken } from "./pattern-token";

interface State {
  /** Sorted positions in the patterns, as one number each. */
  readonly positions: readonly number[];
  readonly isAccepting: boolean;
  /** Whether every continuation is accepted. */
  readonly isTotal: boolean;
  readonly next: Map<string, number>;
}

/** Number of the state from which nothing is accepted. */
export const DEAD_STATE = 0;
/** Number of the state in which every text begins. */
export const START_STATE = 1;

const isEverything = (token: PatternToken): boolean =>
  token.repeats && token.character === undefined && token.class === "any";

/** Accepts the texts that fit any of some patterns. Its states are made as they are needed, and kept. */
export class Automaton {
  /** The characters that the patterns name. */
  readonly letters: ReadonlySet<string>;
  /** The tokens of all patterns, with undefined at the end of each. */
  private readonly tokens: readonly (PatternToken | undefined)[];
  private readonly states: State[] = [];
  private readonly numbers = new Map<string, number>();

  /** `isCaseless`: patterns in lower case accept texts in any capitals. */
  constructor(
    patterns: readonly (readonly PatternToken[])[],
    private readonly isCaseless = false,
  ) {
    this.tokens = patterns.flatMap((pattern) => [...pattern, undefined]);
    const named = new Set(this.tokens.flatMap((token) => token?.character ?? []));
    this.letters = isCaseless ? new Set([...named].flatMap((one) => [one, one.toUpperCase()])) : named;
    this.numberOf([]);
    let start = 0;
    const starts = patterns.map(({ length }) => {
      const at = start;
      start += length + 1;
      return at;
    });
    this.numberOf(this.closure(starts));
  }

  isAccepting(state: number): boolean {
    return this.state(state).isAccepting;
  }

  isTotal(state: number): boolean {
    return this.state(state).isTotal;
  }

  /** The state after one more character. */
  step(from: number, letter: string): number {
    if (from === DEAD_STATE) return DEAD_STATE;
    const { next, positions } = this.state(from);
    const known = next.get(letter);
    if (known !== undefined) return known;
    const compared = this.isCaseless ? letter.toLowerCase() : letter;
    const reached: number[] = [];
    for (const position of positions) {
      const token = this.tokens[position];
      if (token === undefined || !matchesCharacter(token, compared)) continue;
      reached.push(token.repeats ? position : position + 1);
    }
    const number = this.numberOf(this.closure(reached));
    next.set(letter, number);
    return number;
  }

  private state(number: number): State {
    const state = this.states[number];
    if (state === undefined) throw new Error(`There is no state ${number}.`);
    return state;
  }

  /** With what is reached by leaving repetitions out. */
  private closure(positions: readonly number[]): readonly number[] {
    const all = new Set<number>();
    for (let position of positions) {
      all.add(position);
      while (this.tokens[position]?.repeats === true) all.add(++position);
    }
    return [...all].sort((one, other) => one - other);
  }

  /** Whether everything that follows a position is taken, whatever it is. */
  private endsInEverything(position: number): boolean {
    const token = this.tokens[position];
    return token !== undefined && isEverything(token) && this.isOptionalFrom(position + 1);
  }

  private isOptionalFrom(position: number): boolean {
    const token = this.tokens[position];
    return token === undefined || (token.repeats && this.isOptionalFrom(position + 1));
  }

  private numberOf(positions: readonly number[]): number {
    const key = positions.join(" ");
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.states.length;
    this.states.push({
      positions,
      isAccepting: positions.some((position) => this.tokens[position] === undefined),
      isTotal: positions.some((position) => this.endsInEverything(position)),
      next: new Map(),
    });
    this.numbers.set(key, number);
    return number;
  }
}
