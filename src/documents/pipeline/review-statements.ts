import { auditedTrail } from "../../model/audited-trail";
import { everyAnalyzerArn, everyManagedUserArn, logGroupArn } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * What `npm run snapshot` reads beside credentials and what `npm run drift` lists. It is more than settings: events of the
 * trail, and who used what. So jobs of the deployed branch alone have it, whose code somebody has approved.
 */
export function reviewStatements({ organization, account }: RoleContext): readonly PermissionStatement[] {
  return [
    {
      Sid: "ReadForReviews",
      Effect: "Allow",
      Action: [
        "access-analyzer:ListAnalyzers",
        "account:GetAlternateContact",
        "cloudwatch:DescribeAlarmHistory",
        "cloudwatch:DescribeAlarms",
        "dynamodb:ListTables",
        "iam:GenerateServiceLastAccessedDetails",
        "iam:GetAccountPasswordPolicy",
        "iam:GetOpenIDConnectProvider",
        "iam:GetServiceLastAccessedDetails",
        "iam:ListAccountAliases",
        "iam:ListOrganizationsFeatures",
        "logs:DescribeLogGroups",
        "secretsmanager:ListSecrets",
      ],
      Resource: "*",
    },
    {
      Sid: "ReadTrailEvents",
      Effect: "Allow",
      Action: "logs:FilterLogEvents",
      Resource: logGroupArn(organization, account, auditedTrail(organization, account).logGroup),
    },
    {
      Sid: "ReadAnalyzerFindings",
      Effect: "Allow",
      // Of ListFindingsV2 too, which has no permission of its own.
      Action: "access-analyzer:ListFindings",
      Resource: everyAnalyzerArn(organization, account, organization.region),
    },
    {
      Sid: "ReadSecretPolicies",
      Effect: "Allow",
      Action: "secretsmanager:GetResourcePolicy",
      Resource: `arn:aws:secretsmanager:${organization.region}:${account.id}:secret:*`,
    },
    {
      Sid: "ReadTableTags",
      Effect: "Allow",
      Action: "dynamodb:ListTagsOfResource",
      Resource: organization.regions.map((region) => `arn:aws:dynamodb:${region}:${account.id}:table/*`),
    },
  ];
}

/** What `npm run credentials` reads and Deploy does not read of leavers anyway: who has what, and when it was used; never a credential. */
export const readingCredentials: PermissionStatement = {
  Sid: "ReadCredentialUse",
  Effect: "Allow",
  Action: [
    "iam:GenerateCredentialReport",
    "iam:GetAccessKeyLastUsed",
    "iam:GetAccountAuthorizationDetails",
    "iam:GetCredentialReport",
    "iam:GetLoginProfile",
    "iam:ListMFADevices",
  ],
  Resource: "*",
};

/**
 * What `npm run credentials -- --enforce --keys` does, and what undoes it: IAM has no condition key for the state that a key gets.
 * Passwords are left to people: whoever may update a login profile may choose its password.
 */
export const deactivatingCredentials = ({ organization, account }: RoleContext): PermissionStatement => ({
  Sid: "DeactivateCredentials",
  Effect: "Allow",
  Action: [
    "iam:UpdateAccessKey",
    "iam:UpdateSSHPublicKey",
    "iam:UpdateServiceSpecificCredential",
    "iam:UpdateSigningCertificate",
  ],
  Resource: everyManagedUserArn(organization, account),
});
