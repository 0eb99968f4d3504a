import {
  paginateFilterLogEvents,
  ResourceNotFoundException,
  type CloudWatchLogs,
} from "@aws-sdk/client-cloudwatch-logs";

import { parseTrailEvent, type TrailEvent } from "./trail-event";
import { lastMillisecondOf, type Instant } from "../model/dates";

/** Events of a trail, and the lines beside them that nobody can read. */
export interface TrailLog {
  readonly events: readonly TrailEvent[];
  readonly unread: number;
}

/**
 * The events of a trail's log group between two instants, the second of the later one included, that fit a filter pattern; undefined
 * where the account has no such log group. What fits is for the caller to look at again: an emulator gives every event.
 */
export async function trailEvents(
  client: CloudWatchLogs,
  logGroupName: string,
  filterPattern: string,
  from: Instant,
  until: Instant,
): Promise<TrailLog | undefined> {
  const events: TrailEvent[] = [];
  let unread = 0;
  const pages = paginateFilterLogEvents(
    { client },
    { logGroupName, filterPattern, startTime: Date.parse(from), endTime: lastMillisecondOf(until) },
  );
  try {
    for await (const { events: lines = [] } of pages) {
      for (const { message = "" } of lines) {
        const event = parseTrailEvent(message);
        if (event === undefined) unread += 1;
        else events.push(event);
      }
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
  return { events, unread };
}
