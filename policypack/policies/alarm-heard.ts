import { quarantineAutomationArn } from "../../src/model/names";
import { wellArchitectedFramework } from "../frameworks";
import { stackPolicy } from "../pack-policy";
import {
  textProperty,
  textListProperty,
  type CheckedResource,
  type StackResources,
} from "../checked-resource";
import { formatNames } from "../messages";

/** The topics to which somebody has subscribed in the stack. */
const heardTopics = (stack: StackResources): ReadonlySet<string> =>
  new Set(
    stack
      .of("aws:sns/topicSubscription:TopicSubscription")
      .filter(({ props }) => textProperty(props, "endpoint") !== undefined)
      .flatMap(({ props }) => textProperty(props, "topic") ?? []),
  );

const isOn = ({ props }: CheckedResource): boolean =>
  ["undefined", "true"].includes(String(props["actionsEnabled"]));

/** The resources that a rule of EventBridge hands its events to. */
const targetsOf = ({ props: rule }: CheckedResource, stack: StackResources): readonly string[] =>
  stack
    .of("aws:cloudwatch/eventTarget:EventTarget")
    .filter(
      ({ props }) =>
        textProperty(props, "rule") === textProperty(rule, "name") &&
        textProperty(props, "region") === textProperty(rule, "region"),
    )
    .flatMap(({ props }) => textProperty(props, "arn") ?? []);

/** Every alarm tells somebody. */
export const alarmHeard = stackPolicy({
  name: "aws-iam-alarm-heard",
  displayName: "Every alarm tells somebody",
  description:
    "Every alarm and every rule of EventBridge but the adopter's own tells a topic that has a subscriber in the stack; a rule may hand its events to the account's bus or to the response's automation instead.",
  why: "An alarm that rings where nobody listens looks like one that never had to ring.",
  remediationSteps:
    "Let src/resources give the alarm the topic of its severity, and add muster:alarmSubscriptions to the stack's settings.",
  severity: "high",
  framework: wellArchitectedFramework("SEC04-BP03", "Correlate and enrich security alerts"),
  tags: ["iam", "alarm"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
  *check(stack, { expected: { account, organization }, ownResources }) {
    const topics = heardTopics(stack);
    // Other rules tell of the events that start the response (decision 155).
    const others = [
      `arn:aws:events:${organization.region}:${account.id}:event-bus/`,
      `${quarantineAutomationArn(organization, account)}:`,
    ];
    const isHandled = (arn: string): boolean =>
      topics.has(arn) || others.some((start) => arn.startsWith(start));
    const alarms = stack
      .of("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(
        (alarm) =>
          !(isOn(alarm) && textListProperty(alarm.props, "alarmActions").some((arn) => topics.has(arn))),
      );
    const rules = stack
      .of("aws:cloudwatch/eventRule:EventRule")
      .filter((rule) => !targetsOf(rule, stack).some(isHandled));
    const unheard = [...alarms, ...rules].filter((resource) => !ownResources.include(resource));
    if (unheard.length > 0)
      yield {
        message: `Nobody hears ${formatNames(unheard.map(({ name }) => name))}: no action tells a topic with a subscriber.`,
      };
  },
});
