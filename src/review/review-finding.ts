import type { RosterChange } from "../definitions/roster-changes";
import { cisReference } from "../model/cis";
import { keysOf } from "../model/keys-of";

/** The most severe first. */
export const REVIEW_SEVERITIES = ["high", "medium", "low"] as const;
export type Severity = (typeof REVIEW_SEVERITIES)[number];

/** Whether one is as severe as another, or more. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  REVIEW_SEVERITIES.indexOf(severity) <= REVIEW_SEVERITIES.indexOf(least);

/** An edit of the roster, a command, or an act of a person that no command does: a sign-in, a question, a look. */
export const FIX_KINDS = ["edit", "command", "step"] as const;
export type FixKind = (typeof FIX_KINDS)[number];

interface FindingRule {
  readonly severity: Severity;
  /** The kinds of fix that the rule's findings have: one, or several where accounts differ. */
  readonly fixes: readonly FixKind[];
  /** What such a finding says, in one sentence. */
  readonly title: string;
  /** The statements of the procedure, and of benchmarks, that it serves. */
  readonly serves: readonly string[];
}

const CHECKLIST = "Review checklist";
const MONTHLY = "Monthly review";

/** Every kind of finding. */
export const FINDING_RULES = {
  "user-outside-roster": {
    severity: "high",
    fixes: ["edit", "command"],
    title: "A user is in the account and not in the roster.",
    serves: [`${CHECKLIST}: all IAM users are active employees`, "PCI DSS 7.2.4", "ISO 27001 A.5.18"],
  },
  "role-outside-roster": {
    severity: "high",
    fixes: ["command"],
    title: "A role is in the account and not in the roster.",
    serves: [`${MONTHLY}: list all roles`, "SOC 2 CC6.1", "PCI DSS 7.2.5.1"],
  },
  "left-with-credentials": {
    severity: "high",
    fixes: ["edit"],
    title: "Somebody's last day has passed, and their user can still sign in.",
    serves: [
      `${MONTHLY}: remove stale access (left company)`,
      "Contractors: automatic revocation at the end",
      "SOC 2 CC6.2",
    ],
  },
  "not-employed": {
    severity: "high",
    fixes: ["edit"],
    title: "Somebody in the roster is not active in the personnel file.",
    serves: [`${CHECKLIST}: all IAM users are active employees`, "HIPAA 164.308(a)(3)(ii)(C)", "SOC 2 CC6.2"],
  },
  mover: {
    severity: "medium",
    fixes: ["edit"],
    title: "The personnel file and the roster disagree on what somebody does, or for whom.",
    serves: [`${CHECKLIST}: access matches the current role`, "ISO 27001 A.5.18"],
  },
  "mfa-missing": {
    severity: "high",
    fixes: ["step"],
    title: "Somebody can sign in and has no MFA device.",
    serves: [`${CHECKLIST}: MFA is enabled for all users`, cisReference("usersHaveMfa")],
  },
  "key-overdue": {
    severity: "medium",
    fixes: ["command"],
    title: "A key or certificate is older than its holder's category allows.",
    serves: ["Credential rotation by category", cisReference("keysAreRotated")],
  },
  "password-overdue": {
    severity: "medium",
    fixes: ["command"],
    title: "A password is older than its holder's category allows.",
    serves: ["Credential rotation by category"],
  },
  "credential-unused": {
    severity: "medium",
    fixes: ["command"],
    title: "A password or access key has not been used for 45 days.",
    serves: [`${CHECKLIST}: unused or stale credentials`, cisReference("unusedIsDisabled")],
  },
  "role-unused": {
    severity: "low",
    fixes: ["edit"],
    title: "Somebody holds a role and has not used it for 45 days.",
    serves: [`${MONTHLY}: remove stale access (no recent use)`, "SOC 2 CC6.3"],
  },
  "root-credentials": {
    severity: "high",
    fixes: ["step"],
    title: "The root user has access keys or certificates.",
    serves: ["Hygiene: no root access for daily work", cisReference("rootHasNoKeys")],
  },
  "root-without-mfa": {
    severity: "high",
    fixes: ["step"],
    title: "The root user has no MFA device.",
    serves: ["Hygiene: MFA for all console access", cisReference("rootHasMfa")],
  },
  "root-used": {
    severity: "medium",
    fixes: ["step"],
    title: "The root user's password was used.",
    serves: ["Hygiene: no root access for daily work", cisReference("rootIsNotUsed")],
  },
  "root-virtual-mfa": {
    severity: "medium",
    fixes: ["step"],
    title: "The root user can sign in with a virtual MFA device.",
    serves: ["Hardware MFA for the root account", cisReference("rootHasHardwareMfa")],
  },
  "security-contact-missing": {
    severity: "medium",
    fixes: ["command"],
    title: "AWS has no security contact of the account.",
    serves: [cisReference("securityContact")],
  },
  "root-management-off": {
    severity: "low",
    fixes: ["step"],
    title: "The organization does not manage its members' root users centrally.",
    serves: ["Hygiene: no root access for daily work", cisReference("rootIsManagedCentrally")],
  },
  "sensitive-table-public": {
    severity: "high",
    fixes: ["command"],
    title: "A table that a service must not read is tagged for services to read.",
    serves: ["Tables: Public allowed, Sensitive denied"],
  },
  "trust-differs": {
    severity: "high",
    fixes: ["command"],
    title: "A role's trust differs from the roster's.",
    serves: [`${CHECKLIST}: access matches the current role`, "SOC 2 CC6.1"],
  },
  "policy-differs": {
    severity: "high",
    fixes: ["command"],
    title: "Policies, tags, a boundary or a path differ from the roster's.",
    serves: [`${MONTHLY}: no wildcard permissions without a justification`, "SOC 2 CC6.1"],
  },
  "membership-differs": {
    severity: "high",
    fixes: ["command"],
    title: "Somebody is in a group in which the roster does not have them.",
    serves: [`${CHECKLIST}: access matches the current role`, "SOC 2 CC6.1"],
  },
  quarantined: {
    severity: "high",
    fixes: ["command"],
    title: "A person's user has the policy that denies everything to stolen credentials.",
    serves: ["Weekly review: alerts", "SOC 2 CC7.4", "HIPAA 164.308(a)(6)(ii)"],
  },
  "shut-out": {
    severity: "high",
    fixes: ["edit"],
    title: "A person was shut out at once, and the roster still has them.",
    serves: [`${CHECKLIST}: all IAM users are active employees`, "HIPAA 164.308(a)(3)(ii)(C)", "SOC 2 CC6.2"],
  },
  "inline-policy": {
    severity: "high",
    fixes: ["command"],
    title: "A policy is written into a user, group or role by hand.",
    serves: [`${MONTHLY}: no wildcard permissions without a justification`, cisReference("groupsOnly")],
  },
  "policy-outside-roster": {
    severity: "medium",
    fixes: ["command"],
    title: "A policy is in the account and not in the roster.",
    serves: [`${MONTHLY}: no wildcard permissions without a justification`],
  },
  "wildcard-permission": {
    severity: "high",
    fixes: ["command"],
    title:
      "A policy that the roster does not explain allows all actions, or all of a service, on everything.",
    serves: [`${MONTHLY}: no wildcard permissions without a justification`, cisReference("noFullPrivileges")],
  },
  "secret-opened": {
    severity: "high",
    fixes: ["command"],
    title: "A secret's own policy lets somebody read it beside the roster.",
    serves: [`${MONTHLY}: who can read prod's secrets`],
  },
  "secret-reader-outside-roster": {
    severity: "high",
    fixes: ["command"],
    title: "Somebody can read prod's secrets otherwise than the roster says.",
    serves: [`${MONTHLY}: who can read prod's secrets`, "SOC 2 CC6.1"],
  },
  "unusual-principal": {
    severity: "high",
    fixes: ["step"],
    title: "A principal that the roster does not know got into a role.",
    serves: [`${MONTHLY}: AssumeRole events of unusual principals`, "SOC 2 CC6.1"],
  },
  "unusual-change": {
    severity: "high",
    fixes: ["step"],
    title: "IAM was changed by somebody other than the pipeline, or a person's own credentials by another.",
    serves: [
      "Weekly review: policy changes",
      `${CHECKLIST}: unauthorized actions in CloudTrail`,
      cisReference("iamPoliciesAreMonitored"),
    ],
  },
  "break-glass-unrecorded": {
    severity: "high",
    fixes: ["command"],
    title: "Break-glass was used, and no record tells of it.",
    serves: ["Weekly review: break-glass events", "Break-glass: post-incident review"],
  },
  "break-glass-open": {
    severity: "medium",
    fixes: ["command"],
    title: "The record of a use of break-glass is open although its time is over.",
    serves: ["Break-glass: post-incident review"],
  },
  "alarm-unheard": {
    severity: "medium",
    fixes: ["command"],
    title: "An alarm tells nobody.",
    serves: ["Weekly review: alerts"],
  },
  "alarm-ringing": {
    severity: "low",
    fixes: ["step"],
    title: "An alarm rings, or cannot tell.",
    serves: ["Weekly review: alerts"],
  },
  "analyzer-finding": {
    severity: "medium",
    fixes: ["step"],
    title: "Access Analyzer has an active finding.",
    serves: ["Tools and signals: IAM Access Analyzer", cisReference("externalAccessAnalyzer")],
  },
  "agreement-missing": {
    severity: "medium",
    fixes: ["edit"],
    title: "A contractor's agreement is not on record.",
    serves: ["Contractors: NDA and BAA executed before any access"],
  },
} as const satisfies Record<string, FindingRule>;

