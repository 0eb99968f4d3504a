import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { can, cannot, proveRole } from "./role-proof";

const BOTH = ["staging", "prod"] as const;

const database = "arn:aws:rds:{region}:{account}:db:menotime";
const snapshot = "arn:aws:rds:{region}:{account}:snapshot:menotime";
const secret = (name: string): string => `arn:aws:secretsmanager:{region}:{account}:secret:${name}-AbCdEf`;

describe("Dba", () => {
  proveRole({
    role: "Dba",
    environments: BOTH,
    cases: [
      ...beside(
        MENOTIME.dba,
        // "They can"
        can(
          BOTH,
          "modify database parameters",
          "rds:ModifyDBParameterGroup",
          "arn:aws:rds:{region}:{account}:pg:menotime",
          { decision: "15.17" },
        ),
        can(
          BOTH,
          "modify cluster parameters",
          "rds:ModifyDBClusterParameterGroup",
          "arn:aws:rds:{region}:{account}:cluster-pg:menotime",
          { decision: "15.17" },
        ),
        can("prod", "modify instances", "rds:ModifyDBInstance", database, { decision: "15.9" }),
        can(
          "prod",
          "modify clusters",
          "rds:ModifyDBCluster",
          "arn:aws:rds:{region}:{account}:cluster:menotime",
          { decision: "15.9" },
        ),
        can(BOTH, "create snapshots, of the database", "rds:CreateDBSnapshot", database, {
          decision: "15.9",
        }),
        can(BOTH, "create snapshots, under their name", "rds:CreateDBSnapshot", snapshot, {
          decision: "15.9",
        }),
        can("prod", "restore snapshots, from the snapshot", "rds:RestoreDBInstanceFromDBSnapshot", snapshot, {
          decision: "15.16",
        }),
        can("prod", "restore snapshots, to a database", "rds:RestoreDBInstanceFromDBSnapshot", database, {
          decision: "15.9",
        }),
        can(
          "prod",
          "restore snapshots, with options",
          "rds:RestoreDBInstanceFromDBSnapshot",
          "arn:aws:rds:{region}:{account}:og:menotime",
          { decision: "15.16" },
        ),
        can(
          "prod",
          "restore snapshots, with parameters",
          "rds:RestoreDBInstanceFromDBSnapshot",
          "arn:aws:rds:{region}:{account}:pg:menotime",
          { decision: "15.16" },
        ),
        can(
          "prod",
          "restore snapshots, into a subnet group",
          "rds:RestoreDBInstanceFromDBSnapshot",
          "arn:aws:rds:{region}:{account}:subgrp:menotime",
          { decision: "15.16" },
        ),
        can(
          BOTH,
          "manage database users, signed in as iamdb",
          "rds-db:connect",
          "arn:aws:rds-db:{region}:{account}:dbuser:db-ABC/iamdb",
        ),
        can(
          "prod",
          "manage authentication: read passwords",
          "secretsmanager:GetSecretValue",
          secret("menotime/prod/rds/master"),
        ),
        can(
          "prod",
          "manage authentication: rotate passwords",
          "secretsmanager:RotateSecret",
          secret("rds!db-1"),
          { decision: "15.17" },
        ),
        can(
          BOTH,
          "monitor performance",
          "pi:GetResourceMetrics",
          "arn:aws:pi:{region}:{account}:metrics/rds/db-ABC",
          { decision: "15.17" },
        ),
        can(BOTH, "monitor metrics", "cloudwatch:GetMetricData", "*", { decision: "15.17" }),
        can(
          BOTH,
          "monitor logs",
          "logs:GetLogEvents",
          "arn:aws:logs:{region}:{account}:log-group:/aws/rds/instance/menotime/postgresql:log-stream:1",
        ),
        can(BOTH, "download logs", "rds:DownloadDBLogFilePortion", database, { decision: "15.17" }),
        can(BOTH, "see databases", "rds:DescribeDBInstances", database, { decision: "15.9" }),
        can(BOTH, "tag databases", "rds:AddTagsToResource", database, { decision: "15.9" }),

        // "They cannot"
        cannot(BOTH, "give or write over Muster's tag", "rds:AddTagsToResource", database, {
          context: { "aws:RequestTag/ManagedBy": "me" },
        }),
        cannot(
          BOTH,
          "view application source code: repositories",
          "codecommit:GitPull",
          "arn:aws:codecommit:{region}:{account}:menotime",
        ),
        cannot(
          BOTH,
          "view application source code: functions",
          "lambda:GetFunction",
          "arn:aws:lambda:{region}:{account}:function:api",
        ),
        cannot(BOTH, "get credentials of another service", "cloudwatch:GetSpaceCredentials"),
        cannot(BOTH, "read what is kept beside databases", "cloudwatch:GetRecords"),
        cannot(
          BOTH,
          "modify account settings",
          "account:PutAlternateContact",
          "arn:aws:account::{account}:account",
        ),
        cannot(BOTH, "modify IAM", "iam:CreateRole", "arn:aws:iam::{account}:role/app"),
        cannot(BOTH, "delete databases", "rds:DeleteDBInstance", database),
        cannot(
          BOTH,
          "delete clusters",
          "rds:DeleteDBCluster",
          "arn:aws:rds:{region}:{account}:cluster:menotime",
        ),
        cannot(BOTH, "delete snapshots", "rds:DeleteDBSnapshot", snapshot),
        cannot(
          BOTH,
          "access other resources: instances",
          "ec2:StartInstances",
          "arn:aws:ec2:{region}:{account}:instance/i-1",
        ),
        cannot(
          BOTH,
          "access application servers",
          "ssm:StartSession",
          "arn:aws:ec2:{region}:{account}:instance/i-1",
        ),
        cannot(
          BOTH,
          "access applications: deploy",
          "ecs:UpdateService",
          "arn:aws:ecs:{region}:{account}:service/menotime-{environment}/api",
        ),
        cannot(BOTH, "access other resources: buckets", "s3:GetObject", "arn:aws:s3:::menotime-data/patient"),
        cannot(
          BOTH,
          "access other resources: tables",
          "dynamodb:GetItem",
          "arn:aws:dynamodb:{region}:{account}:table/patients",
        ),
        cannot(
          BOTH,
          "access other resources: secrets",
          "secretsmanager:GetSecretValue",
          secret("menotime/prod/webhook"),
        ),
        cannot(
          BOTH,
          "access other resources: logs",
          "logs:GetLogEvents",
          "arn:aws:logs:{region}:{account}:log-group:/menotime/api:log-stream:1",
        ),
      ),

      // "STAGING (limited)"
      cannot("staging", "change an instance in staging", "rds:ModifyDBInstance", database),
      cannot(
        "staging",
        "change a cluster in staging",
        "rds:ModifyDBCluster",
        "arn:aws:rds:{region}:{account}:cluster:menotime",
      ),
      cannot("staging", "restore a snapshot in staging", "rds:RestoreDBInstanceFromDBSnapshot", snapshot),
      cannot("staging", "copy a snapshot in staging", "rds:CopyDBSnapshot", snapshot),
      cannot("staging", "stop a database in staging", "rds:StopDBInstance", database),
      cannot(
        "staging",
        "change options in staging",
        "rds:ModifyOptionGroup",
        "arn:aws:rds:{region}:{account}:og:menotime",
      ),
      cannot(
        "staging",
        "read a password in staging",
        "secretsmanager:GetSecretValue",
        secret("menotime/staging/rds/master"),
      ),
      cannot("staging", "rotate a password in staging", "secretsmanager:RotateSecret", secret("rds!db-1")),

      // Least privilege
      cannot(
        BOTH,
        "sign in as the application",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{account}:dbuser:db-ABC/menotime_app",
      ),
      cannot(BOTH, "share snapshots with other accounts", "rds:ModifyDBSnapshotAttribute", snapshot),
      cannot(
        BOTH,
        "work outside the organization's region: look",
        "rds:DescribeDBInstances",
        "arn:aws:rds:us-east-1:{account}:db:menotime",
      ),
      cannot(
        BOTH,
        "work outside the organization's region: modify",
        "rds:ModifyDBInstance",
        "arn:aws:rds:us-east-1:{account}:db:menotime",
      ),
      cannot(
        "prod",
        "work outside the organization's region: restore what is here elsewhere",
        "rds:RestoreDBInstanceToPointInTime",
        "arn:aws:rds:{region}:{account}:db:menotime",
        { region: "us-east-1" },
      ),
      cannot(
        "prod",
        "keep backups in another region",
        "rds:StartDBInstanceAutomatedBackupsReplication",
        "arn:aws:rds:{region}:{account}:db:menotime",
      ),
    ],
  });
});
