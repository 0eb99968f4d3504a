import type { Condition, Statement } from "../../src/documents/statement";
import { documentsOf, DOCUMENT_TYPES } from "../documents/of-resource";
import { MFA_AGE, MFA_PRESENT } from "../documents/trust";
import { cis } from "../frameworks";
import { resourcePolicy } from "../policy";

const MFA_KEYS: readonly string[] = [MFA_PRESENT, MFA_AGE].map((key) => key.toLowerCase());

const isAboutMfa = ({ key }: Condition): boolean => MFA_KEYS.includes(key.toLowerCase());

/** Operators that say something of a key that is absent. */
const asksForAbsence = ({ operator }: Condition): boolean => /IfExists$|^Null$/.test(operator);

/** What holds where a request carries no MFA key, by operator. */
const HOLDS_WITHOUT_KEY: Readonly<Record<string, string>> = { Null: "true", BoolIfExists: "false" };

/** Whether a statement denies whatever carries no MFA key, and asks for nothing else. */
function deniesWithoutKey({ effect, conditions: [condition, ...others] }: Statement): boolean {
  if (effect !== "Deny" || condition === undefined || others.length > 0) return false;
  return isAboutMfa(condition) && HOLDS_WITHOUT_KEY[condition.operator] === condition.values.join();
}

const includesAll = (some: readonly string[], all: readonly string[]): boolean =>
  all.includes("*") || some.every((one) => all.includes(one));

/** Whether a statement is about everything that another one is about, as both are written. */
const covers = (wide: Statement, narrow: Statement): boolean =>
  narrow.notActions.length + narrow.notResources.length === 0 &&
  includesAll(narrow.actions, wide.actions) &&
  includesAll(narrow.resources, wide.resources);

/** A Deny for want of MFA also holds where the key is absent. */
export const documentMfaDeny = resourcePolicy({
  name: "aws-iam-document-mfa-deny",
  displayName: "Deny without MFA uses IfExists",
  description:
    "A Deny that depends on MFA uses an operator with IfExists, or Null; or another statement denies the same where there is no key.",
  why: "Requests signed with access keys carry no MFA key at all, so a plain Bool never matches them and denies nothing.",
  remediationSteps: 'Use BoolIfExists aws:MultiFactorAuthPresent "false".',
  severity: "high",
  framework: cis(
    "1.9",
    "Ensure multi-factor authentication (MFA) is enabled for all IAM users that have a console password",
  ),
  tags: ["iam", "document", "mfa"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
  types: DOCUMENT_TYPES,
  *check(resource) {
    for (const { subject, statements } of documentsOf(resource)) {
      for (const statement of statements) {
        if (statement.effect !== "Deny") continue;
        if (statements.some((other) => deniesWithoutKey(other) && covers(other, statement))) continue;
        for (const condition of statement.conditions) {
          if (!isAboutMfa(condition) || asksForAbsence(condition)) continue;
          const { operator, key } = condition;
          yield `${subject} denies by ${operator} ${key} in the statement ${statement.label}, which never matches access keys.`;
        }
      }
    }
  },
});
