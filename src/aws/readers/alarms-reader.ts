import type { AlarmHistoryItem, CloudWatch, CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { z } from "zod";

import { instantOf, later, type Instant } from "../../model/dates";
import { patientClient, type ClientSource } from "../clients";
import { instantIfAny, textIfAny } from "../optional-values";
import type { Alarm, AlarmChange, Alarms } from "../snapshot/alarms";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html */
const HISTORY_DAYS = 30;
const DAY = 86_400;

const STATE = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
const HISTORY_DATA = z.object({ newState: z.object({ stateValue: STATE }) });

const alarmOf = (alarm: MetricAlarm | CompositeAlarm): Alarm => ({
  name: alarm.AlarmName ?? "",
  arn: alarm.AlarmArn ?? "",
  ...textIfAny("description", alarm.AlarmDescription),
  state: STATE.parse(alarm.StateValue),
  ...instantIfAny("since", alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp),
  isHeard: alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).length > 0,
});

function changeOf({ AlarmName, Timestamp, HistoryData }: AlarmHistoryItem): readonly AlarmChange[] {
  if (Timestamp === undefined || HistoryData === undefined) return [];
  const data = HISTORY_DATA.parse(JSON.parse(HistoryData));
  return [{ alarm: AlarmName ?? "", at: instantOf(Timestamp), state: data.newState.stateValue }];
}

async function readChanges(
  client: CloudWatch,
  from: Instant,
  until: Instant,
): Promise<Pick<Alarms, "changes" | "changesNotAvailable">> {
  const { paginateDescribeAlarmHistory } = await import("@aws-sdk/client-cloudwatch");
  const changes: AlarmChange[] = [];
  const pages = paginateDescribeAlarmHistory(
    { client },
    {
      HistoryItemType: "StateUpdate",
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      StartDate: new Date(from),
      EndDate: new Date(until),
    },
  );
  try {
    for await (const { AlarmHistoryItems = [] } of pages)
      changes.push(...AlarmHistoryItems.flatMap(changeOf));
  } catch (error) {
    return { changes: [], changesNotAvailable: error instanceof Error ? error.message : String(error) };
  }
  return { changes: changes.sort((one, other) => (one.at < other.at ? -1 : 1)) };
}

/** Reads the alarms of the account in the region, and their changes of state between two instants. */
export async function readAlarms(source: ClientSource, from: Instant, until: Instant): Promise<Alarms> {
  const { CloudWatch: Client, paginateDescribeAlarms } = await import("@aws-sdk/client-cloudwatch");
  const client = new Client(patientClient(source));
  const alarms: Alarm[] = [];
  const pages = paginateDescribeAlarms({ client }, { AlarmTypes: ["MetricAlarm", "CompositeAlarm"] });
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
    alarms.push(...[...MetricAlarms, ...CompositeAlarms].map(alarmOf));
  }
  const remembered = later(until, -HISTORY_DAYS * DAY);
  const changesFrom = remembered > from ? remembered : from;
  return {
    alarms: alarms.sort((one, other) => (one.name < other.name ? -1 : 1)),
    ...(await readChanges(client, changesFrom, until)),
    changesFrom,
  };
}
