import type { ResourceType } from "../resource-type";
import { logGroup } from "./log-group";
import { logMetricFilter } from "./log-metric-filter";
import { metricAlarm } from "./metric-alarm";

export const cloudwatch: Readonly<Record<string, ResourceType>> = {
  "aws:cloudwatch/logGroup:LogGroup": logGroup,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": logMetricFilter,
  "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
};
