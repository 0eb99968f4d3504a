import type { Organization } from "../model/account";
import { DBA_USER } from "../model/database";
import { roleName } from "../model/names";
import { UserError } from "../model/problems";
import type { PlacedDatabase } from "./named-database";

/** `arn:aws:sts::444444444444:assumed-role/infra-DbReadR-prod/john.developer` */
const SESSION = /^arn:aws:sts::\d+:assumed-role\/(?<role>[^/]+)\/(?<session>.+)$/;

/**
 * The database user as which a session of a role may sign in.
 * @param caller the ARN that AWS says the credentials have
 * @throws UserError where it is no session of DbRead, Dba or, in dev, Developer in the database's account
 */
export function userOfSession(
  caller: string,
  organization: Organization,
  { account, database }: PlacedDatabase,
): string {
  const { role, session } = SESSION.exec(caller)?.groups ?? {};
  if (role === roleName(organization, "DbRead", account)) return database.readOnlyUser;
  if (role === roleName(organization, "Dba", account)) return DBA_USER;
  if (
    account.environment === "dev" &&
    session !== undefined &&
    role === roleName(organization, "Developer", account)
  )
    return session;
  const roles = ["DbRead", "Dba", ...(account.environment === "dev" ? ["Developer"] : [])];
  throw new UserError(
    `${caller} signs in to no database of ${account.key}. Name a profile of one of its roles with --profile: ${roles.join(", ")}.`,
  );
}
