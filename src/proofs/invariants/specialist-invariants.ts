import { DEPLOYMENT_BUCKETS } from "../../documents/permissions/deployment-buckets";
import { WITHHELD_READS } from "../../documents/permissions/reading/withheld-reads";
import { CREDENTIAL_READS } from "./reading-invariants";
import type { RoleInvariant } from "./role-invariant";

const CHANGES = ["Write", "Tagging", "Permissions management"] as const;

const rds = (type: string): string => `arn:aws:rds:{region}:{account}:${type}:*`;
const DATABASE_SECRETS = ["rds!*", "*/rds/*"].map(
  (name) => `arn:aws:secretsmanager:{region}:{account}:secret:${name}`,
);

/** CloudWatch keeps records and hands out credentials beside metrics and alarms. */
const WITHHELD_OF_CLOUDWATCH = WITHHELD_READS.flatMap(({ actions }) => actions).filter((action) =>
  action.startsWith("cloudwatch:"),
);

const IN_REGION = { StringEquals: { "aws:RequestedRegion": "{region}" } } as const;

/** What saves and tunes a database, and changes none: groups of parameters, snapshots, tags, restarts. */
const TUNING_OF_DATABASES = [
  "rds:AddTagsToResource",
  "rds:CopyDB*ParameterGroup",
  "rds:CreateDB*ParameterGroup",
  "rds:CreateDB*Snapshot",
  "rds:ModifyDB*ParameterGroup",
  "rds:RebootDB*",
  "rds:ResetDB*ParameterGroup",
] as const;

