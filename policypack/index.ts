import type { PolicyPackConfig } from "@pulumi/policy";

import type { NEVER_EXEMPT } from "./exemption-register";
import { accountAlarms } from "./policies/account-alarms";
import { accountComplete } from "./policies/account-complete";
import { accountPasswordStrength } from "./policies/account-password-strength";
import { accountQuotas } from "./policies/account-quotas";
import { alarmHeard } from "./policies/alarm-heard";
import { documentMfaDeny } from "./policies/document-mfa-deny";
import { documentNotAllow } from "./policies/document-not-allow";
import { documentValid } from "./policies/document-valid";
import { documentWildcardPrincipal } from "./policies/document-wildcard-principal";
import { exemptionValid } from "./policies/exemption-valid";
import { groupMembers } from "./policies/group-members";
import { policyEscalation } from "./policies/policy-escalation";
import { policyFullAccess } from "./policies/policy-full-access";
import { policyMfaCondition } from "./policies/policy-mfa-condition";
import { policyPassRole } from "./policies/policy-pass-role";
import { policyRoster } from "./policies/policy-roster";
import { providerAccount } from "./policies/provider-account";
import { resourceCatalogue } from "./policies/resource-catalogue";
import { resourceComplete } from "./policies/resource-complete";
import { resourceInputs } from "./policies/resource-inputs";
import { resourceOptions } from "./policies/resource-options";
import { resourceOwnDocuments } from "./policies/resource-own-documents";
import { resourceOwnTargets } from "./policies/resource-own-targets";
import { resourceReferences } from "./policies/resource-references";
import { resourceSecret } from "./policies/resource-secret";
import { resourceTags } from "./policies/resource-tags";
import { roleAdministratorAccess } from "./policies/role-administrator-access";
import { roleAttachments } from "./policies/role-attachments";
import { roleBoundary } from "./policies/role-boundary";
import { roleBreakGlass } from "./policies/role-break-glass";
import { roleBreakGlassAlarm } from "./policies/role-break-glass-alarm";
import { roleEscalation } from "./policies/role-escalation";
import { roleInlinePolicy } from "./policies/role-inline-policy";
import { roleSessionEnd } from "./policies/role-session-end";
import { roleSessionLength } from "./policies/role-session-length";
import { roleTrustAccounts } from "./policies/role-trust-accounts";
import { roleTrustDates } from "./policies/role-trust-dates";
import { roleTrustExternalId } from "./policies/role-trust-external-id";
import { roleTrustHolders } from "./policies/role-trust-holders";
import { roleTrustMfa } from "./policies/role-trust-mfa";
import { roleTrustRoster } from "./policies/role-trust-roster";
import { roleTrustSessionName } from "./policies/role-trust-session-name";
import { roleTrustWildcard } from "./policies/role-trust-wildcard";
import { stackOutputs } from "./policies/stack-outputs";
import { userAttachment } from "./policies/user-attachment";
import { userRoster } from "./policies/user-roster";

/** Every policy of the pack, in the order in which they run. */
export const POLICIES = [
  providerAccount,
  resourceCatalogue,
  resourceInputs,
  resourceOptions,
  resourceOwnDocuments,
  resourceSecret,
  resourceTags,
  roleTrustRoster,
  roleTrustHolders,
  roleTrustMfa,
  roleTrustSessionName,
  roleTrustWildcard,
  roleTrustAccounts,
  roleTrustExternalId,
  roleTrustDates,
  roleBreakGlass,
  roleSessionLength,
  roleBoundary,
  roleInlinePolicy,
  roleAttachments,
  roleAdministratorAccess,
  policyRoster,
  policyFullAccess,
  policyPassRole,
  policyMfaCondition,
  policyEscalation,
  documentValid,
  documentWildcardPrincipal,
  documentNotAllow,
  documentMfaDeny,
  userRoster,
  userAttachment,
  groupMembers,
  accountPasswordStrength,
  resourceComplete,
  resourceReferences,
  resourceOwnTargets,
  stackOutputs,
  accountComplete,
  accountQuotas,
  roleSessionEnd,
  roleBreakGlassAlarm,
  accountAlarms,
  alarmHeard,
  roleEscalation,
  // It asks which exemptions the policies before it needed.
  exemptionValid,
] as const;

export type PolicyName = (typeof POLICIES)[number]["name"];

/** The policies from which a violation can be exempt. */
export type ExemptiblePolicyName = Exclude<PolicyName, (typeof NEVER_EXEMPT)[number]>;

/**
 * How strictly the pack is applied: `all`, or one policy by its name, to "mandatory", "advisory", "remediate" or
 * "disabled", and the settings of each. `--policy-pack-config` overrides it for a run.
 */
export const POLICY_PACK_CONFIGURATION: PolicyPackConfig = { all: "mandatory" };
