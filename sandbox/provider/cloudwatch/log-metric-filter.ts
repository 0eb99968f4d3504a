import {
  CloudWatchLogs,
  type MetricTransformation,
  type StandardUnit,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogMetricFilterArgs } from "@pulumi/aws/cloudwatch";
import type { Clients } from "../clients";
import { unlessMissing } from "../missing";
import { resourceType, type Inputs } from "../resource-type";

type MetricFilter = Inputs<LogMetricFilterArgs>;

export const logMetricFilter = resourceType<LogMetricFilterArgs>({
  properties: {
    name: { replaces: true },
    logGroupName: { replaces: true },
    pattern: {},
    metricTransformation: {},
    applyOnTransformedLogs: { default: false },
  },
  autoname: "name",
  computed: {},

  async create(inputs, clients) {
    await put(inputs, clients);
    return { id: inputs.name ?? "", computed: {} };
  },

  async read({ id, outputs: { logGroupName = "" } }, clients) {
    const request = clients.of(CloudWatchLogs).describeMetricFilters({ logGroupName, filterNamePrefix: id });
    const answer = await unlessMissing(request);
    const live = answer?.metricFilters?.find((filter) => filter.filterName === id);
    const transformation = live?.metricTransformations?.[0];
    if (live === undefined || transformation === undefined) return undefined;
    return {
      id,
      inputs: {
        name: id,
        logGroupName,
        pattern: live.filterPattern ?? "",
        metricTransformation: fromTransformation(transformation),
        applyOnTransformedLogs: live.applyOnTransformedLogs,
      },
      computed: {},
    };
  },

  async update(_known, { news }, clients) {
    await put(news, clients);
  },

  async delete({ id, outputs: { logGroupName } }, clients) {
    await unlessMissing(clients.of(CloudWatchLogs).deleteMetricFilter({ logGroupName, filterName: id }));
  },
});

async function put(inputs: MetricFilter, clients: Clients): Promise<void> {
  const { name, namespace, value, defaultValue, unit, dimensions } = inputs.metricTransformation;
  await clients.of(CloudWatchLogs).putMetricFilter({
    logGroupName: inputs.logGroupName,
    filterName: inputs.name,
    filterPattern: inputs.pattern,
    applyOnTransformedLogs: inputs.applyOnTransformedLogs,
    metricTransformations: [
      {
        metricName: name,
        metricNamespace: namespace,
        metricValue: value,
        defaultValue: defaultValue === undefined ? undefined : Number(defaultValue),
        unit: unit as StandardUnit,
        dimensions,
      },
    ],
  });
}

function fromTransformation(live: MetricTransformation): MetricFilter["metricTransformation"] {
  return {
    name: live.metricName ?? "",
    namespace: live.metricNamespace ?? "",
    value: live.metricValue ?? "",
    ...(live.defaultValue === undefined ? {} : { defaultValue: String(live.defaultValue) }),
    ...(live.unit === undefined || live.unit === "None" ? {} : { unit: live.unit }),
    ...(Object.keys(live.dimensions ?? {}).length === 0 ? {} : { dimensions: live.dimensions }),
  };
}
