import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import { ComponentResource, type Input, type Output } from "@pulumi/pulumi";

import type { AlarmBlueprint } from "../documents/alarm-blueprint";
import { alarmKeyPolicy, alarmTopicPolicy } from "../documents/detection/alarm-channel";
import { render } from "../documents/policy-document";
import { alarmKeyAlias, alarmTopicArn, alarmTopicName } from "../model/names";
import { into, tagsOf, type Placement } from "./placement";
import type { StackSettings } from "./settings";

const METRIC_NAMESPACE = "Muster";
const MINUTE = 60;

/** The alarms of an account, and the encrypted topic that carries them to whoever subscribed. */
export class Alarms extends ComponentResource {
  constructor(
    private readonly placement: Placement,
    { alarmSubscriptions }: StackSettings,
    logGroupName: Input<string>,
    alarms: readonly AlarmBlueprint[],
  ) {
    super("muster:stacks:Alarms", alarmTopicName(placement.organization), {}, into(placement));
    const topicArn = this.createTopic();
    for (const { protocol, endpoint } of alarmSubscriptions) {
      new sns.TopicSubscription(
        `${protocol}:${endpoint}`,
        { topic: topicArn, protocol, endpoint },
        { parent: this },
      );
    }
    for (const alarm of alarms) this.createAlarm(alarm, logGroupName, topicArn);
    this.registerOutputs();
  }

  /** Answers the topic's ARN once alarms may publish to it. */
  private createTopic(): Output<string> {
    const { organization, account } = this.placement;
    const parent = { parent: this };
    const name = alarmTopicName(organization);
    const key = new kms.Key(
      name,
      {
        description: "Encrypts the notices of alarms.",
        policy: render(alarmKeyPolicy(this.placement)),
        enableKeyRotation: true,
        tags: tagsOf(this.placement),
      },
      parent,
    );
    const alias = new kms.Alias(name, { name: alarmKeyAlias(organization), targetKeyId: key.keyId }, parent);
    const topic = new sns.Topic(
      name,
      { name, kmsMasterKeyId: alias.name, tags: tagsOf(this.placement) },
      parent,
    );
    const topicArn = topic.name.apply(() => alarmTopicArn(organization, account));
    const policy = new sns.TopicPolicy(
      name,
      { arn: topicArn, policy: render(alarmTopicPolicy(this.placement)) },
      parent,
    );
    return policy.arn;
  }

  private createAlarm(
    { name, description, pattern }: AlarmBlueprint,
    logGroupName: Input<string>,
    topicArn: Output<string>,
  ): void {
    const parent = { parent: this };
    const filter = new cloudwatch.LogMetricFilter(
      name,
      {
        name,
        logGroupName,
        pattern,
        metricTransformation: { name, namespace: METRIC_NAMESPACE, value: "1" },
      },
      parent,
    );
    new cloudwatch.MetricAlarm(
      name,
      {
        name,
        alarmDescription: description,
        namespace: METRIC_NAMESPACE,
        metricName: filter.metricTransformation.name,
        statistic: "Sum",
        period: MINUTE,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: [topicArn],
        tags: { ...tagsOf(this.placement), Severity: "critical" },
      },
      parent,
    );
  }
}
