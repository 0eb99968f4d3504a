import { caseless } from "../../src/model/names";
import type { AccountExpectations } from "../expectations/account-expectations";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import { knownField, valuesIn } from "../property-values";
import type { CheckedResource, ResourceProperties, StackResources } from "../checked-resource";
import { ifKnown } from "../unknown-value";
import { formatNames } from "../messages";
import { ACCOUNT_WIDE_TYPES } from "../resources/account-wide-types";
import { reachedLogGroups, resourcesInDocument } from "../resources/named-in-documents";
import { RESOURCE_IDENTITY } from "../resources/resource-identity";

/** Properties with which a resource uses one of Muster's and does not change it, with everything in them. */
const USES: readonly string[] = [
  "alarmActions",
  "alarmRule",
  "environment",
  "insufficientDataActions",
  "kmsKeyArn",
  "kmsKeyId",
  "kmsMasterKeyId",
  "networkConfiguration",
  "okActions",
  "permissionsBoundary",
  "securityGroupIds",
  "securityGroups",
  "vpcConfig",
  "vpcSecurityGroupIds",
];

/** Tags describe the resource that has them, and no other. */
const TAGS: readonly string[] = ["tags", "tagsAll"];

/** Documents name principals, of which another policy says who they may be. */
const DOCUMENTS: readonly string[] = ["assumeRolePolicy", "policy", "policyDocument"];
const PRINCIPALS: readonly string[] = ["aws:iam/role:Role", "aws:iam/user:User"];

/** Properties by which a service is given the role that the roster has for it. */
const TAKES_ROLE = /^(?:role|roleArn|executionRoleArn|taskRoleArn|iamInstanceProfile)$/;
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

/** It takes the policy from everybody else who has it: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy_attachment */
const EXCLUSIVE_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";

/** Something that a property names, and the names of the properties around it. */
interface Naming {
  readonly target: string;
  readonly keys: readonly string[];
  /** Whether asterisks and question marks stand for other letters. */
  readonly isPattern?: true;
}

/** One of Muster's resources that a property names, or a policy that is taken from one. */
interface FoundNaming extends Naming {
  readonly does: "names" | "takes away";
}

/** Whether a property may name one of Muster's resources. */
function isAllowed(
  { type }: CheckedResource,
  { keys, target }: Naming,
  expected: AccountExpectations,
): boolean {
  if (keys.some((key) => USES.includes(key))) return true;
  const isForService = expected.blueprint.workloadRoles.some(({ name, arn }) => [name, arn].includes(target));
  return (
    isForService && TAKES_ROLE.test(keys.at(-1) ?? "") && (type === PROFILE || !type.startsWith("aws:iam/"))
  );
}

const takesAway = (
  { type }: CheckedResource,
  { keys, target }: Naming,
  expected: AccountExpectations,
): boolean => type === EXCLUSIVE_ATTACHMENT && keys[0] === "policyArn" && expected.attachesPolicy(target);

/**
 * Every text among a resource's properties, and of documents what they are about; what is unknown yet is looked at by what it depends
 * on instead.
 */
function* textsOf({ props }: CheckedResource): Iterable<Naming> {
  for (const value of valuesIn(props)) {
    const { keys } = value.place;
    if (value.kind === "text") yield { target: value.text, keys };
    else if (value.kind === "document")
      for (const target of resourcesInDocument(value.fields))
        yield { target, keys: [...keys, "Resource"], isPattern: true };
  }
}

/** Outputs that are an id which AWS chose, by which others name a resource of the type. */
const CHOSEN_IDS: Readonly<Record<string, string>> = {
  "aws:ec2/securityGroup:SecurityGroup": "id",
  "aws:kms/key:Key": "keyId",
};

/** The ids that Muster's resources of a stack have by now, without regard to case. */
function chosenIds({ all }: StackResources, expected: AccountExpectations): ReadonlySet<string> {
  const ids = all.flatMap(({ urn, type, props }) => {
    const key = CHOSEN_IDS[type];
    const id = key !== undefined && expected.resourceAt(urn) ? ifKnown(() => props[key]) : undefined;
    return typeof id === "string" && id !== "" ? [caseless(id)] : [];
  });
  return new Set(ids);
}

