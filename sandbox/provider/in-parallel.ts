/** Runs an action for each item, a few at a time: groups may have thousands of members. */
export async function inParallel<T>(
  items: Iterable<T>,
  action: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await action(next.value);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/** The items of `wanted` that are not in `present`, and the other way round. */
export function setChanges<T>(present: readonly T[], wanted: readonly T[]): { added: T[]; removed: T[] } {
  const [before, after] = [new Set(present), new Set(wanted)];
  return {
    added: [...after].filter((item) => !before.has(item)),
    removed: [...before].filter((item) => !after.has(item)),
  };
}
