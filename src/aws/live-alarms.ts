import { CloudWatch, paginateDescribeAlarms, type StateValue } from "@aws-sdk/client-cloudwatch";
import { NotFoundException, paginateListSubscriptionsByTopic, SNS } from "@aws-sdk/client-sns";

import type { CredentialSource } from "./aws-credentials";

/** Clients for alarms and for who hears them. */
export interface AlarmClients {
  readonly cloudwatch: CloudWatch;
  readonly sns: SNS;
}

export const alarmClients = (region: string, source: CredentialSource): AlarmClients => ({
  cloudwatch: new CloudWatch({ region, ...source }),
  sns: new SNS({ region, ...source }),
});

/** An alarm as the account has it. */
export interface LiveAlarm {
  readonly name: string;
  readonly state: StateValue;
  /** Whether it tells anybody when its state changes. */
  readonly isSwitchedOn: boolean;
  /** ARNs. */
  readonly actions: readonly string[];
}

/** The most names that CloudWatch takes at once. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const NAMES_AT_ONCE = 100;

/** The alarms of these names that the account has, by name. */
export async function liveAlarms(
  client: CloudWatch,
  names: readonly string[],
): Promise<ReadonlyMap<string, LiveAlarm>> {
  const found = new Map<string, LiveAlarm>();
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    const AlarmNames = names.slice(from, from + NAMES_AT_ONCE);
    for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNames })) {
      for (const { AlarmName = "", StateValue, ActionsEnabled, AlarmActions = [] } of MetricAlarms) {
        found.set(AlarmName, {
          name: AlarmName,
          state: StateValue ?? "INSUFFICIENT_DATA",
          isSwitchedOn: ActionsEnabled ?? true,
          actions: AlarmActions,
        });
      }
    }
  }
  return found;
}

/** Somebody who is subscribed to a topic. */
export interface LiveSubscription {
  readonly protocol: string;
  readonly endpoint: string;
  /** SNS sends nothing to an address that has not confirmed. */
  readonly isConfirmed: boolean;
}

/** Who is subscribed to a topic; undefined where the account has no such topic. */
export async function liveSubscriptions(
  client: SNS,
  topicArn: string,
): Promise<readonly LiveSubscription[] | undefined> {
  const found: LiveSubscription[] = [];
  try {
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
      { client },
      { TopicArn: topicArn },
    )) {
      for (const { Protocol = "", Endpoint = "", SubscriptionArn = "" } of Subscriptions)
        // In its place stands `PendingConfirmation`, or `Deleted` for some days.
        found.push({
          protocol: Protocol,
          endpoint: Endpoint,
          isConfirmed: SubscriptionArn.startsWith("arn:"),
        });
    }
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
  return found;
}
