/** What Security Hub answers, or undefined where it is not on in this region, for which it has no code of its own. */
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
