/**
 * One alphabet for each kind of character that a password policy may ask for, of those that IAM takes, without those that
 * are easily misread: 0 and O, 1 and l and I, quotes and bars.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
const ALPHABETS = [
  "abcdefghijkmnopqrstuvwxyz",
  "ABCDEFGHJKLMNPQRSTUVWXYZ",
  "23456789",
  "!@#$%^&*()_+-=[]{}",
] as const;
const EVERY_CHARACTER = ALPHABETS.join("");

/** Typed once, by hand perhaps: some 140 bits, which nobody guesses. */
const LENGTH = 24;

/** Answers a whole number from 0 to just below `limit`, each as likely as the others. */
export type RandomSource = (limit: number) => number;

const oneOf = (alphabet: string, choose: RandomSource): string => alphabet.charAt(choose(alphabet.length));

/** In an order that `choose` chooses (Fisher and Yates). */
function shuffled(characters: readonly string[], choose: RandomSource): readonly string[] {
  const left = [...characters];
  return characters.flatMap(() => left.splice(choose(left.length), 1));
}

/**
 * A password with characters of every kind, of 24 characters or as many as the account's policy asks for: no policy
 * refuses it. `choose` is the source of chance; outside tests only a cryptographic one will do.
 */
export function oneTimePassword(minimumLength: number, choose: RandomSource): string {
  const each = ALPHABETS.map((alphabet) => oneOf(alphabet, choose));
  const length = Math.max(LENGTH, minimumLength) - each.length;
  const others = Array.from({ length }, () => oneOf(EVERY_CHARACTER, choose));
  return shuffled([...each, ...others], choose).join("");
}
