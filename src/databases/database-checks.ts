import { isCluster, type Database, type DatabaseEngine } from "../model/database";
import type { DatabaseSettings } from "./database-settings";

/** One thing that was looked at. */
export interface DatabaseCheck {
  readonly isRight: boolean;
  /** What is so, in words. */
  readonly says: string;
  /** What to do where it is not right. */
  readonly remedy?: string;
}

const check = (isRight: boolean, right: string, wrong: string, remedy: string): DatabaseCheck =>
  isRight ? { isRight, says: right } : { isRight, says: wrong, remedy };

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

const ENGINES: Readonly<Record<DatabaseEngine, RegExp>> = {
  postgres: /^(aurora-)?postgres(ql)?$/,
  mysql: /^(aurora-)?mysql$/,
};

function postgresAudit({ parameters }: DatabaseSettings): readonly DatabaseCheck[] {
  const isLoaded = listOf(parameters["shared_preload_libraries"]).includes("pgaudit");
  const role = parameters["pgaudit.role"];
  return [
    check(
      isLoaded,
      "pgAudit is loaded",
      "pgAudit is not loaded",
      "In its parameter group set shared_preload_libraries = pgaudit, and reboot.",
    ),
    check(
      role === "rds_pgaudit",
      "pgAudit's role is rds_pgaudit",
      `pgAudit's role is ${role ?? "not set"}`,
      "In its parameter group set pgaudit.role = rds_pgaudit, and make the role: CREATE ROLE rds_pgaudit; CREATE EXTENSION pgaudit;",
    ),
    check(
      parameters["rds.force_ssl"] === "1",
      "connections need TLS",
      "connections without TLS are let in",
      "In its parameter group set rds.force_ssl = 1.",
    ),
  ];
}

/** Aurora has its audit in parameters, RDS for MySQL in an option. */
function mysqlAudit({ options, parameters, engine }: DatabaseSettings): readonly DatabaseCheck[] {
  const isAurora = engine.startsWith("aurora");
  const events = isAurora
    ? parameters["server_audit_logging"] === "1" || parameters["server_audit_logging"] === "ON"
      ? parameters["server_audit_events"]
      : undefined
    : options["MARIADB_AUDIT_PLUGIN"]?.["SERVER_AUDIT_EVENTS"];
  const audited = listOf(events);
  return [
    check(
      audited.includes("CONNECT") && audited.includes("QUERY"),
      "connections and queries are audited",
      audited.length === 0 ? "nothing is audited" : `only ${audited.join(", ")} is audited`,
      isAurora
        ? "In its cluster's parameter group set server_audit_logging = 1 and server_audit_events = CONNECT,QUERY."
        : "Give it an option group with MARIADB_AUDIT_PLUGIN and SERVER_AUDIT_EVENTS = CONNECT,QUERY.",
    ),
    check(
      ["1", "ON"].includes(parameters["require_secure_transport"] ?? ""),
      "connections need TLS",
      "connections without TLS are let in",
      "In its parameter group set require_secure_transport = 1.",
    ),
  ];
}

const AUDIT: Readonly<
  Record<
    DatabaseEngine,
    { readonly log: string; readonly of: (settings: DatabaseSettings) => readonly DatabaseCheck[] }
  >
> = { postgres: { log: "postgresql", of: postgresAudit }, mysql: { log: "audit", of: mysqlAudit } };

/** The log in CloudWatch that holds a database's audit lines. */
export const auditLogName = ({ engine }: Database): string => AUDIT[engine].log;

const kindOf = (database: Database): "instance" | "cluster" => (isCluster(database) ? "cluster" : "instance");

/** What is right and wrong about a database, by what its account says of it. */
export function checkDatabase(
  database: Database,
  settings: DatabaseSettings | undefined,
): readonly DatabaseCheck[] {
  const { identifier, id, engine } = database;
  const kind = kindOf(database);
  if (settings === undefined) {
    return [
      check(
        false,
        "",
        `there is no ${kind} ${identifier} in the organization's region`,
        "Put `identifier` in src/organization.ts right.",
      ),
    ];
  }
  const modify = `aws rds modify-db-${kind} --db-${kind}-identifier ${identifier}`;
  const log = auditLogName(database);
  return [
    check(
      settings.resourceId === id,
      `its resource id is ${id}`,
      `its resource id is ${settings.resourceId}, and src/organization.ts has ${id}: nobody signs in`,
      "Put `id` in src/organization.ts right. A restored database has a new one.",
    ),
    check(
      ENGINES[engine].test(settings.engine),
      `its engine is ${settings.engine}`,
      `its engine is ${settings.engine}, and src/organization.ts has ${engine}`,
      "Put `engine` in src/organization.ts right.",
    ),
    check(
      settings.signsInByIam,
      "IAM authentication is on",
      "IAM authentication is off: no token is taken",
      `${modify} --enable-iam-database-authentication --apply-immediately`,
    ),
    check(
      settings.isEncrypted,
      "its storage is encrypted",
      "its storage is not encrypted",
      "Copy a snapshot with a key, and restore that: encryption cannot be switched on later.",
    ),
    check(
      !settings.isPublic,
      "it has no public address",
      "it has a public address",
      `${modify} --no-publicly-accessible --apply-immediately`,
    ),
    ...AUDIT[engine].of(settings),
    check(
      settings.exportedLogs.includes(log),
      `its log ${log} goes to CloudWatch`,
      `its log ${log} stays on the server`,
      `${modify} --cloudwatch-logs-export-configuration EnableLogTypes=${log} --apply-immediately`,
    ),
  ];
}
