import type { AccountExpectations } from "../expectations/account";
import { wellArchitected } from "../frameworks";
import { stackPolicy } from "../policy";
import type { Resource } from "../resource";
import { isUnknownValue } from "../unknown-value";

/** Properties by which a resource uses what is Muster's and changes nothing of it. */
const USES: readonly string[] = [
  "alarmActions",
  "insufficientDataActions",
  "kmsKeyArn",
  "kmsKeyId",
  "kmsMasterKeyId",
  "okActions",
  "permissionsBoundary",
  "securityGroupIds",
  "securityGroups",
  "vpcSecurityGroupIds",
];

/** Documents name principals and resources; another policy looks at them. */
const DOCUMENTS: readonly string[] = ["assumeRolePolicy", "policy", "policyDocument"];

/** Properties by which a service is given the role that the roster has for it. */
const TAKES_ROLE = /^(?:role|roleArn|executionRoleArn|taskRoleArn|iamInstanceProfile)$/;
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

/** Whether a property may name what is Muster's. */
function mayName({ type }: Resource, key: string, target: string, expected: AccountExpectations): boolean {
  if (USES.includes(key)) return true;
  const isForService = expected.blueprint.workloadRoles.some(({ name, arn }) => [name, arn].includes(target));
  return isForService && TAKES_ROLE.test(key) && (type === PROFILE || !type.startsWith("aws:iam/"));
}

/** The name that an object has: a metric filter's of the metric that it feeds. */
const nameIn = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "name" in value ? value.name : value;

/** The texts of a property: itself, those of its list, or the names of its objects. */
function textsOf({ props }: Resource, key: string): readonly string[] {
  try {
    const value = props[key];
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.map(nameIn).filter((item) => typeof item === "string");
  } catch (error) {
    // What it depends on is looked at instead.
    if (isUnknownValue(error)) return [];
    throw error;
  }
}

/** It takes the policy from everybody else who has it: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy_attachment */
const EXCLUSIVE_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";

const takesAway = ({ type }: Resource, key: string, target: string, expected: AccountExpectations): boolean =>
  type === EXCLUSIVE_ATTACHMENT && key === "policyArn" && expected.attachesPolicy(target);

/** What of Muster's a property names, or depends on. */
function targetsOf(resource: Resource, key: string, expected: AccountExpectations): readonly string[] {
  const named = textsOf(resource, key).filter(
    (text) => expected.namesResource(text) || takesAway(resource, key, text, expected),
  );
  const dependencies = DOCUMENTS.includes(key) ? [] : (resource.propertyDependencies?.[key] ?? []);
  const referred = dependencies.filter(({ urn }) => expected.resourceAt(urn)).map(({ name }) => name);
  return [...new Set([...named, ...referred])];
}

/** What adopters have beside Muster leaves what is Muster's as it is. */
export const resourceOwnTargets = stackPolicy({
  name: "aws-resource-own-targets",
  displayName: "Resources of your own change nothing of Muster's",
  description:
    "No resource registered as the adopter's own names, in a property of its own, what src/resources describes, but to use it: as an action of an alarm, a key, a boundary, a security group or a service's role.",
  why: "A policy attached to a role, or set on a topic or a bucket, from beside it changes what the catalogue says of it.",
  remediationSteps: "Change the roster or src/resources; or let the resource be about something of its own.",
  severity: "critical",
  framework: wellArchitected("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "resource", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
  *check(stack, { expected, ownResources }) {
    for (const resource of stack.all) {
      if (expected.resourceAt(resource.urn) !== undefined || !ownResources.include(resource)) continue;
      for (const key of Object.keys(resource.props)) {
        for (const target of targetsOf(resource, key, expected)) {
          if (mayName(resource, key, target, expected)) continue;
          yield {
            message: `${resource.name} (${resource.type}) names ${target} in ${key}, which is Muster's.`,
            resource,
          };
        }
      }
    }
  },
});
