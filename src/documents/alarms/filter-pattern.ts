import type { Arn } from "../../model/names";
import { QUOTAS } from "../../model/quotas";

/*
 * Terms of CloudWatch Logs' filter patterns over CloudTrail's events. Texts compare with case; a comparison of a field that an
 * event does not have is false, `!=` too.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */

export const anyTerm = (terms: readonly string[]): string => `(${terms.join(" || ")})`;
export const allTerms = (terms: readonly string[]): string => `(${terms.join(" && ")})`;
export const fieldEquals = (field: string, value: string): string => `($.${field} = "${value}")`;
/** Only of an event that has the field. */
export const fieldDiffers = (field: string, value: string): string => `($.${field} != "${value}")`;
export const fieldMatches = (field: string, expression: string): string => `($.${field} = %${expression}%)`;

/** A whole pattern: an event fits that every term holds of. */
export const joinTerms = (...terms: readonly string[]): string => `{ ${terms.join(" && ")} }`;

/**
 * A regular expression for a text in any mix of cases: patterns have no other way, and two expressions at most.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */
export const inAnyCase = (text: string): string =>
  text.replace(/[^0-9_/:-]/g, (character) =>
    /[a-z]/i.test(character) ? `[${character.toUpperCase()}${character.toLowerCase()}]` : `\\${character}`,
  );

/**
 * Events that are not known to read alone, in two ways: CloudTrail calls the field optional, and what it does not say rings.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const NO_READING = ["$.readOnly IS FALSE", "$.readOnly NOT EXISTS"] as const;

/** Events of a service that change something. */
export const changesByService = (service: string): readonly string[] => [
  fieldEquals("eventSource", `${service}.amazonaws.com`),
  anyTerm(NO_READING),
];

export const IAM_CHANGES = changesByService("iam");

/** Sessions of a role have this field, users and the root user do not. */
const SESSION_ISSUER = "userIdentity.sessionContext.sessionIssuer.arn";

/** Everybody who does not work in a session of the role: everybody, where there is no such role. */
export const notInSessionsOf = (role: Arn | undefined): readonly string[] =>
  role === undefined
    ? []
    : [anyTerm([`($.${SESSION_ISSUER} NOT EXISTS)`, fieldDiffers(SESSION_ISSUER, role)])];

/**
 * Patterns that together fit the events of users of these names: as many as the length that CloudWatch takes asks for. None
 * for no names.
 * @param terms what else holds of the events
 */
export function patternsOfUsers(names: readonly string[], terms: readonly string[]): readonly string[] {
  const patterns: string[] = [];
  let fitting: readonly string[] = [];
  const patternWith = (users: readonly string[]): string =>
    joinTerms(...terms, anyTerm(users.map((name) => fieldEquals("userIdentity.userName", name))));
  for (const name of names) {
    const more = [...fitting, name];
    if (fitting.length > 0 && patternWith(more).length > QUOTAS.filterPatternCharacters) {
      patterns.push(patternWith(fitting));
      fitting = [name];
    } else {
      fitting = more;
    }
  }
  return fitting.length === 0 ? patterns : [...patterns, patternWith(fitting)];
}
