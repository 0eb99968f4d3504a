const withoutSpace = (json: string): string => json.replace(/\s/g, "");

/**
 * Whether a JSON text says nothing that a reader of it would miss. Of a key that stands in an object twice JavaScript reads the
 * last, and AWS may read another.
 */
export function isFaithful(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return withoutSpace(JSON.stringify(value)) === withoutSpace(json);
  } catch {
    return false;
  }
}
