import { inSessionsOf } from "../documents/personal-denial";
import { policyDocument, type PolicyDocument } from "../documents/policy-document";
import { later, type Instant } from "../model/dates";
import type { UserName } from "../model/names";

/** Denies a user everything, however they sign their requests: to be attached to that user. */
export function denyUser(): PolicyDocument {
  return policyDocument({ Sid: "Offboarded", Effect: "Deny", Action: "*", Resource: "*" });
}

/**
 * IAM's changes reach every region within seconds, and nobody says how many; a clock may be slow, too. A session that
 * somebody opened in between is one to end.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const MARGIN_SECONDS = 600;

/** Sessions that began before this instant are the ones to end at a moment. */
export const sessionsBefore = (moment: Instant): Instant => later(moment, MARGIN_SECONDS);

/**
 * Ends the sessions of these names that began before an instant, and nobody else's: to be attached to a role. AWS's own
 * 'Revoke older sessions' does it for everybody in the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export function denySessions(names: readonly UserName[], before: Instant): PolicyDocument {
  return policyDocument({
    Sid: "SessionsOfOffboarded",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      StringLike: inSessionsOf(names),
      DateLessThan: { "aws:TokenIssueTime": before },
    },
  });
}
