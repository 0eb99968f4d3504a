import { eventRolePermissions, eventRoleTrust } from "../documents/detection/event-role";
import { listeningRegions, type EventRuleBlueprint } from "../documents/detection/event-rules";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import { eventBusArn, eventRoleName, eventRolePolicyName } from "../model/names";
import { regionProperty } from "./region";
import { after, describe, type Component, type Dependent, type DescribedResource } from "./resource";
import { serviceRolePart, type ServiceRolePart } from "./service-role";

/** The role with which rules tell the topics. */
export const eventRolePart = (context: RoleContext, parent: Component): ServiceRolePart =>
  serviceRolePart(context, parent, {
    name: eventRoleName(context.organization),
    description: "EventBridge tells the alarms' topics what its rules hear.",
    trust: eventRoleTrust(context),
    policy: {
      name: eventRolePolicyName(context.organization),
      description: "Tell the alarms' topics.",
      document: eventRolePermissions(context),
    },
  });

/**
 * A rule in each region where rules listen. At home it tells the topic; elsewhere it sends what it hears to the bus at home,
 * where the rule of the same pattern takes it up.
 */
export function eventRuleResources(
  context: RoleContext,
  { name, description, pattern }: EventRuleBlueprint,
  role: ServiceRolePart,
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
