import { carriedDocuments, IDENTITY_DOCUMENT_TYPES } from "../documents/carried-documents";
import { coversAction, coversResource } from "../../src/documents/patterns";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty } from "../checked-resource";

/** Nobody passes roles without a limit. */
export const policyPassRole = resourcePolicy({
  name: "aws-iam-policy-pass-role",
  displayName: "No iam:PassRole on everything",
  description:
    "No policy allows iam:PassRole on every role; those with full IAM by design, on every role of their account.",
  why: "Somebody who passes any role to a machine or function of theirs works as that role: the commonest way up.",
  remediationSteps:
    "Name the path of the roles that may be passed, such as role/workloads/*, and iam:PassedToService.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP02", "Grant least privilege access"),
  tags: ["iam", "policy", "escalation"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  types: IDENTITY_DOCUMENT_TYPES,
  *check(resource, { expected }) {
    const policy = expected.policies.get(textProperty(resource.props, "name") ?? "");
    const full = policy !== undefined && expected.hasFullIam(policy.owner);
    const own = `arn:aws:iam::${expected.account.id}:role/any-role`;
    // No account has letters for an id.
    const elsewhere = "arn:aws:iam::elsewhere:role/any-role";
    for (const { kind, subject, statements } of carriedDocuments(resource)) {
      if (kind !== "identity") continue;
      for (const statement of statements) {
        if (statement.effect !== "Allow" || !coversAction(statement, "iam:PassRole")) continue;
        // Power over everything but some ARNs is full IAM as designed; its account is where it ends.
        const byExclusion = full && statement.notResources.length > 0;
        if (byExclusion || !coversResource(statement, full ? elsewhere : own)) continue;
        yield `${subject} allows iam:PassRole on every role in the statement ${statement.label}.`;
      }
    }
  },
});
