import type { PolicyName } from "./index";

/** Lets one resource break one policy for a time. There are no patterns: each exemption is one decision. */
export interface Exemption {
  readonly policy: PolicyName;
  /** The stack, which is the account's key. */
  readonly stack: string;
  /** Pulumi's type and name of the resource, as `pulumi preview` prints them; of the stack itself where it names none. */
  readonly type: string;
  readonly name: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires: string;
}
