import type { Edit } from "./edits";
import type { Situation } from "./pack";

/** The sample's stack, changed in one way, and what one policy says of it. */
export interface PolicyCase {
  /** What the policy holds, as the issue states it. */
  readonly rule: string;
  readonly stack: "users" | "dev" | "staging" | "prod";
  readonly edits: readonly Edit[];
  readonly situation?: Situation;
}

export interface RefusedCase extends PolicyCase {
  /** Every violation of the policy: the resource, or the stack as "", and the whole sentence. */
  readonly wrong: readonly (readonly [resource: string, wrong: string])[];
}

/** What is known of one policy: all stacks of the sample pass it, and these cases beside them. */
export interface PolicyCases {
  readonly passes?: readonly PolicyCase[];
  readonly refuses: readonly [RefusedCase, ...RefusedCase[]];
}
