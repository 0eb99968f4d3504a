/**
 * Whether AWS answers that there is no such thing: `NoSuchEntityException`, `NotFoundException`, `NoSuchBucket`, … Systems Manager
 * calls a document that it does not have invalid. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocument.html
 */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /NoSuch|NotFound|^InvalidDocument$/.test(error.name);
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
