import { alarmTopicArn, everyAlarmArn, trailArn, trailBucketArn } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * What a refresh reads of each kind of resource that the stacks create, and the live search for what no stack knows.
 * Settings only: no object, no event, no message and no secret. A pull request's code runs with this before anybody has
 * read it.
 */
export function reading(context: RoleContext): readonly PermissionStatement[] {
  const { organization, account } = context;
  const inRegion = `${organization.region}:${account.id}`;
  return [
    {
      Sid: "ReadSettings",
      Effect: "Allow",
      Action: [
        "cloudtrail:DescribeTrails",
        "cloudwatch:DescribeAlarms",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroupRules",
        "ec2:DescribeSecurityGroups",
        "iam:Get*",
        "iam:List*",
        "kms:ListAliases",
        "logs:DescribeLogGroups",
        "sns:GetSubscriptionAttributes",
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
      Action: ["s3:Get*Configuration", "s3:GetBucket*", "s3:ListBucket", "s3:ListTagsForResource"],
      Resource: trailBucketArn(organization, account),
    },
    {
      Sid: "ReadAlarms",
      Effect: "Allow",
      Action: [
        "cloudwatch:ListTagsForResource",
        "logs:DescribeMetricFilters",
        "logs:ListTagsForResource",
        "sns:GetTopicAttributes",
        "sns:ListSubscriptionsByTopic",
        "sns:ListTagsForResource",
      ],
      Resource: [
        everyAlarmArn(organization, account),
        `arn:aws:logs:${inRegion}:log-group:*`,
        alarmTopicArn(organization, account),
      ],
    },
    {
      Sid: "ReadKeySettings",
      Effect: "Allow",
      Action: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      Resource: `arn:aws:kms:${inRegion}:key/*`,
    },
    {
      Sid: "ReadSecretSettings",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      Resource: `arn:aws:secretsmanager:${inRegion}:secret:*`,
    },
  ];
}
