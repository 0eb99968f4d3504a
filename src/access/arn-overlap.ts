const isWildcard = (character: string | undefined): boolean => character === "*" || character === "?";

/** Whether two characters of globs, neither an asterisk, can stand for the same character. */
const charactersOverlap = (one: string, other: string): boolean =>
  one === other || one === "?" || other === "?";

/** The place of the first wildcard of either glob, or of the first character in which they differ. */
function firstDecision(one: string, other: string): number {
  let place = 0;
  while (place < one.length && place < other.length && !isWildcard(one[place]) && one[place] === other[place])
    place += 1;
  return place;
}

/**
 * Whether some text matches both globs, in which `*` stands for any characters and `?` for one. Goes through the first
 * with the places of the second that are reached so far: time is the product of the lengths, however many wildcards.
 */
export function globsOverlap(one: string, other: string): boolean {
  const start = firstDecision(one, other);
  if (!isWildcard(one[start]) && !isWildcard(other[start]))
    return one.length === start && other.length === start;
  const characters = other.slice(start).split("");
  /** An asterisk may stand for nothing. */
  const pastAsterisks = (reached: Set<number>): Set<number> => {
    for (const place of reached) if (characters[place] === "*") reached.add(place + 1);
    return reached;
  };
  let reached = pastAsterisks(new Set([0]));
  for (let index = start; index < one.length; index += 1) {
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

/** With the question marks of each run of wildcards before its asterisk, of which one is enough: `*?*` is `?*`. */
const inOrder = (glob: string): string =>
  glob.replace(/[*?]+/g, (run) => run.replaceAll("*", "") + (run.includes("*") ? "*" : ""));

const coverings = new Map<string, RegExp>();

/** Reads a glob's letters, its own wildcards among them. */
function covering(glob: string): RegExp {
  const known = coverings.get(glob);
  if (known !== undefined) return known;
  const source = inOrder(glob)
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    // A question mark stands for a character, which an asterisk of the other may not have.
    .replaceAll("?", "[^*]")
    .replaceAll("*", ".*");
  const expression = new RegExp(`^${source}$`, "s");
  coverings.set(glob, expression);
  return expression;
}

/** Whether a glob matches all texts that another matches. True is always right; false may be wrong where only several parts together match. */
export const globCovers = (glob: string, other: string): boolean => covering(glob).test(inOrder(other));

/** An ARN has six fields; the last holds all remaining colons, and missing fields stand for any value. */
const FIELDS = 6;

const known = new Map<string, readonly string[]>();

/** The six fields of an ARN. */
export function arnFields(arn: string): readonly string[] {
  const fields = known.get(arn) ?? split(arn);
  known.set(arn, fields);
  return fields;
}

function split(arn: string): readonly string[] {
  const fields = arn.split(":");
  const last = fields.slice(FIELDS - 1).join(":");
  return Array.from({ length: FIELDS }, (_, index) =>
    index >= fields.length ? "*" : index === FIELDS - 1 ? last : (fields[index] ?? ""),
  );
}

/** Whether two ARNs with wildcards have one in common; a wildcard does not reach beyond its field. */
export function arnsOverlap(one: string, other: string): boolean {
  if (one === "*" || other === "*") return true;
  const others = arnFields(other);
  return arnFields(one).every((field, index) => globsOverlap(field, others[index] ?? ""));
}

/** Whether an ARN with wildcards stands for all that another stands for, as far as that is seen field by field. */
export function arnCovers(one: string, other: string): boolean {
  if (one === "*") return true;
  if (other === "*") return false;
  const others = arnFields(other);
  return arnFields(one).every((field, index) => globCovers(field, others[index] ?? ""));
}
