import type { PipelineRole } from "../../src/model/pipeline";
import type { IamRequest } from "./iam-requests";

/** Commands that the pipeline runs and that read accounts themselves, with the role as which it does. */
export const READING_COMMANDS = { drift: "Preview", snapshot: "Review" } as const satisfies Record<
  string,
  PipelineRole
>;

export type ReadingCommand = keyof typeof READING_COMMANDS;

const USER = "arn:aws:iam::444444444444:user/people/ada.devops";
const SECRET = "arn:aws:secretsmanager:eu-west-1:444444444444:secret:somebody-AbCdEf";
const LOG_GROUP = "arn:aws:logs:eu-west-1:444444444444:log-group:infra-trail:*";

/** What `npm run credentials` reads. */
export const CREDENTIAL_READS: readonly IamRequest[] = [
  ["iam:GenerateCredentialReport", "*"],
  ["iam:GetAccessKeyLastUsed", USER],
  ["iam:GetAccountAuthorizationDetails", "*"],
  ["iam:GetCredentialReport", "*"],
  ["iam:GetLoginProfile", USER],
  ["iam:ListAccessKeys", USER],
  ["iam:ListMFADevices", USER],
  ["iam:ListSSHPublicKeys", USER],
  ["iam:ListServiceSpecificCredentials", USER],
  ["iam:ListSigningCertificates", USER],
  ["iam:ListVirtualMFADevices", "*"],
];

/** What its `--enforce --keys` does, as Deploy. */
export const CREDENTIAL_CHANGES: readonly IamRequest[] = [
  ["iam:UpdateAccessKey", USER],
  ["iam:UpdateSSHPublicKey", USER],
  ["iam:UpdateServiceSpecificCredential", USER],
  ["iam:UpdateSigningCertificate", USER],
];

/** What they ask. */
export const COMMAND_REQUESTS: Readonly<Record<ReadingCommand, readonly IamRequest[]>> = {
  drift: [
    ["iam:GetAccountAuthorizationDetails", "*"],
    ["iam:GetAccountSummary", "*"],
    ["iam:GetLoginProfile", USER],
    ["iam:GetSAMLProvider", "arn:aws:iam::444444444444:saml-provider/somebody"],
    ["iam:ListAccessKeys", USER],
    ["iam:ListInstanceProfiles", "*"],
    ["iam:ListOpenIDConnectProviders", "*"],
    ["iam:ListSAMLProviders", "*"],
    ["iam:ListSSHPublicKeys", USER],
    ["iam:ListServerCertificates", "*"],
    ["iam:ListServiceSpecificCredentials", USER],
    ["iam:ListSigningCertificates", USER],
    ["iam:ListVirtualMFADevices", "*"],
  ],
  snapshot: [
    ...CREDENTIAL_READS,
    ["access-analyzer:ListAnalyzers", "*"],
    [
      "access-analyzer:ListFindings",
      "arn:aws:access-analyzer:eu-west-1:444444444444:analyzer/infra-external-access",
    ],
    ["account:GetAlternateContact", "*"],
    ["cloudwatch:DescribeAlarmHistory", "*"],
    ["cloudwatch:DescribeAlarms", "*"],
    ["dynamodb:ListTables", "*"],
    ["dynamodb:ListTagsOfResource", "arn:aws:dynamodb:eu-west-1:444444444444:table/visits"],
    ["iam:GenerateServiceLastAccessedDetails", "arn:aws:iam::444444444444:role/infra-OpsR-prod"],
    ["iam:GetAccountPasswordPolicy", "*"],
    ["iam:GetAccountSummary", "*"],
    ["iam:GetOpenIDConnectProvider", "arn:aws:iam::444444444444:oidc-provider/somebody"],
    ["iam:GetSAMLProvider", "arn:aws:iam::444444444444:saml-provider/somebody"],
    ["iam:GetServiceLastAccessedDetails", "*"],
    ["iam:ListAccountAliases", "*"],
    ["iam:ListInstanceProfiles", "*"],
    ["iam:ListOpenIDConnectProviders", "*"],
    ["iam:ListOrganizationsFeatures", "*"],
    ["iam:ListSAMLProviders", "*"],
    ["iam:ListServerCertificates", "*"],
    ["logs:DescribeLogGroups", "*"],
    ["logs:FilterLogEvents", LOG_GROUP],
    ["secretsmanager:GetResourcePolicy", SECRET],
    ["secretsmanager:ListSecrets", "*"],
  ],
};
