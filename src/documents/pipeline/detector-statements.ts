import type { Arn } from "../../model/names";
import { configRoleArn, everyAnalyzerArn, everyConfigRuleArn, everyRecorderArn } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

const inEveryRegion = (
  { organization }: RoleContext,
  arnIn: (region: string) => string,
): readonly [string, ...string[]] => {
  const [home, ...others] = organization.regions;
  return [arnIn(home), ...others.map(arnIn)];
};

/** GuardDuty makes up the name of a detector, and has one in a region. */
const detectors = (context: RoleContext): readonly [string, ...string[]] =>
  inEveryRegion(context, (region) => `arn:aws:guardduty:${region}:${context.account.id}:detector/*`);

const analyzers = (context: RoleContext): readonly [string, ...string[]] =>
  inEveryRegion(context, (region): Arn => everyAnalyzerArn(context.organization, context.account, region));

/** What a refresh reads of detectors and of what holds for the whole account. */
export const readingDetectors = (context: RoleContext): readonly PermissionStatement[] => [
  {
    // Settings of a region or of the account, which have no ARN, or one that these actions do not ask for.
    Sid: "ReadAccountSettings",
    Effect: "Allow",
    Action: [
      "account:GetAlternateContact",
      "config:DescribeConfigRules",
      "config:DescribeDeliveryChannels",
      "ec2:GetEbsEncryptionByDefault",
      "s3:GetAccountPublicAccessBlock",
      "securityhub:DescribeHub",
      "securityhub:GetEnabledStandards",
      "securityhub:ListStandardsControlAssociations",
    ],
    Resource: "*",
  },
  {
    Sid: "ReadDetectors",
    Effect: "Allow",
    Action: ["access-analyzer:GetAnalyzer", "guardduty:GetDetector"],
    Resource: [...analyzers(context), ...detectors(context)],
  },
  {
    Sid: "ReadRecorders",
    Effect: "Allow",
    Action: ["config:DescribeConfigurationRecorderStatus", "config:DescribeConfigurationRecorders"],
    Resource: everyRecorderArn(context.organization, context.account),
  },
  {
    Sid: "ReadConfigRules",
    Effect: "Allow",
    Action: "config:ListTagsForResource",
    Resource: everyConfigRuleArn(context.account),
  },
];

/** AWS Config: its recorders and channels, the rules that carry our tag, and the role that AWS wrote for it. */
const deployingRecorders = ({ organization, account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "Recorders",
    Effect: "Allow",
    Action: [
      "config:DeleteConfigurationRecorder",
      "config:PutConfigurationRecorder",
      "config:StartConfigurationRecorder",
      "config:StopConfigurationRecorder",
    ],
    Resource: everyRecorderArn(organization, account),
  },
  {
    // A region has one channel, which has no ARN.
    Sid: "DeliveryChannels",
    Effect: "Allow",
    Action: ["config:DeleteDeliveryChannel", "config:PutDeliveryChannel"],
    Resource: "*",
  },
  {
    // The tag is sent with every change of a rule, and put back where somebody took it away.
    Sid: "ConfigRulesBecomeOurs",
    Effect: "Allow",
    Action: ["config:PutConfigRule", "config:TagResource"],
    Resource: everyConfigRuleArn(account),
    Condition: { StringEquals: { "aws:RequestTag/ManagedBy": "muster" } },
  },
  {
    Sid: "ConfigRules",
    Effect: "Allow",
    Action: ["config:DeleteConfigRule", "config:TagResource", "config:UntagResource"],
    Resource: everyConfigRuleArn(account),
    Condition: { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } },
  },
  {
    Sid: "PassesConfigRole",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: configRoleArn(account),
    Condition: { StringEquals: { "iam:PassedToService": "config.amazonaws.com" } },
  },
  {
    Sid: "ConfigRole",
    Effect: "Allow",
    Action: ["iam:DeleteServiceLinkedRole", "iam:GetServiceLinkedRoleDeletionStatus"],
    Resource: configRoleArn(account),
  },
];

/** What switching detectors on, tuning them and taking them away takes, beside reading them. */
export const deployingDetectors = (context: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "AccountSettings",
    Effect: "Allow",
    Action: [
      "account:DeleteAlternateContact",
      "account:PutAlternateContact",
      "ec2:DisableEbsEncryptionByDefault",
      "ec2:EnableEbsEncryptionByDefault",
      "s3:PutAccountPublicAccessBlock",
      "securityhub:BatchDisableStandards",
      "securityhub:BatchEnableStandards",
      "securityhub:BatchUpdateStandardsControlAssociations",
      "securityhub:DisableSecurityHub",
      "securityhub:EnableSecurityHub",
      "securityhub:UpdateSecurityHubConfiguration",
    ],
    Resource: "*",
  },
  {
    Sid: "DetectorsCreated",
    Effect: "Allow",
    Action: "guardduty:CreateDetector",
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestTag/ManagedBy": "muster" } },
  },
  {
    Sid: "Detectors",
    Effect: "Allow",
    Action: [
      "guardduty:DeleteDetector",
      "guardduty:TagResource",
      "guardduty:UntagResource",
      "guardduty:UpdateDetector",
    ],
    Resource: detectors(context),
  },
  {
    Sid: "Analyzers",
    Effect: "Allow",
    Action: [
      "access-analyzer:CreateAnalyzer",
      "access-analyzer:DeleteAnalyzer",
      "access-analyzer:TagResource",
      "access-analyzer:UntagResource",
    ],
    Resource: analyzers(context),
  },
  {
    // Each service works by a role that AWS writes, made in its caller's name when it is first switched on.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
    Sid: "DetectorsRoles",
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource: `arn:aws:iam::${context.account.id}:role/aws-service-role/*`,
    Condition: {
      StringEquals: {
        "iam:AWSServiceName": [
          "access-analyzer.amazonaws.com",
          "config.amazonaws.com",
          "guardduty.amazonaws.com",
          "malware-protection.guardduty.amazonaws.com",
          "securityhub.amazonaws.com",
        ],
      },
    },
  },
  ...deployingRecorders(context),
];
