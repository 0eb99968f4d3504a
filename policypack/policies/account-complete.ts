import type { AccountExpectations } from "../expectations/account-expectations";
import type { ExpectedRole } from "../expectations/expected-role";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { textProperty, type CheckedResource, type StackResources } from "../checked-resource";
import { formatNames, withoutMatched } from "../messages";
import { nothingRegistered } from "../stack/nothing-registered";

/** One kind of required resources, and what identifies one of them. */
interface Part {
  readonly what: string;
  readonly type: string;
  readonly keyOf: (resource: CheckedResource) => string;
  readonly wanted: (expected: AccountExpectations) => readonly string[];
}

const requiredRoles = ({ roles }: AccountExpectations): readonly ExpectedRole[] =>
  [...roles.values()].filter(({ isOptional }) => isOptional !== true);

const by =
  (property: string): Part["keyOf"] =>
  ({ props }) =>
    textProperty(props, property) ?? "";

const pair =
  (one: string, other: string): Part["keyOf"] =>
  ({ props }) =>
    `${textProperty(props, one) ?? ""} with ${textProperty(props, other) ?? ""}`;

const roleNames: Part["wanted"] = (expected) => requiredRoles(expected).map(({ name }) => name);
const groupNames: Part["wanted"] = ({ groups }) => [...groups.keys()];

function attachments(
  holders: Iterable<{ readonly name: string; readonly policies: readonly { readonly arn: string }[] }>,
): readonly string[] {
  return [...holders].flatMap(({ name, policies }) => policies.map(({ arn }) => `${name} with ${arn}`));
}

const PARTS: readonly Part[] = [
  { what: "users", type: "aws:iam/user:User", keyOf: by("name"), wanted: ({ users }) => [...users.keys()] },
  { what: "groups", type: "aws:iam/group:Group", keyOf: by("name"), wanted: groupNames },
  {
    what: "memberships of groups",
    type: "aws:iam/groupMembership:GroupMembership",
    keyOf: by("group"),
    wanted: groupNames,
  },
  {
    what: "policies attached to groups",
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    keyOf: pair("group", "policyArn"),
    wanted: ({ groups }) => attachments(groups.values()),
  },
  {
    what: "lists of all policies attached to groups",
    type: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    keyOf: by("groupName"),
    wanted: groupNames,
  },
  {
    what: "lists of all inline policies of groups",
    type: "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
    keyOf: by("groupName"),
    wanted: groupNames,
  },
  { what: "roles", type: "aws:iam/role:Role", keyOf: by("name"), wanted: roleNames },
  {
    what: "policies attached to roles",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    keyOf: pair("role", "policyArn"),
    wanted: (expected) => attachments(requiredRoles(expected)),
  },
  {
    what: "lists of all policies attached to roles",
    type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    keyOf: by("roleName"),
    wanted: roleNames,
  },
  {
    what: "lists of all inline policies of roles",
    type: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    keyOf: by("roleName"),
    wanted: roleNames,
  },
  {
    what: "policies",
    type: "aws:iam/policy:Policy",
    keyOf: by("name"),
    wanted: ({ policies }) =>
      [...policies.values()]
        .filter(({ owner }) => owner.kind === "group" || owner.role.isOptional !== true)
        .map(({ name }) => name),
  },
  {
    what: "password policy",
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    keyOf: () => "of the account",
    wanted: () => ["of the account"],
  },
];

function* missingParts(stack: StackResources, expected: AccountExpectations): Iterable<string> {
  for (const { what, type, keyOf, wanted } of PARTS) {
    const missing = withoutMatched(wanted(expected), stack.of(type).map(keyOf));
    if (missing.length > 0) yield `Missing ${what}: ${formatNames(missing)}.`;
  }
}

/** All that the roster generates for the account is in the stack. */
export const accountComplete = stackPolicy({
  name: "aws-iam-account-complete",
  displayName: "Nothing of the roster is missing",
  description:
    "Every user, group, membership, role, policy and attachment of the roster is in its account's stack.",
  why: "What is missing takes access away from somebody, or, where a list is missing, lets anything be added by hand.",
  remediationSteps:
    "Let src/stacks create the whole blueprint of the account; take people out in src/roster.ts.",
  severity: "high",
  framework: wellArchitectedFramework("SEC03-BP01", "Define access requirements"),
  tags: ["iam", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  *check(stack, { expected }) {
    const nothing = nothingRegistered(stack, expected);
    if (nothing === undefined) for (const message of missingParts(stack, expected)) yield { message };
    else yield { message: nothing };
  },
});
