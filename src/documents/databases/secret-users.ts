import type { Arn } from "../../model/names";
import type { HeldRole } from "../../model/roles";
import type { AccountBlueprint } from "../blueprint";

/** Those of people whose work is with databases and their passwords; Ops is kept from both. */
const SECRET_USERS: readonly HeldRole[] = ["Admin", "BreakGlass", "Dba"];

/** The roles that use the secrets of an account's databases: of people by their work, of services by what they read. */
export function secretUsers({ roles, workloadRoles }: AccountBlueprint): readonly Arn[] {
  return [
    ...roles.filter(({ role }) => SECRET_USERS.includes(role)),
    ...workloadRoles.filter(({ readsSecrets }) => readsSecrets),
  ].map(({ arn }) => arn);
}
