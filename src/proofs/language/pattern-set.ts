import { Automaton, DEAD_STATE, START_STATE } from "./automaton";
import { globTokens, literalTokens, type WildcardReach, type PatternToken } from "./pattern-token";

let made = 0;

/** Sets by their patterns: wherever the same patterns are written again, the same set answers with what it remembers. */
const sets = new Map<string, PatternSet>();

function remembered(kind: string, texts: readonly string[], make: () => PatternSet): PatternSet {
  const key = `${kind}\0${texts.join("\0")}`;
  const set = sets.get(key) ?? make();
  sets.set(key, set);
  return set;
}

/** Texts that fit any of some patterns. Those that stand for themselves are kept apart, so that thousands cost little. */
export class PatternSet {
  /** Tells sets apart in what is remembered of them. */
  readonly id = made++;
  readonly literals: ReadonlySet<string>;
  readonly hasWildcards: boolean;
  private readonly patterns: readonly (readonly PatternToken[])[];
  private automaton: Automaton | undefined;

  private constructor(
    literals: readonly string[],
    patterns: readonly (readonly PatternToken[])[],
    private readonly isCaseless = false,
  ) {
    this.literals = new Set(literals);
    this.patterns = patterns;
    this.hasWildcards = patterns.length > 0;
  }

  /** Texts that fit one of IAM's patterns. */
  static ofGlobs(globs: readonly string[], reach: WildcardReach): PatternSet {
    return remembered(reach, globs, () => {
      const wild = globs.filter((glob) => /[*?]/.test(glob));
      const literals = globs.filter((glob) => !/[*?]/.test(glob));
      return new PatternSet(
        literals,
        wild.map((glob) => globTokens(glob, reach)),
      );
    });
  }

  /** These texts and no others. */
  static ofTexts(texts: readonly string[]): PatternSet {
    return remembered("texts", texts, () => new PatternSet(texts, []));
  }

  /** These texts in any capitals. */
  static ofTextsInAnyCase(texts: readonly string[]): PatternSet {
    const make = (): PatternSet =>
      new PatternSet(
        [],
        texts.map((text) => literalTokens(text.toLowerCase())),
        true,
      );
    return remembered("texts in any case", texts, make);
  }

  /** Texts that fit one of these sequences of tokens, and these texts. */
  static ofTokens(patterns: readonly (readonly PatternToken[])[], texts: readonly string[] = []): PatternSet {
    return new PatternSet(texts, patterns);
  }

  has(text: string): boolean {
    if (this.literals.has(text)) return true;
    if (!this.hasWildcards) return false;
    const automaton = this.wildcards;
    let state = START_STATE;
    for (const letter of text.split("")) {
      state = automaton.step(state, letter);
      if (state === DEAD_STATE) return false;
    }
    return automaton.isAccepting(state);
  }

  /** Accepts what fits the patterns that have wildcards. */
  get wildcards(): Automaton {
    this.automaton ??= new Automaton(this.patterns, this.isCaseless);
    return this.automaton;
  }

  /** One that accepts this text alone. */
  static automatonOf(text: string): Automaton {
    return new Automaton([literalTokens(text)]);
  }
}
