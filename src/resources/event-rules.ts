import { eventRolePermissions, eventRoleTrust } from "../documents/detection/event-role";
import type { EventRuleBlueprint } from "../documents/detection/event-rules";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import { eventBusArn, eventRoleArn, eventRoleName, eventRolePolicyName } from "../model/names";
import { regionProperty } from "./region";
import {
  after,
  describe,
  type Component,
  type Dependent,
  type DescribedResource,
  type PropertiesOf,
} from "./resource";
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

/** ARN of that role once it may tell them, for what is described apart from it. */
export const eventRoleOnceMade = ({ organization, account }: RoleContext): Dependent<string> =>
  after(
    { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: eventRolePolicyName(organization) },
    eventRoleArn(organization, account),
  );

/** What a rule does at home with what it hears. */
export type EventTarget = Pick<
  PropertiesOf<"aws:cloudwatch/eventTarget:EventTarget">,
  "arn" | "inputTransformer" | "roleArn"
>;

/**
 * A rule in each region where it listens. At home it has its target; elsewhere it sends what it hears to the bus at home, where the
 * rule of the same pattern takes it up.
 * @param senderArn the role with which it sends
 */
export function eventRuleResources(
  context: RoleContext,
  { name, description, pattern, regions, state }: EventRuleBlueprint,
  senderArn: Dependent<string>,
  atHome: EventTarget,
  parent: Component,
): readonly DescribedResource[] {
  const { organization, account } = context;
  return regions.flatMap((region) => {
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
        state,
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
        ...(isHome ? atHome : { arn: eventBusArn(organization, account), roleArn: senderArn }),
        ...place,
      },
      { parent },
    );
    return [rule, target];
  });
}