export type FindingRuleId = keyof typeof FINDING_RULES;
export const FINDING_RULE_IDS = keysOf(FINDING_RULES);

/** Who accepted that a finding stands, and until when. */
export interface Acceptance {
  readonly owner: string;
  readonly reason: string;
  /** The last day, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What to do about a finding. */
export type Fix =
  | {
      readonly kind: "edit";
      readonly words: string;
      /** Edits of the roster, shown as a diff where its text allows that; empty where only the words name the place. */
      readonly changes: readonly RosterChange[];
    }
  | {
      readonly kind: "command";
      readonly words: string;
      /** Lines for a shell. A name in angle brackets is for somebody to fill in. */
      readonly commands: readonly string[];
    }
  | { readonly kind: "step"; readonly words: string };

/** A role or user as IAM names it. */
export interface IamPrincipal {
  readonly kind: "role" | "user";
  /** `infra-DataShareR-prod-acme`. */
  readonly name: string;
}

/** Something that a review found. */
export interface ReviewFinding {
  /** `key-overdue:users:john.developer AKIA…`: the same as long as the finding stands. */
  readonly id: string;
  readonly rule: FindingRuleId;
  readonly severity: Severity;
  /** The account's key. */
  readonly account: string;
  /** Distinguishes the finding from others of its rule in its account. */
  readonly subject: string;
  /** The person of the roster whom it concerns. */
  readonly person?: string;
  /** The role or user of its account that it concerns. */
  readonly principal?: IamPrincipal;
  /** What is the case, a sentence. */
  readonly message: string;
  /** The evidence, a line each. */
  readonly evidence: readonly string[];
  readonly fix: Fix;
  /** What the review cannot find out about it. */
  readonly undecidable?: string;
  readonly acceptance?: Acceptance;
}

/** A rule with a fix of a kind that it may have. */
type RuleWithFix = {
  [Rule in FindingRuleId]: {
    readonly rule: Rule;
    readonly fix: Extract<Fix, { readonly kind: (typeof FINDING_RULES)[Rule]["fixes"][number] }>;
  };
}[FindingRuleId];

/** A finding as a check words it: the check names the account once, and the rest follows. */
export type FoundInAccount = Omit<
  ReviewFinding,
  "id" | "severity" | "acceptance" | "account" | "rule" | "fix"
> &
  RuleWithFix & { readonly severity?: Severity };

/** What a check says of a finding. */
export type FoundBy = FoundInAccount & Pick<ReviewFinding, "account">;

export const completeFinding = (found: FoundBy): ReviewFinding => ({
  severity: FINDING_RULES[found.rule].severity,
  ...found,
  id: `${found.rule}:${found.account}:${found.subject}`,
});
