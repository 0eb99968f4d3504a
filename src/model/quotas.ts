/**
 * IAM's quotas. Those that AWS cannot raise, and the defaults of those that it can.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const QUOTAS = {
  usersPerAccount: 5_000,
  groupsPerAccount: 300,
  groupsPerUser: 10,
  rolesPerAccount: 1_000,
  /** To a group, a role or a user. */
  attachedPolicies: 10,
  tagsPerUser: 50,
  /** Characters of a managed policy's document, white space aside. */
  policyCharacters: 6_144,
  /** Characters of a role's path and name together, so that the console can switch to it. */
  roleNameCharacters: 64,
  groupNameCharacters: 128,
  policyNameCharacters: 128,
  /** The pattern of a CloudWatch Logs metric filter. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
  filterPatternCharacters: 1_024,
  /** Metric filters. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
  filtersPerLogGroup: 100,
} as const;

/**
 * Characters of a role's trust: what every account has, and the most that a quota may say. Older copies of AWS's page
 * name 4,096 as the most that it grants; whoever sets `trustQuota` copies it from their own account.
 */
export const TRUST_QUOTA = { standard: 2_048, highest: 8_192 } as const;

/** The share of a quota from which people are warned. */
export const WARNING_SHARE = 0.8;
