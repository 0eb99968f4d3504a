import { SEED_ACCOUNT, SEED_REGION, seedDocument } from "./seed-document";

const here = (service: string, resource: string): string =>
  `arn:aws:${service}:${SEED_REGION}:${SEED_ACCOUNT}:${resource}`;
const anywhere = (service: string, resource: string): string =>
  `arn:aws:${service}:*:${SEED_ACCOUNT}:${resource}`;
const inRegion = { StringEquals: { "aws:RequestedRegion": SEED_REGION } } as const;

const developer = seedDocument(
  "MenoTime's developer policy",
  { Sid: "ListEC2Resources", Effect: "Allow", Action: "ec2:Describe*", Resource: "*", Condition: inRegion },
  {
    Sid: "DevelopmentInstanceAccess",
    Effect: "Allow",
    Action: ["ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances", "ec2:GetConsoleOutput"],
    Resource: here("ec2", "instance/*"),
    Condition: { StringEquals: { "ec2:ResourceTag/Environment": "dev" } },
  },
  {
    Sid: "DevelopmentRDSAccess",
    Effect: "Allow",
    Action: ["rds:DescribeDBInstances", "rds:DescribeDBClusters", "rds-db:connect"],
    Resource: here("rds", "db/menotime-dev*"),
  },
  {
    Sid: "StagingRDSReadOnly",
    Effect: "Allow",
    Action: "rds:DescribeDBInstances",
    Resource: here("rds", "db/menotime-staging*"),
  },
  {
    Sid: "ECSDeployment",
    Effect: "Allow",
    Action: [
      "ecs:UpdateService",
      "ecs:DescribeServices",
      "ecs:DescribeTaskDefinition",
      "ecs:RegisterTaskDefinition",
    ],
    Resource: [here("ecs", "service/menotime-dev/*"), here("ecs", "service/menotime-staging/*")],
  },
  {
    Sid: "CloudWatchLogsAccess",
    Effect: "Allow",
    Action: ["logs:GetLogEvents", "logs:DescribeLogStreams", "logs:DescribeLogGroups"],
    Resource: here("logs", "log-group:/menotime/dev*"),
  },
  {
    Sid: "S3DevAccess",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
    Resource: ["arn:aws:s3:::menotime-dev-*", "arn:aws:s3:::menotime-dev-*/*"],
  },
  {
    Sid: "ProhibitProductionAccess",
    Effect: "Deny",
    Action: "*",
    Resource: [
      anywhere("rds", "db/menotime-prod*"),
      "arn:aws:s3:::menotime-prod-*",
      anywhere("secretsmanager", "secret:menotime/prod/*"),
    ],
  },
);

const devAccess = seedDocument("MenoTime's access to DEV", {
  Sid: "DevAccess",
  Effect: "Allow",
  Action: ["ec2:*", "ecs:*", "cloudformation:*", "s3:*", "rds:*", "logs:*"],
  Resource: "*",
  Condition: { ...inRegion, StringLike: { "aws:userid": "*:menotime-dev" } },
});

