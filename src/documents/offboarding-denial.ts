import { addSeconds, parseDate, type Instant } from "../model/dates";
import { offboardedPerson, offboardingPolicyName, type Naming, type UserName } from "../model/names";
import { sessionsNamed } from "./personal-denial";
import { policyDocument, renderDocument, type PolicyDocument } from "./policy-document";
import { conditionValues, isSameDocument, parseDocument } from "./statement";

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
export const sessionsBefore = (moment: Instant): Instant => addSeconds(moment, MARGIN_SECONDS);

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
      StringLike: sessionsNamed(names),
      DateLessThan: { "aws:TokenIssueTime": before },
    },
  });
}

/** An inline policy as IAM has it. */
interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

/** Whether an inline policy of a person's user is the Deny that offboarding leaves there, by its name and all that it says. */
export const isUserDenial = (naming: Naming, person: UserName, { name, document }: InlinePolicy): boolean =>
  name === offboardingPolicyName(naming, person) && isSameDocument(document, renderDocument(denyUser()));

/** The Deny that offboarding leaves on a role. */
export interface SessionDenial {
  readonly person: UserName;
  /** Sessions of the person that began before this instant are denied everything. */
  readonly before: Instant;
}

/**
 * Reads an inline policy of a role that is that Deny, by its name and all that it says; undefined of another policy.
 * @param formerNames by person, the name before a rename, which the Deny may have beside the other
 */
export function sessionDenialOf(
  naming: Naming,
  { name, document }: InlinePolicy,
  formerNames: ReadonlyMap<UserName, UserName>,
): SessionDenial | undefined {
  const person = offboardedPerson(naming, name);
  const [statement] = parseDocument(document) ?? [];
  if (person === undefined || statement === undefined) return undefined;
  const [written = ""] = conditionValues(statement, "DateLessThan", "aws:TokenIssueTime");
  const before = parseDate(written, "until");
  if (before === undefined) return undefined;
  const former = formerNames.get(person);
  const sessionNames = [[person], ...(former === undefined ? [] : [[person, former]])];
  return sessionNames.some((names) => isSameDocument(document, renderDocument(denySessions(names, before))))
    ? { person, before }
    : undefined;
}
