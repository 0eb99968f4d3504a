/** What Muster makes in IAM, by the names that `src/model/names.ts` gives, and the users of people and pipelines. */
export const MUSTER_IAM_RESOURCES = [
  "arn:aws:iam::{account}:role/{prefix}-*",
  "arn:aws:iam::{account}:role/workloads/*",
  "arn:aws:iam::{account}:policy/{prefix}-*",
  "arn:aws:iam::{account}:group/{prefix}-*",
  "arn:aws:iam::{account}:instance-profile/{prefix}-*",
  "arn:aws:iam::{account}:instance-profile/workloads/*",
  "arn:aws:iam::{account}:user/people/*",
  "arn:aws:iam::{account}:user/pipeline/*",
  "arn:aws:iam::{account}:mfa/*",
  "arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com",
] as const;

/** The same in all services. */
export const MUSTER_RESOURCES = [
  ...MUSTER_IAM_RESOURCES,
  "arn:aws:cloudtrail:*:{account}:trail/{prefix}-*",
  "arn:aws:cloudwatch:*:{account}:alarm:{prefix}-*",
  "arn:aws:events:*:{account}:rule/{prefix}-*",
  "arn:aws:kms:*:{account}:alias/{prefix}-*",
  "arn:aws:logs:*:{account}:log-group:{prefix}-*",
  "arn:aws:sns:*:{account}:{prefix}-*",
  "arn:aws:s3:::{trailBucket}",
  "arn:aws:s3:::{trailBucket}/*",
  "arn:aws:s3:::{prefix}-config-{account}",
  "arn:aws:s3:::{prefix}-config-{account}/*",
  "arn:aws:s3:::{prefix}-sessions-{account}",
  "arn:aws:s3:::{prefix}-sessions-{account}/*",
] as const;

/** AWS makes it in every account that an organization creates; whoever becomes it is an administrator. */
export const ORGANIZATION_ROLE = "arn:aws:iam::{account}:role/OrganizationAccountAccessRole";
