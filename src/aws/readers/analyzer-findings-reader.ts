import type { AccessAnalyzer, FindingSummaryV2 } from "@aws-sdk/client-accessanalyzer";

import { toInstant } from "../../model/dates";
import { textIfAny } from "../optional-values";
import type { Analyzer, AnalyzerFinding, AnalyzerFindings } from "../snapshot/analyzer-findings";

const findingOf = (analyzer: string, finding: FindingSummaryV2): AnalyzerFinding => ({
  id: finding.id ?? "",
  analyzer,
  type: finding.findingType ?? "",
  status: finding.status ?? "",
  ...textIfAny("resource", finding.resource),
  resourceType: finding.resourceType ?? "",
  createdAt: toInstant(finding.createdAt ?? new Date(0)),
  updatedAt: toInstant(finding.updatedAt ?? new Date(0)),
});

/** Reads findings of every analyzer of the account in the region, but for resolved ones. */
export async function readAnalyzerFindings(client: AccessAnalyzer): Promise<AnalyzerFindings> {
  const { paginateListAnalyzers, paginateListFindingsV2 } = await import("@aws-sdk/client-accessanalyzer");
  const analyzers: Analyzer[] = [];
  for await (const page of paginateListAnalyzers({ client }, {})) {
    for (const { arn = "", name = "", type = "", status = "" } of page.analyzers ?? []) {
      analyzers.push({ arn, name, type, status });
    }
  }
  const findings: AnalyzerFinding[] = [];
  for (const { arn: analyzerArn } of analyzers) {
    const filter = { status: { eq: ["ACTIVE", "ARCHIVED"] } };
    for await (const page of paginateListFindingsV2({ client }, { analyzerArn, filter })) {
      findings.push(...(page.findings ?? []).map((finding) => findingOf(analyzerArn, finding)));
    }
  }
  return { analyzers, findings };
}
