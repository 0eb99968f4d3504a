import type { Account, Organization } from "../model/account";
import type { RoleRule } from "./role-rule";
import { rolesByAws } from "./roles-by-aws";
import { rolesByOps } from "./roles-by-ops";

/** The rules for roles that no stack makes and that may be in an account: `drift` and `access --live` judge by these. */
export const rolesThatPass = (organization: Organization, account: Account): readonly RoleRule[] => [
  ...rolesByAws(organization, account),
  rolesByOps(organization, account),
];