/** Finds Muster's resources that a resource names, at any depth, or depends on. */
function* namingsOf(
  resource: CheckedResource,
  expected: AccountExpectations,
  ids: ReadonlySet<string>,
): Iterable<FoundNaming> {
  for (const naming of textsOf(resource)) {
    if (TAGS.includes(naming.keys[0] ?? "")) continue;
    if (takesAway(resource, naming, expected)) yield { ...naming, does: "takes away" };
    else if (
      expected.namesResource(naming.target, ids) ||
      (naming.isPattern && expected.namesByPattern(naming.target))
    )
      yield { ...naming, does: "names" };
  }
  for (const [key, dependencies] of Object.entries(resource.propertyDependencies ?? {})) {
    for (const { urn, name } of dependencies) {
      const type = expected.resourceAt(urn)?.described.type;
      if (type === undefined || (DOCUMENTS.includes(key) && PRINCIPALS.includes(type))) continue;
      yield { target: name, keys: [key], does: "names" };
    }
  }
}

function saysOf({ target, keys, does }: FoundNaming): string {
  switch (does) {
    case "names":
      return `names ${target} in ${keys.join(".")}, which is Muster's`;
    case "takes away":
      return `attaches ${target} to nothing but what it lists, and takes it from what Muster attaches it to`;
  }
}

/** The text of a property; undefined where it is not there, or not known yet. */
function knownText(props: ResourceProperties, key: string): string | undefined {
  const value = knownField(props, key.toLowerCase());
  return typeof value === "string" ? value : undefined;
}

/** Whether the account or the region has one of it, and src/resources describes that: AWS takes a second one for the same. */
function isDescribedAlready({ type, props }: CheckedResource, expected: AccountExpectations): boolean {
  const { region } = expected.organization;
  const ownRegion = knownText(props, "region")?.trim().toLowerCase() ?? region;
  return expected.resources.some(({ described, properties }) => {
    const identity = RESOURCE_IDENTITY[described.type];
    if (described.type !== type || identity.kind !== "single") return false;
    if (ownRegion !== (properties["region"] ?? region)) return false;
    const value = identity.for && knownText(props, identity.for);
    return value === undefined || value === properties[identity.for ?? ""];
  });
}

/** Finds what a resource does to Muster's resources without naming them. */
function* withoutNaming(resource: CheckedResource, expected: AccountExpectations): Iterable<string> {
  const { name, type, props } = resource;
  if (isDescribedAlready(resource, expected))
    yield `${name} (${type}) sets anew what there is one of, which src/resources describes.`;
  const groups = reachedLogGroups(resource, expected);
  if (groups.length > 0) yield `${name} (${type}) holds for log groups of Muster's: ${formatNames(groups)}.`;
  for (const { types, on, where, does } of ACCOUNT_WIDE_TYPES) {
    if (!types.test(type) || where?.(props) === false) continue;
    if (on === undefined || expected.resources.some(({ described }) => described.type === on))
      yield `${name} (${type}) ${does}.`;
  }
}

/** Adopters' own resources leave Muster's resources as they are. */
export const resourceOwnTargets = stackPolicy({
  name: "aws-resource-own-targets",
  displayName: "Resources of your own change nothing of Muster's",
  description:
    "No resource registered as the adopter's own names, at whatever depth of its properties, what src/resources describes, but to use it: as an action of an alarm, a key, a boundary, a security group, a variable of its environment or a service's role; and none sets anew what an account or a region has one of and src/resources describes, or is of a type that is known to act on such.",
  why: "A policy attached to a role, or set on a topic or a bucket, from beside it changes what the catalogue says of it.",
  remediationSteps: "Change the roster or src/resources; or let the resource be about something of its own.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP04", "Reduce permissions continuously"),
  tags: ["iam", "resource", "roster"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
  *check(stack, { expected, ownResources }) {
    const ids = chosenIds(stack, expected);
    for (const resource of stack.all) {
      if (expected.resourceAt(resource.urn) !== undefined || !ownResources.include(resource)) continue;
      const messages = [...namingsOf(resource, expected, ids)]
        .filter((naming) => !isAllowed(resource, naming, expected))
        .map((naming) => `${resource.name} (${resource.type}) ${saysOf(naming)}.`);
      for (const message of new Set([...messages, ...withoutNaming(resource, expected)]))
        yield { message, resource };
    }
  },
});
