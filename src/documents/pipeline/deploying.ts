import {
  alarmKeyAlias,
  alarmTopicArn,
  everyAlarmArn,
  trailArn,
  trailBucketArn,
  trailRoleArn,
} from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * Whoever deploys users, roles and policies has full IAM, and with it the means to get everything else: this is as good
 * as an administrator. The rest is held to what the stacks create, so that a mistake stays within it and a theft has to
 * change IAM first, which the trail shows.
 */
const iam = ({ account }: RoleContext): readonly PermissionStatement[] => [
  { Sid: "Iam", Effect: "Allow", Action: "iam:*", Resource: `arn:aws:iam::${account.id}:*` },
  {
    Sid: "IamAccountSettings",
    Effect: "Allow",
    Action: ["iam:*AccountAlias", "iam:*AccountPasswordPolicy"],
    Resource: "*",
  },
];

/** The trail's role is the only one that a stack hands to a service. */
const passesTrailRoleOnly = ({ organization, account }: RoleContext): PermissionStatement => ({
  Sid: "PassesTrailRoleOnly",
  Effect: "Deny",
  Action: "iam:PassRole",
  NotResource: trailRoleArn(organization, account),
});

/** People's credentials are made by people, and shown once: a pipeline has no use for them, and its logs are read widely. */
const makesNoCredentials: PermissionStatement = {
  Sid: "MakesNoCredentials",
  Effect: "Deny",
  Action: [
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:EnableMFADevice",
    "iam:ResetServiceSpecificCredential",
    "iam:UpdateLoginProfile",
    "iam:UploadSSHPublicKey",
    "iam:UploadSigningCertificate",
  ],
  Resource: "*",
};

const trail = ({ organization, account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "Trail",
    Effect: "Allow",
    Action: [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:RemoveTags",
      "cloudtrail:StartLogging",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
    ],
    Resource: trailArn(organization, account),
  },
  {
    // The bucket is kept when it leaves the program, so nothing here deletes it.
    Sid: "TrailBucket",
    Effect: "Allow",
    Action: [
      "s3:CreateBucket",
      "s3:DeleteBucketPolicy",
      "s3:Put*Configuration",
      "s3:PutBucket*",
      "s3:TagResource",
      "s3:UntagResource",
    ],
    Resource: trailBucketArn(organization, account),
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
    Sid: "AlarmTopic",
    Effect: "Allow",
    Action: [
      "sns:CreateTopic",
      "sns:DeleteTopic",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
      "sns:TagResource",
      "sns:UntagResource",
    ],
    Resource: alarmTopicArn(organization, account),
  },
  {
    Sid: "AlarmSubscriptions",
    Effect: "Allow",
    Action: ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
    Resource: "*",
  },
  {
    // Alarms may watch the log group of a trail that is not ours, under any name.
    Sid: "LogGroups",
    Effect: "Allow",
    Action: [
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:DeleteMetricFilter",
      "logs:DeleteRetentionPolicy",
      "logs:PutMetricFilter",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    Resource: `arn:aws:logs:${organization.region}:${account.id}:log-group:*`,
  },
];

/** A key has no name of its own to go by; ours carry our tag from their creation. */
const alarmKey = ({ organization, account }: RoleContext): readonly PermissionStatement[] => {
  const keys = `arn:aws:kms:${organization.region}:${account.id}:key/*`;
  return [
    {
      Sid: "AlarmKeyCreated",
      Effect: "Allow",
      Action: ["kms:CreateKey", "kms:TagResource"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestTag/ManagedBy": "muster" } },
    },
    {
      Sid: "AlarmKey",
      Effect: "Allow",
      Action: [
        "kms:DisableKeyRotation",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:UntagResource",
        "kms:UpdateKeyDescription",
      ],
      Resource: keys,
      Condition: { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } },
    },
    {
      Sid: "AlarmKeyAlias",
      Effect: "Allow",
      Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      Resource: [`arn:aws:kms:${organization.region}:${account.id}:${alarmKeyAlias(organization)}`, keys],
    },
  ];
};

/** What creating, changing and deleting the stacks' resources takes, beside reading them. */
export const deploying = (context: RoleContext): readonly PermissionStatement[] => [
  ...iam(context),
  passesTrailRoleOnly(context),
  makesNoCredentials,
  ...trail(context),
  ...alarms(context),
  ...alarmKey(context),
];
