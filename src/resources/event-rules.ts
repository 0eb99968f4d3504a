import { eventRolePermissions, eventRoleTrust } from "../documents/detection/event-role";
import { listeningRegions, type EventRuleBlueprint } from "../documents/detection/event-rules";
import { render } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import {
  customerPolicyArn,
  eventBusArn,
  eventRoleArn,
  eventRoleName,
  eventRolePolicyName,
} from "../model/names";
import { regionProperty } from "./region";
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";
import { KEEPS_DESCRIPTION } from "./unchangeable-description";

/** The role with which rules tell the topics, and its ARN once it may. */
export interface EventRole {
  readonly resources: readonly DescribedResource[];
  readonly arn: Dependent<string>;
}

export function eventRolePart(context: RoleContext, parent: Component): EventRole {
  const { organization, account } = context;
  const tags = tagsOf(context);
  const name = eventRoleName(organization);
  const policyName = eventRolePolicyName(organization);
  const policyArn = customerPolicyArn(account, policyName);
  const role = describe(
    "aws:iam/role:Role",
    name,
    {
      name,
      description: "EventBridge tells the alarms' topics what its rules hear.",
      assumeRolePolicy: render(eventRoleTrust(context)),
      forceDetachPolicies: true,
      tags,
    },
    { parent },
  );
  const policy = describe(
    "aws:iam/policy:Policy",
    policyName,
    {
      name: policyName,
      description: "Tell the alarms' topics.",
      policy: render(eventRolePermissions(context)),
      tags,
    },
    { parent, ...KEEPS_DESCRIPTION },
  );
  const attachment = describe(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    policyName,
    { role: after(role, name), policyArn: after(policy, policyArn) },
    { parent },
  );
  const attachments = describe(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name,
    { roleName: after(role, name), policyArns: [after(attachment, policyArn)] },
    { parent },
  );
  const inlinePolicies = describe(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    name,
    { roleName: after(role, name), policyNames: [] },
    { parent },
  );
  return {
    resources: [role, policy, attachment, attachments, inlinePolicies],
    arn: after(attachment, eventRoleArn(organization, account)),
  };
}

/**
 * A rule in every region where it listens. At home it tells the topic; elsewhere it sends what it hears to the bus at home,
 * where the rule of the same pattern takes it up.
 */
export function eventRuleResources(
  context: RoleContext,
  { name, description, pattern }: EventRuleBlueprint,
  role: EventRole,
  topicArn: Dependent<string>,
  parent: Component,
): readonly DescribedResource[] {
  const { organization, account } = context;
  return listeningRegions(organization).flatMap((region) => {
    const isHome = region === organization.region;
    const resourceName = isHome ? name : `${name}-${region}`;
    const place = regionProperty(organization, region);
    const rule = describe(
      "aws:cloudwatch/eventRule:EventRule",
      resourceName,
      {
        name,
        description,
        eventPattern: pattern,
        // Without it, EventBridge keeps calls that only read to itself, and the root user's looks are of interest too.
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        tags: tagsOf(context),
        ...place,
      },
      { parent },
    );
    const target = describe(
      "aws:cloudwatch/eventTarget:EventTarget",
      resourceName,
      {
        rule: after(rule, name),
        targetId: name,
        arn: isHome ? topicArn : eventBusArn(organization, account),
        roleArn: role.arn,
        ...place,
      },
      { parent },
    );
    return [rule, target];
  });
}
