import { z } from "zod";

/** The part of a CloudTrail event that tells who did what. Events of others hold more, in other shapes. */
const TRAIL_EVENT = z.looseObject({
  eventID: z.string(),
  eventTime: z.string(),
  eventName: z.string(),
  eventSource: z.string(),
  awsRegion: z.string().optional(),
  errorCode: z.string().optional(),
  // Some services write it as a text.
  readOnly: z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]).optional(),
  userIdentity: z
    .looseObject({
      arn: z.string().optional(),
      sessionContext: z
        .looseObject({ sessionIssuer: z.looseObject({ arn: z.string().optional() }).optional() })
        .optional(),
    })
    .optional(),
  // CloudTrail leaves out what an event does not have, and a key of an unknown value would have to be there.
  requestParameters: z.unknown().optional(),
  responseElements: z.unknown().optional(),
});

/**
 * An event of CloudTrail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export type TrailEvent = z.output<typeof TRAIL_EVENT>;

/** The event that a line of a trail's log group holds; undefined where it holds none. */
export function parseTrailEvent(message: string): TrailEvent | undefined {
  try {
    return TRAIL_EVENT.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}

/** A text of an object that nobody has described. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
  return typeof found === "string" ? found : undefined;
}

/** Earlier events first. */
export const byTime = (one: TrailEvent, other: TrailEvent): number =>
  one.eventTime < other.eventTime ? -1 : one.eventTime > other.eventTime ? 1 : 0;
