import { toInstant, type Instant } from "../model/dates";

/** A date that AWS may have left out, as a property: `{ createdAt }` or nothing. */
export function instantIfAny<Key extends string>(
  key: Key,
  date: Date | undefined,
): Partial<Record<Key, Instant>> {
  const found: Partial<Record<Key, Instant>> = {};
  if (date !== undefined) found[key] = toInstant(date);
  return found;
}

/** A text that AWS may have left out, or written `N/A`. */
export function textIfAny<Key extends string>(
  key: Key,
  text: string | undefined,
): Partial<Record<Key, string>> {
  const found: Partial<Record<Key, string>> = {};
  if (text !== undefined && text !== "" && text !== "N/A") found[key] = text;
  return found;
}
