import type { CloudWatch } from "@aws-sdk/client-cloudwatch";

import { liveAlarms, type LiveAlarm } from "../aws/live-alarms";
import type { AlarmBlueprint } from "../documents/alarms/alarm-blueprint";

/** What became of the test of one alarm. */
export type AlarmTest = { readonly alarm: AlarmBlueprint } & (
  | { readonly outcome: "fired"; readonly topics: readonly string[] }
  /** Its state was ALARM before: CloudWatch tells nobody of what does not change. */
  | { readonly outcome: "ringing" }
  | { readonly outcome: "switched off" }
  | { readonly outcome: "tells nobody" }
  | { readonly outcome: "missing" }
);

/** Sets an alarm off and puts it back into the state that it had; CloudWatch itself does so at its next look. */
async function fire(client: CloudWatch, { name, state }: LiveAlarm, reason: string): Promise<void> {
  await client.setAlarmState({ AlarmName: name, StateValue: "ALARM", StateReason: reason });
  await client.setAlarmState({ AlarmName: name, StateValue: state, StateReason: `${reason} It is over.` });
}

/**
 * Fires each alarm once, one after another.
 * @param reason what whoever hears it reads, as one sentence
 */
export async function testAlarms(
  client: CloudWatch,
  alarms: readonly AlarmBlueprint[],
  reason: string,
): Promise<readonly AlarmTest[]> {
  const live = await liveAlarms(
    client,
    alarms.map(({ name }) => name),
  );
  const tests: AlarmTest[] = [];
  for (const alarm of alarms) {
    const found = live.get(alarm.name);
    if (found === undefined) tests.push({ alarm, outcome: "missing" });
    else if (!found.isSwitchedOn) tests.push({ alarm, outcome: "switched off" });
    else if (found.actions.length === 0) tests.push({ alarm, outcome: "tells nobody" });
    else if (found.state === "ALARM") tests.push({ alarm, outcome: "ringing" });
    else {
      await fire(client, found, reason);
      tests.push({ alarm, outcome: "fired", topics: found.actions });
    }
  }
  return tests;
}
