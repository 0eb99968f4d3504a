import type { LiveSubscription } from "../aws/live-alarms";
import type { AlarmBlueprint } from "../documents/alarms/alarm-blueprint";
import { printable } from "../text/printable";
import type { AlarmTest } from "./alarm-test";

/** Who hears a topic. */
export interface TopicHearers {
  readonly arn: string;
  /** Undefined where the account has no such topic. */
  readonly subscriptions: readonly LiveSubscription[] | undefined;
}

const topicName = (arn: string): string => arn.split(":").at(-1) ?? arn;

function testLine(key: string, test: AlarmTest): string {
  const { name } = test.alarm;
  switch (test.outcome) {
    case "fired":
      return `  ✔ ${name} told ${test.topics.map(topicName).join(", ")}.`;
    case "ringing":
      return `  ✖ ${name} was not fired: it rings already.\n    To do: look why it does not end, then test it again.`;
    case "switched off":
      return `  ✖ ${name} is switched off and tells nobody.\n    To do: \`pulumi up --refresh -s ${key}\`.`;
    case "tells nobody":
      return `  ✖ ${name} has nobody to tell.\n    To do: \`pulumi up --refresh -s ${key}\`.`;
    case "missing":
      return `  ✖ ${name} is not in the account.\n    To do: \`pulumi up --refresh -s ${key}\`.`;
  }
}

/** An address of a person; others may hold a key, as the URLs of paging services do. */
const named = ({ protocol, endpoint }: LiveSubscription): string =>
  protocol.startsWith("email") ? printable(endpoint) : `the one by ${printable(protocol)}`;

function hearerLines(key: string, { arn, subscriptions }: TopicHearers): readonly string[] {
  const topic = topicName(arn);
  if (subscriptions === undefined)
    return [`  ✖ There is no topic ${topic}.`, `    To do: \`pulumi up --refresh -s ${key}\`.`];
  const confirmed = subscriptions.filter(({ isConfirmed }) => isConfirmed);
  const pending = subscriptions.filter(({ isConfirmed }) => !isConfirmed);
  return [
    confirmed.length === 0 ? `  ✖ ${topic}: nobody.` : `  ✔ ${topic}: ${confirmed.map(named).join(", ")}.`,
    ...(confirmed.length === 0 && pending.length === 0
      ? [
          `    To do: name somebody under muster:alarmSubscriptions in Pulumi.${key}.yaml, then \`pulumi up -s ${key}\`.`,
        ]
      : []),
    ...(pending.length === 0
      ? []
      : [
          `  ✖ ${topic}: ${pending.map(named).join(", ")} did not confirm, and hears nothing.`,
          "    To do: have the link in AWS's message opened.",
        ]),
  ];
}

/** Whether every alarm was fired, and somebody is subscribed to each topic and all who are have confirmed. */
export const allTold = (tests: readonly AlarmTest[], topics: readonly TopicHearers[]): boolean =>
  tests.every(({ outcome }) => outcome === "fired") &&
  topics.every(
    ({ subscriptions = [] }) =>
      subscriptions.length > 0 && subscriptions.every(({ isConfirmed }) => isConfirmed),
  );

/** What a test of alarms did, and who is told. */
export function testReport(
  key: string,
  tests: readonly AlarmTest[],
  topics: readonly TopicHearers[],
): string {
  const fired = tests.filter(({ outcome }) => outcome === "fired");
  return [
    `Alarms of ${key}, ${String(fired.length)} of ${String(tests.length)} fired and put back:`,
    ...tests.map((test) => testLine(key, test)),
    "",
    "Who hears them, by AWS's list of subscriptions:",
    ...topics.flatMap((topic) => hearerLines(key, topic)),
    "",
    "Ask them whether the notice arrived: AWS tells nobody here. Metric filters and rules of EventBridge were not tried: AWS takes no events in the name of its services.",
    "",
  ].join("\n");
}

/** The alarms of an account, for somebody who wants to know what is watched. */
export function listReport(key: string, alarms: readonly AlarmBlueprint[]): string {
  return [`${key}:`, ...alarms.map(({ name, description }) => `  ${name}\n    ${description}`), ""].join(
    "\n",
  );
}
