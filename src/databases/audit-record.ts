import { DBA_USER } from "../model/database";
import { addSeconds, type Instant } from "../model/dates";
import type { Grant } from "../model/grants";
import type { Model } from "../model/model";
import { countNoun, UserError } from "../model/problems";
import { codeSpan } from "../text/markdown-code";
import type { AuditLine } from "./audit-lines";
import { everyDatabase, type PlacedDatabase } from "./named-database";

/** A grant of a database, with what it opened. */
export interface AuditedGrant {
  readonly grant: Grant;
  readonly from: Instant;
  readonly until: Instant;
  readonly databases: readonly PlacedDatabase[];
}

/** How long after a grant its connections are looked for, in hours: an open one is ended by hand. */
export const HOURS_AFTER = 12;

/**
 * The grants of DbRead and Dba for a reason, and the named databases that they opened.
 * @throws UserError where there is none, or no database is named
 */
export function auditedGrants({ grants, organization }: Model, reason: string): readonly AuditedGrant[] {
  const audited = grants.flatMap((grant): readonly AuditedGrant[] => {
    const { role, validity, account: key, database: only } = grant;
    if (grant.reason?.trim() !== reason.trim() || (role !== "DbRead" && role !== "Dba")) return [];
    if (validity.from === undefined || validity.until === undefined) return [];
    const databases = everyDatabase(organization).filter(
      ({ account, database }) => account.key === key && (only === undefined || only === database.name),
    );
    return [{ grant, from: validity.from, until: validity.until, databases }];
  });
  if (audited.length === 0) {
    throw new UserError(
      `No temporary grant of DbRead or Dba in src/roster.ts has the reason ${JSON.stringify(reason)}. Of one that was removed, ` +
        "name a commit that has it: --ref <commit>. npm run access -- history tells which.",
    );
  }
  if (audited.every(({ databases }) => databases.length === 0)) {
    throw new UserError(
      "src/organization.ts names no database of that account: nobody can tell which log to read.",
    );
  }
  return audited;
}

/** The database user as which a grant signs in. */
export const databaseUserOf = ({ grant }: AuditedGrant, { database }: PlacedDatabase): string =>
  grant.role === "Dba" ? DBA_USER : database.readOnlyUser;

/** Everybody else who may sign in as the same user at some time of the grant, by the roster. */
function othersDuring({ holdings }: Model, { grant, from, until }: AuditedGrant): readonly string[] {
  return holdings
    .of(grant.account, grant.role)
    .filter(({ person }) => person !== grant.person)
    .filter(({ validities }) =>
      validities.some(
        (validity) =>
          (validity.from === undefined || validity.from < until) &&
          (validity.until === undefined || from < validity.until),
      ),
    )
    .map(({ person }) => person);
}

/** What a log said of one database in the time of a grant. */
export interface AuditedDatabase {
  readonly placed: PlacedDatabase;
  readonly logGroup: string;
  /** Those of the grant's database user; undefined where there is no such log group. */
  readonly lines: readonly AuditLine[] | undefined;
  /** How many lines should be of audit and cannot be read, whoever's they are. */
  readonly unread: number;
  /** Until when the log was read: it may go on. */
  readonly readUntil: Instant;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function databaseText(
  audited: AuditedGrant,
  { placed, logGroup, lines, unread, readUntil }: AuditedDatabase,
): string {
  const heading = `### ${placed.database.name}, as ${codeSpan(databaseUserOf(audited, placed))}`;
  if (lines === undefined) {
    return [
      heading,
      "",
      `There is no log group ${codeSpan(logGroup)}: this reads what was done from no other place.`,
    ].join("\n");
  }
  const after = lines.filter(({ moment }) => moment >= audited.until).length;
  const found =
    lines.length === 0
      ? "no audit line"
      : `${countNoun(lines.length, "audit line")}, ${after === 0 ? "none" : String(after)} after the grant's end`;
  const table = [
    row(["time (UTC)", "from", "connection", "kind", "statement"]),
    row(["---", "---", "---", "---", "---"]),
    ...lines.map(({ moment, source, connection, kind, statement }) =>
      row([
        `${moment}${moment >= audited.until ? " **after the end**" : ""}`,
        codeSpan(source),
        connection,
        codeSpan(kind),
        codeSpan(statement),
      ]),
    ),
  ];
  return [
    heading,
    "",
    `${codeSpan(logGroup)}, read from ${audited.from} until ${readUntil}: ${found}.`,
    ...(unread === 0
      ? []
      : [
          "",
          `**${countNoun(unread, "line")} of audit cannot be read here, whoever wrote them: look at them in the log group.**`,
        ]),
    ...(lines.length === 0 ? [] : ["", ...table]),
  ].join("\n");
}

/** The record of one grant as Markdown, for whoever reviews it. */
export function auditRecord(
  model: Model,
  audited: AuditedGrant,
  databases: readonly AuditedDatabase[],
): string {
  const { grant, from, until } = audited;
  const others = othersDuring(model, audited);
  return [
    `## ${grant.person}: ${grant.role} in ${grant.account}`,
    "",
    `- reason: ${codeSpan(grant.reason ?? "")}`,
    `- approved by: ${(grant.approvedBy ?? []).join(", ")}`,
    `- from ${from} until ${until}`,
    others.length === 0
      ? "- nobody else had the role in this time, by the roster"
      : `- the same database user was open to ${others.join(", ")} in this time: lines below may be theirs`,
    "",
    databases.map((one) => databaseText(audited, one)).join("\n\n"),
    "",
    "- reviewed by, on:",
    "",
  ].join("\n");
}

/** Until when the log of a grant is read. */
export const logReadUntil = ({ until }: AuditedGrant, now: Instant): Instant => {
  const end = addSeconds(until, HOURS_AFTER * 3_600);
  return end < now ? end : now;
};
