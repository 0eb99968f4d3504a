import assert from "node:assert/strict";

import { databasePeople } from "../../src/databases/database-people";
import { databaseNamed } from "../../src/databases/named-database";
import { statementsFor } from "../../src/databases/statements";
import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import { newAddress } from "../support/address";

const organization = {
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: {
      id: "222222222222",
      kind: "workload",
      environment: "dev",
      databases: {
        instances: {
          clinic: { id: "db-CLINICDEV", engine: "postgres", database: "app", owner: "app_owner" },
          billing: { id: "db-BILLING", engine: "mysql" },
        },
      },
    },
    prod: {
      id: "444444444444",
      kind: "workload",
      environment: "prod",
      databases: {
        instances: {
          clinic: { id: "db-CLINIC", engine: "postgres", readOnlyUser: "reader" },
          ledger: { id: "db-LEDGER", engine: "mysql" },
        },
      },
    },
  },
};
const person = (category: string, access: object = {}, more: object = {}) => ({
  email: newAddress(),
  category,
  access,
  ...more,
});
const LONG = "somebody-with-a-name-of-more-than-32-letters";
const LONGER = "x".repeat(64);
const model = buildModel(
  organization,
  {
    people: {
      "dana.dba": person("dba"),
      "olga.ops": person("devops"),
      "paul.dev": person("developer", { dev: "Developer" }, { until: "2027-01-31" }),
      "gone.dev": person("developer", { dev: "Developer" }, { until: "2026-11-10" }),
      [LONG]: person("developer", { dev: "Developer" }),
      [LONGER]: person("developer", { dev: "Developer" }),
    },
    temporary: [
      { person: "paul.dev", role: "DbRead", from: "2026-11-23T08:00:00Z", until: "2026-11-23T10:00:00Z" },
      { person: "olga.ops", role: "Dba", from: "2026-11-23T08:00:00Z", until: "2026-11-23T11:00:00Z" },
      { person: "paul.dev", role: "DbRead", from: "2026-11-23T14:00:00Z", until: "2026-11-23T15:00:00Z" },
    ].map((grant, index) => ({
      ...grant,
      account: "prod",
      reason: `INC-${String(index)}\n-- DROP`,
      approvedBy: index === 2 ? ["dana.dba", "olga.ops"] : ["dana.dba"],
    })),
  },
  new Date("2026-11-23T12:00:00Z"),
);
const textOf = (name: string, account?: string): string => {
  const placed = databaseNamed(model.organization, name, account);
  return statementsFor(placed, databasePeople(model, placed));
};

