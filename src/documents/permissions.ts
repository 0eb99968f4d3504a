import type { HeldRole } from "../model/roles";
import { adminPermissions } from "./permissions/admin";
import { analystPermissions } from "./permissions/analyst";
import { breakGlassPermissions } from "./permissions/break-glass";
import { dashboardPermissions } from "./permissions/dashboard";
import { dbReadPermissions } from "./permissions/db-read";
import { dbaPermissions } from "./permissions/dba";
import { developerPermissions } from "./permissions/developer";
import { monitorPermissions } from "./permissions/monitor";
import { opsPermissions } from "./permissions/ops";
import { readPermissions } from "./permissions/read";
import { securityPermissions } from "./permissions/security";
import type { RoleContext, RolePermissions } from "./role-permissions";

/** The permissions of each role that people hold, in an account. */
export const PERMISSIONS: Readonly<Record<HeldRole, (context: RoleContext) => RolePermissions>> = {
  Admin: adminPermissions,
  BreakGlass: breakGlassPermissions,
  Ops: opsPermissions,
  Dba: dbaPermissions,
  DbRead: dbReadPermissions,
  Developer: developerPermissions,
  Read: readPermissions,
  Security: securityPermissions,
  Monitor: monitorPermissions,
  Analyst: analystPermissions,
  Dashboard: dashboardPermissions,
};
