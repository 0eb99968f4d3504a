import { findingRuleName, type FindingSubject } from "../../model/names";
import type { AlarmSeverity } from "../alarms/alarm-table";
import type { RoleContext } from "../role-permissions";
import type { ConfigRuleBlueprint } from "./config-rules";
import type { EventRuleBlueprint, TellingRuleBlueprint } from "./event-rule-blueprints";

/** Severities of findings, the worst first, as GuardDuty and Security Hub both name them. */
export const FINDING_SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;

export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/**
 * The least value of each of GuardDuty's severities.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
 */
const LEAST_VALUES: Readonly<Record<FindingSeverity, number>> = { CRITICAL: 9, HIGH: 7, MEDIUM: 4, LOW: 1 };

/** The severity from which somebody is told of findings. */
export interface FindingFilter {
  readonly guardDuty: FindingSeverity | "NEVER";
  readonly securityHub: FindingSeverity | "NEVER";
  /** The rules of AWS Config that the account has: of each, what breaks it is told. */
  readonly configRules: readonly ConfigRuleBlueprint[];
}

const guardDutyPattern = (...severity: readonly (number | string)[]): object => ({
  source: ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  detail: { severity: [{ numeric: severity }] },
});

/**
 * Failed controls of Security Hub itself, which nobody has taken up: what it imports from others, such as GuardDuty, they tell.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-integration-types.html
 */
const failedControlPattern = (from: FindingSeverity): object => ({
  source: ["aws.securityhub"],
  "detail-type": ["Security Hub Findings - Imported"],
  detail: {
    findings: {
      ProductArn: [{ suffix: ":product/aws/securityhub" }],
      Compliance: { Status: ["FAILED"] },
      RecordState: ["ACTIVE"],
      Severity: { Label: FINDING_SEVERITIES.slice(0, FINDING_SEVERITIES.indexOf(from) + 1) },
      Workflow: { Status: ["NEW"] },
    },
  },
});

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
const brokenRulePattern = (rules: readonly ConfigRuleBlueprint[]): object => ({
  source: ["aws.config"],
  "detail-type": ["Config Rules Compliance Change"],
  detail: {
    messageType: ["ComplianceChangeNotification"],
    configRuleName: rules.map(({ name }) => name),
    newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
  },
});

/** Severities from which a finding about a user's credentials is answered. AWS has no type of these that is CRITICAL. */
export const ANSWERED_SEVERITIES = ["HIGH", "MEDIUM", "LOW"] as const satisfies readonly FindingSeverity[];

export type AnsweredSeverity = (typeof ANSWERED_SEVERITIES)[number];

/**
 * A finding of GuardDuty about credentials of one of the account's own users. An administrator of GuardDuty hears its members'
 * findings too, about users who are called alike.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 */
const credentialsPattern = ({ account }: RoleContext, ...severity: readonly (number | string)[]): object => ({
  source: ["aws.guardduty"],
  "detail-type": ["GuardDuty Finding"],
  detail: {
    accountId: [account.id],
    severity: [{ numeric: severity }],
    type: [{ wildcard: "*:IAMUser/*" }],
    resource: {
      resourceType: ["AccessKey"],
      accessKeyDetails: { userType: ["IAMUser"], userName: [{ exists: true }] },
    },
  },
});

/**
 * Starts the response. It listens in the first region alone, to which the rules that tell of findings send those of the others: a
 * rule of its own there would send the same once more.
 */
export function misusedCredentialsRule(context: RoleContext, from: AnsweredSeverity): EventRuleBlueprint {
  const { organization, account } = context;
  const least = LEAST_VALUES[from];
  return {
    name: findingRuleName(organization, "CredentialsMisused"),
    description: `Answers findings of GuardDuty of ${account.key} about credentials of users, of severity ${String(least)} or more.`,
    pattern: JSON.stringify(credentialsPattern(context, ">=", least)),
    regions: [organization.region],
    state: "ENABLED",
  };
}

/** The values of severity from the first on, below the second. */
type SeverityRange = readonly [from: number, below: number];

const isEmpty = ([from, below]: SeverityRange): boolean => from >= below;

