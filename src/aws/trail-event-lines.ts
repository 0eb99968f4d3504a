import { z } from "zod";

import { toInstant, type Instant } from "../model/dates";
import {
  NAMING_PARAMETERS,
  type Activity,
  type Assumptions,
  type EventPrincipal,
  type SnapshotTrailEvent,
} from "./snapshot/trail-events";

/** The part of CloudTrail's record that is read. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const RECORD = z.object({
  eventID: z.string(),
  eventTime: z.iso.datetime(),
  eventSource: z.string(),
  eventName: z.string(),
  awsRegion: z.string(),
  readOnly: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
  errorCode: z.string().optional(),
  userIdentity: z.object({
    type: z.string().optional(),
    arn: z.string().optional(),
    accountId: z.string().optional(),
    invokedBy: z.string().optional(),
    sessionContext: z
      .object({ attributes: z.object({ mfaAuthenticated: z.string().optional() }).optional() })
      .optional(),
  }),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
  responseElements: z.record(z.string(), z.unknown()).nullish(),
  additionalEventData: z.object({ MFAUsed: z.string().optional() }).nullish(),
});

type TrailRecord = z.output<typeof RECORD>;

const ASSUMING: readonly string[] = ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];
const MOST_SESSION_NAMES = 10;

const isReadOnly = ({ readOnly }: TrailRecord): boolean => readOnly === true || readOnly === "true";

function mfaOf({ userIdentity, additionalEventData }: TrailRecord): Pick<EventPrincipal, "hasMfa"> {
  const authenticated = userIdentity.sessionContext?.attributes?.mfaAuthenticated;
  const used = additionalEventData?.MFAUsed;
  if (authenticated !== undefined) return { hasMfa: authenticated === "true" };
  return used === undefined ? {} : { hasMfa: used === "Yes" };
}

const principalOf = (record: TrailRecord): EventPrincipal => ({
  type: record.userIdentity.type ?? "",
  ...(record.userIdentity.arn !== undefined && { arn: record.userIdentity.arn }),
  ...(record.userIdentity.accountId !== undefined && { account: record.userIdentity.accountId }),
  ...(record.userIdentity.invokedBy !== undefined && { invokedBy: record.userIdentity.invokedBy }),
  ...mfaOf(record),
});

const eventOf = (record: TrailRecord, at: Instant): SnapshotTrailEvent => ({
  id: record.eventID,
  at,
  source: record.eventSource,
  name: record.eventName,
  region: record.awsRegion,
  principal: principalOf(record),
  about: Object.fromEntries(
    NAMING_PARAMETERS.flatMap((name) => {
      const value = record.requestParameters?.[name];
      return typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [];
    }),
  ),
  ...errorOf(record),
});

/** A failed sign-in has its error in the answer alone. */
function errorOf({ errorCode, responseElements }: TrailRecord): { readonly error?: string } {
  if (errorCode !== undefined) return { error: errorCode };
  const failed = Object.values(responseElements ?? {}).includes("Failure");
  return failed ? { error: "Failure" } : {};
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

type ActivityDay = Activity["days"][number];
type CountedActivity = Omit<Activity, "days"> & { readonly days: Map<string, ActivityDay> };

/** What is asked of the trail. */
export interface EventSelection {
  /** ARNs of roles of which every AssumeRole is listed. */
  readonly listedRoles: readonly string[];
  /** Names of users and sessions whose activity is counted. */
  readonly countedNames: readonly string[];
}

/** Events as they come from a log, sorted out: listed, or counted. */
export class TrailEventCollection {
  private readonly events = new Map<string, SnapshotTrailEvent>();
  private readonly assumed = new Map<string, Assumptions>();
  private readonly acts = new Map<string, CountedActivity>();
  private readonly seen = new Set<string>();
  private lines = 0;

  constructor(private readonly selection: EventSelection) {}

  /** Takes one line of the log. */
  add(line: string): void {
    const record = recordOf(line);
    if (record === undefined) {
      this.lines++;
      return;
    }
    if (this.isRepeated(record)) return;
    const at = toInstant(new Date(record.eventTime));
    const isAssuming = record.eventSource === "sts.amazonaws.com" && ASSUMING.includes(record.eventName);
    if (isAssuming) this.addAssumption(record, at);
    const isListed =
      (record.eventSource === "iam.amazonaws.com" && !isReadOnly(record)) ||
      record.eventSource === "signin.amazonaws.com" ||
      (isAssuming && this.selection.listedRoles.includes(textOf(record.requestParameters?.["roleArn"])));
    if (isListed) this.events.set(record.eventID, eventOf(record, at));
    this.addActivity(record, at);
  }

  get result(): {
    events: SnapshotTrailEvent[];
    assumptions: Assumptions[];
    activity: Activity[];
    unread: number;
  } {
    const byTime = (one: { at: Instant }, other: { at: Instant }): number => (one.at < other.at ? -1 : 1);
    const byFirst = (one: { first: Instant }, other: { first: Instant }): number =>
      one.first < other.first ? -1 : 1;
    return {
      events: [...this.events.values()].sort(byTime),
      assumptions: [...this.assumed.values()].sort(byFirst),
      activity: [...this.acts.values()].map(({ days, ...act }) => ({
        ...act,
        days: [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1)),
      })),
      unread: this.lines,
    };
  }

  /** Two filters find what those do whose activity is counted. */
  private isRepeated(record: TrailRecord): boolean {
    if (!this.isCounted(record)) return false;
    if (this.seen.has(record.eventID)) return true;
    this.seen.add(record.eventID);
    return false;
  }

  private isCounted({ userIdentity: { arn = "" } }: TrailRecord): boolean {
    return this.selection.countedNames.includes(arn.slice(arn.lastIndexOf("/") + 1));
  }

  private addAssumption(record: TrailRecord, at: Instant): void {
    const principal = principalOf(record);
    const role = textOf(record.requestParameters?.["roleArn"]);
    const sessionName = textOf(record.requestParameters?.["roleSessionName"]);
    const { errorCode: error, eventName: name } = record;
    const key = JSON.stringify([name, principal, role, error]);
    const known = this.assumed.get(key);
    const names = known?.sessionNames ?? [];
    const isNew = sessionName !== "" && names.length < MOST_SESSION_NAMES && !names.includes(sessionName);
    this.assumed.set(key, {
      name,
      principal,
      role,
      ...(error !== undefined && { error }),
      times: (known?.times ?? 0) + 1,
      first: known === undefined || at < known.first ? at : known.first,
      last: known === undefined || at > known.last ? at : known.last,
      sessionNames: isNew ? [...names, sessionName] : names,
    });
  }

  private addActivity(record: TrailRecord, at: Instant): void {
    const { arn } = record.userIdentity;
    if (arn === undefined || !this.isCounted(record)) return;
    const { eventSource: source, eventName: name } = record;
    const key = JSON.stringify([arn, source, name]);
    const act = this.acts.get(key) ?? {
      arn,
      source,
      name,
      isReadOnly: isReadOnly(record),
      days: new Map<string, ActivityDay>(),
    };
    const day = at.slice(0, 10);
    const { times, errors } = act.days.get(day) ?? { times: 0, errors: 0 };
    const isError = errorOf(record).error !== undefined;
    act.days.set(day, { day, times: times + 1, errors: errors + (isError ? 1 : 0) });
    this.acts.set(key, act);
  }
}

function recordOf(line: string): TrailRecord | undefined {
  try {
    return RECORD.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
