import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";

/** What Access Analyzer found, and where nobody has one. */
export function analyzerCheck(context: ReviewContext): CheckResult {
  const { accounts, evidence } = context;
  const findings = accounts.flatMap(({ key }) =>
    (evidence.section(key, "analyzerFindings")?.findings ?? [])
      .filter(({ status }) => status === "ACTIVE")
      .map(({ id, type, resource = "", resourceType, createdAt }): FoundBy => ({
        rule: "analyzer-finding",
        account: key,
        // A resource may have several, one for each principal that it is shared with.
        subject: [type, ...(resource === "" ? [] : [resource]), id].join(" "),
        message: `Access Analyzer of ${key} says ${type} of ${resource === "" ? resourceType : resource}.`,
        evidence: [`finding ${id}, since ${createdAt}`],
        fix: { kind: "step", words: "Look at it in IAM's console; archive it there where it is meant." },
      })),
  );
  const without = accounts
    .filter(({ key }) => evidence.section(key, "analyzerFindings")?.analyzers.length === 0)
    .map(
      ({ key }) =>
        `${key}, analyzerFindings: there is no analyzer in the organization's region, and nobody looks for access from outside`,
    );
  return checkResult({
    findings,
    undecidable: [...missingLines(context, accounts, "analyzerFindings"), ...without],
  });
}
