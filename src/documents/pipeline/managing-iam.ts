import {
  eventRoleArn,
  everyInstanceRoleArn,
  everyManagedUserArn,
  responseStarterRoleArn,
  trailRoleArn,
} from "../../model/names";
import { WORKLOADS_PATH } from "../permissions/iam-paths";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/** What stacks make in IAM, by name or path: people's users have no prefix, and a path of their own. */
const made = ({ organization, account }: RoleContext): readonly [string, ...string[]] => {
  const { prefix } = organization;
  return [
    `arn:aws:iam::${account.id}:group/${prefix}-*`,
    `arn:aws:iam::${account.id}:instance-profile${WORKLOADS_PATH}${prefix}-*`,
    `arn:aws:iam::${account.id}:policy/${prefix}-*`,
    `arn:aws:iam::${account.id}:role/${prefix}-*`,
    `arn:aws:iam::${account.id}:role${WORKLOADS_PATH}${prefix}-*`,
    ...everyManagedUserArn(organization, account),
  ];
};

/**
 * A role that writes users, roles and policies can give itself everything else: this is as good as an administrator, and no
 * list of actions changes that. The list keeps a mistake within what the stacks create, and a theft has to change IAM first,
 * which the trail shows. It makes no passwords, keys or MFA devices: people make their own, and a pipeline's logs are read
 * widely.
 */
const entities = (context: RoleContext): readonly PermissionStatement[] => {
  const { id } = context.account;
  return [
    {
      Sid: "Iam",
      Effect: "Allow",
      Action: [
        "iam:AddRoleToInstanceProfile",
        "iam:AddUserToGroup",
        "iam:AttachGroupPolicy",
        "iam:AttachRolePolicy",
        "iam:CreateGroup",
        "iam:CreateInstanceProfile",
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:CreateRole",
        "iam:CreateUser",
        "iam:DeleteGroup",
        "iam:DeleteGroupPolicy",
        "iam:DeleteInstanceProfile",
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
        "iam:SetDefaultPolicyVersion",
        "iam:TagInstanceProfile",
        "iam:TagPolicy",
        "iam:TagRole",
        "iam:UntagInstanceProfile",
        "iam:UntagPolicy",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: made(context),
    },
    {
      // Of the pipeline's tokens. Where another issuer takes the place of one, the old provider is deleted.
      Sid: "IdentityProviders",
      Effect: "Allow",
      Action: [
        "iam:AddClientIDToOpenIDConnectProvider",
        "iam:CreateOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        "iam:RemoveClientIDFromOpenIDConnectProvider",
        "iam:TagOpenIDConnectProvider",
        "iam:UntagOpenIDConnectProvider",
      ],
      Resource: `arn:aws:iam::${id}:oidc-provider/*`,
    },
    {
      // Somebody moves a user or a group by hand: the provider puts back tags and then the path, which takes both ARNs.
      // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
      Sid: "PutsBackPaths",
      Effect: "Allow",
      Action: ["iam:TagUser", "iam:UntagUser", "iam:UpdateGroup", "iam:UpdateUser"],
      Resource: [`arn:aws:iam::${id}:group/*`, `arn:aws:iam::${id}:user/*`],
    },
    {
      // A user or a role that is deleted is taken out of whatever somebody put it into.
      Sid: "TakesOut",
      Effect: "Allow",
      Action: ["iam:RemoveRoleFromInstanceProfile", "iam:RemoveUserFromGroup"],
      Resource: [`arn:aws:iam::${id}:group/*`, `arn:aws:iam::${id}:instance-profile/*`],
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
      Resource: [`arn:aws:iam::${id}:mfa/*`, ...everyManagedUserArn(context.organization, context.account)],
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
};

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
