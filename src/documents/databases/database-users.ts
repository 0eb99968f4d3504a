import type { Account, Organization } from "../../model/account";
import type { Database } from "../../model/database";

/** The ARN of a user of a database, as `rds-db:connect` takes it; `*` stands for every database of the account. */
export const databaseUserArn = (
  { region }: Organization,
  { id: account }: Account,
  database: string,
  user: string,
): string => `arn:aws:rds-db:${region}:${account}:dbuser:${database}/${user}`;

/**
 * The users as which a role signs in: of the databases that the organization names in the account, or of all of them where
 * it names none.
 * @param everywhere the user where no database is named
 */
export function databaseUsers(
  organization: Organization,
  account: Account,
  userOf: (database: Database) => string,
  everywhere: string,
): readonly string[] {
  if (account.databases === undefined) return [databaseUserArn(organization, account, "*", everywhere)];
  return account.databases.map((database) =>
    databaseUserArn(organization, account, database.id, userOf(database)),
  );
}
