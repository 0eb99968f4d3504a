import { eventRoleArn, everyInstanceRoleArn, responseStarterRoleArn, trailRoleArn } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/**
 * A role that writes users, roles and policies can give itself everything else: this is as good as an administrator, and no
 * list of actions changes that. The list keeps a mistake within what the stacks create, and a theft has to change IAM first,
 * which the trail shows. It makes no passwords, keys or MFA devices: people make their own, and a pipeline's logs are read
 * widely.
 */
const entities = ({ account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "Iam",
    Effect: "Allow",
    Action: [
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:AddRoleToInstanceProfile",
      "iam:AddUserToGroup",
      "iam:AttachGroupPolicy",
      "iam:AttachRolePolicy",
      "iam:CreateGroup",
      "iam:CreateInstanceProfile",
      "iam:CreateOpenIDConnectProvider",
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:CreateRole",
      "iam:CreateUser",
      "iam:DeleteGroup",
      "iam:DeleteGroupPolicy",
      "iam:DeleteInstanceProfile",
      "iam:DeleteOpenIDConnectProvider",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:DeleteRole",
      "iam:DeleteRolePermissionsBoundary",
      "iam:DeleteRolePolicy",
      "iam:DeleteUser",
      "iam:DeleteUserPermissionsBoundary",
      "iam:DetachGroupPolicy",
      "iam:DetachRolePolicy",
      "iam:ListInstanceProfilesForRole",
      "iam:ListPolicyVersions",
      "iam:PutRolePermissionsBoundary",
      "iam:RemoveClientIDFromOpenIDConnectProvider",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:RemoveUserFromGroup",
      "iam:SetDefaultPolicyVersion",
      "iam:TagInstanceProfile",
      "iam:TagOpenIDConnectProvider",
      "iam:TagPolicy",
      "iam:TagRole",
      "iam:TagUser",
      "iam:UntagInstanceProfile",
      "iam:UntagOpenIDConnectProvider",
      "iam:UntagPolicy",
      "iam:UntagRole",
      "iam:UntagUser",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateGroup",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
      "iam:UpdateUser",
    ],
    Resource: `arn:aws:iam::${account.id}:*`,
  },
  {
    // A user who leaves is deleted with whatever they have made or been given: `forceDestroy`.
    Sid: "LeaversBelongings",
    Effect: "Allow",
    Action: [
      "iam:DeactivateMFADevice",
      "iam:DeleteAccessKey",
      "iam:DeleteLoginProfile",
      "iam:DeleteSSHPublicKey",
      "iam:DeleteServiceSpecificCredential",
      "iam:DeleteSigningCertificate",
      "iam:DeleteUserPolicy",
      "iam:DeleteVirtualMFADevice",
      "iam:DetachUserPolicy",
      "iam:ListAccessKeys",
      "iam:ListAttachedUserPolicies",
      "iam:ListGroupsForUser",
      "iam:ListMFADevices",
      "iam:ListSSHPublicKeys",
      "iam:ListServiceSpecificCredentials",
      "iam:ListSigningCertificates",
      "iam:ListUserPolicies",
    ],
    Resource: `arn:aws:iam::${account.id}:*`,
  },
  {
    Sid: "IamOfTheAccount",
    Effect: "Allow",
    Action: [
      "iam:CreateAccountAlias",
      "iam:DeleteAccountAlias",
      "iam:DeleteAccountPasswordPolicy",
      "iam:ListVirtualMFADevices",
      "iam:UpdateAccountPasswordPolicy",
    ],
    Resource: "*",
  },
];

/**
 * The roles that a stack hands to services: the trail's to CloudTrail, that of the alarms' rules to EventBridge, and those of machines
 * to EC2 in instance profiles.
 */
const passesRoles = ({ organization, account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "PassesTrailRole",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: trailRoleArn(organization, account),
    Condition: { StringEquals: { "iam:PassedToService": "cloudtrail.amazonaws.com" } },
  },
  {
    Sid: "PassesEventRole",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: [eventRoleArn(organization, account), responseStarterRoleArn(organization, account)],
    Condition: { StringEquals: { "iam:PassedToService": "events.amazonaws.com" } },
  },
  {
    Sid: "PassesInstanceRoles",
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: everyInstanceRoleArn(organization, account),
    Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
  },
];

/** What creating, changing and deleting users, groups, roles and policies takes, beside reading them. */
export const managingIam = (context: RoleContext): readonly PermissionStatement[] => [
  ...entities(context),
  ...passesRoles(context),
];
