import { eventRole } from "../documents/detection/event-role";
import type { EventRuleBlueprint } from "../documents/detection/event-rule-blueprints";
import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import { eventBusArn } from "../model/names";
import { regionProperty } from "./region-property";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DependentResource,
  type DescribedResource,
  type PropertiesOf,
} from "./described-resource";

/** ARN of the role with which rules tell the topics, once it may, for what is described apart from it. */
export function eventRoleOnceMade(context: RoleContext): DependentResource<string> {
  const { arn, policy } = eventRole(context);
  return createdAfter({ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: policy.name }, arn);
}

/** Something that a rule does at home with what it hears. */
export type EventTarget = Pick<
  PropertiesOf<"aws:cloudwatch/eventTarget:EventTarget">,
  "arn" | "inputTransformer" | "roleArn"
>;

/**
 * A rule in each region where it listens. At home it has its targets; elsewhere it sends what it hears to the bus at home, where the
 * rule of the same pattern takes it up.
 * @param senderArn the role with which it sends
 */
export function eventRuleResources(
  context: RoleContext,
  { name, description, pattern, regions, state }: EventRuleBlueprint,
  senderArn: DependentResource<string>,
  atHome: readonly EventTarget[],
  parent: DescribedComponent,
): readonly DescribedResource[] {
  const { organization, account } = context;
  return regions.flatMap((region) => {
    const isHome = region === organization.region;
    const resourceName = isHome ? name : `${name}-${region}`;
    const place = regionProperty(organization, region);
    const rule = describeResource(
      "aws:cloudwatch/eventRule:EventRule",
      resourceName,
      {
        name,
        description,
        eventPattern: pattern,
        state,
        tags: accountTags(context),
        ...place,
      },
      { parent },
    );
    const elsewhere: EventTarget = { arn: eventBusArn(organization, account), roleArn: senderArn };
    const targets = (isHome ? atHome : [elsewhere]).map((target, index) => {
      const suffix = index === 0 ? "" : `-${String(index + 1)}`;
      return describeResource(
        "aws:cloudwatch/eventTarget:EventTarget",
        `${resourceName}${suffix}`,
        { rule: createdAfter(rule, name), targetId: `${name}${suffix}`, ...target, ...place },
        { parent },
      );
    });
    return [rule, ...targets];
  });
}
