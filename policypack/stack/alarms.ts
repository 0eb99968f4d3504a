import type { AlarmBlueprint } from "../../src/documents/alarm-blueprint";
import { trailLogGroupArn, trailLogGroupName } from "../../src/model/names";
import type { AccountExpectations } from "../expectations/account";
import { number, object, objects, text, texts, type Properties, type StackResources } from "../resource";

/** Whether a selector of a trail leaves out nothing that happens to an account; AWS has one such where none is asked for. */
const selectsAll = (selector: Properties): boolean =>
  ["All", undefined].includes(text(selector, "readWriteType")) &&
  selector["includeManagementEvents"] !== false &&
  isEmpty(selector, "excludeManagementEventSources");

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
        props["enableLogging"] !== false &&
        objects(props, "eventSelectors").every(selectsAll) &&
        isEmpty(props, "advancedEventSelectors"),
    );
}

/** Whether nothing is in a property: AWS's answers have empty lists and objects where the program says nothing. */
function isEmpty(props: Properties, property: string): boolean {
  const value = props[property];
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === 0 ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}

/** What makes an alarm look at something else than every event, or wait for more than one. */
const NARROWING = [
  "datapointsToAlarm",
  "dimensions",
  "extendedStatistic",
  "metricQueries",
  "thresholdMetricId",
];

/**
 * Whether an alarm rings at the first event, whatever else is put on its metric: of a sum, an average or a minimum others can
 * take away.
 */
const ringsAtOnce = (props: Properties): boolean =>
  (number(props, "threshold") ?? Infinity) <= 1 &&
  text(props, "comparisonOperator") === "GreaterThanOrEqualToThreshold" &&
  text(props, "statistic") === "Maximum" &&
  text(props, "unit") === "None" &&
  number(props, "evaluationPeriods") === 1 &&
  NARROWING.every((property) => isEmpty(props, property));

/** Whether a filter puts 1 on its metric for every event, and nothing for others. */
const countsEvents = (metric: Properties): boolean =>
  Number(metric["value"]) === 1 &&
  isEmpty(metric, "dimensions") &&
  ["None", undefined].includes(text(metric, "unit"));

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
  if (!countsEvents(metric)) yield `The metric filter of ${alarm.name} does not count events.`;
  const alarms = stack
    .of("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(
      ({ props }) =>
        text(props, "metricName") === text(metric, "name") &&
        text(props, "namespace") === text(metric, "namespace"),
    );
  const ringing = alarms.filter(({ props }) => ringsAtOnce(props));
  if (ringing.length === 0) yield `No alarm rings at the first event of ${alarm.name}.`;
  else if (
    !ringing.some(({ props }) => texts(props, "alarmActions").length > 0 && props["actionsEnabled"] !== false)
  ) {
    yield `Nobody hears ${alarm.name}: it has no action.`;
  }
}
