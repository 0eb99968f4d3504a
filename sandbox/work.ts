/** A long piece of work: where it tells what it is doing, and how it is interrupted. */
export interface Work {
  /** Told what is being done, in a few words, at every step. */
  report(message: string): void;
  /** Fires when the person at the keyboard wants to stop. */
  readonly signal?: AbortSignal;
}

/** Work that nobody watches. */
export const unwatched: Work = { report: () => undefined };

/** The options of a command that ends when the work is interrupted. */
export function interruptible({ signal }: Work): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