/** What changes a database, its password included, starts and stops it, and makes others of its copies. */
const CHANGES_OF_DATABASES = [
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

const READS_OF_LOGS = [
  "logs:DescribeLogStreams",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetQueryResults",
  "logs:StartQuery",
] as const;

/** What shows developers how services are set up; AWS's policies of dev and staging show Read the same and more. */
const DEBUGGING_READS = [
  "application-autoscaling:Describe*",
  "autoscaling:Describe*",
  "cloudformation:Describe*",
  "cloudformation:Get*",
  "cloudformation:List*",
  "ec2:Describe*",
  "ecr:Describe*",
  "ecr:GetAuthorizationToken",
  "ecr:List*",
  "ecs:Describe*",
  "ecs:List*",
  "elasticloadbalancing:Describe*",
  "lambda:Get*",
  "lambda:List*",
  "logs:Describe*",
] as const;

/** What those who were given one thing must not reach beside it. */
export const SPECIALISTS = [
  {
    id: "dba-reaches-databases-alone",
    says: "Dba changes databases by the listed actions and signs in to them, reads their logs and passwords, sees metrics and alarms of the organization's region, and reaches nothing else.",
    source: "MenoTime, DBA: cannot access other AWS resources outside RDS",
    of: { labels: ["Dba"] },
    never: [{ actions: "*" }],
    apartFrom: [
      {
        actions: [...TUNING_OF_DATABASES, ...CHANGES_OF_DATABASES],
        resources: ["cluster", "cluster-pg", "cluster-snapshot", "db", "og", "pg", "snapshot", "subgrp"].map(
          rds,
        ),
        when: IN_REGION,
      },
      {
        actions: ["rds:Describe*", "rds:Download*", "rds:List*", "pi:*"],
        levels: ["Read", "List"],
        when: IN_REGION,
      },
      { actions: "pi:*", levels: ["Read", "List"], resources: "arn:aws:pi:{region}:{account}:metrics/rds/*" },
      {
        actions: "cloudwatch:*",
        levels: ["Read", "List"],
        except: WITHHELD_OF_CLOUDWATCH,
        when: IN_REGION,
      },
      { actions: "rds-db:connect", resources: "arn:aws:rds-db:{region}:{account}:dbuser:*/iamdb" },
      { actions: "logs:DescribeLogGroups", when: IN_REGION },
      { actions: READS_OF_LOGS, resources: "arn:aws:logs:{region}:{account}:log-group:/aws/rds/*" },
      {
        actions: [
          "secretsmanager:DescribeSecret",
          "secretsmanager:GetSecretValue",
          "secretsmanager:RotateSecret",
        ],
        resources: DATABASE_SECRETS,
      },
    ],
  },
  {
    id: "dba-in-staging-tunes-databases",
    says: "Dba in staging changes no database, restores none and touches no password.",
    source: "MenoTime, user categories: limited in staging",
    of: { labels: ["Dba"], environments: ["staging"] },
    never: [{ actions: [...CHANGES_OF_DATABASES, "secretsmanager:*"] }],
  },
  {
    id: "dba-deletes-no-database",
    says: "Dba deletes no database and no snapshot, and shares, exports and sends none to another region; how many days of automated backups are kept is a setting, which it may change.",
    source: "MenoTime, DBA: cannot delete databases without multi-approval; modifies databases",
    of: { labels: ["Dba"] },
    never: [
      {
        actions: [
          "rds:Delete*",
          "rds:ModifyDB*SnapshotAttribute",
          "rds:StartDBInstanceAutomatedBackupsReplication",
          "rds:StartExportTask",
          "rds:StopDBInstanceAutomatedBackupsReplication",
        ],
      },
      {
        actions: ["rds:Copy*", "rds:Create*", "rds:Restore*"],
        when: { StringNotEquals: { "aws:RequestedRegion": "{region}" } },
      },
      // AWS takes signing in for managing permissions.
      { actions: "*", levels: ["Permissions management"], except: "rds-db:connect" },
    ],
  },
  {
    id: "dbread-reads-as-its-user",
    says: "DbRead finds databases of the organization's region, signs in as the read-only user, and does nothing else.",
    source: "Svitla, scenario 2",
    of: { labels: ["DbRead"] },
    never: [{ actions: "*" }],
    apartFrom: [
      {
        actions: ["rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:ListTagsForResource"],
        when: IN_REGION,
      },
      {
        actions: "rds-db:connect",
        resources: "arn:aws:rds-db:{region}:{account}:dbuser:*/dev_readonly_user",
      },
    ],
  },
  {
    id: "developer-deletes-nothing",
    says: "Developer deletes nothing, and stops no more than tasks and instances.",
    source: "MenoTime, developers: cannot delete production resources; Healthcare Blocks",
    of: { labels: ["Developer"] },
    never: [
      {
        actions: ["*:Delete*", "*:BatchDelete*", "*:Terminate*", "*:Purge*", "*:Deregister*", "*:Remove*"],
        levels: CHANGES,
      },
    ],
  },
  {
    id: "developer-works-on-services-alone",
    says: "Developer deploys services, functions and images, starts and stops instances of the environment, reads and writes objects of the account, and reads what debugging takes, by list: of the organization's region and of the account, as far as resources and requests tell. In dev it signs in to databases.",
    source: "MenoTime, developers: deploy applications, update buckets; cannot modify security groups",
    of: { labels: ["Developer"] },
    never: [{ actions: "*" }],
    apartFrom: [
      { actions: DEBUGGING_READS, when: IN_REGION },
      { actions: "cloudwatch:*", levels: ["Read", "List"], except: WITHHELD_OF_CLOUDWATCH, when: IN_REGION },
      // Snapshots that another account shares stay out of sight.
      {
        actions: ["rds:Describe*", "rds:ListTagsForResource"],
        resources: "arn:aws:rds:{region}:{account}:*",
      },
      {
        actions: ["ec2:GetConsoleOutput", "ec2:RebootInstances", "ec2:StartInstances", "ec2:StopInstances"],
        resources: "arn:aws:ec2:{region}:{account}:instance/*",
        when: { StringEquals: { "aws:ResourceTag/Environment": "{environment}" } },
      },
      {
        actions: ["ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:StopTask", "ecs:UpdateService"],
        resources: ["service/*", "task/*", "task-definition/*"].map(
          (name) => `arn:aws:ecs:{region}:{account}:${name}`,
        ),
      },
      {
        actions: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ],
        resources: "arn:aws:ecr:{region}:{account}:repository/*",
      },
      {
        actions: [
          "lambda:InvokeFunction",
          "lambda:PublishVersion",
          "lambda:UpdateAlias",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
        ],
        resources: "arn:aws:lambda:{region}:{account}:function:*",
      },
      // To whom, an invariant of its own says.
      { actions: "iam:PassRole", resources: "arn:aws:iam::{account}:role/workloads/*" },
      {
        actions: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery"],
        resources: "arn:aws:logs:{region}:{account}:log-group:/*",
      },
      {
        actions: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
        resources: "arn:aws:s3:::*",
        when: { StringEquals: { "aws:ResourceAccount": "{account}" } },
      },
      { actions: "s3:ListAllMyBuckets" },
      { actions: "rds-db:connect", resources: "arn:aws:rds-db:{region}:{account}:dbuser:*" },
    ],
  },
  {
    id: "developer-in-staging-deploys-services-alone",
    says: "Developer in staging changes and invokes the functions of services alone.",
    source: "MenoTime, developers: deploy applications; red team",
    of: { labels: ["Developer"], environments: ["staging"] },
    never: [
      {
        actions: ["lambda:InvokeFunction", "lambda:PublishVersion", "lambda:Update*"],
        exceptResources: "arn:aws:lambda:{region}:{account}:function:{prefix}-*",
      },
    ],
  },
  {
    id: "developer-leaves-what-tools-deploy",
    says: "Developer writes to no bucket under the names that the listed deployment tools give theirs.",
    source:
      "MenoTime, developers: update buckets; red team: what lies there is deployed by roles that may do more",
    of: { labels: ["Developer"] },
    never: [
      {
        actions: "s3:*Bucket*",
        levels: ["Write", "Tagging", "Permissions management"],
        resources: DEPLOYMENT_BUCKETS.map((bucket) => `arn:aws:s3:::${bucket}`),
      },
      {
        actions: "s3:*Object*",
        levels: ["Write", "Tagging", "Permissions management"],
        resources: DEPLOYMENT_BUCKETS.map((bucket) => `arn:aws:s3:::${bucket}/*`),
      },
    ],
  },
  {
    id: "developer-gets-no-secrets",
    says: "Developer gets no secrets, parameters, decrypted values, other roles or credentials; signing in to databases and seeing VPNs' settings are matters of their own.",
    source: "MenoTime, developers: cannot access Secrets Manager of production; least privilege",
    of: { labels: ["Developer"] },
    never: [
      {
        actions: [
          "kms:Decrypt",
          "secretsmanager:*GetSecretValue",
          "ssm:GetParameter*",
          "ssm:StartSession",
          "ssm:SendCommand",
          "sts:AssumeRole*",
        ],
      },
      { actions: CREDENTIAL_READS, except: ["ec2:DescribeVpnConnections", "rds-db:connect"] },
    ],
  },
  {
    id: "developer-in-staging-reads-databases-settings-alone",
    says: "Developer in staging reads databases' settings and signs in to none.",
    source: "MenoTime, developers: read (not modify) RDS in staging",
    of: { labels: ["Developer"], environments: ["staging"] },
    never: [{ actions: ["rds-db:*", "rds-data:*"] }, { actions: "rds:*", levels: CHANGES }],
  },
  {
    id: "analyst-invokes-listed-functions",
    says: "Analyst invokes the functions made for analysts, and does nothing else.",
    source: "Svitla, scenario 1",
    of: { labels: ["Analyst"] },
    never: [{ actions: "*" }],
    apartFrom: [
      {
        actions: "lambda:InvokeFunction",
        resources: "arn:aws:lambda:{region}:{account}:function:{prefix}-analytics-*",
      },
    ],
  },
  {
    id: "dashboard-shows-dashboards",
    says: "Dashboard shows dashboards, metrics and costs, and nothing else.",
    source: "MenoTime, executives: dashboards and reports, not raw data",
    of: { labels: ["Dashboard"] },
    never: [{ actions: "*" }],
    apartFrom: [
      {
        actions: [
          "billing:GetBillingData",
          "billing:GetBillingDetails",
          "billing:GetBillingPreferences",
          "budgets:ViewBudget",
          "cloudwatch:DescribeAlarms",
          "cloudwatch:GetDashboard",
          "cloudwatch:GetMetricData",
          "cloudwatch:GetMetricStatistics",
          "cloudwatch:GetMetricWidgetImage",
          "cloudwatch:ListDashboards",
          "cloudwatch:ListMetrics",
          "cur:DescribeReportDefinitions",
        ],
      },
      { actions: ["ce:Describe*", "ce:Get*", "ce:List*"] },
    ],
  },
  {
    id: "services-work-where-they-are",
    says: "Roles of services become no role but the one of their own database, and manage no permissions.",
    source: "MenoTime, service roles: only the permissions needed to run",
    of: { kinds: ["service"] },
    never: [
      { actions: "*", levels: ["Permissions management"], except: "rds-db:connect" },
      { actions: ["iam:*", "organizations:*", "cloudtrail:*"] },
      {
        actions: "sts:Assume*",
        exceptResources: "arn:aws:iam::{account}:role/workloads/{prefix}-database-*",
      },
    ],
  },
  {
    id: "preview-reads-settings",
    says: "Preview changes nothing, gets no secrets and reads no data but Pulumi's state.",
    source: "Decision 20: a pull request's code runs with it before anybody has read it",
    of: { kinds: ["pipeline"], labels: ["Preview"] },
    never: [
      { actions: "*", levels: CHANGES, except: "kms:Decrypt" },
      {
        actions: [
          "secretsmanager:*GetSecretValue",
          "ssm:GetParameter*",
          "logs:*LogEvents",
          "dynamodb:*",
          "sqs:*",
        ],
      },
    ],
  },
  {
    id: "review-reads",
    says: "Review changes nothing, gets no secrets, decrypts nothing, and reads no data but the trail's log group.",
    source: "Decision 129: it reads the use of access, for jobs of the deployed branch",
    of: { kinds: ["pipeline"], labels: ["Review"] },
    never: [
      { actions: "*", levels: CHANGES },
      {
        actions: [
          "secretsmanager:*GetSecretValue",
          "ssm:GetParameter*",
          "kms:Decrypt",
          "s3:GetObject*",
          "sqs:*",
          "sts:AssumeRole",
        ],
      },
      { actions: "dynamodb:*", except: ["dynamodb:ListTables", "dynamodb:ListTagsOfResource"] },
      {
        actions: ["logs:*LogEvents", "logs:StartQuery", "logs:StartLiveTail", "logs:GetLogRecord"],
        exceptResources: "arn:aws:logs:{region}:{account}:log-group:{trailLogGroup}:*",
      },
    ],
  },
  {
    id: "deploy-makes-no-credentials",
    says: "Deploy makes no credentials of people, and passes the roles of the trail, of EventBridge, of AWS Config and of machines alone.",
    source: "Decision 20",
    of: { kinds: ["pipeline"], labels: ["Deploy"] },
    never: [
      {
        actions: [
          "iam:CreateAccessKey",
          "iam:CreateLoginProfile",
          "iam:CreateServiceSpecificCredential",
          "iam:EnableMFADevice",
          "iam:ResetServiceSpecificCredential",
          "iam:UpdateLoginProfile",
          "iam:UploadSSHPublicKey",
          "iam:UploadSigningCertificate",
          "sts:AssumeRole",
        ],
      },
      {
        actions: "iam:PassRole",
        exceptResources: [
          "arn:aws:iam::{account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
          "arn:aws:iam::{account}:role/{prefix}-EventR",
          "arn:aws:iam::{account}:role/{prefix}-ResponseStarterR",
          "arn:aws:iam::{account}:role/{prefix}-TrailR",
          "arn:aws:iam::{account}:role/workloads/{prefix}-instance-*",
        ],
      },
    ],
  },
] as const satisfies readonly RoleInvariant[];
