import type { GroupBlueprint } from "../documents/group-blueprint";
import type { RoleContext } from "../documents/role-permissions";
import { customerPolicyResource } from "./customer-policy-resource";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DescribedResource,
  type ResourceId,
} from "./described-resource";

const userOf = (name: string): ResourceId => ({ type: "aws:iam/user:User", name });

/** A group with its policies and members, managed whole: a member or policy added by hand is drift. */
export function groupResources(
  context: RoleContext,
  { name, policies, members }: GroupBlueprint,
): readonly DescribedResource[] {
  const parent: DescribedComponent = { type: "muster:stacks:Group", name };
  const group = describeResource("aws:iam/group:Group", name, { name }, { parent });
  const attached = policies.map((blueprint) => {
    const policy = customerPolicyResource(context, parent, blueprint);
    const attachment = describeResource(
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      blueprint.name,
      { group: createdAfter(group, name), policyArn: createdAfter(policy, blueprint.arn) },
      { parent },
    );
    return { policy, attachment, arn: blueprint.arn };
  });
  return [
    group,
    ...attached.flatMap(({ policy, attachment }) => [policy, attachment]),
    describeResource(
      "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
      name,
      {
        groupName: createdAfter(group, name),
        policyArns: attached.map(({ attachment, arn }) => createdAfter(attachment, arn)),
      },
      { parent },
    ),
    describeResource(
      "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
      name,
      { groupName: createdAfter(group, name), policyNames: [] },
      { parent },
    ),
    describeResource(
      "aws:iam/groupMembership:GroupMembership",
      name,
      {
        name,
        group: createdAfter(group, name),
        users: members.map((member) => createdAfter(userOf(member), member)),
      },
      { parent },
    ),
  ];
}
