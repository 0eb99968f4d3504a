import {
  CloudWatch,
  type ComparisonOperator,
  type PutMetricAlarmCommandInput,
  type StandardUnit,
  type Statistic,
} from "@aws-sdk/client-cloudwatch";
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch";
import type { Clients } from "../clients";
import { resourceType, type Inputs } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";

export const metricAlarm = resourceType<MetricAlarmArgs>({
  properties: {
    name: { replaces: true },
    actionsEnabled: { default: true },
    alarmActions: { compare: "set", default: [] },
    alarmDescription: { default: "" },
    comparisonOperator: {},
    datapointsToAlarm: {},
    dimensions: { default: {} },
    evaluationPeriods: {},
    extendedStatistic: {},
    insufficientDataActions: { compare: "set", default: [] },
    metricName: {},
    namespace: {},
    okActions: { compare: "set", default: [] },
    period: {},
    statistic: {},
    tags: {},
    threshold: {},
    treatMissingData: { default: "missing" },
    unit: {},
  },
  autoname: "name",
  computed: { arn: [] },

  async create(inputs, clients) {
    const { name = "" } = inputs;
    await clients.of(CloudWatch).putMetricAlarm({ ...alarmFrom(inputs), Tags: tagList(inputs.tags) });
    return { id: name, computed: { arn: arnOf(clients, name) } };
  },

  async read({ id }, clients) {
    const cloudwatch = clients.of(CloudWatch);
    const { MetricAlarms: [live] = [] } = await cloudwatch.describeAlarms({ AlarmNames: [id] });
    if (live === undefined) return undefined;
    const { Tags: tags } = await cloudwatch.listTagsForResource({ ResourceARN: arnOf(clients, id) });
    return {
      id,
      inputs: {
        name: id,
        actionsEnabled: live.ActionsEnabled,
        alarmActions: live.AlarmActions,
        alarmDescription: live.AlarmDescription,
        comparisonOperator: live.ComparisonOperator,
        datapointsToAlarm: live.DatapointsToAlarm,
        dimensions: Object.fromEntries(
          (live.Dimensions ?? []).map(({ Name = "", Value = "" }) => [Name, Value]),
        ),
        evaluationPeriods: live.EvaluationPeriods,
        extendedStatistic: live.ExtendedStatistic,
        insufficientDataActions: live.InsufficientDataActions,
        metricName: live.MetricName,
        namespace: live.Namespace,
        okActions: live.OKActions,
        period: live.Period,
        statistic: live.Statistic,
        tags: tagRecord(tags),
        threshold: live.Threshold,
        treatMissingData: live.TreatMissingData,
        unit: live.Unit,
      },
      computed: { arn: arnOf(clients, id) },
    };
  },

  async update({ id }, { olds, news, changed }, clients) {
    const cloudwatch = clients.of(CloudWatch);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      const ResourceARN = arnOf(clients, id);
      if (removed.length > 0) await cloudwatch.untagResource({ ResourceARN, TagKeys: removed });
      if (Object.keys(set).length > 0) await cloudwatch.tagResource({ ResourceARN, Tags: tagList(set) });
    }
    if ([...changed].some((property) => property !== "tags"))
      await cloudwatch.putMetricAlarm({ ...alarmFrom(news), Tags: tagList(news.tags) });
  },

  async delete({ id }, clients) {
    await clients.of(CloudWatch).deleteAlarms({ AlarmNames: [id] });
  },
});

const arnOf = (clients: Clients, name: string) => clients.arn("cloudwatch", `alarm:${name}`);

function alarmFrom(inputs: Inputs<MetricAlarmArgs>): PutMetricAlarmCommandInput {
  return {
    AlarmName: inputs.name,
    ActionsEnabled: inputs.actionsEnabled,
    AlarmActions: inputs.alarmActions?.map(String),
    AlarmDescription: inputs.alarmDescription,
    ComparisonOperator: inputs.comparisonOperator as ComparisonOperator,
    DatapointsToAlarm: inputs.datapointsToAlarm,
    Dimensions: Object.entries(inputs.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
    EvaluationPeriods: inputs.evaluationPeriods,
    ExtendedStatistic: inputs.extendedStatistic,
    InsufficientDataActions: inputs.insufficientDataActions?.map(String),
    MetricName: inputs.metricName,
    Namespace: inputs.namespace,
    OKActions: inputs.okActions?.map(String),
    Period: inputs.period,
    Statistic: inputs.statistic as Statistic,
    Threshold: inputs.threshold,
    TreatMissingData: inputs.treatMissingData,
    Unit: inputs.unit as StandardUnit,
  };
}
