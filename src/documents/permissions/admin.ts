import type { RolePermissions } from "../role-permissions";
import { ADMINISTRATOR_ACCESS } from "./aws-managed";

/** Everything; for emergencies only (seed: bootstrap notes), which in prod is a matter of who may hold it and how long. */
export const adminPermissions = (): RolePermissions => ({ policies: [ADMINISTRATOR_ACCESS] });
