/** Whether a character of a glob, which is no asterisk, can stand for the same one as a character of another. */
const charactersOverlap = (one: string, other: string): boolean =>
  one === other || one === "?" || other === "?";

/**
 * Whether some text matches both globs, in which `*` stands for any characters and `?` for one. Goes through the first
 * with the places of the second that are reached so far: time is the product of the lengths, however many wildcards.
 */
export function globsOverlap(one: string, other: string): boolean {
  const characters = Array.from({ length: other.length }, (_, place) => other.charAt(place));
  /** An asterisk may stand for nothing. */
  const pastAsterisks = (reached: Set<number>): Set<number> => {
    for (const place of reached) if (characters[place] === "*") reached.add(place + 1);
    return reached;
  };
  let reached = pastAsterisks(new Set([0]));
  for (let index = 0; index < one.length; index += 1) {
    const character = one.charAt(index);
    const next = new Set<number>();
    if (character === "*") {
      for (let place = Math.min(...reached); place <= characters.length; place += 1) next.add(place);
    } else
      for (const place of reached) {
        const opposite = characters[place];
        if (opposite === "*") next.add(place);
        else if (opposite !== undefined && charactersOverlap(character, opposite)) next.add(place + 1);
      }
    reached = pastAsterisks(next);
  }
  return reached.has(characters.length);
}

/** The six fields of an ARN; the last holds what colons remain. */
export function fieldsOf(arn: string): readonly string[] {
  const [scheme, ...rest] = arn.split(":");
  return [scheme ?? "", ...rest.slice(0, 4), rest.slice(4).join(":")];
}

/** Whether two ARNs with wildcards have one in common; a wildcard does not reach beyond its field. */
export function arnsOverlap(one: string, other: string): boolean {
  if (one === "*" || other === "*") return true;
  const others = fieldsOf(other);
  return fieldsOf(one).every((field, index) => globsOverlap(field, others[index] ?? ""));
}
