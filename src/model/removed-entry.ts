import type { Instant } from "./dates";

/**
 * A period that somebody had by a dated entry which the roster has no more, as its history tells. The limits are on what somebody has, so it
 * counts towards them; nothing is made from it.
 */
export interface RemovedEntry {
  readonly source: "temporary" | "onCall";
  /** Name and key that the person and the account have today. */
  readonly person: string;
  readonly account: string;
  readonly role: string;
  readonly database?: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason?: string;
  readonly approvedBy?: readonly string[];
}
