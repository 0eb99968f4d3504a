import { groupBy } from "../model/group-by";
import { FINDING_RULE_IDS, FINDING_RULES, type FindingRuleId, type Severity } from "../review/review-finding";
import { fixText } from "../review/fix";
import { isStanding, type Review } from "../review/review";
import type { SarifLevel, SarifRule } from "./sarif-finding";
import type { AccountFindings } from "./sarif-log";

const LEVELS = { high: "error", medium: "warning", low: "note" } as const satisfies Record<
  Severity,
  SarifLevel
>;

const ruleOf = (id: FindingRuleId): SarifRule => ({
  id,
  title: FINDING_RULES[id].title,
  level: LEVELS[FINDING_RULES[id].severity],
});

/** The findings of a review that stand, for code scanning, by account. */
export function reviewFindings({ findings, accounts }: Review): readonly AccountFindings[] {
  const byAccount = groupBy(findings.filter(isStanding), ({ account }) => account);
  return [...new Set([...accounts, ...byAccount.keys()])].map((stack) => ({
    tool: "review",
    stack,
    rules: FINDING_RULE_IDS.map(ruleOf),
    findings: (byAccount.get(stack) ?? []).map(
      ({ rule, severity, subject, person, message, evidence, fix }) => ({
        rule: { ...ruleOf(rule), level: LEVELS[severity] },
        stack,
        subject,
        message: [message, ...evidence.map((line) => `- ${line}`), fixText(fix)].join("\n"),
        about: person ?? subject,
      }),
    ),
  }));
}
