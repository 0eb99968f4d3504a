import { carriedDocuments, DOCUMENT_TYPES } from "../documents/carried-documents";
import { MFA_AGE, MFA_PRESENT } from "../documents/trust-statements";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

const MFA_KEYS: readonly string[] = [MFA_PRESENT, MFA_AGE].map((key) => key.toLowerCase());

/** A Deny for want of MFA also holds where the key is absent. */
export const documentMfaDeny = resourcePolicy({
  name: "aws-iam-document-mfa-deny",
  displayName: "Deny without MFA uses IfExists",
  description: "A Deny that depends on MFA uses an operator with IfExists, or Null.",
  why: "Requests signed with access keys carry no MFA key at all, so a plain Bool never matches them and denies nothing.",
  remediationSteps: 'Use BoolIfExists aws:MultiFactorAuthPresent "false".',
  severity: "high",
  framework: cisFramework("usersHaveMfa"),
  tags: ["iam", "document", "mfa"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
  types: DOCUMENT_TYPES,
  *check(resource) {
    for (const { subject, statements } of carriedDocuments(resource)) {
      for (const { label, effect, conditions } of statements) {
        if (effect !== "Deny") continue;
        for (const { operator, key } of conditions) {
          if (!MFA_KEYS.includes(key.toLowerCase()) || /IfExists$|^Null$/.test(operator)) continue;
          yield `${subject} denies by ${operator} ${key} in the statement ${label}, which never matches access keys.`;
        }
      }
    }
  },
});