/** The policies of MenoTime's access control, each by itself. */
export const MENOTIME = {
  developer,

  devops: seedDocument(
    "MenoTime's DevOps policy",
    { Sid: "EC2FullManagement", Effect: "Allow", Action: "ec2:*", Resource: "*" },
    {
      Sid: "RDSManagement",
      Effect: "Allow",
      Action: "rds:*",
      Resource: "*",
      Condition: { StringNotLike: { "aws:RequestedRegion": "eu-*" } },
    },
    {
      Sid: "IAMRoleManagement",
      Effect: "Allow",
      Action: [
        "iam:CreateRole",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:AttachRolePolicy",
        "iam:DetachRolePolicy",
        "iam:ListRole*",
        "iam:GetRole*",
      ],
      Resource: `arn:aws:iam::${SEED_ACCOUNT}:role/menotime-*`,
      Condition: { StringNotLike: { "iam:RoleName": "menotime-root-*" } },
    },
    { Sid: "CloudWatchFullAccess", Effect: "Allow", Action: ["logs:*", "cloudwatch:*"], Resource: "*" },
    {
      Sid: "SecretsManagerProd",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: anywhere("secretsmanager", "secret:menotime/prod/*"),
      Condition: { StringEquals: { "aws:username": "sre-team-only" } },
    },
    {
      Sid: "ProhibitDestructiveActions",
      Effect: "Deny",
      Action: ["rds:DeleteDBInstance", "s3:DeleteBucket", "ec2:TerminateInstances"],
      Resource: "*",
      Condition: { ...inRegion, StringLike: { "aws:userid": "*:menotime-prod" } },
    },
  ),

  dba: seedDocument(
    "MenoTime's DBA policy",
    {
      Sid: "RDSAdministration",
      Effect: "Allow",
      Action: [
        "rds:DescribeDBInstances",
        "rds:DescribeDBClusters",
        "rds:DescribeDBClusterEndpoints",
        "rds:ModifyDBInstance",
        "rds:ModifyDBCluster",
        "rds:CreateDBSnapshot",
        "rds:RestoreDBInstanceFromDBSnapshot",
        "rds:ListTagsForResource",
        "rds:AddTagsToResource",
        "rds:DescribeDBClusterSnapshots",
      ],
      Resource: anywhere("rds", "db/*"),
    },
    {
      Sid: "RDSIAMDatabaseAuth",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: anywhere("rds-db", "dbuser:*/iamdb"),
    },
    {
      Sid: "CloudWatchRDSMetrics",
      Effect: "Allow",
      Action: ["logs:GetLogEvents", "logs:DescribeLogStreams"],
      Resource: anywhere("logs", "log-group:/aws/rds/*"),
    },
    {
      Sid: "SecretsManagerRDSRead",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: anywhere("secretsmanager", "secret:menotime/*/rds/*"),
    },
  ),

  security: seedDocument(
    "MenoTime's security policy",
    {
      Sid: "CloudTrailAccess",
      Effect: "Allow",
      Action: ["cloudtrail:LookupEvents", "cloudtrail:GetTrailStatus"],
      Resource: "*",
    },
    {
      Sid: "SecurityHubAccess",
      Effect: "Allow",
      Action: ["securityhub:GetFindings", "securityhub:GetInsights", "securityhub:ListInsights"],
      Resource: "*",
    },
    {
      Sid: "GuardDutyAccess",
      Effect: "Allow",
      Action: ["guardduty:GetFindings", "guardduty:ListDetectors", "guardduty:ListFindings"],
      Resource: "*",
    },
    {
      Sid: "IAMReadOnly",
      Effect: "Allow",
      Action: [
        "iam:GetUser",
        "iam:GetRole",
        "iam:GetPolicy",
        "iam:ListUsers",
        "iam:ListRoles",
        "iam:ListPolicies",
        "iam:GetLoginProfile",
        "iam:ListMFADevices",
      ],
      Resource: "*",
    },
    {
      Sid: "CloudWatchLogsReadOnly",
      Effect: "Allow",
      Action: ["logs:GetLogEvents", "logs:DescribeLogStreams", "logs:DescribeLogGroups"],
      Resource: anywhere("logs", "log-group:*"),
    },
  ),

  devAccess,

  /** What a developer has in DEV by both. */
  developerInDev: seedDocument(
    "MenoTime's developer policy and access to DEV",
    ...developer.document.Statement,
    ...devAccess.document.Statement,
  ),

  stagingAccess: seedDocument(
    "MenoTime's access to STAGING",
    {
      Sid: "Services",
      Effect: "Allow",
      Action: ["ecs:UpdateService", "ecs:DescribeServices"],
      Resource: here("ecs", "service/menotime-staging/*"),
    },
    {
      Sid: "Logs",
      Effect: "Allow",
      Action: ["logs:GetLogEvents", "logs:DescribeLogStreams"],
      Resource: here("logs", "log-group:/menotime/staging*"),
    },
    {
      Sid: "Databases",
      Effect: "Allow",
      Action: "rds:DescribeDBInstances",
      Resource: here("rds", "db/menotime-staging*"),
    },
    {
      Sid: "ProductionSecrets",
      Effect: "Deny",
      Action: "secretsmanager:GetSecretValue",
      Resource: anywhere("secretsmanager", "secret:menotime/prod/*"),
    },
  ),

  prodAccess: seedDocument(
    "MenoTime's access to PROD",
    {
      Sid: "ProdReadOnly",
      Effect: "Allow",
      Action: ["ec2:DescribeInstances", "ecs:DescribeServices", "rds:DescribeDBInstances"],
      Resource: "*",
    },
    {
      Sid: "ProdModifyWithApproval",
      Effect: "Allow",
      Action: ["ecs:UpdateService", "rds:CreateDBSnapshot"],
      Resource: "*",
      Condition: { StringEquals: { "aws:username": "sre-on-call" } },
    },
    {
      Sid: "ProhibitDeletion",
      Effect: "Deny",
      Action: ["rds:DeleteDBInstance", "s3:DeleteBucket", "ec2:TerminateInstances"],
      Resource: "*",
    },
  ),

  task: seedDocument(
    "MenoTime's ECS task policy",
    {
      Sid: "ReadSecretsManager",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: anywhere("secretsmanager", "secret:menotime/prod/*"),
    },
    {
      Sid: "CloudWatchLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: anywhere("logs", "log-group:/menotime/prod*"),
    },
    {
      Sid: "RDSAccess",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: anywhere("rds-db", "dbuser:*/menotime_app"),
    },
    {
      Sid: "S3Access",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::menotime-prod-data/*",
    },
  ),

  databaseRole: seedDocument("MenoTime's policy for database authentication", {
    Sid: "Connect",
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: here("rds-db", "dbuser:*/menotime_app"),
  }),

  /** With AWSLambdaBasicExecutionRole, which is attached beside it. */
  lambda: seedDocument(
    "MenoTime's Lambda policies",
    {
      Sid: "BasicExecution",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: "*",
    },
    {
      Sid: "Tables",
      Effect: "Allow",
      Action: ["dynamodb:GetItem", "dynamodb:Query"],
      Resource: anywhere("dynamodb", "table/menotime-*"),
    },
  ),

  contractor: seedDocument(
    "MenoTime's contractor policy",
    {
      Sid: "ContractorProjectAccess",
      Effect: "Allow",
      Action: ["ec2:DescribeInstances", "ecs:DescribeServices"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:username": "kim.contractor" },
        DateGreaterThan: { "aws:CurrentTime": "2026-11-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2027-01-31T23:59:59Z" },
      },
    },
    {
      Sid: "ContractorProhibitProduction",
      Effect: "Deny",
      Action: "*",
      Resource: `arn:aws:*:*:${SEED_ACCOUNT}:*`,
      Condition: { StringLike: { "aws:userid": "*:menotime-prod" } },
    },
  ),
} as const;
