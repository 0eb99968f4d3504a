import type { Validity } from "./dates";
import type { UserName } from "./names";
import type { HeldRole } from "./roles";

/** The place in the roster that a grant comes from. */
export type GrantSource = "access" | "temporary" | "onCall" | "breakGlass";

/** One person may assume one role in one account, for a time or for good. */
export interface Grant {
  readonly person: UserName;
  /** The account's key. */
  readonly account: string;
  readonly role: HeldRole;
  readonly source: GrantSource;
  readonly validity: Validity;
  /** The one database of the account that it is for; absent where it is for all. */
  readonly database?: string;
  readonly reason?: string;
  readonly approvedBy?: readonly UserName[];
}
