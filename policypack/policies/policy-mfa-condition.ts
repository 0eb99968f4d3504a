import { carriedDocuments, IDENTITY_DOCUMENT_TYPES } from "../documents/carried-documents";
import { MFA_AGE, MFA_PRESENT } from "../documents/trust-statements";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

const MFA_KEYS: readonly string[] = [MFA_PRESENT, MFA_AGE].map((key) => key.toLowerCase());

/** Policies of roles do not ask for MFA, which is the trust's to ask. */
export const policyMfaCondition = resourcePolicy({
  name: "aws-iam-policy-mfa-condition",
  displayName: "No MFA condition in a role's own policy",
  description: "No policy of a role depends on MFA; only those of the identity account's groups do.",
  why: "Inside a role's session the MFA keys are absent: an Allow on them never works, and a Deny on them closes the role.",
  remediationSteps: "Ask for MFA in the role's trust.",
  severity: "high",
  framework: wellArchitectedFramework("SEC02-BP01", "Use strong sign-in mechanisms"),
  tags: ["iam", "policy", "mfa"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
  types: IDENTITY_DOCUMENT_TYPES,
  *check(resource, { expected }) {
    if (expected.policies.get(textProperty(resource.props, "name") ?? "")?.owner.kind === "group") return;
    for (const { kind, subject, statements } of carriedDocuments(resource)) {
      if (kind !== "identity") continue;
      for (const { label, conditions } of statements) {
        for (const { key } of conditions) {
          if (!MFA_KEYS.includes(key.toLowerCase())) continue;
          yield `${subject} depends on ${key} in the statement ${label}.`;
        }
      }
    }
  },
});
