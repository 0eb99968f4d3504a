import { DBA_USER } from "../model/database";
import type { DatabasePeople, EndedGrant } from "./database-people";
import type { PlacedDatabase } from "./named-database";
import type { StatementSection } from "./statement-section";

/** https://dev.mysql.com/doc/refman/8.0/en/user-names.html */
const LONGEST_USER = 32;

/** Names of people have dots and other characters in them, never a quote. */
const account = (user: string): string => `'${user}'@'%'`;

const makeUser = (user: string): string =>
  `CREATE USER IF NOT EXISTS ${account(user)} IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;`;

/**
 * MySQL ends one connection a call, and knows how long one has been in its state alone, not when it began:
 * https://dev.mysql.com/doc/refman/8.0/en/information-schema-processlist-table.html
 * These statements write the calls.
 */
const endingCalls = (user: string): string =>
  `SELECT CONCAT('CALL mysql.rds_kill(', id, ');') FROM information_schema.processlist WHERE user = '${user}'`;

function endConnections(
  { person, role, until, reason }: EndedGrant,
  readOnlyUser: string,
): readonly string[] {
  return [
    `-- ${person}, ${reason.replace(/\s+/g, " ")}, until ${until}: run what this prints`,
    `${endingCalls(role === "Dba" ? DBA_USER : readOnlyUser)};`,
  ];
}

/** The statements for MySQL on RDS. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html */
export function mysqlSections(
  { database: named }: PlacedDatabase,
  people: DatabasePeople,
): readonly StatementSection[] {
  const { database, readOnlyUser } = named;
  const fits = (name: string): boolean => name.length <= LONGEST_USER;
  const own = people.own.map(({ name }) => name);
  const everybody = [readOnlyUser, DBA_USER, ...own];
  return [
    {
      title: `DbRead: ${readOnlyUser} is granted reading`,
      lines: [makeUser(readOnlyUser), `GRANT SELECT ON \`${database}\`.* TO ${account(readOnlyUser)};`],
    },
    {
      title: `Dba: ${DBA_USER} makes users and administers (rds_superuser_role: MySQL 8.0.36 and newer)`,
      lines: [
        makeUser(DBA_USER),
        `GRANT rds_superuser_role TO ${account(DBA_USER)};`,
        `SET DEFAULT ROLE rds_superuser_role TO ${account(DBA_USER)};`,
      ],
    },
    {
      title: "Developers, as themselves. MySQL has no date for a user: access ends with the grant",
      lines: own.flatMap((name) =>
        fits(name)
          ? [
              makeUser(name),
              `GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON \`${database}\`.* TO ${account(name)};`,
            ]
          : [`-- ${name} has more than ${String(LONGEST_USER)} characters, which MySQL does not take.`],
      ),
    },
    {
      title:
        "Connections that may be of grants that are over; MySQL does not tell when one began, and others sign in again",
      lines: people.ended.flatMap((grant) => endConnections(grant, readOnlyUser)),
    },
    {
      title: "Users of people who are no developers any more",
      lines: people.gone
        .filter(fits)
        .flatMap((name) => [`${endingCalls(name)};`, `DROP USER IF EXISTS ${account(name)};`]),
    },
    {
      title: "Look: users that sign in by IAM and are in no list above, such as services' and leavers'",
      lines: [
        "SELECT user, host FROM mysql.user WHERE plugin = 'AWSAuthenticationPlugin'",
        `  AND user NOT IN (${everybody.map((name) => `'${name}'`).join(", ")});`,
      ],
    },
  ];
}
