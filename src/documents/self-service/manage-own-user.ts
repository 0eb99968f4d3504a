import type { Account } from "../../model/account";
import { deviceNames, PEOPLE_PATH } from "../../model/names";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { WITH_RECENT_MFA } from "./recent-mfa";
import { KEY_DESCRIPTION_TAG } from "./key-description";

/** What a person needs before the first MFA device exists: to enrol one. */
const ENROLMENT = ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ResyncMFADevice"] as const;

/**
 * What people may do before they have entered MFA: enrol, replace the first password, which asks for the old one, see the
 * console's page for both, and what a command line asks first.
 *
 * `AssumeRole` is among it because no source settles whether the caller's MFA keys are filled in a request that carries a
 * code: every trust asks for MFA itself, and people may assume nothing else. Nor does one say so of `CreateOAuth2Token`, by
 * which `aws login` turns the code of a browser's session into credentials: the code itself is given with MFA only, and
 * credentials of a session without MFA may do nothing but what stands here.
 */
const BEFORE_MFA = [
  ...ENROLMENT,
  "iam:ChangePassword",
  "iam:GetAccountPasswordPolicy",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "signin:CreateOAuth2Token",
  "sts:AssumeRole",
  "sts:GetSessionToken",
] as const;

/**
 * `aws login` of the AWS CLI, 2.32 and newer: temporary credentials from the console's sign-in, as AWS's own policy
 * SignInLocalDevelopmentAccess permits them.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SignInLocalDevelopmentAccess.html
 */
const COMMAND_LINE_SIGN_IN = ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"] as const;
const COMMAND_LINE_CLIENTS = "arn:aws:signin:*:*:oauth2/public-client/*";

const TAGGING = ["iam:TagUser", "iam:UntagUser"] as const;

/**
 * What everybody may do: look after their own user. Access keys are at most two a user by IAM's own quota.
 *
 * A device is `<user>` or `<user>-2` to `<user>-8`, so that its ARN is known, and nobody takes more names than a user may have
 * devices, or the name of another's: the roster refuses a person called `bob-2` beside `bob`.
 *
 * What outlives a sign-in (an access key, an SSH key, another MFA device) takes MFA of at most an hour, as dangerous roles do: a
 * stolen session of the console lives up to twelve. Without any MFA a first device is enrolled, and nothing else made.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
export function manageOwnUser(identity: Account): PolicyDocument {
  const ownUser = `arn:aws:iam::${identity.id}:user${PEOPLE_PATH}\${aws:username}`;
  const ownDevices = deviceNames(`arn:aws:iam::${identity.id}:mfa/\${aws:username}`);
  return policyDocument(
    {
      Sid: "OwnUser",
      Effect: "Allow",
      Action: [
        "iam:ChangePassword",
        "iam:DeleteAccessKey",
        "iam:DeleteSSHPublicKey",
        "iam:GetAccessKeyLastUsed",
        "iam:GetLoginProfile",
        "iam:GetMFADevice",
        "iam:GetSSHPublicKey",
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:ListAttachedUserPolicies",
        "iam:ListGroupsForUser",
        "iam:ListMFADevices",
        "iam:ListSSHPublicKeys",
        "iam:ListUserPolicies",
        "iam:ListUserTags",
      ],
      Resource: ownUser,
    },
    {
      Sid: "LastingCredentialsWithRecentMfa",
      Effect: "Allow",
      Action: [
        "iam:CreateAccessKey",
        "iam:DeactivateMFADevice",
        "iam:UpdateAccessKey",
        "iam:UpdateSSHPublicKey",
        "iam:UploadSSHPublicKey",
      ],
      Resource: ownUser,
      Condition: WITH_RECENT_MFA,
    },
    {
      Sid: "FurtherDevicesWithRecentMfa",
      Effect: "Allow",
      Action: ENROLMENT,
      Resource: [ownUser, ...ownDevices],
      Condition: WITH_RECENT_MFA,
    },
    {
      // Signed in without MFA. Requests with access keys have no such key at all, so that this is not theirs.
      Sid: "FirstDevice",
      Effect: "Allow",
      Action: ENROLMENT,
      Resource: [ownUser, ...ownDevices],
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    },
    {
      Sid: "OwnDevices",
      Effect: "Allow",
      Action: "iam:DeleteVirtualMFADevice",
      Resource: ownDevices,
    },
    {
      Sid: "SecurityCredentialsPage",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListVirtualMFADevices"],
      Resource: "*",
    },
    {
      // The console keeps the description of an access key as a tag of its user. Every tag of the request has to be one.
      Sid: "OwnKeyDescriptions",
      Effect: "Allow",
      Action: TAGGING,
      Resource: ownUser,
      Condition: {
        "ForAllValues:StringLike": { "aws:TagKeys": KEY_DESCRIPTION_TAG },
        Null: { "aws:TagKeys": "false" },
      },
    },
    {
      Sid: "SignInFromCommandLine",
      Effect: "Allow",
      Action: COMMAND_LINE_SIGN_IN,
      Resource: COMMAND_LINE_CLIENTS,
    },
    {
      // `IfExists`: requests signed with access keys carry no MFA key at all, and are as little trusted.
      Sid: "NothingElseWithoutMfa",
      Effect: "Deny",
      NotAction: BEFORE_MFA,
      Resource: "*",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    },
    {
      // Stolen access keys must not enrol a device of the thief's. Nor can they by way of GetSessionToken: without MFA,
      // its credentials may not call IAM. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
      Sid: "NoEnrolmentWithAccessKeys",
      Effect: "Deny",
      Action: ENROLMENT,
      Resource: "*",
      Condition: { Null: { "aws:MultiFactorAuthPresent": "true" } },
    },
    {
      // Tags, policies and the name say what a user may do: the roster's to change, for PowerG's members too. Membership
      // of groups is asked of the group, so it cannot be refused here: nothing but PowerG allows it.
      Sid: "NobodyRaisesThemselves",
      Effect: "Deny",
      Action: [
        "iam:*UserPermissionsBoundary",
        "iam:AttachUserPolicy",
        "iam:DeleteUserPolicy",
        "iam:DetachUserPolicy",
        "iam:PutUserPolicy",
        "iam:UpdateUser",
      ],
      Resource: ownUser,
    },
    {
      Sid: "NobodyTagsThemselves",
      Effect: "Deny",
      Action: TAGGING,
      Resource: ownUser,
      Condition: { "ForAnyValue:StringNotLike": { "aws:TagKeys": KEY_DESCRIPTION_TAG } },
    },
    {
      Sid: "NobodyTagsThemselvesUnnamed",
      Effect: "Deny",
      Action: TAGGING,
      Resource: ownUser,
      Condition: { Null: { "aws:TagKeys": "true" } },
    },
  );
}
