import { findingRuleName, type FindingSubject } from "../../model/names";
import type { AlarmSeverity } from "../alarms/alarm-table";
import type { RoleContext } from "../role-permissions";
import type { ConfigRuleBlueprint } from "./config-rules";
import type { EventRuleBlueprint } from "./event-rule-blueprints";

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

/** Starts the response. */
export function misusedCredentialsRule(context: RoleContext, from: AnsweredSeverity): EventRuleBlueprint {
  const { organization, account } = context;
  const least = LEAST_VALUES[from];
  return {
    name: findingRuleName(organization, "CredentialsMisused"),
    description: `CRITICAL: GuardDuty of ${account.key} found credentials of a user in wrong hands, with a severity of ${String(least)} or more.`,
    pattern: JSON.stringify(credentialsPattern(context, ">=", least)),
    severity: "critical",
    regions: organization.regions,
    state: "ENABLED",
  };
}

/**
 * Tells of findings that the response leaves alone: where it answers HIGH ones only, those of severity MEDIUM, such as use of a key
 * from Tor. Undefined where it answers these too.
 */
export function unansweredCredentialsRule(
  context: RoleContext,
  from: AnsweredSeverity,
): EventRuleBlueprint | undefined {
  const { organization, account } = context;
  const { [from]: least, MEDIUM: told } = LEAST_VALUES;
  if (least <= told) return undefined;
  return {
    name: findingRuleName(organization, "CredentialsSuspected"),
    description: `CRITICAL: GuardDuty of ${account.key} found credentials of a user in wrong hands, with a severity of ${String(told)} or more, below ${String(least)}: nobody is quarantined.`,
    pattern: JSON.stringify(credentialsPattern(context, ">=", told, "<", least)),
    severity: "critical",
    regions: organization.regions,
    state: "ENABLED",
  };
}

/** The rules that tell the topics of findings: threats of high severity and what says so are critical, all others notices. */
export function findingRuleBlueprints(
  { organization, account }: RoleContext,
  { guardDuty, securityHub, configRules }: FindingFilter,
): readonly EventRuleBlueprint[] {
  const rule = (
    subject: FindingSubject,
    severity: AlarmSeverity,
    says: string,
    pattern: object,
    regions = organization.regions,
  ): EventRuleBlueprint => ({
    name: findingRuleName(organization, subject),
    description: `${severity.toUpperCase()}: ${says}.`,
    pattern: JSON.stringify(pattern),
    severity,
    regions,
    state: "ENABLED",
  });
  const rules: EventRuleBlueprint[] = [];
  if (guardDuty !== "NEVER") {
    const least = LEAST_VALUES[guardDuty];
    const wakes = Math.max(least, LEAST_VALUES.HIGH);
    rules.push(
      rule(
        "ThreatFound",
        "critical",
        `GuardDuty of ${account.key} found a threat of severity ${String(wakes)} or more`,
        guardDutyPattern(">=", wakes),
      ),
    );
    if (least < wakes)
      rules.push(
        rule(
          "LesserThreatFound",
          "notice",
          `GuardDuty of ${account.key} found a threat of severity ${String(least)} or more, below ${String(wakes)}`,
          guardDutyPattern(">=", least, "<", wakes),
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
    const told = configRules.filter((one) => one.severity === severity);
    if (told.length > 0)
      rules.push(
        rule(
          subject,
          severity,
          `AWS Config of ${account.key} found a rule that something breaks`,
          brokenRulePattern(told),
          [organization.region],
        ),
      );
  }
  return rules;
}
