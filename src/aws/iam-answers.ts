/** Whether it is an error of the SDK by this name: `EntityAlreadyExistsException`. */
export const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && error.name === name;

/** Whether IAM answered that there is no such thing. */
export const isNoSuchEntity = (error: unknown): boolean =>
  isNamed(error, "NoSuchEntityException") || isNamed(error, "NoSuchEntity");

/** The answer, or undefined where IAM has no such thing. */
export async function undefinedIfNoSuchEntity<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNoSuchEntity(error)) return undefined;
    throw error;
  }
}
