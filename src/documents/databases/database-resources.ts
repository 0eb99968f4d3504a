import { isCluster, type Database } from "../../model/database";
import type { RoleContext } from "../role-permissions";

/** `2026-11-29-03-05`: how RDS ends the names of snapshots that it makes itself. */
const MOMENT = "????-??-??-??-??";

const arnsOf = (
  { organization, account }: RoleContext,
  service: "rds" | "logs" | "pi" | "secretsmanager",
  resources: readonly string[],
): readonly string[] =>
  resources.map((resource) => `arn:aws:${service}:${organization.region}:${account.id}:${resource}`);

/** RDS keeps identifiers in small letters, and IAM compares ARNs with case. */
const identifierOf = ({ identifier }: Database): string => identifier.toLowerCase();

/** The ARN of a database in RDS. */
export const databaseArn = (context: RoleContext, database: Database): string =>
  arnsOf(context, "rds", [`${isCluster(database) ? "cluster" : "db"}:${identifierOf(database)}`]).join("");

/**
 * A database, its instances where it is a cluster, its snapshots, and what is restored from them, as far as names tell. Others are named
 * by people, so the names say whose they are: `clinic-snapshot-…`, `clinic-restored-…`, and `clinic-instance-…` as the console has it.
 * A wildcard after the identifier alone would take in `clinic-billing`.
 */
export function databaseResources(context: RoleContext, database: Database): readonly string[] {
  const own = identifierOf(database);
  const [kind, snapshot] = isCluster(database) ? ["cluster", "cluster-snapshot"] : ["db", "snapshot"];
  return arnsOf(context, "rds", [
    `${kind}:${own}`,
    `${kind}:${own}-restored-*`,
    ...(isCluster(database) ? [`db:${own}-instance-*`] : []),
    `${snapshot}:${own}-snapshot-*`,
    `${snapshot}:rds:${own}-${MOMENT}`,
  ]);
}

/** Where RDS puts the logs of a database, and of the instances of a cluster. */
export function databaseLogs(context: RoleContext, database: Database): readonly string[] {
  const own = identifierOf(database);
  return arnsOf(
    context,
    "logs",
    isCluster(database)
      ? [`log-group:/aws/rds/cluster/${own}/*`, `log-group:/aws/rds/instance/${own}-instance-*`]
      : [`log-group:/aws/rds/instance/${own}/*`],
  );
}

/**
 * What Performance Insights has of a database: it knows instances alone, by their resource ids, so that of a cluster nothing tells
 * which they are.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.html
 */
export const databaseMetrics = (context: RoleContext, database: Database): readonly string[] =>
  arnsOf(context, "pi", [`metrics/rds/${isCluster(database) ? "*" : database.id}`]);

/** The secrets of a database by the seeds' form of names, of which the last part is its name in the organization. */
export const namedSecrets = (context: RoleContext, { name }: Database): readonly string[] =>
  arnsOf(context, "secretsmanager", [`secret:*/rds/${name}-??????`, `secret:*/rds/${name}/*`]);
