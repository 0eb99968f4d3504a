import { DBA_USER, type Database } from "../model/database";
import type { DatabasePeople, EndedGrant, OwnUser } from "./database-people";
import type { PlacedDatabase } from "./named-database";
import type { StatementSection } from "./statement-section";

/** Identifiers in quotes: names of people have dots and other characters in them, never a quote. */
const quoted = (name: string): string => `"${name}"`;

/** Of a longer name, PostgreSQL takes the beginning. https://www.postgresql.org/docs/16/sql-syntax-lexical.html */
const LONGEST_ROLE = 63;

const defaultsOf = (owner: string, schema: string): string =>
  `ALTER DEFAULT PRIVILEGES FOR ROLE ${quoted(owner)} IN SCHEMA ${quoted(schema)}`;

/** Default privileges are set by members of the role whose they are. */
const actFor = (owner: string): string =>
  `DO $$ BEGIN IF NOT pg_has_role(CURRENT_USER, '${owner}', 'USAGE') THEN GRANT ${quoted(owner)} TO CURRENT_USER; END IF; END $$;`;

/** Makes a user where there is none; PostgreSQL has no CREATE ROLE IF NOT EXISTS. */
const makeUser = (user: string, options = "LOGIN"): readonly string[] => [
  `DO $$ BEGIN CREATE ROLE ${quoted(user)} WITH ${options}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
  `GRANT rds_iam TO ${quoted(user)};`,
  `ALTER ROLE ${quoted(user)} SET pgaudit.log = 'all';`,
];

const OWNER_UNKNOWN =
  "-- Tables made later: name the role that makes them as `owner` in src/organization.ts.";

const tooLong = ({ name }: OwnUser): boolean => name.length > LONGEST_ROLE;

function ownUser(own: OwnUser): readonly string[] {
  const { name, validity } = own;
  if (tooLong(own))
    return [`-- ${name} has more than ${String(LONGEST_ROLE)} characters, which PostgreSQL does not take.`];
  return [
    ...makeUser(name),
    `ALTER ROLE ${quoted(name)} VALID UNTIL '${validity.until ?? "infinity"}';`,
    `GRANT ${quoted(name)} TO CURRENT_USER;`,
  ];
}

function ownGrants({ name }: OwnUser, { database, schema, owner }: Database): readonly string[] {
  const user = quoted(name);
  return [
    `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${user};`,
    `GRANT USAGE, CREATE ON SCHEMA ${quoted(schema)} TO ${user};`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${user};`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${quoted(schema)} TO ${user};`,
    ...(owner === undefined
      ? [OWNER_UNKNOWN]
      : ["SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE ON SEQUENCES"].map(
          (privileges) => `${defaultsOf(owner, schema)} GRANT ${privileges} TO ${user};`,
        )),
  ];
}

/** Only a member of a role may give away and drop what it owns, and RDS's master user is no superuser. */
const dropUser = (name: string, heir: string): readonly string[] => [
  "DO $$ BEGIN",
  `  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN`,
  `    GRANT ${quoted(name)} TO CURRENT_USER;`,
  `    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${name}';`,
  `    REASSIGN OWNED BY ${quoted(name)} TO ${heir};`,
  `    DROP OWNED BY ${quoted(name)};`,
  `    DROP ROLE ${quoted(name)};`,
  "  END IF;",
  "END $$;",
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
): readonly StatementSection[] {
  const { database, schema, owner, readOnlyUser } = named;
  const reader = quoted(readOnlyUser);
  const everybody = [readOnlyUser, DBA_USER, ...people.own.map(({ name }) => name)];
  return [
    {
      title: `Who runs this acts for ${owner ?? ""}, whose default privileges are set below`,
      lines: owner === undefined ? [] : [actFor(owner)],
    },
    {
      title: `Users of people who are no developers any more; what they made becomes that of ${owner ?? "whoever runs this"}`,
      lines: people.gone.flatMap((name) =>
        dropUser(name, owner === undefined ? "CURRENT_USER" : quoted(owner)),
      ),
    },
    {
      title:
        "Developers, as themselves. VALID UNTIL ends passwords; tokens end with the grant. Who runs this acts for them: what they make is granted below",
      lines: people.own.flatMap(ownUser),
    },
    {
      title: `DbRead: ${readOnlyUser} is granted reading`,
      lines: [
        ...makeUser(readOnlyUser),
        `ALTER ROLE ${reader} SET default_transaction_read_only = on;`,
        `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${reader};`,
        `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${reader};`,
        `GRANT SELECT ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${reader};`,
        owner === undefined
          ? OWNER_UNKNOWN
          : `${defaultsOf(owner, schema)} GRANT SELECT ON TABLES TO ${reader};`,
      ],
    },
    {
      title: `Dba: ${DBA_USER} makes users and administers`,
      lines: [...makeUser(DBA_USER, "LOGIN CREATEROLE"), `GRANT rds_superuser TO ${quoted(DBA_USER)};`],
    },
    {
      title: "What developers may do as themselves",
      lines: people.own.filter((own) => !tooLong(own)).flatMap((own) => ownGrants(own, named)),
    },
    {
      title: "Connections of grants that are over; others who sign in as the same user then sign in again",
      lines: people.ended.flatMap((grant) => endConnections(grant, readOnlyUser)),
    },
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
