/** The engines that have statements of their own. */
export const DATABASE_ENGINES = ["postgres", "mysql"] as const;
export type DatabaseEngine = (typeof DATABASE_ENGINES)[number];

/** The database user as which the role DbRead signs in, where an instance names no other (seed: Svitla, scenario 2). */
export const READ_ONLY_USER = "dev_readonly_user";

/** The database user as which the role Dba signs in (seed: MenoTime). */
export const DBA_USER = "iamdb";

/** A database on RDS that the organization names. */
export interface Database {
  /** Its key in the account, by which grants and commands name it. */
  readonly name: string;
  /** The DbiResourceId of the instance or the cluster: `db-ABCDEFGHIJKL01234`, `cluster-ABCDEFGHIJKL01234`. */
  readonly id: string;
  readonly engine: DatabaseEngine;
  /** The identifier under which RDS shows the instance or cluster. */
  readonly identifier: string;
  /** The database within it that people read. */
  readonly database: string;
  /** The schema whose tables people read; MySQL has none. */
  readonly schema: string;
  /** The role that owns the tables, where the organization says it: its future tables are readable too. */
  readonly owner?: string;
  /** The database user as which DbRead signs in. */
  readonly readOnlyUser: string;
}

/** Whether it is a cluster of Aurora's or of several zones; an instance otherwise. */
export const isCluster = ({ id }: Pick<Database, "id">): boolean => id.startsWith("cluster-");

/** A database as `src/organization.ts` declares it. */
export interface DatabaseDefinition {
  /** The DbiResourceId: `db-ABCDEFGHIJKL01234`, or a cluster's. */
  readonly id: string;
  readonly engine: DatabaseEngine;
  /** The DBInstanceIdentifier or DBClusterIdentifier; the key by default. */
  readonly identifier?: string;
  /** The database within it that people read; the key by default. */
  readonly database?: string;
  /** PostgreSQL: the schema whose tables people read; `public` by default. */
  readonly schema?: string;
  /** PostgreSQL: the role that owns the tables. */
  readonly owner?: string;
  /** `dev_readonly_user` by default. */
  readonly readOnlyUser?: string;
}
