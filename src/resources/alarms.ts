import type { AlarmBlueprint } from "../documents/alarms/alarm-blueprint";
import { alarmKeyPolicy, alarmTopicPolicy } from "../documents/detection/alarm-channel";
import { render } from "../documents/policy-document";
import type { RoleContext } from "../documents/role-permissions";
import { METRIC_NAMESPACE, alarmKeyAlias, alarmTopicArn, alarmTopicName } from "../model/names";
import {
  after,
  computed,
  describe,
  type Component,
  type Dependent,
  type DescribedResource,
} from "./resource";
import type { StackSettings } from "./settings";
import { MADE_WITHOUT_LOCKOUT_CHECK } from "./key-lockout-check";
import { tagsOf } from "../documents/tags";

const MINUTE = 60;

const componentOf = ({ organization }: RoleContext): Component => ({
  type: "muster:stacks:Alarms",
  name: alarmTopicName(organization),
});

/** The encrypted topic that carries alarms to whoever subscribed, and its ARN once alarms may publish to it. */
function topicPart(context: RoleContext): {
  readonly resources: readonly DescribedResource[];
  readonly topicArn: Dependent<string>;
} {
  const { organization, account } = context;
  const parent = componentOf(context);
  const tags = tagsOf(context);
  const name = alarmTopicName(organization);
  const alias = alarmKeyAlias(organization);
  const arn = alarmTopicArn(organization, account);
  const key = describe(
    "aws:kms/key:Key",
    name,
    {
      description: "Encrypts the notices of alarms.",
      policy: render(alarmKeyPolicy(context)),
      enableKeyRotation: true,
      ...MADE_WITHOUT_LOCKOUT_CHECK,
      tags,
    },
    { parent },
  );
  const keyAlias = describe(
    "aws:kms/alias:Alias",
    name,
    { name: alias, targetKeyId: computed(key, "keyId") },
    // Where the trail and its log group are not ours, the alias is the first name that AWS gives once.
    { parent, claimsAccount: true },
  );
  const topic = describe(
    "aws:sns/topic:Topic",
    name,
    { name, kmsMasterKeyId: after(keyAlias, alias), tags },
    { parent },
  );
  const policy = describe(
    "aws:sns/topicPolicy:TopicPolicy",
    name,
    { arn: after(topic, arn), policy: render(alarmTopicPolicy(context)) },
    { parent },
  );
  return { resources: [key, keyAlias, topic, policy], topicArn: after(policy, arn) };
}

/** The filters that count what an alarm is about, on one metric. */
function filtersOf(
  context: RoleContext,
  alarm: AlarmBlueprint,
  logGroupName: string | Dependent<string>,
): readonly [DescribedResource, ...DescribedResource[]] {
  const parent = componentOf(context);
  const [first, ...others] = alarm.patterns;
  const filter = (name: string, pattern: string): DescribedResource =>
    describe(
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

/** An alarm, and the filters that count what it is about. */
function alarmPart(
  context: RoleContext,
  blueprint: AlarmBlueprint,
  logGroupName: string | Dependent<string>,
  topicArn: Dependent<string>,
): readonly DescribedResource[] {
  const parent = componentOf(context);
  const { name, description } = blueprint;
  const [filter, ...otherFilters] = filtersOf(context, blueprint, logGroupName);
  const alarm = describe(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    name,
    {
      name,
      alarmDescription: description,
      namespace: METRIC_NAMESPACE,
      metricName: after(filter, name),
      // Whoever may put data on the metric could drown a sum by values below zero; of a maximum they can only make more. Of data
      // in several units CloudWatch promises nothing, and what a filter counts has none.
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
      statistic: "Maximum",
      unit: "None",
      period: MINUTE,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
      tags: { ...tagsOf(context), Severity: blueprint.severity },
    },
    { parent },
  );
  return [filter, ...otherFilters, alarm];
}

/** The alarms of an account, and the topic that carries them to whoever subscribed. */
export function alarmResources(
  context: RoleContext,
  { alarmSubscriptions }: StackSettings,
  logGroupName: string | Dependent<string>,
  alarms: readonly AlarmBlueprint[],
): readonly DescribedResource[] {
  const parent = componentOf(context);
  const { resources, topicArn } = topicPart(context);
  return [
    ...resources,
    ...alarmSubscriptions.map(({ protocol, endpoint }) =>
      describe(
        "aws:sns/topicSubscription:TopicSubscription",
        `${protocol}:${endpoint}`,
        { topic: topicArn, protocol, endpoint },
        { parent },
      ),
    ),
    ...alarms.flatMap((alarm) => alarmPart(context, alarm, logGroupName, topicArn)),
  ];
}