const inWords = ([from, below]: SeverityRange): string =>
  `severity ${String(from)} or more${below === Infinity ? "" : `, below ${String(below)}`}`;

const comparisons = ([from, below]: SeverityRange): readonly (number | string)[] => [
  ">=",
  from,
  ...(below === Infinity ? [] : ["<", below]),
];

/** The severities of findings about anything that each topic is told of. */
function toldSeverities(
  tellsFrom: FindingFilter["guardDuty"],
): Readonly<Record<AlarmSeverity, SeverityRange>> {
  if (tellsFrom === "NEVER") return { critical: [Infinity, Infinity], notice: [Infinity, Infinity] };
  const least = LEAST_VALUES[tellsFrom];
  const wakes = Math.max(least, LEAST_VALUES.HIGH);
  return { critical: [wakes, Infinity], notice: [least, wakes] };
}

/**
 * Tell the topic of critical alarms of findings about users' credentials, from MEDIUM at least, of which the rules about all findings
 * do not tell it; outside the first region they send there what none of those sends. Told apart by severity alone, so that no field
 * of a finding makes it told twice or not at all.
 * @param from the severity from which the response answers
 * @param tellsFrom the severity from which findings about anything are told
 */
export function suspectedCredentialsRules(
  context: RoleContext,
  from: AnsweredSeverity,
  tellsFrom: FindingFilter["guardDuty"],
): readonly TellingRuleBlueprint[] {
  const { organization, account } = context;
  const { region: home, regions } = organization;
  const { critical, notice } = toldSeverities(tellsFrom);
  const least = Math.min(LEAST_VALUES[from], LEAST_VALUES.MEDIUM);
  const listening: readonly (readonly [SeverityRange, readonly string[]])[] = [
    [[least, critical[0]], [home]],
    [[least, notice[0]], regions.filter((region) => region !== home)],
  ];
  return listening
    .filter(([severities]) => !isEmpty(severities))
    .map(([severities, where]) => ({
      name: findingRuleName(organization, "CredentialsSuspected"),
      description: `CRITICAL: GuardDuty of ${account.key} found credentials of a user in wrong hands, of ${inWords(severities)}.`,
      pattern: JSON.stringify(credentialsPattern(context, ...comparisons(severities))),
      severity: "critical",
      regions: where,
      state: "ENABLED",
    }));
}

/** The rules that tell the topics of findings: threats of high severity and what says so are critical, all others notices. */
export function findingRuleBlueprints(
  { organization, account }: RoleContext,
  { guardDuty, securityHub, configRules }: FindingFilter,
): readonly TellingRuleBlueprint[] {
  const rule = (
    subject: FindingSubject,
    severity: AlarmSeverity,
    says: string,
    pattern: object,
    regions = organization.regions,
  ): TellingRuleBlueprint => ({
    name: findingRuleName(organization, subject),
    description: `${severity.toUpperCase()}: ${says}.`,
    pattern: JSON.stringify(pattern),
    severity,
    regions,
    state: "ENABLED",
  });
  const rules: TellingRuleBlueprint[] = [];
  const told = toldSeverities(guardDuty);
  for (const [subject, severity] of [
    ["ThreatFound", "critical"],
    ["LesserThreatFound", "notice"],
  ] as const) {
    const severities = told[severity];
    if (!isEmpty(severities))
      rules.push(
        rule(
          subject,
          severity,
          `GuardDuty of ${account.key} found a threat of ${inWords(severities)}`,
          guardDutyPattern(...comparisons(severities)),
        ),
      );
  }
  if (securityHub !== "NEVER")
    rules.push(
      rule(
        "ControlFailed",
        "notice",
        `Security Hub of ${account.key} found a control that fails, of severity ${securityHub} or worse`,
        failedControlPattern(securityHub),
      ),
    );
  for (const [subject, severity] of [
    ["RuleBroken", "critical"],
    ["LesserRuleBroken", "notice"],
  ] as const) {
    const broken = configRules.filter((one) => one.severity === severity);
    if (broken.length > 0)
      rules.push(
        rule(
          subject,
          severity,
          `AWS Config of ${account.key} found a rule that something breaks`,
          brokenRulePattern(broken),
          [organization.region],
        ),
      );
  }
  return rules;
}
