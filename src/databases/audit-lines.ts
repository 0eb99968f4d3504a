import { instantOf, type Instant } from "../model/dates";
import type { DatabaseEngine } from "../model/database";

/** One statement or connection as a database's audit log has it. */
export interface AuditLine {
  readonly moment: Instant;
  readonly user: string;
  /** Where the connection came from, as the database saw it. */
  readonly source: string;
  readonly connection: string;
  /** pgAudit's class (`READ`), or the plugin's operation (`QUERY`, `CONNECT`). */
  readonly kind: string;
  readonly statement: string;
}

// RDS's prefix is `%t:%r:%u@%d:[%p]:`; pgAudit's line is AUDIT: type, statement, substatement, class, command, object type, object
// name, statement, parameters. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
const POSTGRES =
  /^(?<date>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2}:\d{2}) UTC:(?<source>[^:]*):(?<user>[^@]*)@[^:]*:\[(?<connection>\d+)\]:LOG: +AUDIT: (?:SESSION|OBJECT),\d+,\d+,(?<kind>[^,]*),[^,]*,[^,]*,[^,]*,(?<statement>.*)$/s;

// timestamp, server, user, host, connection, query, operation, database, object, return code.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
const MYSQL =
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2}) (?<time>\d{2}:\d{2}:\d{2}),[^,]*,(?<user>[^,]*),(?<source>[^,]*),(?<connection>\d+),\d*,(?<kind>[A-Z_]+),[^,]*,(?<statement>.*),\d+$/s;

/** pgAudit quotes a statement as CSV does where it has a comma, a quote or a line's end, and says what its parameters were. */
const postgresStatement = (rest: string): string => {
  const quoted = /^"((?:[^"]|"")*)"/s.exec(rest)?.[1];
  return quoted === undefined ? rest.replace(/,(<none>|<not logged>)$/, "") : quoted.replaceAll('""', '"');
};

const READERS: Readonly<Record<DatabaseEngine, (message: string) => AuditLine | undefined>> = {
  postgres: (message) => {
    const found = POSTGRES.exec(message)?.groups;
    if (found === undefined) return undefined;
    const {
      date = "",
      time = "",
      source = "",
      user = "",
      connection = "",
      kind = "",
      statement = "",
    } = found;
    const moment = instantOf(new Date(`${date}T${time}Z`));
    return { moment, user, source, connection, kind, statement: postgresStatement(statement) };
  },
  mysql: (message) => {
    const found = MYSQL.exec(message)?.groups;
    if (found === undefined) return undefined;
    const {
      year = "",
      month = "",
      day = "",
      time = "",
      source = "",
      user = "",
      connection = "",
      kind = "",
    } = found;
    const moment = instantOf(new Date(`${year}-${month}-${day}T${time}Z`));
    const statement = (found["statement"] ?? "").replace(/^'(.*)'$/s, "$1").replaceAll("\\'", "'");
    return { moment, user, source, connection, kind, statement };
  },
};

/** The audit line in a message of a database's log; undefined where it is another message. */
export const auditLineOf = (engine: DatabaseEngine, message: string): AuditLine | undefined =>
  READERS[engine](message.trimEnd());
