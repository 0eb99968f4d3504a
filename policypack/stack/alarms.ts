import type { AlarmBlueprint } from "../../src/documents/alarm-blueprint";
import { trailLogGroupArn, trailLogGroupName } from "../../src/model/names";
import type { AccountExpectations } from "../expectations/account";
import { number, object, text, texts, type StackResources } from "../resource";

/** Whether events get into a log group: by our own trail, or by one that the account has anyway, under another name. */
function isFed(logGroup: string | undefined, stack: StackResources, expected: AccountExpectations): boolean {
  const { organization, account } = expected;
  if (logGroup !== trailLogGroupName(organization)) return logGroup !== undefined;
  return stack
    .of("aws:cloudtrail/trail:Trail")
    .some(
      ({ props }) =>
        text(props, "cloudWatchLogsGroupArn") === trailLogGroupArn(organization, account) &&
        props["isMultiRegionTrail"] === true &&
        props["includeGlobalServiceEvents"] !== false &&
        props["enableLogging"] !== false,
    );
}

/** What is wrong with an alarm of the roster in this stack; nothing where it would ring. */
export function* faultsOf(
  alarm: AlarmBlueprint,
  stack: StackResources,
  expected: AccountExpectations,
): Iterable<string> {
  const filters = stack.of("aws:cloudwatch/logMetricFilter:LogMetricFilter");
  const filter = filters.find(({ props }) => text(props, "pattern") === alarm.pattern);
  if (filter === undefined) {
    yield `No metric filter watches for what ${alarm.name} is about.`;
    return;
  }
  if (!isFed(text(filter.props, "logGroupName"), stack, expected)) {
    yield `No trail writes what ${alarm.name} watches for.`;
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
