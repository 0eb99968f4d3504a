import type { Conditions } from "../policy-document";

/** MFA of at most an hour, for an Allow: where the keys are absent, it does not match. */
export const WITH_RECENT_MFA: Conditions = {
  Bool: { "aws:MultiFactorAuthPresent": "true" },
  NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
};
