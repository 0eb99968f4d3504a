import type { AlarmBlueprint } from "../../src/documents/alarms/alarm-blueprint";
import type { AlarmSeverity } from "../../src/documents/alarms/alarm-table";
import {
  alarmTopicArn,
  noticeTopicArn,
  trailLogGroupArn,
  trailLogGroupName,
  type Arn,
} from "../../src/model/names";
import { keysOf } from "../../src/model/keys-of";
import type { AccountExpectations } from "../expectations/account-expectations";
import {
  numberProperty,
  objectProperty,
  objectListProperty,
  textProperty,
  textListProperty,
  type ResourceProperties,
  type StackResources,
} from "../checked-resource";

/** Whether a selector of a trail leaves out nothing that happens to an account; AWS has one such where none is asked for. */
const selectsAll = (selector: ResourceProperties): boolean =>
  ["All", undefined].includes(textProperty(selector, "readWriteType")) &&
  selector["includeManagementEvents"] !== false &&
  isEmpty(selector, "excludeManagementEventSources");

/** Whether a filter reads the log group of the account's trail: our own trail's, or that of the one that the organization names. */
function isFed(logGroup: string | undefined, stack: StackResources, expected: AccountExpectations): boolean {
  const { organization, account } = expected;
  if (account.trail !== undefined) return logGroup === account.trail.logGroup;
  if (logGroup !== trailLogGroupName(organization)) return false;
  return stack
    .of("aws:cloudtrail/trail:Trail")
    .some(
      ({ props }) =>
        textProperty(props, "cloudWatchLogsGroupArn") === trailLogGroupArn(organization, account) &&
        props["isMultiRegionTrail"] === true &&
        props["includeGlobalServiceEvents"] !== false &&
        props["enableLogging"] !== false &&
        objectListProperty(props, "eventSelectors").every(selectsAll) &&
        isEmpty(props, "advancedEventSelectors"),
    );
}

/** Whether nothing is in a property: AWS's answers have empty lists and objects where the program says nothing. */
function isEmpty(props: ResourceProperties, property: string): boolean {
  const value = props[property];
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === 0 ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}

/** The properties that make an alarm read anything but every event, or wait for more than one. */
const NARROWING = [
  "datapointsToAlarm",
  "dimensions",
  "extendedStatistic",
  "metricQueries",
  "thresholdMetricId",
];

/**
 * Whether an alarm rings at the first event, whatever else somebody puts on its metric: other values can lower a sum, an average or a
 * minimum. A sum is accepted where the settings give a threshold.
 */
const ringsInTime = (props: ResourceProperties, threshold: number): boolean =>
  (numberProperty(props, "threshold") ?? Infinity) <= threshold &&
  textProperty(props, "comparisonOperator") === "GreaterThanOrEqualToThreshold" &&
  (textProperty(props, "statistic") === "Maximum" ||
    (threshold > 1 && textProperty(props, "statistic") === "Sum")) &&
  textProperty(props, "unit") === "None" &&
  numberProperty(props, "evaluationPeriods") === 1 &&
  NARROWING.every((property) => isEmpty(props, property));

/** Whether a filter puts 1 on its metric for every event, and nothing for others. */
const countsEvents = (metric: ResourceProperties): boolean =>
  Number(metric["value"]) === 1 &&
  isEmpty(metric, "dimensions") &&
  // Where nothing happened it would count as well, and an alarm that rings all the time rings for nothing.
  isEmpty(metric, "defaultValue") &&
  ["None", undefined].includes(textProperty(metric, "unit"));

/** The topic that an alarm of this severity tells. */
const topicOf = (severity: AlarmSeverity, { organization, account }: AccountExpectations): Arn =>
  severity === "critical" ? alarmTopicArn(organization, account) : noticeTopicArn(organization, account);

/** Whether somebody subscribed to the topic, by an address that is known: the ARN is, before the topic exists. */
function isSubscribed(stack: StackResources, topic: Arn): boolean {
  return stack
    .of("aws:sns/topicSubscription:TopicSubscription")
    .some(
      ({ props }) => textProperty(props, "topic") === topic && textProperty(props, "endpoint") !== undefined,
    );
}

/** Whether an alarm tells the account's own topic of its severity. */
const tellsTopic = (props: ResourceProperties, topic: Arn): boolean =>
  textListProperty(props, "alarmActions").includes(topic) &&
  ["undefined", "true"].includes(String(props["actionsEnabled"]));

/** What keeps an alarm from being heard, in words about the alarms that have this fault. */
const FAULTS = {
  "no filter": (alarms: string) => `No metric filter watches for what ${alarms} is about.`,
  "no trail": (alarms: string) => `No trail writes what ${alarms} watches for.`,
  "counts otherwise": (alarms: string) => `The metric filter of ${alarms} does not count events.`,
  "does not ring": (alarms: string) => `No alarm rings at the first event of ${alarms}.`,
  "tells nobody": (alarms: string) =>
    `Nobody hears ${alarms}: it does not tell the topic of the account's alarms.`,
  "nobody subscribed": (alarms: string, key: string) =>
    `Nobody hears ${alarms}: nobody has subscribed. Add muster:alarmSubscriptions to Pulumi.${key}.yaml.`,
  "critical alone": (alarms: string, key: string) =>
    `Nobody hears ${alarms}: whoever has subscribed hears critical alarms alone. Let somebody hear all in muster:alarmSubscriptions of Pulumi.${key}.yaml.`,
} as const;

type Fault = keyof typeof FAULTS;

function* faultsOfPattern(
  pattern: string,
  { subject, severity }: AlarmBlueprint,
  stack: StackResources,
  expected: AccountExpectations,
): Iterable<Fault> {
  const filters = stack.of("aws:cloudwatch/logMetricFilter:LogMetricFilter");
  const filter = filters.find(({ props }) => textProperty(props, "pattern") === pattern);
  if (filter === undefined) {
    yield "no filter";
    return;
  }
  if (!isFed(textProperty(filter.props, "logGroupName"), stack, expected)) yield "no trail";
  const metric = objectProperty(filter.props, "metricTransformation");
  if (!countsEvents(metric)) yield "counts otherwise";
  const alarms = stack
    .of("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(
      ({ props }) =>
        textProperty(props, "metricName") === textProperty(metric, "name") &&
        textProperty(props, "namespace") === textProperty(metric, "namespace"),
    );
  const threshold = expected.alarmThreshold(subject);
  const ringing = alarms.filter(({ props }) => ringsInTime(props, threshold));
  const topic = topicOf(severity, expected);
  if (ringing.length === 0) yield "does not ring";
  else if (!ringing.some(({ props }) => tellsTopic(props, topic))) yield "tells nobody";
  else if (!isSubscribed(stack, topicOf("critical", expected))) yield "nobody subscribed";
  else if (!isSubscribed(stack, topic)) yield "critical alone";
}

/** What is wrong with alarms of the roster in this stack, one message a fault; nothing where each would be heard. */
export function alarmFaults(
  alarms: readonly AlarmBlueprint[],
  stack: StackResources,
  expected: AccountExpectations,
): readonly string[] {
  return keysOf(FAULTS).flatMap((fault) => {
    const names = alarms
      .filter((alarm) =>
        alarm.patterns.some((pattern) =>
          [...faultsOfPattern(pattern, alarm, stack, expected)].includes(fault),
        ),
      )
      .map(({ name }) => name);
    return names.length === 0 ? [] : [FAULTS[fault](names.join(", "), expected.account.key)];
  });
}
