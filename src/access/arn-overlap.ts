/** Whether some text matches both globs. */
function globsOverlap(one: string, other: string): boolean {
  const [first, second] = [one[0], other[0]];
  if (first === undefined && second === undefined) return true;
  if (first === "*") {
    return globsOverlap(one.slice(1), other) || (second !== undefined && globsOverlap(one, other.slice(1)));
  }
  if (second === "*") return globsOverlap(other, one);
  if (first === undefined || second === undefined) return false;
  return first === second && globsOverlap(one.slice(1), other.slice(1));
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
