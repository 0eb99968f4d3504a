/** Characters that a wildcard or a placeholder stands for. */
export type CharacterClass = "any" | "no colon" | "no colon or slash" | "digit";

/** One element of a pattern: a character or a class of them, once or any number of times. */
export interface PatternToken {
  /** Undefined where the token stands for a class. */
  readonly character: string | undefined;
  readonly class: CharacterClass;
  /** Whether it may occur any number of times, none included. */
  readonly repeats: boolean;
}

/** A character that stands for itself. */
export const characterToken = (text: string): PatternToken => ({
  character: text,
  class: "any",
  repeats: false,
});
/** One character of a class. */
export const classToken = (of: CharacterClass): PatternToken => ({
  character: undefined,
  class: of,
  repeats: false,
});
/** Any number of characters of a class, zero included. */
export const repeatedClassToken = (of: CharacterClass): PatternToken => ({
  character: undefined,
  class: of,
  repeats: true,
});

/** Whether a token takes a character. */
export function matchesCharacter(token: PatternToken, letter: string): boolean {
  if (token.character !== undefined) return token.character === letter;
  switch (token.class) {
    case "any":
      return true;
    case "no colon":
      return letter !== ":";
    case "no colon or slash":
      return letter !== ":" && letter !== "/";
    case "digit":
      return letter >= "0" && letter <= "9";
  }
}

/** Position in an ARN of the field that names the resource; what stands before it has no colons. */
const RESOURCE_FIELD = 5;

/**
 * How far a wildcard reaches. AWS lets `*` and `?` stand for characters of one field of an ARN, and says of `*` at the end
 * of a field that it "can expand to match beyond the colon boundaries". What may be matched is therefore `wide`, and what
 * is matched for certain is `by field`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export type WildcardReach = "wide" | "by field";

/** The tokens of one of IAM's patterns, in which `*` stands for any characters and `?` for one. */
export function globTokens(pattern: string, reach: WildcardReach): readonly PatternToken[] {
  const fields = pattern.split(":").length;
  let field = 0;
  return pattern.split("").map((letter) => {
    if (letter === ":") field += 1;
    const isLast = field >= Math.min(fields - 1, RESOURCE_FIELD);
    const reached: CharacterClass = reach === "wide" || isLast ? "any" : "no colon";
    if (letter === "*") return repeatedClassToken(reached);
    return letter === "?" ? classToken(reached) : characterToken(letter);
  });
}

/** The tokens of a text that stands for itself. */
export const literalTokens = (text: string): readonly PatternToken[] => text.split("").map(characterToken);
