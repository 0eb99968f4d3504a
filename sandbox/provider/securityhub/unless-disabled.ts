/** Returns Security Hub's answer, or undefined where it is off in this region, for which it has no error code of its own. */
export async function unlessDisabled<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (
      error instanceof Error &&
      /not subscribed to AWS Security Hub|NotFound/.test(`${error.name} ${error.message}`)
    )
      return undefined;
    throw error;
  }
}
