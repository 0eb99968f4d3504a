/** Versions of the CIS AWS Foundations Benchmark that Security Hub checks, and whose controls were looked at here. */
export const SECURITY_HUB_CIS_VERSIONS = ["3.0.0", "5.0.0"] as const;

export type SecurityHubCisVersion = (typeof SECURITY_HUB_CIS_VERSIONS)[number];

/**
 * The standard as Security Hub names it in a region.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html
 */
export const cisStandardArn = (region: string, version: SecurityHubCisVersion): string =>
  `arn:aws:securityhub:${region}::standards/cis-aws-foundations-benchmark/v/${version}`;

/**
 * Controls of both versions about the account and its IAM, which is one for all regions. Security Hub checks them, and charges
 * for them, in every region where they are on; AWS advises to leave them on in one.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/controls-to-disable.html
 */
export const GLOBAL_CONTROLS = [
  "Account.1",
  "IAM.2",
  "IAM.3",
  "IAM.4",
  "IAM.5",
  "IAM.6",
  "IAM.9",
  "IAM.15",
  "IAM.16",
  "IAM.18",
  "IAM.22",
  "IAM.26",
  "IAM.27",
] as const;
