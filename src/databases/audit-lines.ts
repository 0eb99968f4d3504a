import { toInstant, type Instant } from "../model/dates";
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

// RDS's prefix is `%t:%r:%u@%d:[%p]:`, where %r is an address with its port, `[local]` or nothing; pgAudit's line is AUDIT: type,
// statement, substatement, class, command, object type, object name, statement, parameters.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.pgaudit.html
const POSTGRES =
  /^(?<date>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2}:\d{2}) UTC:(?<source>\[local\]|[\w.:-]+\(\d+\)|):(?<user>[^@]*)@[^:]*:\[(?<connection>\d+)\]:LOG: +AUDIT: (?:SESSION|OBJECT),\d+,\d+,(?<kind>[^,]*),[^,]*,[^,]*,(?:"(?:[^"]|"")*"|[^,]*),(?<statement>.*)$/s;

// timestamp, server, user, host, connection, query, operation, database, object, return code, and of RDS for MySQL 8.0 the connection's type. RDS writes a date and a time, Aurora the
// microseconds since 1970.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
const MYSQL =
  /^(?:(?<microseconds>\d{16})|(?<year>\d{4})(?<month>\d{2})(?<day>\d{2}) (?<time>\d{2}:\d{2}:\d{2})),[^,]*,(?<user>[^,]*),(?<source>[^,]*),(?<connection>\d+),\d*,(?<kind>[A-Z_]+),[^,]*,(?<statement>'(?:[^'\\]|\\.)*'|[^,]*),\d*(?:,[\w/ ]*)?$/s;

/** pgAudit quotes a statement as CSV does where it has a comma, a quote or a line's end, and says what its parameters were. */
const postgresStatement = (rest: string): string => {
  const quoted = /^"((?:[^"]|"")*)"/s.exec(rest)?.[1];
  return quoted === undefined ? rest.replace(/,(<none>|<not logged>)$/, "") : quoted.replaceAll('""', '"');
};

function mysqlMoment({
  microseconds,
  year = "",
  month = "",
  day = "",
  time = "",
}: Readonly<Record<string, string>>): Instant {
  return toInstant(
    microseconds === undefined
      ? new Date(`${year}-${month}-${day}T${time}Z`)
      : new Date(Number(microseconds) / 1_000),
  );
}

/** A line that was read, one that is none of audit, or one that should be and cannot be read. */
type LineOutcome = AuditLine | "other" | "unread";

const READERS: Readonly<Record<DatabaseEngine, (line: string) => LineOutcome>> = {
  postgres: (line) => {
    const found = POSTGRES.exec(line)?.groups;
    // Whatever else the server has to say is in the same log.
    if (found === undefined) return /\bAUDIT: (SESSION|OBJECT),/.test(line) ? "unread" : "other";
    const {
      date = "",
      time = "",
      source = "",
      user = "",
      connection = "",
      kind = "",
      statement = "",
    } = found;
    const moment = toInstant(new Date(`${date}T${time}Z`));
    return { moment, user, source, connection, kind, statement: postgresStatement(statement) };
  },
  mysql: (line) => {
    const found = MYSQL.exec(line)?.groups;
    if (found === undefined) return line.trim() === "" ? "other" : "unread";
    const { source = "", user = "", connection = "", kind = "" } = found;
    const statement = (found["statement"] ?? "").replace(/^'(.*)'$/s, "$1").replaceAll("\\'", "'");
    return { moment: mysqlMoment(found), user, source, connection, kind, statement };
  },
};

/** MySQL's lines have no line's end within them; PostgreSQL's have, and a message is one of them. */
const linesOf = (engine: DatabaseEngine, message: string): readonly string[] =>
  engine === "mysql" ? message.split(/\r?\n/) : [message.trimEnd()];

/** What a message of a log says. */
export interface AuditMessage {
  readonly lines: readonly AuditLine[];
  /** How many lines should be of audit, and cannot be read. */
  readonly unread: number;
}

/** The audit lines in a message of a database's log. */
export function parseAuditMessage(engine: DatabaseEngine, message: string): AuditMessage {
  const outcomes = linesOf(engine, message).map((line) => READERS[engine](line));
  return {
    lines: outcomes.filter((outcome) => typeof outcome === "object"),
    unread: outcomes.filter((outcome) => outcome === "unread").length,
  };
}
