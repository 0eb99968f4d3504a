import type { Account } from "../../model/account";
import { PEOPLE_PATH } from "../../model/names";
import { policyDocument, type PolicyDocument } from "../policy-document";

/** What a person needs before the first MFA device exists: to enrol one and to replace the first password. */
const ENROLMENT = [
  "iam:ChangePassword",
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:ResyncMFADevice",
] as const;

/** What shows a person that page of the console, and what a command line asks before it has entered MFA. */
const BEFORE_MFA = [
  ...ENROLMENT,
  "iam:GetAccountPasswordPolicy",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "sts:GetSessionToken",
] as const;

/**
 * What everybody may do: look after their own user. Access keys are at most two a user by IAM's own quota.
 *
 * A device is `<user>` or `<user>-…`, so that its ARN is known. `bob` thereby matches devices of `bob-smith`, which gives
 * him nothing: enabling, resynchronizing and deactivating a device is asked of the user that has it, and a device
 * can be deleted only while nobody has it. He could take an unused name; its owner picks the next.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
export function manageOwnUser(identity: Account): PolicyDocument {
  const ownUser = `arn:aws:iam::${identity.id}:user${PEOPLE_PATH}\${aws:username}`;
  const ownDevice = `arn:aws:iam::${identity.id}:mfa/\${aws:username}`;
  return policyDocument(
    {
      Sid: "OwnUser",
      Effect: "Allow",
      Action: [
        "iam:ChangePassword",
        "iam:*AccessKey",
        "iam:*SSHPublicKey",
        "iam:DeactivateMFADevice",
        "iam:EnableMFADevice",
        "iam:GetAccessKeyLastUsed",
        "iam:GetLoginProfile",
        "iam:GetMFADevice",
        "iam:GetUser",
        "iam:ListAccessKeys",
        "iam:ListAttachedUserPolicies",
        "iam:ListGroupsForUser",
        "iam:ListMFADevices",
        "iam:ListSSHPublicKeys",
        "iam:ListUserPolicies",
        "iam:ListUserTags",
        "iam:ResyncMFADevice",
      ],
      Resource: ownUser,
    },
    {
      Sid: "OwnDevices",
      Effect: "Allow",
      Action: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"],
      Resource: [ownDevice, `${ownDevice}-*`],
    },
    {
      Sid: "SecurityCredentialsPage",
      Effect: "Allow",
      Action: ["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:ListVirtualMFADevices"],
      Resource: "*",
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
        "iam:TagUser",
        "iam:UntagUser",
        "iam:UpdateUser",
      ],
      Resource: ownUser,
    },
  );
}
