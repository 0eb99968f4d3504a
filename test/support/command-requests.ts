import type { IamRequest } from "./iam-requests";

/** Commands that the pipeline runs as Preview and that read accounts themselves, beside pulumi's refresh. */
export type ReadingCommand = "drift";

/** What they ask of IAM. */
export const COMMAND_REQUESTS: Readonly<Record<ReadingCommand, readonly IamRequest[]>> = {
  drift: [
    ["iam:GetAccountAuthorizationDetails", "*"],
    ["iam:GetAccountSummary", "*"],
    ["iam:GetLoginProfile", "arn:aws:iam::444444444444:user/people/ada.devops"],
    ["iam:GetSAMLProvider", "arn:aws:iam::444444444444:saml-provider/somebody"],
    ["iam:ListAccessKeys", "arn:aws:iam::444444444444:user/people/ada.devops"],
    ["iam:ListInstanceProfiles", "*"],
    ["iam:ListOpenIDConnectProviders", "*"],
    ["iam:ListSAMLProviders", "*"],
    ["iam:ListSSHPublicKeys", "arn:aws:iam::444444444444:user/people/ada.devops"],
    ["iam:ListServerCertificates", "*"],
    ["iam:ListServiceSpecificCredentials", "arn:aws:iam::444444444444:user/people/ada.devops"],
    ["iam:ListSigningCertificates", "arn:aws:iam::444444444444:user/people/ada.devops"],
    ["iam:ListVirtualMFADevices", "*"],
  ],
};
