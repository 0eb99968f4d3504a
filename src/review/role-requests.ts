import type { LastAccessedService } from "../aws/snapshot/last-accessed-services";
import type { Activity, SnapshotTrailEvent, TrailEvents } from "../aws/snapshot/trail-events";
import { toInstant, type Instant } from "../model/dates";
import { groupBy } from "../model/group-by";

/** What came of requests: one was let through, all were refused, or nobody tells. */
export type RequestOutcome = "let through" | "refused" | "not told";

/** Requests of a role's sessions that are alike, as one source tells of them. */
export interface RoleRequest {
  readonly source: "event" | "counted events" | "IAM's record";
  /** `iam:CreateUser`, or what CloudTrail calls it. */
  readonly action: string;
  /** What the request names, by CloudTrail's parameters; empty where the source does not tell. */
  readonly about: Readonly<Record<string, string>>;
  /** The name of the session; absent where the source does not tell. */
  readonly session?: string;
  readonly outcome: RequestOutcome;
  /** Absent where the source does not count. */
  readonly times?: number;
  readonly last: Instant;
}

/** Services that CloudTrail calls by another name than policies do. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const NAMESPACES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

function actionOf(source: string, name: string): string {
  const service = source.replace(/\.amazonaws\.com$/, "");
  return `${NAMESPACES[service] ?? service}:${name}`;
}

/** The codes with which services refuse what policies do not allow. */
const REFUSAL = /AccessDenied|UnauthorizedOperation|^AuthorizationError/;

/** A request that fails in another way may have been let through first. */
function outcomeOf(error: string | undefined): RequestOutcome {
  if (error === undefined) return "let through";
  return REFUSAL.test(error) ? "refused" : "not told";
}

/** Sign-ins, which no policy allows or denies. */
const SIGN_IN = "signin.amazonaws.com";

/** Parameters that say what a request is about, or that policies' conditions ask for; the others tell no requests apart. */
const ASKED_PARAMETERS = [
  "groupName",
  "instanceProfileName",
  "openIDConnectProviderArn",
  "path",
  "permissionsBoundary",
  "policyArn",
  "roleArn",
  "roleName",
  "sAMLProviderArn",
  "serialNumber",
  "userName",
] as const;

const askedOf = (about: SnapshotTrailEvent["about"]): RoleRequest["about"] =>
  Object.fromEntries(
    ASKED_PARAMETERS.flatMap((name) => {
      const value = about[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

const isAssuming = (source: string, name: string): boolean =>
  source === "sts.amazonaws.com" && name.startsWith("AssumeRole");

/** Changes of IAM and each AssumeRole are told by themselves, and not only counted. */
const isToldElsewhere = ({ source, name, isReadOnly }: Activity): boolean =>
  (source === "iam.amazonaws.com" && !isReadOnly) || isAssuming(source, name);

/** Requests as the trail of the role's account tells of them, with the ARN of who made each. */
function* requestsOfTrail({
  events,
  assumptions,
  activity,
}: TrailEvents): Generator<RoleRequest & { readonly arn: string | undefined }> {
  for (const { principal, source, name, about, error, at: last } of events) {
    if (source === SIGN_IN || isAssuming(source, name)) continue;
    const action = actionOf(source, name);
    const outcome = outcomeOf(error);
    yield { arn: principal.arn, source: "event", action, about: askedOf(about), outcome, times: 1, last };
  }
  for (const { principal, name, role: roleArn, error, times, last } of assumptions) {
    const outcome = outcomeOf(error);
    yield {
      arn: principal.arn,
      source: "event",
      action: `sts:${name}`,
      about: { roleArn },
      outcome,
      times,
      last,
    };
  }
  for (const counted of activity) {
    const { arn, source, name, days } = counted;
    const lastDay = days.at(-1)?.day;
    if (lastDay === undefined) continue;
    // Of a day nobody tells at which hour.
    const last = toInstant(new Date(lastDay));
    const times = days.reduce((sum, one) => sum + one.times, 0);
    const errors = days.reduce((sum, one) => sum + one.errors, 0);
    if (source === SIGN_IN || isToldElsewhere(counted)) continue;
    const outcome = times > errors ? "let through" : "not told";
    yield { arn, source: "counted events", action: actionOf(source, name), about: {}, outcome, times, last };
  }
}

/** Joins requests that differ in nothing but their times. */
function joined(requests: readonly RoleRequest[]): readonly RoleRequest[] {
  const alike = groupBy(requests, ({ times: _times, last: _last, ...what }) => JSON.stringify(what));
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const times = same.reduce((sum, one) => sum + (one.times ?? 0), 0);
    const last = same.reduce((latest, one) => (one.last > latest ? one.last : latest), first.last);
    return [{ ...first, ...(times > 0 && { times }), last }];
  });
}

/**
 * Requests of a role's sessions: those that the trail of its account tells of, and the actions that IAM recorded, of which it
 * counts those that were refused too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
 * @param role name and account of the role
 */
export function roleRequests(
  role: { readonly name: string; readonly accountId: string },
  trail: TrailEvents | undefined,
  services: readonly LastAccessedService[],
): readonly RoleRequest[] {
  const sessions = `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/`;
  const told = [...(trail === undefined ? [] : requestsOfTrail(trail))].flatMap(
    ({ arn, ...request }): readonly RoleRequest[] =>
      arn?.startsWith(sessions) === true ? [{ ...request, session: arn.slice(sessions.length) }] : [],
  );
  const recorded = services.flatMap(({ namespace, actions }) =>
    actions.flatMap(({ name, lastAccessed: last }): readonly RoleRequest[] =>
      last === undefined
        ? []
        : [{ source: "IAM's record", action: `${namespace}:${name}`, about: {}, outcome: "not told", last }],
    ),
  );
  return joined([...told, ...recorded]);
}
