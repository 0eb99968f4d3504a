/** A long piece of work: where it tells what it is doing, and how it is interrupted. */
export interface Work {
  /** Receives, at every step, a few words on what is being done. */
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
