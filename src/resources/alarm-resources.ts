import type { AlarmBlueprint } from "../documents/alarms/alarm-blueprint";
import type { AccountBlueprint } from "../documents/blueprint";
import type { AlarmSeverity } from "../documents/alarms/alarm-table";
import { alarmKeyPolicy, alarmTopicPolicy } from "../documents/detection/alarm-channel";
import { eventRole } from "../documents/detection/event-role";
import { eventRuleBlueprints } from "../documents/detection/event-rule-blueprints";
import { findingRuleBlueprints } from "../documents/detection/finding-rules";
import { renderDocument } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import {
  METRIC_NAMESPACE,
  alarmKeyAlias,
  alarmTopicArn,
  alarmTopicName,
  noticeTopicArn,
  noticeTopicName,
  type Arn,
} from "../model/names";
import {
  createdAfter,
  computedProperty,
  describeResource,
  type DescribedComponent,
  type DependentResource,
  type DescribedResource,
} from "./described-resource";
import { alarmThreshold, type AlarmSubscription } from "./alarm-settings";
import type { StackSettings } from "./account-settings";
import { eventRuleResources } from "./event-rule-resources";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import { serviceRolePart } from "./service-role";
import { accountTags } from "../documents/account-tags";

const MINUTE = 60;

const componentOf = ({ organization }: RoleContext): DescribedComponent => ({
  type: "muster:stacks:Alarms",
  name: alarmTopicName(organization),
});

/** What the topics are encrypted with; its alias once it may be used. */
interface TopicKey {
  readonly resources: readonly DescribedResource[];
  readonly alias: DependentResource<string>;
}

