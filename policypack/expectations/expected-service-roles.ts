import type { AccountBlueprint } from "../../src/documents/blueprint";
import type { ServiceRoleBlueprint } from "../../src/documents/service-role-blueprint";
import { serviceRoles } from "../../src/documents/service-roles";
import type { Organization } from "../../src/model/account";
import type { ExpectedRole } from "./expected-role";

/** The roles of services that policies of the pack name. */
function roleOf(id: ServiceRoleBlueprint["id"]): Pick<ExpectedRole, "role"> {
  return id === "LinuxUsers" || id === "Responder" ? { role: id } : {};
}

/** A service's role as the account may have it: the settings ask for all but that of the alarms, which every account has. */
const expectedRole = ({ id, name, arn, trust, policy, isBounded }: ServiceRoleBlueprint): ExpectedRole => ({
  ...roleOf(id),
  name,
  arn,
  trust,
  policies: [policy],
  ...(isBounded && { boundary: policy }),
  ...(id !== "Alarms" && { isOptional: true }),
});

/** The roles of services that an account may have beside what the roster and the services of the organization ask for. */
export const expectedServiceRoles = (
  organization: Organization,
  blueprint: AccountBlueprint,
): readonly ExpectedRole[] => serviceRoles(organization, blueprint).map(expectedRole);