describe("statements of a database", () => {
  it("PostgreSQL in dev: the users, developers as themselves, those who are gone", () => {
    assert.equal(
      textOf("clinic", "dev"),
      `-- clinic in dev (postgres, db-CLINICDEV), by the roster. Read before you run it.

-- Who runs this acts for app_owner, whose default privileges are set below
DO $$ BEGIN IF NOT pg_has_role(CURRENT_USER, 'app_owner', 'USAGE') THEN GRANT "app_owner" TO CURRENT_USER; END IF; END $$;

-- Users of people who are no developers any more; what they made becomes that of app_owner
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'gone.dev') THEN
    GRANT "gone.dev" TO CURRENT_USER;
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gone.dev';
    REASSIGN OWNED BY "gone.dev" TO "app_owner";
    DROP OWNED BY "gone.dev";
    DROP ROLE "gone.dev";
  END IF;
END $$;

-- Developers, as themselves. VALID UNTIL ends passwords; tokens end with the grant. Who runs this acts for them: what they make is granted below
DO $$ BEGIN CREATE ROLE "paul.dev" WITH LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT rds_iam TO "paul.dev";
ALTER ROLE "paul.dev" SET pgaudit.log = 'all';
ALTER ROLE "paul.dev" VALID UNTIL '2027-02-01T00:00:00Z';
GRANT "paul.dev" TO CURRENT_USER;
DO $$ BEGIN CREATE ROLE "${LONG}" WITH LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT rds_iam TO "${LONG}";
ALTER ROLE "${LONG}" SET pgaudit.log = 'all';
ALTER ROLE "${LONG}" VALID UNTIL 'infinity';
GRANT "${LONG}" TO CURRENT_USER;
-- ${LONGER} has more than 63 characters, which PostgreSQL does not take.

-- DbRead: dev_readonly_user is granted reading
DO $$ BEGIN CREATE ROLE "dev_readonly_user" WITH LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT rds_iam TO "dev_readonly_user";
ALTER ROLE "dev_readonly_user" SET pgaudit.log = 'all';
ALTER ROLE "dev_readonly_user" SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE "app" TO "dev_readonly_user";
GRANT USAGE ON SCHEMA "public" TO "dev_readonly_user";
GRANT SELECT ON ALL TABLES IN SCHEMA "public" TO "dev_readonly_user";
ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" IN SCHEMA "public" GRANT SELECT ON TABLES TO "dev_readonly_user";

-- Dba: iamdb makes users and administers
DO $$ BEGIN CREATE ROLE "iamdb" WITH LOGIN CREATEROLE; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT rds_iam TO "iamdb";
ALTER ROLE "iamdb" SET pgaudit.log = 'all';
GRANT rds_superuser TO "iamdb";

-- What developers may do as themselves
GRANT CONNECT ON DATABASE "app" TO "paul.dev";
GRANT USAGE, CREATE ON SCHEMA "public" TO "paul.dev";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "paul.dev";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA "public" TO "paul.dev";
ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" IN SCHEMA "public" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "paul.dev";
ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" IN SCHEMA "public" GRANT USAGE ON SEQUENCES TO "paul.dev";
GRANT CONNECT ON DATABASE "app" TO "${LONG}";
GRANT USAGE, CREATE ON SCHEMA "public" TO "${LONG}";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "${LONG}";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA "public" TO "${LONG}";
ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" IN SCHEMA "public" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${LONG}";
ALTER DEFAULT PRIVILEGES FOR ROLE "app_owner" IN SCHEMA "public" GRANT USAGE ON SEQUENCES TO "${LONG}";

-- Look: users that sign in by IAM and are in no list above, such as services' and leavers'
SELECT member.rolname FROM pg_auth_members JOIN pg_roles AS member ON member.oid = pg_auth_members.member
  JOIN pg_roles AS granted ON granted.oid = pg_auth_members.roleid
  WHERE granted.rolname = 'rds_iam' AND member.rolname NOT IN ('dev_readonly_user', 'iamdb', 'paul.dev', '${LONG}', '${LONGER}');
`,
    );
  });

  it("PostgreSQL in prod: connections of grants that are over, the latest first; a reason stays in its comment", () => {
    const text = textOf("clinic", "prod");
    assert.ok(
      text.includes(`
-- Connections of grants that are over; others who sign in as the same user then sign in again
-- olga.ops, INC-1 -- DROP, until 2026-11-23T11:00:00Z
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'iamdb' AND backend_start < '2026-11-23T11:00:00Z';
-- paul.dev, INC-0 -- DROP, until 2026-11-23T10:00:00Z
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader' AND backend_start < '2026-11-23T10:00:00Z';

`),
      text,
    );
    assert.ok(!text.includes("Developers, as themselves"));
  });

  it("MySQL in dev", () => {
    assert.equal(
      textOf("billing"),
      `-- billing in dev (mysql, db-BILLING), by the roster. Read before you run it.

-- DbRead: dev_readonly_user is granted reading
CREATE USER IF NOT EXISTS 'dev_readonly_user'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
GRANT SELECT ON \`billing\`.* TO 'dev_readonly_user'@'%';

-- Dba: iamdb makes users and administers (rds_superuser_role: MySQL 8.0.36 and newer)
CREATE USER IF NOT EXISTS 'iamdb'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
GRANT rds_superuser_role TO 'iamdb'@'%';
SET DEFAULT ROLE rds_superuser_role TO 'iamdb'@'%';

-- Developers, as themselves. MySQL has no date for a user: access ends with the grant
CREATE USER IF NOT EXISTS 'paul.dev'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON \`billing\`.* TO 'paul.dev'@'%';
-- ${LONG} has more than 32 characters, which MySQL does not take.
-- ${LONGER} has more than 32 characters, which MySQL does not take.

-- Users of people who are no developers any more
SELECT CONCAT('CALL mysql.rds_kill(', id, ');') FROM information_schema.processlist WHERE user = 'gone.dev';
DROP USER IF EXISTS 'gone.dev'@'%';

-- Look: users that sign in by IAM and are in no list above, such as services' and leavers'
SELECT user, host FROM mysql.user WHERE plugin = 'AWSAuthenticationPlugin'
  AND user NOT IN ('dev_readonly_user', 'iamdb', 'paul.dev', '${LONG}', '${LONGER}');
`,
    );
  });

  it("MySQL: ends every connection of the user, because it does not tell when one began", () => {
    assert.ok(
      textOf("ledger").includes(`
-- Connections that may be of grants that are over; MySQL does not tell when one began, and others sign in again
-- olga.ops, INC-1 -- DROP, until 2026-11-23T11:00:00Z: run what this prints
SELECT CONCAT('CALL mysql.rds_kill(', id, ');') FROM information_schema.processlist WHERE user = 'iamdb';
-- paul.dev, INC-0 -- DROP, until 2026-11-23T10:00:00Z: run what this prints
SELECT CONCAT('CALL mysql.rds_kill(', id, ');') FROM information_schema.processlist WHERE user = 'dev_readonly_user';
`),
    );
  });

  for (const [name, account, message] of [
    [
      "clinc",
      undefined,
      'src/organization.ts names no database "clinc". Allowed: "clinic", "billing", "ledger". Did you mean "clinic"?',
    ],
    [
      "clinic",
      undefined,
      "Several accounts have a database clinic: say which with --account. Allowed: dev, prod",
    ],
    ["billing", "prdo", 'There is no account "prdo". Allowed: "users", "dev", "prod". Did you mean "prod"?'],
    ["billing", "prod", 'prod names no database "billing". Allowed: "clinic", "ledger"'],
  ] as const) {
    it(`refuses ${name} in ${account ?? "any account"}`, () => {
      assert.throws(
        () => databaseNamed(model.organization, name, account),
        (error) => error instanceof UserError && error.message === message,
      );
    });
  }
});
