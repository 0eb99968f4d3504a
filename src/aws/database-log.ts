import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { paginateFilterLogEvents, ResourceNotFoundException } from "@aws-sdk/client-cloudwatch-logs";

import { parseAuditMessage, type AuditLine, type AuditMessage } from "../databases/audit-lines";
import { auditLogName } from "../databases/database-checks";
import { isCluster, type Database } from "../model/database";
import { lastMillisecondOf, type Instant } from "../model/dates";

/** Where RDS puts the log of a database that holds its audit lines. */
export function auditLogGroup(database: Database): string {
  const kind = isCluster(database) ? "cluster" : "instance";
  return `/aws/rds/${kind}/${database.identifier}/${auditLogName(database)}`;
}

/**
 * The audit lines of one user of a database between two instants, the second of the later one included, in order of time; undefined
 * where the account has no such log group. Lines that cannot be read are counted, whoever's they are. Whole lines are filtered here:
 * a pattern of CloudWatch's would miss what it does not take for a word.
 */
export async function auditLines(
  client: CloudWatchLogs,
  database: Database,
  user: string,
  from: Instant,
  until: Instant,
): Promise<AuditMessage | undefined> {
  const found: AuditLine[] = [];
  let unread = 0;
  const pages = paginateFilterLogEvents(
    { client },
    {
      logGroupName: auditLogGroup(database),
      startTime: Date.parse(from),
      endTime: lastMillisecondOf(until),
    },
  );
  try {
    for await (const { events = [] } of pages) {
      for (const { message = "" } of events) {
        const read = parseAuditMessage(database.engine, message);
        found.push(...read.lines.filter((line) => line.user === user));
        unread += read.unread;
      }
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
  return { lines: found.sort((one, other) => (one.moment < other.moment ? -1 : 1)), unread };
}
