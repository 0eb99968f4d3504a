import type { HeldRole } from "../model/roles";
import { admin } from "./permissions/admin";
import { analyst } from "./permissions/analyst";
import { breakGlass } from "./permissions/break-glass";
import { dashboard } from "./permissions/dashboard";
import { dbRead } from "./permissions/db-read";
import { dba } from "./permissions/dba";
import { developer } from "./permissions/developer";
import { monitor } from "./permissions/monitor";
import { ops } from "./permissions/ops";
import { read } from "./permissions/read";
import { security } from "./permissions/security";
import type { RoleContext, RolePermissions } from "./role-permissions";

/** The permissions of each role that people hold, in an account. */
export const PERMISSIONS = {
  Admin: admin,
  BreakGlass: breakGlass,
  Ops: ops,
  Dba: dba,
  DbRead: dbRead,
  Developer: developer,
  Read: read,
  Security: security,
  Monitor: monitor,
  Analyst: analyst,
  Dashboard: dashboard,
} as const satisfies Record<HeldRole, (context: RoleContext) => RolePermissions>;
