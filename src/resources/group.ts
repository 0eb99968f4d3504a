import type { GroupBlueprint } from "../documents/group-blueprint";
import type { RoleContext } from "../documents/role-permissions";
import { customerPolicy } from "./customer-policy";
import { after, describe, type Component, type DescribedResource, type ResourceId } from "./resource";

const userOf = (name: string): ResourceId => ({ type: "aws:iam/user:User", name });

/** A group with its policies and members, managed whole: a member or policy added by hand is drift. */
export function groupResources(
  context: RoleContext,
  { name, policies, members }: GroupBlueprint,
): readonly DescribedResource[] {
  const parent: Component = { type: "muster:stacks:Group", name };
  const group = describe("aws:iam/group:Group", name, { name }, { parent });
  const attached = policies.map((blueprint) => {
    const policy = customerPolicy(context, parent, blueprint);
    const attachment = describe(
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      blueprint.name,
      { group: after(group, name), policyArn: after(policy, blueprint.arn) },
      { parent },
    );
    return { policy, attachment, arn: blueprint.arn };
  });
  return [
    group,
    ...attached.flatMap(({ policy, attachment }) => [policy, attachment]),
    describe(
      "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
      name,
      {
        groupName: after(group, name),
        policyArns: attached.map(({ attachment, arn }) => after(attachment, arn)),
      },
      { parent },
    ),
    describe(
      "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
      name,
      { groupName: after(group, name), policyNames: [] },
      { parent },
    ),
    describe(
      "aws:iam/groupMembership:GroupMembership",
      name,
      { name, group: after(group, name), users: members.map((member) => after(userOf(member), member)) },
      { parent },
    ),
  ];
}
