import {
  alarmTopicArn,
  bucketArns,
  databaseAccessName,
  databaseSubnetGroupArn,
  everyAlarmArn,
  everyEventRuleArn,
  everyLogGroupArn,
  noticeTopicArn,
  rotationFunctionArn,
  everyDocumentArn,
  trailArn,
} from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

const trail = ({ organization, account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "Trail",
    Effect: "Allow",
    Action: [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
      "cloudtrail:UpdateTrail",
    ],
    Resource: trailArn(organization, account),
  },
  {
    // Buckets are kept when they leave the program, so nothing here deletes them.
    Sid: "Buckets",
    Effect: "Allow",
    Action: [
      "s3:CreateBucket",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketTagging",
      "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration",
      "s3:TagResource",
      "s3:UntagResource",
    ],
    Resource: bucketArns(organization, account),
  },
];

const alarms = ({ organization, account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "Alarms",
    Effect: "Allow",
    Action: [
      "cloudwatch:DeleteAlarms",
      "cloudwatch:PutMetricAlarm",
      "cloudwatch:TagResource",
      "cloudwatch:UntagResource",
    ],
    Resource: everyAlarmArn(organization, account),
  },
  {
    Sid: "AlarmRules",
    Effect: "Allow",
    Action: [
      "events:DeleteRule",
      "events:PutRule",
      "events:PutTargets",
      "events:RemoveTargets",
      "events:TagResource",
      "events:UntagResource",
    ],
    Resource: everyEventRuleArn(organization, account),
  },
  {
    Sid: "AlarmTopics",
    Effect: "Allow",
    Action: [
      "sns:CreateTopic",
      "sns:DeleteTopic",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
      "sns:TagResource",
      "sns:UntagResource",
    ],
    Resource: [alarmTopicArn(organization, account), noticeTopicArn(organization, account)],
  },
  {
    Sid: "AlarmSubscriptions",
    Effect: "Allow",
    Action: ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
    Resource: "*",
  },
  {
    Sid: "LogGroups",
    Effect: "Allow",
    Action: [
      "logs:AssociateKmsKey",
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:DisassociateKmsKey",
      "logs:PutLogGroupDeletionProtection",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    Resource: everyLogGroupArn(organization, account),
  },
  {
    // Alarms may watch the log group of a trail that is not ours, under any name.
    Sid: "MetricFilters",
    Effect: "Allow",
    Action: ["logs:DeleteMetricFilter", "logs:PutMetricFilter"],
    Resource: `arn:aws:logs:${organization.region}:${account.id}:log-group:*`,
  },
];

const BECOMES_OURS = { StringEquals: { "aws:RequestTag/ManagedBy": "muster" } };
const IS_OURS = { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } };

/**
 * A key has no name of its own to go by; ours carry our tag from their creation. An update of tags sends the changed ones
 * alone, so tagging is permitted of what is ours beside what becomes ours; the second puts our tag back where somebody took
 * it away.
 */
const keys = ({ organization, account }: RoleContext): readonly PermissionStatement[] => {
  const inRegion = `arn:aws:kms:${organization.region}:${account.id}`;
  return [
    {
      Sid: "KeysCreated",
      Effect: "Allow",
      Action: ["kms:CreateKey", "kms:TagResource"],
      Resource: "*",
      Condition: BECOMES_OURS,
    },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: [
        "kms:EnableKey",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateKeyDescription",
      ],
      Resource: `${inRegion}:key/*`,
      Condition: IS_OURS,
    },
    {
      // The call after CreateKey. Tags count for permissions minutes later, and rotation harms no key.
      // https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
      Sid: "KeysRotated",
      Effect: "Allow",
      Action: "kms:EnableKeyRotation",
      Resource: `${inRegion}:key/*`,
    },
    {
      Sid: "KeyAliases",
      Effect: "Allow",
      Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      Resource: [`${inRegion}:alias/${organization.prefix}-*`, `${inRegion}:key/*`],
    },
  ];
};

/** Security groups have no names in their ARNs, and secrets have the names that people gave them. */
const databaseAccess = ({ organization, account }: RoleContext): readonly PermissionStatement[] => {
  const groups = `arn:aws:ec2:${organization.region}:${account.id}:security-group/*`;
  const secrets = `arn:aws:secretsmanager:${organization.region}:${account.id}:secret:*`;
  return [
    {
      // Whether something still uses the group that is deleted.
      Sid: "NetworkInterfacesRead",
      Effect: "Allow",
      Action: "ec2:DescribeNetworkInterfaces",
      Resource: "*",
    },
    {
      Sid: "SecurityGroupsCreated",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: [groups, `arn:aws:ec2:${organization.region}:${account.id}:vpc/*`],
    },
    {
      // The network is asked for beside the group and gets no tags, so an Allow cannot ask for them.
      Sid: "SecurityGroupsBecomeOurs",
      Effect: "Deny",
      Action: "ec2:CreateSecurityGroup",
      Resource: groups,
      Condition: { StringNotEquals: BECOMES_OURS.StringEquals },
    },
    {
      // Puts our tag back where somebody took it away; the name in the other tag tells the group.
      Sid: "SecurityGroupTaggedAgain",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: groups,
      Condition: {
        StringEquals: {
          ...BECOMES_OURS.StringEquals,
          "aws:ResourceTag/Name": databaseAccessName(organization),
        },
      },
    },
    {
      Sid: "SecurityGroupsTagged",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: groups,
      Condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      Sid: "SecurityGroups",
      Effect: "Allow",
      Action: [
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateTags",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteTags",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
      ],
      Resource: groups,
      Condition: IS_OURS,
    },
    {
      Sid: "SecretsCreated",
      Effect: "Allow",
      Action: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      Resource: secrets,
      Condition: BECOMES_OURS,
    },
    {
      // Their values are neither read nor written.
      Sid: "Secrets",
      Effect: "Allow",
      Action: [
        "secretsmanager:CancelRotateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:RotateSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:UpdateSecret",
      ],
      Resource: secrets,
      Condition: IS_OURS,
    },
    {
      // Of somebody who sets up a rotation, Secrets Manager asks that they may call its function.
      // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
      Sid: "RotationFunction",
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: rotationFunctionArn(organization, account),
    },
    {
      Sid: "SubnetGroup",
      Effect: "Allow",
      Action: [
        "rds:AddTagsToResource",
        "rds:CreateDBSubnetGroup",
        "rds:DeleteDBSubnetGroup",
        "rds:ModifyDBSubnetGroup",
        "rds:RemoveTagsFromResource",
      ],
      Resource: databaseSubnetGroupArn(organization, account),
    },
  ];
};

/** The documents of machines, and no execution of any. */
const documents = ({ organization, account }: RoleContext): PermissionStatement => ({
  Sid: "Documents",
  Effect: "Allow",
  Action: [
    "ssm:AddTagsToResource",
    "ssm:CreateDocument",
    "ssm:DeleteDocument",
    "ssm:ModifyDocumentPermission",
    "ssm:RemoveTagsFromResource",
  ],
  Resource: everyDocumentArn(organization, account),
});

/** What creating, changing and deleting the stacks' resources takes, beside reading them and what IAM has. */
export const deployStatements = (context: RoleContext): readonly PermissionStatement[] => [
  ...trail(context),
  ...alarms(context),
  ...keys(context),
  ...databaseAccess(context),
  documents(context),
];
