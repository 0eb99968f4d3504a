import { ROLE_TYPE } from "../documents/carried-documents";
import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { objectListProperty, textListProperty } from "../checked-resource";

const INLINE: readonly string[] = [
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
];
const EXCLUSIVE: readonly string[] = [
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
];

/** Policies are managed ones. */
export const roleInlinePolicy = resourcePolicy({
  name: "aws-iam-role-inline-policy",
  displayName: "No inline policies",
  description: "No role, group or user has a policy of its own where a managed policy would do.",
  why: "An inline policy has no versions, no ARN and no place in a review; the seeds keep them for last-resort emergencies.",
  remediationSteps: "Write it into src/documents/permissions, then: npm run build:policypack.",
  severity: "medium",
  framework: cisFramework("groupsOnly"),
  tags: ["iam", "policy"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_choosing-managed-or-inline.html",
  types: [...INLINE, ...EXCLUSIVE, ROLE_TYPE],
  *check({ type, name, props }) {
    if (INLINE.includes(type)) yield `${name} is an inline policy.`;
    const allowed = EXCLUSIVE.includes(type) ? textListProperty(props, "policyNames") : [];
    if (allowed.length > 0) yield `${name} lets inline policies be: ${allowed.join(", ")}.`;
    const inline = type === ROLE_TYPE ? objectListProperty(props, "inlinePolicies") : [];
    if (inline.length > 0) yield `${name} has inline policies.`;
  },
});
