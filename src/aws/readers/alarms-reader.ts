import type { AlarmHistoryItem, CloudWatch, CompositeAlarm, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { z } from "zod";

import { toInstant, addSeconds, type Instant } from "../../model/dates";
import { recordedReason } from "../recorded-reason";
import { instantIfAny } from "../optional-values";
import type { Alarm, AlarmChange, Alarms } from "../snapshot/alarm-section";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html */
const HISTORY_DAYS = 30;
const DAY = 86_400;

const STATE = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
const HISTORY_DATA = z.object({ newState: z.object({ stateValue: STATE }) });

const alarmOf = (alarm: MetricAlarm | CompositeAlarm): Alarm => ({
  name: alarm.AlarmName ?? "",
  arn: alarm.AlarmArn ?? "",
  state: STATE.parse(alarm.StateValue),
  ...instantIfAny("since", alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp),
  isHeard: alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).length > 0,
});

function changeOf({ AlarmName, Timestamp, HistoryData }: AlarmHistoryItem): readonly AlarmChange[] {
  if (Timestamp === undefined || HistoryData === undefined) return [];
  const data = HISTORY_DATA.parse(JSON.parse(HistoryData));
  return [{ alarm: AlarmName ?? "", at: toInstant(Timestamp), state: data.newState.stateValue }];
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
    return { changes: [], changesNotAvailable: recordedReason(error) };
  }
  return { changes: changes.sort((one, other) => (one.at < other.at ? -1 : 1)) };
}

/** The period of which changes are asked, and when that is: CloudWatch forgets what is too long ago by then. */
export interface AlarmQuestion {
  readonly from: Instant;
  readonly until: Instant;
  readonly now: Instant;
}

/** Reads the alarms of the account in the region, and their changes of state between two instants. */
export async function readAlarms(client: CloudWatch, { from, until, now }: AlarmQuestion): Promise<Alarms> {
  const { paginateDescribeAlarms } = await import("@aws-sdk/client-cloudwatch");
  const alarms: Alarm[] = [];
  const pages = paginateDescribeAlarms({ client }, { AlarmTypes: ["MetricAlarm", "CompositeAlarm"] });
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
    alarms.push(...[...MetricAlarms, ...CompositeAlarms].map(alarmOf));
  }
  const remembered = addSeconds(now, -HISTORY_DAYS * DAY);
  const changesFrom = remembered > from ? remembered : from;
  return {
    alarms: alarms.sort((one, other) => (one.name < other.name ? -1 : 1)),
    ...(await readChanges(client, changesFrom, until)),
    changesFrom,
  };
}
