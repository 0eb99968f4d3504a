import assert from "node:assert/strict";

import { checkDatabase } from "../../src/databases/database-checks";
import type { DatabaseSettings } from "../../src/databases/database-settings";
import type { Database } from "../../src/model/database";

const CLINIC: Database = {
  name: "clinic",
  id: "db-CLINIC",
  engine: "postgres",
  identifier: "clinic-prod",
  database: "app",
  schema: "public",
  readOnlyUser: "reader",
};
const RIGHT: DatabaseSettings = {
  resourceId: "db-CLINIC",
  engine: "postgres",
  signsInByIam: true,
  isEncrypted: true,
  isPublic: false,
  exportedLogs: ["postgresql"],
  parameters: {
    shared_preload_libraries: "pg_stat_statements, pgaudit",
    "pgaudit.role": "rds_pgaudit",
    "rds.force_ssl": "1",
  },
  options: {},
};
const BILLING: Database = {
  ...CLINIC,
  name: "billing",
  engine: "mysql",
  id: "db-BILLING",
  identifier: "billing",
};
const RIGHT_MYSQL: DatabaseSettings = {
  ...RIGHT,
  resourceId: "db-BILLING",
  engine: "mysql",
  exportedLogs: ["audit", "error"],
  parameters: { require_secure_transport: "1" },
  options: { MARIADB_AUDIT_PLUGIN: { SERVER_AUDIT_EVENTS: "CONNECT,QUERY" } },
};
const RIGHT_AURORA: DatabaseSettings = {
  ...RIGHT_MYSQL,
  resourceId: "cluster-BILLING",
  engine: "aurora-mysql",
  parameters: {
    require_secure_transport: "ON",
    server_audit_logging: "1",
    server_audit_events: "CONNECT,QUERY,TABLE",
  },
  options: {},
};

const wrong = (database: Database, settings: DatabaseSettings | undefined): readonly string[] =>
  checkDatabase(database, settings)
    .filter(({ isRight }) => !isRight)
    .map(({ says }) => says);

describe("checks of a database", () => {
  it("find nothing where everything is right", () => {
    assert.deepEqual(wrong(CLINIC, RIGHT), []);
    assert.deepEqual(wrong(BILLING, RIGHT_MYSQL), []);
    assert.deepEqual(wrong({ ...BILLING, id: "cluster-BILLING" }, RIGHT_AURORA), []);
  });

  const cases: readonly (readonly [Database, DatabaseSettings | undefined, string])[] = [
    [CLINIC, undefined, "there is no instance clinic-prod in the organization's region"],
    [
      CLINIC,
      { ...RIGHT, resourceId: "db-OTHER" },
      "its resource id is db-OTHER, and src/organization.ts has db-CLINIC: nobody signs in",
    ],
    [CLINIC, { ...RIGHT, engine: "mariadb" }, "its engine is mariadb, and src/organization.ts has postgres"],
    [CLINIC, { ...RIGHT, signsInByIam: false }, "IAM authentication is off: no token is taken"],
    [CLINIC, { ...RIGHT, isEncrypted: false }, "its storage is not encrypted"],
    [CLINIC, { ...RIGHT, isPublic: true }, "it has a public address"],
    [CLINIC, { ...RIGHT, exportedLogs: ["upgrade"] }, "its log postgresql stays on the server"],
    [
      CLINIC,
      { ...RIGHT, parameters: { ...RIGHT.parameters, shared_preload_libraries: "pgauditlog" } },
      "pgAudit is not loaded",
    ],
    [
      CLINIC,
      { ...RIGHT, parameters: { ...RIGHT.parameters, "pgaudit.role": "other" } },
      "pgAudit's role is other",
    ],
    [
      CLINIC,
      { ...RIGHT, parameters: { ...RIGHT.parameters, "rds.force_ssl": "0" } },
      "connections without TLS are let in",
    ],
    [BILLING, { ...RIGHT_MYSQL, options: {} }, "nothing is audited"],
    [
      BILLING,
      { ...RIGHT_MYSQL, options: { MARIADB_AUDIT_PLUGIN: { SERVER_AUDIT_EVENTS: "CONNECT" } } },
      "only CONNECT is audited",
    ],
    [BILLING, { ...RIGHT_MYSQL, exportedLogs: ["error"] }, "its log audit stays on the server"],
    [BILLING, { ...RIGHT_MYSQL, parameters: {} }, "connections without TLS are let in"],
    [
      { ...BILLING, id: "cluster-BILLING" },
      { ...RIGHT_AURORA, parameters: { ...RIGHT_AURORA.parameters, server_audit_logging: "0" } },
      "nothing is audited",
    ],
  ];
  for (const [database, settings, says] of cases) {
    it(says, () => {
      assert.deepEqual(wrong(database, settings), [says]);
      for (const { isRight, remedy } of checkDatabase(database, settings))
        assert.equal(remedy === undefined, isRight);
    });
  }
});
