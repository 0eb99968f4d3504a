import type { MfaState, RequestContext } from "./caller";

/** What is known of the request besides who asks for what. */
export interface Circumstances {
  /** ISO instant; without it, dates are requirements as any other. */
  readonly at?: string;
  readonly mfa: MfaState;
  /** Condition keys that the one who asks has given. */
  readonly context: RequestContext;
}

/** MFA was entered just now. */
export const FRESH_MFA: MfaState = { ageSeconds: 0 };
