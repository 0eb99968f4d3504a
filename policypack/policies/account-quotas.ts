import { QUOTAS } from "../../src/model/quotas";
import type { AccountExpectations } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { textProperty, textListProperty, textsByKey, type StackResources } from "../checked-resource";

/** How much of a quota something takes. */
interface Usage {
  readonly subject: string;
  readonly used: number;
  readonly quota: number;
  readonly unit: string;
}

/** How often each text occurs. */
function counted(all: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** IAM does not count white space. */
const characters = (json: string): number => json.replace(/\s/g, "").length;

function* usagesOf(stack: StackResources, { account }: AccountExpectations): Iterable<Usage> {
  const roles = stack.of("aws:iam/role:Role");
  const users = stack.of("aws:iam/user:User");
  const subject = `The account ${account.key}`;
  yield { subject, used: users.length, quota: QUOTAS.usersPerAccount, unit: "users" };
  yield { subject, used: roles.length, quota: QUOTAS.rolesPerAccount, unit: "roles" };
  const groups = stack.of("aws:iam/group:Group").length;
  yield { subject, used: groups, quota: QUOTAS.groupsPerAccount, unit: "groups" };

  for (const { name, props } of roles) {
    const used = characters(textProperty(props, "assumeRolePolicy") ?? "");
    yield { subject: `The trust of ${name}`, used, quota: account.trustQuota, unit: "characters" };
    yield {
      subject: "The name of a role",
      used: name.length,
      quota: QUOTAS.roleNameCharacters,
      unit: "characters",
    };
  }
  for (const { name, props } of stack.of("aws:iam/policy:Policy")) {
    const used = characters(textProperty(props, "policy") ?? "");
    yield { subject: `The policy ${name}`, used, quota: QUOTAS.policyCharacters, unit: "characters" };
  }
  for (const { name, props } of users) {
    const used = textsByKey(props, "tags").size;
    yield { subject: `The user ${name}`, used, quota: QUOTAS.tagsPerUser, unit: "tags" };
  }
  const memberships = stack.of("aws:iam/groupMembership:GroupMembership");
  for (const [name, used] of counted(memberships.flatMap(({ props }) => textListProperty(props, "users")))) {
    yield { subject: `The user ${name}`, used, quota: QUOTAS.groupsPerUser, unit: "groups" };
  }
  const attached = [
    ...stack
      .of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .map(({ props }) => textProperty(props, "role") ?? ""),
    ...stack
      .of("aws:iam/groupPolicyAttachment:GroupPolicyAttachment")
      .map(({ props }) => textProperty(props, "group") ?? ""),
  ];
  for (const [name, used] of counted(attached)) {
    yield { subject: name, used, quota: QUOTAS.attachedPolicies, unit: "attached policies" };
  }
}

/** The account stays within IAM's quotas. */
export const accountQuotas = stackPolicy({
  name: "aws-iam-account-quotas",
  displayName: "Within IAM's quotas",
  description: "The stack stays within IAM's quotas, whatever made its resources.",
  why: "IAM refuses what exceeds a quota in the middle of a deployment, when half of it has happened.",
  remediationSteps:
    "Split the organization or its roles; have AWS raise `Role trust policy length` and set `trustQuota`.",
  severity: "medium",
  framework: wellArchitectedFramework("REL01-BP01", "Aware of service quotas and constraints"),
  tags: ["iam", "quota"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  *check(stack, { expected }) {
    for (const { subject, used, quota, unit } of usagesOf(stack, expected)) {
      if (used <= quota) continue;
      const numbers = [used, quota].map((number) => number.toLocaleString("en"));
      yield { message: `${subject} has ${numbers.join(` ${unit}; IAM allows `)}.` };
    }
  },
});
