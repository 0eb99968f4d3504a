import type { CloudWatchLogs, LogGroup } from "@aws-sdk/client-cloudwatch-logs";

import { toInstant, addSeconds, type Instant } from "../../model/dates";
import { UserError } from "../../model/problems";
import type { TrailEvents } from "../snapshot/trail-events";
import { TrailEventCollection, type EventSelection } from "../trail-event-lines";

const DAY = 86_400;

/** What CloudWatch hands out of the log; the rest is sorted out here. An event that does not say whether it reads alone is a change. */
const ACCESS_EVENTS =
  '{ ($.eventSource = "iam.amazonaws.com" && ($.readOnly IS FALSE || $.readOnly NOT EXISTS)) || $.eventSource = "signin.amazonaws.com" || ' +
  '($.eventSource = "sts.amazonaws.com" && $.eventName = "AssumeRole*") }';

/** A filter has 1,024 characters at most. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const LONGEST_FILTER = 1_000;

/** Filters for what users and sessions of these names did, as few as hold them. */
export function activityFilters(names: readonly string[]): readonly string[] {
  const filters: string[] = [];
  for (const name of names) {
    const term = `$.userIdentity.arn = "*/${name}"`;
    const last = filters.at(-1);
    if (last !== undefined && last.length + term.length + 8 <= LONGEST_FILTER)
      filters[filters.length - 1] = `${last} || ${term}`;
    else filters.push(term);
  }
  return filters.map((terms) => `{ ${terms} }`);
}

async function groupNamed(client: CloudWatchLogs, name: string): Promise<LogGroup> {
  const { paginateDescribeLogGroups } = await import("@aws-sdk/client-cloudwatch-logs");
  for await (const { logGroups = [] } of paginateDescribeLogGroups(
    { client },
    { logGroupNamePrefix: name },
  )) {
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found !== undefined) return found;
  }
  throw new UserError(`There is no log group ${name}`);
}

/** From when on the log group can hold events, and why not before. */
function beginningOf(group: LogGroup, now: Instant): { readonly from: Instant; readonly because: string } {
  const { retentionInDays: days, creationTime = 0 } = group;
  const created = { from: toInstant(new Date(creationTime)), because: "the log group was made then" };
  if (days === undefined) return created;
  const kept = {
    from: addSeconds(now, -days * DAY),
    because: `the log group keeps events for ${String(days)} days`,
  };
  return kept.from > created.from ? kept : created;
}

export interface TrailQuestion extends EventSelection {
  readonly logGroup: string;
  readonly from: Instant;
  readonly until: Instant;
  /** The log group drops what is too long ago by then. */
  readonly now: Instant;
  readonly progress?: (pages: number) => void;
}

/**
 * Reads events from the trail's log group.
 * @throws UserError where the account has no such group
 */
export async function readTrailEvents(client: CloudWatchLogs, question: TrailQuestion): Promise<TrailEvents> {
  const { logGroup, until, now, progress } = question;
  const { paginateFilterLogEvents } = await import("@aws-sdk/client-cloudwatch-logs");
  const group = await groupNamed(client, logGroup);
  const { from: earliest, because } = beginningOf(group, now);
  const isCut = earliest > question.from;
  const from = isCut ? (earliest < until ? earliest : until) : question.from;
  const collection = new TrailEventCollection(question);
  let pages = 0;
  for (const filterPattern of [ACCESS_EVENTS, ...activityFilters(question.countedNames)]) {
    const events = paginateFilterLogEvents(
      { client },
      { logGroupName: logGroup, startTime: Date.parse(from), endTime: Date.parse(until), filterPattern },
    );
    for await (const page of events) {
      for (const { message = "" } of page.events ?? []) collection.add(message);
      progress?.(++pages);
    }
  }
  const { retentionInDays } = group;
  return {
    logGroup,
    from,
    until,
    ...(retentionInDays !== undefined && { retentionDays: retentionInDays }),
    ...(isCut && { notAvailable: { from: question.from, until: from, because } }),
    ...collection.result,
  };
}
