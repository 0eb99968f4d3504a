import type { AlarmBlueprint } from "../../src/documents/alarm-blueprint";
import { number, object, text, texts, type StackResources } from "../resource";

/** What is wrong with an alarm of the roster in this stack; nothing where it would ring. */
export function* faultsOf(alarm: AlarmBlueprint, stack: StackResources): Iterable<string> {
  const filters = stack.of("aws:cloudwatch/logMetricFilter:LogMetricFilter");
  const filter = filters.find(({ props }) => text(props, "pattern") === alarm.pattern);
  if (filter === undefined) {
    yield `No metric filter watches for what ${alarm.name} is about.`;
    return;
  }
  const metric = object(filter.props, "metricTransformation");
  const alarms = stack
    .of("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(
      ({ props }) =>
        text(props, "metricName") === text(metric, "name") &&
        text(props, "namespace") === text(metric, "namespace"),
    );
  const ringing = alarms.filter(
    ({ props }) =>
      (number(props, "threshold") ?? Infinity) <= 1 &&
      text(props, "comparisonOperator") === "GreaterThanOrEqualToThreshold" &&
      text(props, "statistic") === "Sum",
  );
  if (ringing.length === 0) yield `No alarm rings at the first event of ${alarm.name}.`;
  else if (
    !ringing.some(({ props }) => texts(props, "alarmActions").length > 0 && props["actionsEnabled"] !== false)
  ) {
    yield `Nobody hears ${alarm.name}: it has no action.`;
  }
}
