import type { ResourceType } from "../resource-type";
import { accountAlias } from "./account-alias";
import { accountPasswordPolicy } from "./account-password-policy";
import { group } from "./group";
import { groupMembership } from "./group-membership";
import { groupPolicy } from "./group-policy";
import { groupPolicyAttachment } from "./group-policy-attachment";
import { groupPoliciesExclusive } from "./group-policies-exclusive";
import { groupPolicyAttachmentsExclusive } from "./group-policy-attachments-exclusive";
import { instanceProfile } from "./instance-profile";
import { openIdConnectProvider } from "./open-id-connect-provider";
import { policy } from "./policy";
import { role } from "./role";
import { rolePolicy } from "./role-policy";
import { rolePolicyAttachment } from "./role-policy-attachment";
import { rolePoliciesExclusive } from "./role-policies-exclusive";
import { rolePolicyAttachmentsExclusive } from "./role-policy-attachments-exclusive";
import { serviceLinkedRole } from "./service-linked-role";
import { user } from "./user";

export const iam: Readonly<Record<string, ResourceType>> = {
  "aws:iam/accountAlias:AccountAlias": accountAlias,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": accountPasswordPolicy,
  "aws:iam/group:Group": group,
  "aws:iam/groupMembership:GroupMembership": groupMembership,
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": groupPoliciesExclusive,
  "aws:iam/groupPolicy:GroupPolicy": groupPolicy,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": groupPolicyAttachment,
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": groupPolicyAttachmentsExclusive,
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": openIdConnectProvider,
  "aws:iam/policy:Policy": policy,
  "aws:iam/role:Role": role,
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": rolePoliciesExclusive,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": rolePolicyAttachmentsExclusive,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": serviceLinkedRole,
  "aws:iam/user:User": user,
};
