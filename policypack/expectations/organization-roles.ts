import type { AccountBlueprint } from "../../src/documents/blueprint";
import { serviceRoles } from "../../src/documents/service-roles";
import type { Organization } from "../../src/model/account";
import { caseless } from "../../src/model/names";

/** The names of all roles that the accounts have from Muster, of services that settings ask for too, without regard to case. */
export const organizationRoles = (
  organization: Organization,
  blueprints: readonly AccountBlueprint[],
): ReadonlySet<string> =>
  new Set(
    blueprints.flatMap((blueprint) =>
      [
        ...blueprint.roles,
        ...blueprint.partnerRoles,
        ...blueprint.workloadRoles,
        ...(blueprint.pipeline?.roles ?? []),
        ...serviceRoles(organization, blueprint),
      ].map(({ name }) => caseless(name)),
    ),
  );
