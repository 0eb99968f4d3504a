import { UnknownValueError } from "@pulumi/policy";

// The SDK exports it and leaves its type out.
const unknownValueError: unknown = UnknownValueError;

/** Whether an error says that a value is not known before deployment. */
export function isUnknownValue(error: unknown): error is Error {
  return typeof unknownValueError === "function" && error instanceof unknownValueError;
}

/** A value; undefined as long as it is unknown. */
export function ifKnown(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}
