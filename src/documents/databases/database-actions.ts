/** RDS's types that several databases share: nothing in their names tells whose they are. */
export const SHARED_TYPES = ["cluster-pg", "og", "pg", "subgrp"] as const;

/** RDS's types of databases and their copies. */
export const DATABASE_TYPES = ["cluster", "cluster-snapshot", "db", "snapshot"] as const;

/** What tunes and saves a database, and changes none. */
export const TUNING_ACTIONS = [
  "rds:AddTagsToResource",
  "rds:CopyDB*ParameterGroup",
  "rds:CreateDB*ParameterGroup",
  "rds:CreateDB*Snapshot",
  "rds:ModifyDB*ParameterGroup",
  "rds:RebootDB*",
  "rds:ResetDB*ParameterGroup",
] as const;

/** What changes a database, its master password included, and makes others of its copies. */
export const CHANGING_ACTIONS = [
  "rds:ApplyPendingMaintenanceAction",
  "rds:CopyDB*Snapshot",
  "rds:FailoverDBCluster",
  "rds:ModifyDBCluster",
  "rds:ModifyDBInstance",
  "rds:ModifyOptionGroup",
  "rds:RestoreDBClusterFromSnapshot",
  "rds:RestoreDBClusterToPointInTime",
  "rds:RestoreDBInstanceFromDBSnapshot",
  "rds:RestoreDBInstanceToPointInTime",
  "rds:StartDBCluster",
  "rds:StartDBInstance",
  "rds:StopDBCluster",
  "rds:StopDBInstance",
] as const;

/** What tells how a database fares, its statements included. */
export const METRIC_ACTIONS = ["pi:Describe*", "pi:Get*", "pi:List*"] as const;

/** Log files on a database's server. */
export const LOG_FILES = ["rds:Download*"] as const;

/** A database's logs in CloudWatch. */
export const LOG_ACTIONS = [
  "logs:DescribeLogStreams",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetQueryResults",
  "logs:StartQuery",
] as const;

/** What reads and changes a password. */
export const PASSWORD_ACTIONS = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "secretsmanager:RotateSecret",
] as const;
