import * as iam from "@pulumi/aws/iam";
import { ComponentResource, type Output } from "@pulumi/pulumi";

import type { GroupBlueprint } from "../documents/group-blueprint";
import type { UserName } from "../model/names";
import { createCustomerPolicy } from "./customer-policy";
import { into, type Placement } from "./placement";

/** A group with its policies and members, managed whole: a member or policy added by hand is drift. */
export class Group extends ComponentResource {
  constructor(
    placement: Placement,
    { name, policies, members }: GroupBlueprint,
    nameOf: (member: UserName) => Output<string>,
  ) {
    super("muster:stacks:Group", name, {}, into(placement));
    const parent = { parent: this };
    const group = new iam.Group(name, { name }, parent);
    const attachments = policies.map(
      (policy) =>
        new iam.GroupPolicyAttachment(
          policy.name,
          { group: group.name, policyArn: createCustomerPolicy(placement, this, policy) },
          parent,
        ),
    );
    new iam.GroupPolicyAttachmentsExclusive(
      name,
      { groupName: group.name, policyArns: attachments.map((attachment) => attachment.policyArn) },
      parent,
    );
    new iam.GroupPoliciesExclusive(name, { groupName: group.name, policyNames: [] }, parent);
    new iam.GroupMembership(name, { name, group: group.name, users: members.map(nameOf) }, parent);
    this.registerOutputs();
  }
}
