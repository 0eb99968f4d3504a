import type { MfaState, RequestContext } from "./caller";

/** What is known of the request besides who asks for what. */
export interface Circumstances {
  /** ISO instant; without it, dates are requirements as any other. */
  readonly at?: string;
  readonly mfa: MfaState;
  /** What users call their sessions of roles: like themselves, unless it is not known. */
  readonly sessionName?: "not known";
  /** Condition keys that the one who asks has given. */
  readonly context: RequestContext;
}

/** MFA was entered just now. */
export const FRESH_MFA: MfaState = { ageSeconds: 0 };

/** Nothing is known of MFA, of the session's name and of the time, so that all that is asked of them stands in the answer. */
export const NOTHING_KNOWN: Circumstances = { mfa: "not known", sessionName: "not known", context: {} };
