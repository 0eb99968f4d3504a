/** Lists the items that are not in the other list. */
export const withoutItems = (all: readonly string[], others: readonly string[]): readonly string[] => {
  const known = new Set(others);
  return all.filter((one) => !known.has(one));
};

/** The keys of both, those of the first before the others. */
export const keysOfBoth = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] => [...new Set([...before.keys(), ...after.keys()])];
