import type { Arn } from "../../model/names";
import { everyAnalyzerArn } from "../../model/names";
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
          "guardduty.amazonaws.com",
          "malware-protection.guardduty.amazonaws.com",
          "securityhub.amazonaws.com",
        ],
      },
    },
  },
];
