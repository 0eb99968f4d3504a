import { caseless, type Arn } from "../model/names";
import { byTime, textAt, type TrailEvent } from "../aws/trail-event";

/** Somebody began a session of BreakGlass, or asked for one and was refused. */
export interface BreakGlassUse {
  /** The event's id, as CloudTrail gives it. */
  readonly id: string;
  readonly time: string;
  /** The session's name, which the trust pins to the name of the user. */
  readonly person: string;
  readonly way: "AssumeRole" | "console";
  readonly isRefused: boolean;
}

/** The console's switch is in the trail twice: an event of its own comes this soon after or before the session's. */
const SAME_SWITCH_MILLISECONDS = 60_000;

/** The last part of a session's ARN. */
const sessionNameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** STS takes the name of a role in any mix of cases. */
function assumedBy(event: TrailEvent, role: Arn): BreakGlassUse | undefined {
  const { eventID, eventTime, eventName, eventSource, requestParameters, errorCode } = event;
  if (eventSource !== "sts.amazonaws.com" || !eventName.startsWith("AssumeRole")) return undefined;
  const asked = textAt(requestParameters, "roleArn");
  if (asked === undefined || caseless(asked) !== caseless(role)) return undefined;
  return {
    id: eventID,
    time: eventTime,
    person: textAt(requestParameters, "roleSessionName") ?? "(no session name)",
    way: "AssumeRole",
    isRefused: errorCode !== undefined,
  };
}

function switchedBy(event: TrailEvent, role: Arn): BreakGlassUse | undefined {
  const { eventID, eventTime, eventName, eventSource, userIdentity, responseElements, errorCode } = event;
  if (eventSource !== "signin.amazonaws.com" || eventName !== "SwitchRole") return undefined;
  const session = userIdentity?.arn ?? "";
  const ofRole = `${role.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/`;
  if (!caseless(session).startsWith(caseless(ofRole))) return undefined;
  const outcome = textAt(responseElements, "SwitchRole");
  return {
    id: eventID,
    time: eventTime,
    person: sessionNameOf(session),
    way: "console",
    isRefused: errorCode !== undefined || (outcome !== undefined && outcome !== "Success"),
  };
}

/** Whether another event tells of the same switch: the console writes two, and the session's own tells more. */
function isTold(use: BreakGlassUse, uses: readonly BreakGlassUse[]): boolean {
  return uses.some(
    (other) =>
      other.way === "AssumeRole" &&
      other.isRefused === use.isRefused &&
      other.person === use.person &&
      Math.abs(Date.parse(other.time) - Date.parse(use.time)) <= SAME_SWITCH_MILLISECONDS,
  );
}

/**
 * Every session of a role that began or was refused among events of its account's trail, in order of time. Somebody of another
 * account who was refused is not there: CloudTrail writes that into the trail of the account that they came from.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
export function breakGlassUses(events: readonly TrailEvent[], role: Arn): readonly BreakGlassUse[] {
  const uses = [...events]
    .sort(byTime)
    .flatMap((event) => assumedBy(event, role) ?? switchedBy(event, role) ?? []);
  return uses.filter((use) => use.way !== "console" || !isTold(use, uses));
}

/** What sessions of a role did, whoever's they were. */
export function sessionEvents(events: readonly TrailEvent[], role: Arn): readonly TrailEvent[] {
  return events
    .filter(({ userIdentity }) => userIdentity?.sessionContext?.sessionIssuer?.arn === role)
    .sort(byTime);
}

/** Names the person whose session did something. */
export const sessionPerson = ({ userIdentity }: TrailEvent): string | undefined =>
  userIdentity?.arn === undefined ? undefined : sessionNameOf(userIdentity.arn);
