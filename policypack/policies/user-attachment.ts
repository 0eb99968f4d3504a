import { cisFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, textListProperty, type CheckedResource } from "../checked-resource";

/** Types that attach something to a user, whatever their properties say. */
const TO_USERS: readonly string[] = [
  "aws:iam/userGroupMembership:UserGroupMembership",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
];

function usersOf({ type, props }: CheckedResource): readonly string[] {
  if (TO_USERS.includes(type)) return [textProperty(props, "user") ?? "a user"];
  if (type === "aws:iam/policyAttachment:PolicyAttachment") return textListProperty(props, "users");
  const granting = [...textListProperty(props, "policyArns"), ...textListProperty(props, "policyNames")];
  return granting.length > 0 ? [textProperty(props, "userName") ?? "a user"] : [];
}

/** Users get everything through groups. */
export const userAttachment = resourcePolicy({
  name: "aws-iam-user-attachment",
  displayName: "Nothing attached to users",
  description:
    "No policy and no membership is attached to a user: groups have policies, and groups list their members.",
  why: "What one user has alone shows in no group and in no review of groups.",
  remediationSteps: "Grant a role in src/roster.ts; groups and their members follow from it.",
  severity: "high",
  framework: cisFramework("groupsOnly"),
  tags: ["iam", "user"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",
  types: [
    ...TO_USERS,
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  ],
  *check(resource) {
    for (const user of usersOf(resource))
      yield `${resource.name} gives something to the user ${user} directly.`;
  },
});
