import { DBA_USER } from "../../model/database";
import { databaseUsers } from "../databases/database-users";
import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { inRegion } from "./region";

/** What belongs to databases: instances, clusters, their snapshots, parameters and options. */
const DATABASE_RESOURCES = [
  "cluster",
  "cluster-pg",
  "cluster-snapshot",
  "db",
  "og",
  "pg",
  "snapshot",
  "subgrp",
] as const;

/** What tunes and saves a database, and changes none. */
const TUNING = [
  "rds:AddTagsToResource",
  "rds:CopyDB*ParameterGroup",
  "rds:CreateDB*ParameterGroup",
  "rds:CreateDB*Snapshot",
  "rds:ModifyDB*ParameterGroup",
  "rds:RebootDB*",
  "rds:ResetDB*ParameterGroup",
] as const;

/** What changes a database, its master password included, and makes others of its copies. */
const CHANGING = [
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
  "rds:StartDB*",
  "rds:StopDB*",
] as const;

/** `rds!…` are the passwords that RDS keeps itself, `…/rds/…` those that the seeds name. */
const PASSWORDS = ["rds!*", "*/rds/*"];

/**
 * Administers RDS (seed: MenoTime): parameters, snapshots, database users, performance, logs. Nothing here deletes a
 * database, which takes a dated grant of Admin, and nothing reaches beyond databases. Temporary database users for
 * developers are made inside the database: see the runbook on database access.
 *
 * In staging it is limited (seed: MenoTime, user categories): databases are tuned and looked at there, not changed,
 * restored or signed in to by password. Staging's data is de-identified, and a snapshot of prod restored there would not be.
 */
export function dba(context: RoleContext): RolePermissions {
  const { organization, account } = context;
  const here = (service: string, resource: string): string =>
    `arn:aws:${service}:${organization.region}:${account.id}:${resource}`;
  const users = databaseUsers(organization, account, () => DBA_USER, DBA_USER);
  const isLimited = account.environment === "staging";
  const permissions = customerPolicy(
    "permissions",
    "Administers databases; deletes none, and reaches nothing else.",
    {
      Sid: "MonitorDatabases",
      Effect: "Allow",
      Action: [
        "cloudwatch:Describe*",
        "cloudwatch:Get*",
        "cloudwatch:List*",
        "logs:DescribeLogGroups",
        "pi:Describe*",
        "pi:Get*",
        "pi:List*",
        "rds:Describe*",
        "rds:Download*",
        "rds:ListTagsForResource",
      ],
      Resource: "*",
      Condition: inRegion(context),
    },
    {
      Sid: "AdministerDatabases",
      Effect: "Allow",
      Action: isLimited ? TUNING : [...TUNING, ...CHANGING].sort(),
      Resource: DATABASE_RESOURCES.map((type) => here("rds", `${type}:*`)),
    },
    ...(users.length === 0
      ? []
      : [
          {
            Sid: "ConnectToDatabases",
            Effect: "Allow" as const,
            Action: "rds-db:connect",
            Resource: users,
          },
        ]),
    {
      Sid: "ReadDatabaseLogs",
      Effect: "Allow",
      Action: [
        "logs:DescribeLogStreams",
        "logs:FilterLogEvents",
        "logs:GetLogEvents",
        "logs:GetQueryResults",
        "logs:StartQuery",
      ],
      Resource: here("logs", "log-group:/aws/rds/*"),
    },
    ...(isLimited
      ? []
      : [
          {
            Sid: "DatabasePasswords",
            Effect: "Allow" as const,
            Action: [
              "secretsmanager:DescribeSecret",
              "secretsmanager:GetSecretValue",
              "secretsmanager:RotateSecret",
            ],
            Resource: PASSWORDS.map((name) => here("secretsmanager", `secret:${name}`)),
          },
        ]),
  );
  return { policies: [permissions] };
}
