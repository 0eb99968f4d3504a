import type { Conditions } from "../policy-document";

/** An hour. */
export const RECENT_MFA_SECONDS = "3600";

/** For an Allow: where the keys are absent, it does not match. */
export const WITH_RECENT_MFA: Conditions = {
  Bool: { "aws:MultiFactorAuthPresent": "true" },
  NumericLessThan: { "aws:MultiFactorAuthAge": RECENT_MFA_SECONDS },
};