function keyPart(context: RoleContext): TopicKey {
  const { organization } = context;
  const parent = componentOf(context);
  const name = alarmTopicName(organization);
  const alias = alarmKeyAlias(organization);
  const key = describeResource(
    "aws:kms/key:Key",
    name,
    {
      description: "Encrypts the notices of alarms.",
      policy: renderDocument(alarmKeyPolicy(context)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      tags: accountTags(context),
    },
    { parent },
  );
  const keyAlias = describeResource(
    "aws:kms/alias:Alias",
    name,
    { name: alias, targetKeyId: computedProperty(key, "keyId") },
    // Where the trail and its log group are not ours, the alias is the first name that AWS gives once.
    { parent, claimsAccount: true },
  );
  return { resources: [key, keyAlias], alias: createdAfter(keyAlias, alias) };
}

/** A topic that carries alarms to whoever subscribed, and its ARN once alarms may publish to it. */
interface TopicPart {
  readonly resources: readonly DescribedResource[];
  readonly arn: DependentResource<string>;
}

function topicPart(
  context: RoleContext,
  name: string,
  arn: Arn,
  keyAlias: DependentResource<string>,
): TopicPart {
  const parent = componentOf(context);
  const topic = describeResource(
    "aws:sns/topic:Topic",
    name,
    { name, kmsMasterKeyId: keyAlias, tags: accountTags(context) },
    { parent },
  );
  const policy = describeResource(
    "aws:sns/topicPolicy:TopicPolicy",
    name,
    { arn: createdAfter(topic, arn), policy: renderDocument(alarmTopicPolicy(context, arn)) },
    { parent },
  );
  return { resources: [topic, policy], arn: createdAfter(policy, arn) };
}

/** The filters that count what an alarm is about, on one metric. */
function filtersOf(
  context: RoleContext,
  alarm: AlarmBlueprint,
  logGroupName: string | DependentResource<string>,
): readonly [DescribedResource, ...DescribedResource[]] {
  const parent = componentOf(context);
  const [first, ...others] = alarm.patterns;
  const filter = (name: string, pattern: string): DescribedResource =>
    describeResource(
      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
      name,
      {
        name,
        logGroupName,
        pattern,
        metricTransformation: { name: alarm.name, namespace: METRIC_NAMESPACE, value: "1" },
      },
      { parent },
    );
  return [
    filter(alarm.name, first),
    ...others.map((pattern, index) => filter(`${alarm.name}-${String(index + 2)}`, pattern)),
  ];
}

/**
 * Whether an alarm rings. At the first event by a maximum: everybody who may put data on the metric could lower a sum by values
 * below zero; of a maximum they can only make more. Above that by a sum, which is what somebody accepts who sets a threshold.
 * Of data in several units CloudWatch promises nothing, and what a filter counts has none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const ringingAt = (
  threshold: number,
): { readonly statistic: "Maximum" | "Sum"; readonly period: number; readonly threshold: number } =>
  threshold === 1
    ? { statistic: "Maximum", period: MINUTE, threshold }
    : { statistic: "Sum", period: 5 * MINUTE, threshold };

/** An alarm, and the filters that count what it is about. */
function alarmPart(
  context: RoleContext,
  blueprint: AlarmBlueprint,
  { alarmThresholds }: StackSettings,
  logGroupName: string | DependentResource<string>,
  topicArn: DependentResource<string>,
): readonly DescribedResource[] {
  const parent = componentOf(context);
  const { name, description } = blueprint;
  const [filter, ...otherFilters] = filtersOf(context, blueprint, logGroupName);
  const alarm = describeResource(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    name,
    {
      name,
      alarmDescription: description,
      namespace: METRIC_NAMESPACE,
      metricName: createdAfter(filter, name),
      ...ringingAt(alarmThreshold(blueprint.subject, alarmThresholds)),
      unit: "None",
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      tags: { ...accountTags(context), Severity: blueprint.severity },
    },
    { parent },
  );
  return [filter, ...otherFilters, alarm];
}

/** The alarms of an account, and the topics that carry them to whoever subscribed. */
export function alarmResources(
  context: RoleContext,
  settings: StackSettings,
  logGroupName: string | DependentResource<string>,
  { alarms, configRules }: Pick<AccountBlueprint, "alarms" | "configRules">,
): readonly DescribedResource[] {
  const { organization, account } = context;
  const parent = componentOf(context);
  const key = keyPart(context);
  const topics = {
    critical: topicPart(
      context,
      alarmTopicName(organization),
      alarmTopicArn(organization, account),
      key.alias,
    ),
    notice: topicPart(
      context,
      noticeTopicName(organization),
      noticeTopicArn(organization, account),
      key.alias,
    ),
  } satisfies Record<AlarmSeverity, TopicPart>;
  const subscription = (
    name: string,
    severity: AlarmSeverity,
    { protocol, endpoint }: AlarmSubscription,
  ): DescribedResource =>
    describeResource(
      "aws:sns/topicSubscription:TopicSubscription",
      name,
      { topic: topics[severity].arn, protocol, endpoint },
      { parent },
    );
  const teller = serviceRolePart(context, parent, eventRole(context));
  return [
    ...key.resources,
    ...topics.critical.resources,
    ...topics.notice.resources,
    ...settings.alarmSubscriptions.flatMap((one) => {
      const name = `${one.protocol}:${one.endpoint}`;
      return [
        subscription(name, "critical", one),
        ...(one.hears === "all" ? [subscription(`notices:${name}`, "notice", one)] : []),
      ];
    }),
    ...alarms.flatMap((alarm) =>
      alarmPart(context, alarm, settings, logGroupName, topics[alarm.severity].arn),
    ),
    ...teller.resources,
    ...[
      ...eventRuleBlueprints(organization, account, alarms),
      ...findingRuleBlueprints(context, {
        guardDuty: settings.guardDuty.tellsFrom,
        securityHub: settings.securityHub.tellsFrom,
        configRules: settings.awsConfig === undefined ? [] : configRules,
      }),
    ].flatMap((rule) =>
      eventRuleResources(
        context,
        rule,
        teller.arn,
        [{ arn: topics[rule.severity].arn, roleArn: teller.arn }],
        parent,
      ),
    ),
  ];
}
