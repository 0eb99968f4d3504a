import { z } from "zod";

import { INSTANT_SCHEMA } from "./instant";

const ALARM_STATE = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);

const ALARM = z.strictObject({
  name: z.string(),
  arn: z.string(),
  state: ALARM_STATE,
  /** Since when it has this state. */
  since: INSTANT_SCHEMA.optional(),
  /** Whether it does something in the state ALARM: false where its actions are switched off or there are none. Whether a topic of these has subscribers, this does not say. */
  isHeard: z.boolean(),
});

const ALARM_CHANGE = z.strictObject({ alarm: z.string(), at: INSTANT_SCHEMA, state: ALARM_STATE });

/** CloudWatch's alarms in the organization's region, and their changes in the period, of which it remembers 30 days. */
export const ALARMS_SCHEMA = z.strictObject({
  alarms: z.array(ALARM),
  /** By time. */
  changes: z.array(ALARM_CHANGE),
  /** From when on `changes` are known. */
  changesFrom: INSTANT_SCHEMA,
  /** Why `changes` is empty where they could not be read. */
  changesNotAvailable: z.string().optional(),
});

export type Alarm = z.infer<typeof ALARM>;
export type AlarmChange = z.infer<typeof ALARM_CHANGE>;
export type Alarms = z.infer<typeof ALARMS_SCHEMA>;
