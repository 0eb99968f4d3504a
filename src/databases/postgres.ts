import { DBA_USER } from "../model/database";
import type { DatabasePeople, EndedGrant, OwnUser } from "./database-people";
import type { PlacedDatabase } from "./named-database";
import type { Section } from "./section";

/** Identifiers in quotes: names of people have dots and other characters in them, never a quote. */
const quoted = (name: string): string => `"${name}"`;

/** Makes a user where there is none; PostgreSQL has no CREATE ROLE IF NOT EXISTS. */
const makeUser = (user: string, options = "LOGIN"): readonly string[] => [
  `DO $$ BEGIN CREATE ROLE ${quoted(user)} WITH ${options}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
  `GRANT rds_iam TO ${quoted(user)};`,
  `ALTER ROLE ${quoted(user)} SET pgaudit.log = 'all';`,
];

function ownUser({ name, validity }: OwnUser, database: string, schema: string): readonly string[] {
  return [
    ...makeUser(name),
    `ALTER ROLE ${quoted(name)} VALID UNTIL '${validity.until ?? "infinity"}';`,
    `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${quoted(name)};`,
    `GRANT USAGE, CREATE ON SCHEMA ${quoted(schema)} TO ${quoted(name)};`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${quoted(name)};`,
  ];
}

const dropUser = (name: string): readonly string[] => [
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${name}';`,
  `DROP OWNED BY ${quoted(name)};`,
  `DROP ROLE IF EXISTS ${quoted(name)};`,
];

function endConnections(
  { person, role, until, reason }: EndedGrant,
  readOnlyUser: string,
): readonly string[] {
  const user = role === "Dba" ? DBA_USER : readOnlyUser;
  return [
    `-- ${person}, ${reason.replace(/\s+/g, " ")}, until ${until}`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${user}' AND backend_start < '${until}';`,
  ];
}

/** The statements for PostgreSQL on RDS. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html */
export function postgresSections(
  { database: named }: PlacedDatabase,
  people: DatabasePeople,
): readonly Section[] {
  const { database, schema, owner, readOnlyUser } = named;
  const reader = quoted(readOnlyUser);
  const everybody = [readOnlyUser, DBA_USER, ...people.own.map(({ name }) => name)];
  return [
    {
      title: `DbRead: ${readOnlyUser} is granted reading`,
      lines: [
        ...makeUser(readOnlyUser),
        `ALTER ROLE ${reader} SET default_transaction_read_only = on;`,
        `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${reader};`,
        `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${reader};`,
        `GRANT SELECT ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${reader};`,
        owner === undefined
          ? "-- Tables made later: name the role that makes them as `owner` in src/organization.ts."
          : `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoted(owner)} IN SCHEMA ${quoted(schema)} GRANT SELECT ON TABLES TO ${reader};`,
      ],
    },
    {
      title: `Dba: ${DBA_USER} makes users and administers`,
      lines: [...makeUser(DBA_USER, "LOGIN CREATEROLE"), `GRANT rds_superuser TO ${quoted(DBA_USER)};`],
    },
    {
      title: "Developers, as themselves. VALID UNTIL ends passwords; tokens end with the grant",
      lines: people.own.flatMap((own) => ownUser(own, database, schema)),
    },
    {
      title: "Connections of grants that are over; others who sign in as the same user then sign in again",
      lines: people.ended.flatMap((grant) => endConnections(grant, readOnlyUser)),
    },
    { title: "Users of people who are no developers any more", lines: people.gone.flatMap(dropUser) },
    {
      title: "Look: users that sign in by IAM and are in no list above, such as services' and leavers'",
      lines: [
        "SELECT member.rolname FROM pg_auth_members JOIN pg_roles AS member ON member.oid = pg_auth_members.member",
        "  JOIN pg_roles AS granted ON granted.oid = pg_auth_members.roleid",
        `  WHERE granted.rolname = 'rds_iam' AND member.rolname NOT IN (${everybody.map((name) => `'${name}'`).join(", ")});`,
      ],
    },
  ];
}
