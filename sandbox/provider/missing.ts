/** Whether AWS answers that there is no such thing: `NoSuchEntityException`, `NotFoundException`, `NoSuchBucket`, … */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /NoSuch|NotFound/.test(error.name);
}

/** What a request finds, or `undefined` where AWS answers that there is no such thing. */
export async function unlessMissing<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
