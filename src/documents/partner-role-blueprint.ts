import type { Account } from "../model/account";
import type { Model } from "../model/model";
import { accountRootArn, partnerRoleName, roleArnOf } from "../model/names";
import type { Partner, PartnerGrant, PartnerResources } from "../model/partner";
import { ROLES, type PartnerRole } from "../model/roles";
import { dataSharePermissions } from "./permissions/data-share";
import { externalSystemPermissions, managesLinuxUsers } from "./permissions/external-system";
import { policyDocument, renderDocument } from "./policy-document";
import { policyBlueprint, type DeployedRole } from "./deployed-role";
import type { RoleContext, RolePermissions } from "./role-permissions";
import type { TrustDocument } from "./role-trust";

/** A role that one partner's account assumes, as deployed. */
export interface PartnerRoleBlueprint extends DeployedRole {
  readonly role: PartnerRole;
  /** The partner's name in the roster. */
  readonly partner: string;
  /** Ids of the machines whose users the partner manages by the document for that; absent where it does not. */
  readonly managesUsersOn?: readonly string[];
}

/** What each role of partners may do, limited to the resources that are named for one of them. */
export const PARTNER_PERMISSIONS = {
  DataShare: dataSharePermissions,
  ExternalSystem: externalSystemPermissions,
} as const satisfies Record<
  PartnerRole,
  (context: RoleContext, resources: PartnerResources, partner: string) => RolePermissions
>;

/**
 * Admits whoever the partner's account lets assume the role, and only with the external id that was agreed upon with
 * this partner: it keeps a third party from using the partner as a deputy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function trustOf({ account, externalId }: Partner): TrustDocument {
  return policyDocument({
    Sid: "Partner",
    Effect: "Allow",
    Principal: { AWS: accountRootArn(account) },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": externalId } },
  });
}

function partnerRoleBlueprint(
  context: RoleContext,
  partner: Partner,
  { role, resources }: PartnerGrant,
): PartnerRoleBlueprint {
  const { organization, account } = context;
  const name = partnerRoleName(organization, role, account, partner.name);
  return {
    role,
    partner: partner.name,
    ...(role === "ExternalSystem" &&
      managesLinuxUsers(resources) && { managesUsersOn: resources.instances ?? [] }),
    name,
    arn: roleArnOf(account, name),
    description: `${role} in ${account.key} for the partner ${partner.name}.`,
    trust: { text: renderDocument(trustOf(partner)) },
    sessionSeconds: ROLES[role].sessionSeconds,
    policies: PARTNER_PERMISSIONS[role](context, resources, partner.name).policies.map((policy) =>
      policyBlueprint(account, name, policy),
    ),
  };
}

/** The roles that partners assume in an account: one for each partner and role. */
export function partnerRoleBlueprints(
  { organization, partners }: Model,
  account: Account,
): readonly PartnerRoleBlueprint[] {
  return partners.flatMap((partner) =>
    partner.grants
      .filter((grant) => grant.account === account.key)
      .map((grant) => partnerRoleBlueprint({ organization, account }, partner, grant)),
  );
}
