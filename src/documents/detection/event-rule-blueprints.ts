import type { Account, Organization } from "../../model/account";
import { alarmName, roleName, type AlarmSubject } from "../../model/names";
import type { AlarmBlueprint } from "../alarms/alarm-blueprint";
import type { AlarmSeverity } from "../alarms/alarm-table";

/**
 * Where EventBridge hears of what has no region: IAM, the root user's sign-in, and STS by its global name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
const GLOBAL_EVENTS_REGION = "us-east-1";

/** The regions in which rules beside alarms listen: those that the organization names, and where AWS tells of what has none. */
export const listeningRegions = ({ regions }: Organization): readonly string[] => [
  ...new Set([...regions, GLOBAL_EVENTS_REGION]),
];

/** A rule of EventBridge. */
export interface EventRuleBlueprint {
  /** Name of the rule; beside an alarm, the alarm's. */
  readonly name: string;
  readonly description: string;
  /** JSON. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
  readonly pattern: string;
  /**
   * Where it listens. Outside the organization's first region it sends there what it hears, where every rule hears it: no two rules
   * may send the same.
   */
  readonly regions: readonly string[];
  /**
   * Whether it hears of calls that only read, which EventBridge otherwise keeps to itself.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
   */
  readonly state: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}

/** A rule that tells a topic. */
export interface TellingRuleBlueprint extends EventRuleBlueprint {
  /** Which topic. */
  readonly severity: AlarmSeverity;
}

const BY_CLOUDTRAIL = [{ suffix: " via CloudTrail" }];

const ROOT = {
  "detail-type": BY_CLOUDTRAIL,
  detail: {
    userIdentity: { type: ["Root"], invokedBy: [{ exists: false }] },
    eventType: [{ "anything-but": "AwsServiceEvent" }],
  },
};

/** Events of which the rule of the root user does not tell already: AWS lets no root user into a role, and one notice of its attempt is enough. */
const NOT_OF_ROOT = [
  { userIdentity: { type: [{ "anything-but": "Root" }, { exists: false }] } },
  { userIdentity: { invokedBy: [{ exists: true }] } },
];

const ASSUMING = { eventSource: ["sts.amazonaws.com"], eventName: [{ prefix: "AssumeRole" }] };

function breakGlassUse(organization: Organization, account: Account): object {
  const name = roleName(organization, "BreakGlass", account);
  const assumed = {
    ...ASSUMING,
    errorCode: [{ exists: false }],
    requestParameters: { roleArn: [{ "equals-ignore-case": `arn:aws:iam::${account.id}:role/${name}` }] },
  };
  const switched = {
    eventSource: ["signin.amazonaws.com"],
    eventName: ["SwitchRole"],
    userIdentity: {
      arn: [{ prefix: { "equals-ignore-case": `arn:aws:sts::${account.id}:assumed-role/${name}/` } }],
    },
  };
  return {
    "detail-type": BY_CLOUDTRAIL,
    detail: { $or: [...NOT_OF_ROOT.map((others) => ({ ...assumed, ...others })), switched] },
  };
}

/**
 * Of a call that is refused CloudTrail often leaves the parameters out; the message then names the role. `wildcard` compares
 * with case, and no operator looks for a part of a text without: the alarm hears of a name in another case.
 */
function breakGlassRefusal({ prefix }: Organization): object {
  const role = `:role/${prefix}-BreakGlassR-*`;
  const named = [
    { requestParameters: { roleArn: [{ wildcard: `arn:aws:iam::*${role}` }] } },
    { errorMessage: [{ wildcard: `*${role}` }] },
  ];
  return {
    "detail-type": BY_CLOUDTRAIL,
    detail: {
      $or: NOT_OF_ROOT.flatMap((others) =>
        named.map((fields) => ({ ...ASSUMING, errorCode: [{ exists: true }], ...others, ...fields })),
      ),
    },
  };
}

/** The alarms that EventBridge tells of too, without the wait for the log group and whatever becomes of the metric. */
const PATTERNS: Readonly<
  Partial<Record<AlarmSubject, (organization: Organization, account: Account) => object>>
> = {
  RootUsed: () => ROOT,
  BreakGlassUsed: breakGlassUse,
  BreakGlassRefused: breakGlassRefusal,
};

/** The rules beside alarms: one for each of the account's that EventBridge tells of too. */
export function eventRuleBlueprints(
  organization: Organization,
  account: Account,
  alarms: readonly AlarmBlueprint[],
): readonly TellingRuleBlueprint[] {
  return alarms.flatMap(({ subject, description, severity }) => {
    const pattern = PATTERNS[subject]?.(organization, account);
    if (pattern === undefined) return [];
    return [
      {
        name: alarmName(organization, subject),
        description,
        pattern: JSON.stringify(pattern),
        severity,
        regions: listeningRegions(organization),
        // The root user's looks are of interest too.
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      },
    ];
  });
}
