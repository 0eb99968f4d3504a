import {
  alarmTopicArn,
  bucketArns,
  databaseSubnetGroupArn,
  everyAlarmArn,
  everyDocumentArn,
  everyEventRuleArn,
  everyLogGroupArn,
  noticeTopicArn,
  trailArn,
} from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * Allows what a refresh reads, by kind of resource that the stacks create.
 * Settings only: no object, no event, no message and no secret. A pull request's code runs with this before anybody has
 * read it.
 */
export function refreshStatements(context: RoleContext): readonly PermissionStatement[] {
  const { organization, account } = context;
  const inRegion = `${organization.region}:${account.id}`;
  return [
    {
      Sid: "ReadSettings",
      Effect: "Allow",
      Action: [
        "cloudtrail:DescribeTrails",
        "cloudwatch:DescribeAlarms",
        "ec2:DescribeSecurityGroups",
        "kms:ListAliases",
        "logs:DescribeLogGroups",
        "sns:GetSubscriptionAttributes",
      ],
      Resource: "*",
    },
    {
      Sid: "ReadIam",
      Effect: "Allow",
      Action: [
        "iam:GetAccountPasswordPolicy",
        "iam:GetGroup",
        "iam:GetInstanceProfile",
        "iam:GetOpenIDConnectProvider",
        "iam:GetPolicy",
        "iam:GetPolicyVersion",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:GetUser",
        "iam:ListAccountAliases",
        "iam:ListAttachedGroupPolicies",
        "iam:ListAttachedRolePolicies",
        "iam:ListGroupPolicies",
        "iam:ListRolePolicies",
      ],
      Resource: "*",
    },
    {
      Sid: "ReadTrail",
      Effect: "Allow",
      Action: [
        "cloudtrail:GetEventSelectors",
        "cloudtrail:GetInsightSelectors",
        "cloudtrail:GetTrail",
        "cloudtrail:GetTrailStatus",
        "cloudtrail:ListTags",
      ],
      Resource: trailArn(organization, account),
    },
    {
      Sid: "ReadBucketSettings",
      Effect: "Allow",
      Action: [
        "s3:GetAccelerateConfiguration",
        "s3:GetBucketAcl",
        "s3:GetBucketCORS",
        "s3:GetBucketLogging",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketRequestPayment",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket",
        "s3:ListTagsForResource",
      ],
      Resource: bucketArns(organization, account),
    },
    {
      Sid: "ReadDocuments",
      Effect: "Allow",
      Action: [
        "ssm:DescribeDocument",
        "ssm:DescribeDocumentPermission",
        "ssm:GetDocument",
        "ssm:ListTagsForResource",
      ],
      Resource: everyDocumentArn(organization, account),
    },
    {
      Sid: "ReadAlarms",
      Effect: "Allow",
      Action: [
        "cloudwatch:ListTagsForResource",
        "logs:ListTagsForResource",
        "sns:GetTopicAttributes",
        "sns:ListTagsForResource",
      ],
      Resource: [
        everyAlarmArn(organization, account),
        everyLogGroupArn(organization, account),
        alarmTopicArn(organization, account),
        noticeTopicArn(organization, account),
      ],
    },
    {
      // Of the trail's log group, which may be another's, under any name.
      Sid: "ReadMetricFilters",
      Effect: "Allow",
      Action: "logs:DescribeMetricFilters",
      Resource: `arn:aws:logs:${inRegion}:log-group:*`,
    },
    {
      Sid: "ReadAlarmRules",
      Effect: "Allow",
      Action: ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule"],
      Resource: everyEventRuleArn(organization, account),
    },
    {
      Sid: "ReadKeySettings",
      Effect: "Allow",
      Action: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      Resource: `arn:aws:kms:${inRegion}:key/*`,
    },
    {
      Sid: "ReadSubnetGroup",
      Effect: "Allow",
      Action: ["rds:DescribeDBSubnetGroups", "rds:ListTagsForResource"],
      Resource: databaseSubnetGroupArn(organization, account),
    },
    {
      Sid: "ReadSecretSettings",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      Resource: `arn:aws:secretsmanager:${inRegion}:secret:*`,
    },
  ];
}

/** What `npm run drift` lists beside a refresh: whatever gives somebody access, whoever made it. */
export const LIST_IAM_STATEMENT: PermissionStatement = {
  Sid: "ListIam",
  Effect: "Allow",
  Action: [
    "iam:GetAccountAuthorizationDetails",
    "iam:GetAccountSummary",
    "iam:GetLoginProfile",
    "iam:GetSAMLProvider",
    "iam:ListAccessKeys",
    "iam:ListInstanceProfiles",
    "iam:ListOpenIDConnectProviders",
    "iam:ListSAMLProviders",
    "iam:ListSSHPublicKeys",
    "iam:ListServerCertificates",
    "iam:ListServiceSpecificCredentials",
    "iam:ListSigningCertificates",
    "iam:ListVirtualMFADevices",
  ],
  Resource: "*",
};
