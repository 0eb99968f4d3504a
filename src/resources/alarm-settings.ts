import { z } from "zod";

import type { TunableAlarm } from "../documents/alarms/alarm-table";
import { keysOf } from "../model/keys-of";
import type { AlarmSubject } from "../model/names";

const PROTOCOLS = ["email", "email-json", "https", "sms", "sqs", "lambda"] as const;

const HEARD = ["all", "critical"] as const;

/** What SNS takes as an endpoint of a protocol. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const ENDPOINTS: Readonly<
  Record<(typeof PROTOCOLS)[number], { readonly form: RegExp; readonly is: string }>
> = {
  email: { form: /^[^@\s]+@[^@\s]+$/, is: "an e-mail address" },
  "email-json": { form: /^[^@\s]+@[^@\s]+$/, is: "an e-mail address" },
  https: { form: /^https:\/\/\S+$/, is: "a URL that begins with https://" },
  sms: { form: /^\+\d{5,15}$/, is: "a telephone number such as +4912345678" },
  sqs: { form: /^arn:aws:sqs:[\w-]+:\d{12}:[\w.-]+$/, is: "the ARN of a queue" },
  lambda: { form: /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w:-]+$/, is: "the ARN of a function" },
};

export const SUBSCRIPTION_SETTING = z
  .strictObject({
    /** How a notice of an alarm travels. */
    protocol: z.enum(PROTOCOLS, { error: `A notice travels by one of ${PROTOCOLS.join(", ")}` }),
    /** Where it travels to: an address, a URL, a telephone number or an ARN. */
    endpoint: z.string({ error: "A subscription needs an endpoint" }).regex(/\S/, "An endpoint is not blank"),
    /** Everything, or what wakes somebody. */
    hears: z.enum(HEARD, { error: `A subscription hears ${HEARD.join(" or ")}` }).default("all"),
  })
  .check(({ value: { protocol, endpoint }, issues }) => {
    const { form, is } = ENDPOINTS[protocol];
    if (form.test(endpoint)) return;
    issues.push({
      code: "custom",
      input: endpoint,
      path: ["endpoint"],
      message: `The endpoint of ${protocol} is ${is}`,
    });
  });

/** Somebody who hears alarms. */
export type AlarmSubscription = z.output<typeof SUBSCRIPTION_SETTING>;

const THRESHOLD = z
  .int({ error: "A threshold is a whole number of events within five minutes" })
  .min(1, "A threshold is at least one event")
  .max(1_000, "A threshold is at most 1000 events");

const THRESHOLDS = {
  CallRefused: THRESHOLD.optional(),
  SignInFailed: THRESHOLD.optional(),
} satisfies Readonly<Record<TunableAlarm, unknown>>;

export const ALARM_THRESHOLDS = z.strictObject(THRESHOLDS, {
  error: `Thresholds are an object: ${keysOf(THRESHOLDS).join(", ")}`,
});

/** The events within five minutes from which an alarm rings. */
export const alarmThreshold = (
  subject: AlarmSubject,
  thresholds: Readonly<Partial<Record<AlarmSubject, number | undefined>>>,
): number => thresholds[subject] ?? 1;
