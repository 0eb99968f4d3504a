import type { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import type { GuardDuty } from "@aws-sdk/client-guardduty";
import type { SecurityHub } from "@aws-sdk/client-securityhub";

/** The state of GuardDuty, Security Hub or Access Analyzer in a region. */
export type DetectorState = "on" | "off" | "suspended" | "on without the CIS standard";

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html */
export async function readGuardDutyState(client: GuardDuty): Promise<DetectorState> {
  // A region has one detector at most.
  const { DetectorIds: [DetectorId] = [] } = await client.listDetectors({});
  if (DetectorId === undefined) return "off";
  const { Status } = await client.getDetector({ DetectorId });
  return Status === "ENABLED" ? "on" : "suspended";
}

/** Security Hub answers so where nobody has switched it on, and of other things by the same name. */
const isNotSubscribed = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === "InvalidAccessException" &&
  error.message.includes("not subscribed");

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetEnabledStandards.html */
export async function readSecurityHubState(client: SecurityHub): Promise<DetectorState> {
  try {
    let NextToken: string | undefined;
    do {
      const page = await client.getEnabledStandards({ ...(NextToken !== undefined && { NextToken }) });
      const standards = page.StandardsSubscriptions ?? [];
      if (standards.some(({ StandardsArn = "" }) => StandardsArn.includes("/cis-aws-foundations-benchmark/")))
        return "on";
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return "on without the CIS standard";
  } catch (error) {
    if (isNotSubscribed(error)) return "off";
    throw error;
  }
}

/** Analyzers of access from outside. Those of unused access are other types. */
const EXTERNAL = ["ACCOUNT", "ORGANIZATION"];

/**
 * Whether the account has an analyzer of access from outside. One of the organization's is in the account that made it, and no
 * member's list has it.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html
 */
export async function readAnalyzerState(client: AccessAnalyzer): Promise<DetectorState> {
  let nextToken: string | undefined;
  do {
    const page = await client.listAnalyzers({ ...(nextToken !== undefined && { nextToken }) });
    const analyzers = page.analyzers ?? [];
    if (analyzers.some(({ type = "", status }) => EXTERNAL.includes(type) && status === "ACTIVE"))
      return "on";
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return "off";
}
