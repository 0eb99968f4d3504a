import type { Account, Organization } from "../model/account";
import { formatChoices } from "../model/choices";
import type { Database } from "../model/database";
import { UserError } from "../model/problems";

/** A database that the organization names, in its account. */
export interface PlacedDatabase {
  readonly account: Account;
  readonly database: Database;
}

/** Every database that the organization names, in the order of its file. */
export const everyDatabase = ({ accounts }: Organization): readonly PlacedDatabase[] =>
  accounts.flatMap((account) => (account.databases ?? []).map((database) => ({ account, database })));

/**
 * Every database, or those of the account of that key.
 * @throws UserError where there is no such account, or no database in any
 */
export function databasesIn(
  organization: Organization,
  accountKey: string | undefined,
): readonly PlacedDatabase[] {
  const keys = organization.accounts.map(({ key }) => key);
  if (accountKey !== undefined && !keys.includes(accountKey)) {
    throw new UserError(
      `There is no account ${JSON.stringify(accountKey)}. Allowed: ${formatChoices(accountKey, keys, "accounts")}`,
    );
  }
  const all = everyDatabase(organization);
  if (all.length === 0) {
    throw new UserError(
      "src/organization.ts names no database. Name them in their account: `databases: { instances: { clinic: { id, engine } } }`.",
    );
  }
  return accountKey === undefined ? all : all.filter(({ account }) => account.key === accountKey);
}

/**
 * The database of that name; where several accounts have one, in the account of that key.
 * @throws UserError where there is none, or more than one
 */
export function databaseNamed(
  organization: Organization,
  name: string,
  accountKey: string | undefined,
): PlacedDatabase {
  const there = databasesIn(organization, accountKey);
  const named = there.filter(({ database }) => database.name === name);
  const [only, another] = named;
  if (only === undefined) {
    const known = [...new Set(there.map(({ database }) => database.name))];
    const where = accountKey ?? "src/organization.ts";
    throw new UserError(
      `${where} names no database ${JSON.stringify(name)}. Allowed: ${formatChoices(name, known, "databases")}`,
    );
  }
  if (another === undefined) return only;
  const keys = named.map(({ account }) => account.key);
  throw new UserError(
    `Several accounts have a database ${name}: say which with --account. Allowed: ${keys.join(", ")}`,
  );
}
