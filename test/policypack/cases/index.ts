import type { PolicyName } from "../../../policypack/index";
import type { PolicyCases } from "../support/cases";
import * as catalogue from "./catalogue";
import * as documents from "./documents";
import * as resources from "./resources";
import * as roles from "./roles";
import * as trust from "./trust";
import * as users from "./users";

/** Every policy with its cases: one without any does not compile. */
export const CASES: Readonly<Record<PolicyName, PolicyCases>> = {
  "aws-provider-account": catalogue.providerAccount,
  "aws-resource-catalogue": catalogue.resourceCatalogue,
  "aws-resource-inputs": catalogue.resourceInputs,
  "aws-resource-options": catalogue.resourceOptions,
  "aws-resource-own-documents": catalogue.resourceOwnDocuments,
  "aws-resource-own-targets": catalogue.resourceOwnTargets,
  "aws-resource-complete": catalogue.resourceComplete,
  "aws-resource-references": catalogue.resourceReferences,
  "aws-stack-outputs": catalogue.stackOutputs,
  "aws-iam-resource-secret": resources.resourceSecret,
  "aws-iam-resource-tags": resources.resourceTags,
  "aws-iam-role-trust-roster": trust.roleTrustRoster,
  "aws-iam-role-trust-holders": trust.roleTrustHolders,
  "aws-iam-role-trust-mfa": trust.roleTrustMfa,
  "aws-iam-role-trust-session-name": trust.roleTrustSessionName,
  "aws-iam-role-trust-wildcard": trust.roleTrustWildcard,
  "aws-iam-role-trust-accounts": trust.roleTrustAccounts,
  "aws-iam-role-trust-external-id": trust.roleTrustExternalId,
  "aws-iam-role-trust-dates": trust.roleTrustDates,
  "aws-iam-role-break-glass": roles.roleBreakGlass,
  "aws-iam-role-session-length": roles.roleSessionLength,
  "aws-iam-role-boundary": roles.roleBoundary,
  "aws-iam-role-inline-policy": roles.roleInlinePolicy,
  "aws-iam-role-attachments": roles.roleAttachments,
  "aws-iam-role-administrator-access": roles.roleAdministratorAccess,
  "aws-iam-policy-roster": documents.policyRoster,
  "aws-iam-policy-full-access": documents.policyFullAccess,
  "aws-iam-policy-pass-role": documents.policyPassRole,
  "aws-iam-policy-mfa-condition": documents.policyMfaCondition,
  "aws-iam-policy-escalation": documents.policyEscalation,
  "aws-iam-document-valid": documents.documentValid,
  "aws-iam-document-wildcard-principal": documents.documentWildcardPrincipal,
  "aws-iam-document-not-allow": documents.documentNotAllow,
  "aws-iam-document-mfa-deny": documents.documentMfaDeny,
  "aws-iam-user-roster": users.userRoster,
  "aws-iam-user-attachment": users.userAttachment,
  "aws-iam-group-membership": users.groupMembership,
  "aws-iam-account-password-policy": resources.accountPasswordPolicy,
  "aws-iam-account-complete": resources.accountComplete,
  "aws-iam-account-quotas": resources.accountQuotas,
  "aws-iam-role-session-end": roles.roleSessionEnd,
  "aws-iam-role-break-glass-alarm": roles.roleBreakGlassAlarm,
  "aws-iam-account-alarms": users.accountAlarms,
  "aws-iam-alarm-heard": users.alarmHeard,
  "aws-iam-role-escalation": roles.roleEscalation,
  "aws-iam-exemption-valid": resources.exemptionValid,
};
