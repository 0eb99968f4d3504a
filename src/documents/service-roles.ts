import type { Account, Organization } from "../model/account";
import type { AccountBlueprint } from "./blueprint";
import type { ManagedPolicyBlueprint } from "./deployed-role";
import { eventRole } from "./detection/event-role";
import { quarantinePolicyBlueprint, responderRole, responseStarterRole } from "./detection/quarantine";
import { trailRole } from "./detection/trail-delivery";
import { linuxUsersExecutors, linuxUsersServiceRole } from "./machines/linux-users-role";
import type { ServiceRoleBlueprint } from "./service-role-blueprint";

/** What of an account's blueprint its services' roles follow from. */
type Served = Pick<AccountBlueprint, "partnerRoles" | "people"> & { readonly account: Account };

/**
 * The roles that services of AWS have in an account, whatever its stack's settings: without the setting that asks for one, it is not
 * made. The stacks make these and no other role beside the account's blueprint.
 */
export function serviceRoles(
  organization: Organization,
  { account, partnerRoles, people }: Served,
): readonly ServiceRoleBlueprint[] {
  const context = { organization, account };
  return [
    trailRole(context),
    eventRole(context),
    ...(people ? [responderRole(context, people.exemptFromResponse), responseStarterRole(context)] : []),
    ...linuxUsersExecutors(partnerRoles).map((executor) => linuxUsersServiceRole(context, executor)),
  ];
}

/** The policies of those roles, and the one that puts people in quarantine. */
export function servicePolicies(
  organization: Organization,
  blueprint: Served,
): readonly ManagedPolicyBlueprint[] {
  const { account, people } = blueprint;
  return [
    ...serviceRoles(organization, blueprint).map(({ policy }) => policy),
    ...(people ? [quarantinePolicyBlueprint({ organization, account })] : []),
  ];
}
