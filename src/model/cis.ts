/** The versions of the CIS AWS Foundations Benchmark whose numbers the table has, the current one first. */
export const CIS_VERSIONS = ["7.0.0", "5.0.0", "3.0.0"] as const;

export type CisVersion = (typeof CIS_VERSIONS)[number];

/** A recommendation of the benchmark, and its number in each version. */
export interface CisRecommendation {
  /** As version 7.0.0 words it. */
  readonly title: string;
  /** An earlier version may not have it. */
  readonly ids: { readonly "7.0.0": string } & { readonly [Version in CisVersion]?: string };
}

const row = (title: string, current: string, v5: string, v3: string): CisRecommendation => ({
  title,
  ids: { "7.0.0": current, "5.0.0": v5, "3.0.0": v3 },
});

const newRow = (title: string, current: string): CisRecommendation => ({ title, ids: { "7.0.0": current } });

/**
 * The recommendations that Muster cites: whoever names one takes its number from here. The numbers change with each version.
 * Read in https://github.com/prowler-cloud/prowler/tree/master/prowler/compliance/aws (cis_7.0_aws.json and its elders).
 */
export const CIS_RECOMMENDATIONS = {
  rootIsManagedCentrally: newRow("Ensure centralized root access in AWS Organizations", "2.1.1"),
  securityContact: row("Ensure security contact information is registered", "2.3", "1.2", "1.2"),
  rootHasNoKeys: row("Ensure no 'root' user account access key exists", "2.4", "1.3", "1.4"),
  rootHasMfa: row("Ensure MFA is enabled for the 'root' user account", "2.5", "1.4", "1.5"),
  rootHasHardwareMfa: row("Ensure hardware MFA is enabled for the 'root' user account", "2.6", "1.5", "1.6"),
  rootIsNotUsed: row(
    "Eliminate use of the 'root' user for administrative and daily tasks",
    "2.7",
    "1.6",
    "1.7",
  ),
  passwordLength: row(
    "Ensure IAM password policy requires minimum length of 14 or greater",
    "2.8",
    "1.7",
    "1.8",
  ),
  passwordReuse: row("Ensure IAM password policy prevents password reuse", "2.9", "1.8", "1.9"),
  usersHaveMfa: row(
    "Ensure multi-factor authentication (MFA) is enabled for all IAM users that have a console password",
    "2.10",
    "1.9",
    "1.10",
  ),
  unusedIsDisabled: row("Ensure credentials unused for 45 days or more are disabled", "2.11", "1.11", "1.12"),
  keysAreRotated: row("Ensure access keys are rotated every 90 days or less", "2.12", "1.13", "1.14"),
  groupsOnly: row("Ensure IAM users receive permissions only through groups", "2.13", "1.14", "1.15"),
  noFullPrivileges: row(
    'Ensure IAM policies that allow full "*:*" administrative privileges are not attached',
    "2.14",
    "1.15",
    "1.16",
  ),
  externalAccessAnalyzer: row(
    "Ensure that IAM External Access Analyzer is enabled for all regions",
    "2.18",
    "1.19",
    "1.20",
  ),
  usersManagedCentrally: row(
    "Ensure IAM users are managed centrally via identity federation or AWS Organizations for multi-account environments",
    "2.19",
    "1.20",
    "1.21",
  ),
  noPublicBuckets: row(
    "Ensure that S3 is configured with 'Block Public Access' enabled",
    "3.1.4",
    "2.1.4",
    "2.1.4",
  ),
  trailInAllRegions: row("Ensure CloudTrail is enabled in all regions", "4.1", "3.1", "3.1"),
  trailIsValidated: row("Ensure CloudTrail log file validation is enabled", "4.2", "3.2", "3.2"),
  trailIsEncrypted: row("Ensure CloudTrail logs are encrypted at rest using KMS CMKs", "4.5", "3.5", "3.5"),
  unauthorizedCallsAreMonitored: row("Ensure unauthorized API calls are monitored", "5.1", "4.1", "4.1"),
  signInWithoutMfaIsMonitored: row(
    "Ensure management console sign-in without MFA is monitored",
    "5.2",
    "4.2",
    "4.2",
  ),
  rootIsMonitored: row("Ensure usage of the 'root' account is monitored", "5.3", "4.3", "4.3"),
  iamPoliciesAreMonitored: row("Ensure IAM policy changes are monitored", "5.4", "4.4", "4.4"),
  trailIsMonitored: row("Ensure CloudTrail configuration changes are monitored", "5.5", "4.5", "4.5"),
  failedSignInIsMonitored: row(
    "Ensure AWS Management Console authentication failures are monitored",
    "5.6",
    "4.6",
    "4.6",
  ),
  keysAreMonitored: row(
    "Ensure disabling or scheduled deletion of customer created CMKs is monitored",
    "5.7",
    "4.7",
    "4.7",
  ),
  bucketPoliciesAreMonitored: row("Ensure S3 bucket policy changes are monitored", "5.8", "4.8", "4.8"),
  configIsMonitored: row("Ensure AWS Config configuration changes are monitored", "5.9", "4.9", "4.9"),
  organizationIsMonitored: row("Ensure AWS Organizations changes are monitored", "5.15", "4.15", "4.15"),
  volumesAreEncrypted: row(
    "Ensure EBS volume encryption is enabled in all regions",
    "6.1.1",
    "5.1.1",
    "2.2.1",
  ),
} as const satisfies Readonly<Record<string, CisRecommendation>>;

export type CisKey = keyof typeof CIS_RECOMMENDATIONS;

const [CURRENT, ...EARLIER] = CIS_VERSIONS;

/** The number in the current version: `5.3`. */
export const cisId = (key: CisKey): string => CIS_RECOMMENDATIONS[key].ids[CURRENT];

/** The recommendation with the benchmark's name and current version: `CIS 7.0.0 5.3`. */
export const cisReference = (key: CisKey): string => `CIS ${CURRENT} ${cisId(key)}`;

/** The numbers in earlier versions, with theirs: `5.0.0: 4.3, 3.0.0: 4.3`, or that they have none. */
export function earlierCisIds(key: CisKey): string {
  const { ids }: CisRecommendation = CIS_RECOMMENDATIONS[key];
  return EARLIER.map((version) => `${version}: ${ids[version] ?? "none"}`).join(", ");
}
