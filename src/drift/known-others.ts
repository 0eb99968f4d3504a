import type { UnmanagedKind } from "./unmanaged";

/**
 * Something that may be in an account although no stack made it, with its content at the time of that decision. Where it changes, it
 * is reported again.
 */
export interface KnownOther {
  readonly kind: UnmanagedKind;
  /** As the report names it. */
  readonly name: string;
  /** What `npm run --silent drift -- --json` says: a hash of the whole content. */
  readonly fingerprint: string;
  /** Why it may be there, a sentence. */
  readonly reason: string;
}

/** By the account's key. Add what your accounts have for other reasons, by pull request. */
export const KNOWN_OTHERS: Readonly<Record<string, readonly KnownOther[]>> = {};
