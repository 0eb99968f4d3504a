import type { MfaState, RequestContext } from "./caller";

/** What is known of a request besides caller, action and resource. */
export interface Circumstances {
  /** ISO instant; without it, dates are requirements like any other. */
  readonly at?: string;
  readonly mfa: MfaState;
  /** How users name their sessions of roles: after themselves, unless that is not known. */
  readonly sessionName?: "not known";
  /** Condition keys that the one who asks has given. */
  readonly context: RequestContext;
}

/** MFA was entered just now. */
export const FRESH_MFA: MfaState = { ageSeconds: 0 };

/** No knowledge of MFA, the session's name and the time: the answer lists every condition on them. */
export const NOTHING_KNOWN: Circumstances = { mfa: "not known", sessionName: "not known", context: {} };
