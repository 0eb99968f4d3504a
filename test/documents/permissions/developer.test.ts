import assert from "node:assert/strict";

import { developerPermissions } from "../../../src/documents/permissions/developer";
import { contextIn } from "../fixture";
import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { can, cannot, proveRole } from "./role-proof";

const BOTH = ["dev", "staging"] as const;

const instance = "arn:aws:ec2:{region}:{account}:instance/i-1";
const database = "arn:aws:rds:{region}:{account}:db:menotime-{environment}";
const databaseUser = "arn:aws:rds-db:{region}:{account}:dbuser:db-1/menotime_app";
const service = "arn:aws:ecs:{region}:{account}:service/menotime-{environment}/api";
const fn = "arn:aws:lambda:{region}:{account}:function:infra-api";
const stack = "arn:aws:cloudformation:{region}:{account}:stack/menotime-{environment}/1";
const logGroup = "arn:aws:logs:{region}:{account}:log-group:/menotime/{environment}/api";
const stream = `${logGroup}:log-stream:1`;
const bucket = "arn:aws:s3:::menotime-{environment}-uploads";
const repository = "arn:aws:ecr:{region}:{account}:repository/api";
const workloadRole = "arn:aws:iam::{account}:role/workloads/menotime-ecs-task-role";
const productionDatabase = "arn:aws:rds:{region}:{prod}:db:menotime-prod";
const productionGroup = "arn:aws:ec2:{region}:{prod}:security-group/sg-1";
const productionLogs = "arn:aws:logs:{region}:{prod}:log-group:/menotime/prod/api";
const tagged = (environment: string) => ({
  "aws:ResourceTag/Environment": environment,
  "ec2:ResourceTag/Environment": environment,
});
const taggedDev = { context: tagged("dev") };
const toContainers = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
const elsewhere = { region: "us-west-2" };

describe("Developer", () => {
  proveRole({
    role: "Developer",
    environments: BOTH,
    cases: [
      ...beside(
        MENOTIME.developer,
        // "They can"
        can(BOTH, "deploy applications: containers", "ecs:UpdateService", service),
        can(
          BOTH,
          "deploy applications: new versions of containers",
          "ecs:RegisterTaskDefinition",
          "arn:aws:ecs:{region}:{account}:task-definition/api:*",
          { decision: "15.10" },
        ),
        can(BOTH, "deploy applications: with their roles", "iam:PassRole", workloadRole, {
          context: toContainers,
          decision: "15.13",
        }),
        can(BOTH, "deploy applications: images", "ecr:PutImage", repository, { decision: "15.13" }),
        can(BOTH, "deploy applications: functions", "lambda:UpdateFunctionCode", fn, { decision: "15.13" }),
        can("dev", "access CloudWatch logs for debugging", "logs:GetLogEvents", stream),
        can("staging", "access CloudWatch logs for debugging", "logs:GetLogEvents", stream, {
          decision: "15.12",
        }),
        can(BOTH, "access CloudWatch logs: search them", "logs:StartQuery", logGroup, { decision: "15.13" }),
        can(BOTH, "access CloudWatch logs: find groups", "logs:DescribeLogGroups", "*", {
          decision: "15.11",
        }),
        can(BOTH, "read RDS: instances", "rds:DescribeDBInstances", database, { decision: "15.9" }),
        can(
          BOTH,
          "read RDS: clusters",
          "rds:DescribeDBClusters",
          "arn:aws:rds:{region}:{account}:cluster:menotime-{environment}",
          { decision: "15.9" },
        ),
        can("dev", "connect to the databases of dev", "rds-db:connect", databaseUser, { decision: "15.8" }),
        can("dev", "update S3 buckets: write", "s3:PutObject", `${bucket}/a`),
        can("dev", "update S3 buckets: read", "s3:GetObject", `${bucket}/a`),
        can("dev", "update S3 buckets: list", "s3:ListBucket", bucket),
        can("staging", "update S3 buckets: write", "s3:PutObject", `${bucket}/a`, { decision: "15.12" }),
        can("staging", "update S3 buckets: read", "s3:GetObject", `${bucket}/a`, { decision: "15.12" }),
        can("staging", "update S3 buckets: list", "s3:ListBucket", bucket, { decision: "15.12" }),
        can(BOTH, "view CloudFormation stacks", "cloudformation:DescribeStacks", stack, {
          decision: "15.13",
        }),
        can(BOTH, "list EC2 resources", "ec2:DescribeInstances"),
        can("dev", "start the instances of dev", "ec2:StartInstances", instance, taggedDev),
        can("staging", "start the instances of staging", "ec2:StartInstances", instance, {
          context: tagged("staging"),
          decision: "15.12",
        }),

        // "They cannot"
        cannot(BOTH, "access production RDS", "rds:DescribeDBInstances", productionDatabase),
        cannot(BOTH, "access production RDS: its snapshots", "rds:DescribeDBSnapshots", productionDatabase),
        cannot(
          BOTH,
          "access production RDS: sign in",
          "rds-db:connect",
          "arn:aws:rds-db:{region}:{prod}:dbuser:db-2/menotime_app",
        ),
        cannot(
          BOTH,
          "modify production security groups",
          "ec2:AuthorizeSecurityGroupIngress",
          productionGroup,
        ),
        cannot(
          BOTH,
          "access production Secrets Manager",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:{region}:{prod}:secret:menotime/prod/key-AbCdEf",
        ),
        cannot(BOTH, "delete production resources: databases", "rds:DeleteDBInstance", productionDatabase),
        cannot(
          BOTH,
          "delete production resources: services",
          "ecs:DeleteService",
          "arn:aws:ecs:{region}:{prod}:service/menotime-prod/api",
        ),
        cannot(
          BOTH,
          "access production API Gateway",
          "apigateway:GET",
          "arn:aws:apigateway:{region}::/restapis/a1",
          { owner: "prod" },
        ),
        cannot(
          BOTH,
          "read production's buckets, even where these would let them",
          "s3:GetObject",
          "arn:aws:s3:::menotime-prod-data/patient",
          { owner: "prod" },
        ),
        cannot(BOTH, "touch an instance that is tagged as production's", "ec2:StartInstances", instance, {
          context: tagged("prod"),
        }),
        cannot(BOTH, "touch an instance that nobody tagged", "ec2:StopInstances", instance),
        cannot("staging", "connect to the databases of staging", "rds-db:connect", databaseUser),
        cannot(BOTH, "modify RDS", "rds:ModifyDBInstance", database),
      ),

      ...beside(
        MENOTIME.devAccess,
        // DEV: "Access: All developers"; and, of developers, "not PROD"
        can("dev", "work in DEV: deploy", "ecs:UpdateService", service),
        can("dev", "work in DEV: read logs", "logs:GetLogEvents", stream),
        can("dev", "work in DEV: write objects", "s3:PutObject", `${bucket}/a`),
        cannot("dev", "read production's logs", "logs:GetLogEvents", `${productionLogs}:log-stream:1`, {
          decision: "15.1",
        }),
        cannot("dev", "delete production's databases", "rds:DeleteDBInstance", productionDatabase, {
          decision: "15.1",
        }),
        cannot(
          "dev",
          "modify production's security groups",
          "ec2:AuthorizeSecurityGroupIngress",
          productionGroup,
          {
            decision: "15.1",
          },
        ),
        cannot(
          "dev",
          "read production's objects",
          "s3:GetObject",
          "arn:aws:s3:::menotime-prod-data/patient",
          {
            owner: "prod",
            decision: "15.1",
          },
        ),
      ),

      ...beside(
        MENOTIME.developerInDev,
        // "They cannot ... delete production resources", whatever DEV's statement allows
        cannot(
          "dev",
          "delete production's databases, by no statement",
          "rds:DeleteDBInstance",
          productionDatabase,
          {
            decision: "15.14",
          },
        ),
        cannot(
          "dev",
          "delete production's buckets, by no statement",
          "s3:DeleteBucket",
          "arn:aws:s3:::menotime-prod-data",
          {
            owner: "prod",
          },
        ),
        cannot("dev", "delete the databases of dev", "rds:DeleteDBInstance", database, { decision: "15.15" }),
        cannot("dev", "delete the buckets of dev", "s3:DeleteBucket", bucket, { decision: "15.15" }),
      ),

      ...beside(
        MENOTIME.stagingAccess,
        // STAGING: "Access: Developers + QA/Testing team"
        can("staging", "work in STAGING: deploy", "ecs:UpdateService", service),
        can("staging", "work in STAGING: see services", "ecs:DescribeServices", service),
        can("staging", "work in STAGING: read logs", "logs:GetLogEvents", stream),
        can("staging", "work in STAGING: read RDS", "rds:DescribeDBInstances", database, {
          decision: "15.9",
        }),
        cannot(
          "staging",
          "read production's secrets, even where these would let them",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:{region}:{prod}:secret:menotime/prod/key-AbCdEf",
          { isOpen: true },
        ),
      ),
      can(BOTH, "find S3 buckets", "s3:ListAllMyBuckets"),
      can(BOTH, "look at their own builds in the registry", "ecr:DescribeImages", repository),

      // Healthcare Blocks: "certain destructive actions in various services have been disabled"
      cannot(BOTH, "delete services", "ecs:DeleteService", service),
      cannot(BOTH, "delete functions", "lambda:DeleteFunction", fn),
      cannot(BOTH, "delete buckets", "s3:DeleteBucket", bucket),
      cannot(BOTH, "delete objects", "s3:DeleteObject", `${bucket}/a`),
      cannot(BOTH, "delete stacks", "cloudformation:DeleteStack", stack),
      cannot(BOTH, "terminate instances", "ec2:TerminateInstances", instance, taggedDev),
      cannot(BOTH, "delete databases", "rds:DeleteDBInstance", database),
      cannot(BOTH, "delete images", "ecr:BatchDeleteImage", repository),

      // Least privilege
      can(
        "dev",
        "try functions of their own",
        "lambda:InvokeFunction",
        "arn:aws:lambda:{region}:{account}:function:try",
      ),
      cannot(
        "staging",
        "borrow the roles of functions that are no service's",
        "lambda:UpdateFunctionCode",
        "arn:aws:lambda:{region}:{account}:function:rotate-certificates",
      ),
      cannot(
        BOTH,
        "change what others deploy",
        "s3:PutObject",
        "arn:aws:s3:::cdk-hnb659fds-assets-{account}-{region}/template.json",
      ),
      ...[
        "aws-sam-cli-managed-default-samclisourcebucket-1a2b",
        "elasticbeanstalk-{region}-{account}",
        "aws-glue-assets-{account}-{region}",
        "amplify-clinic-dev-104258-deployment",
        "clinic-dev-185724-deployment",
        "clinic-dev-serverlessdeploymentbucket-1x6jug5lzfnl7",
        "clinic-dev-serverlessdeploymentbuck-1x6jug5lzfnl7",
        "serverless-framework-deployments-{region}-62fbc4c4-ee83",
        "sst-asset-owtaxdsakxdh",
        "stackset-demo-infrastruc-pipelinebuiltartifactbuc-11dj7ctf52wyf",
      ].map((bucket) =>
        cannot(
          BOTH,
          `change what others deploy: ${bucket}`,
          "s3:PutObject",
          `arn:aws:s3:::${bucket}/code.zip`,
        ),
      ),
      cannot(BOTH, "pass other roles", "iam:PassRole", "arn:aws:iam::{account}:role/infra-OpsR", {
        context: toContainers,
      }),
      cannot(BOTH, "pass roles to machines that they could sign in to", "iam:PassRole", workloadRole, {
        context: { "iam:PassedToService": "ec2.amazonaws.com" },
      }),
      cannot(BOTH, "change IAM", "iam:AttachRolePolicy", "arn:aws:iam::{account}:role/infra-DeveloperR"),
      cannot(BOTH, "become another role", "sts:AssumeRole", "arn:aws:iam::{account}:role/infra-AdminR"),
      cannot(
        BOTH,
        "read secrets",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:menotime-AbCdEf",
      ),
      cannot(BOTH, "get credentials of a service beside theirs", "cloudwatch:GetSpaceCredentials"),
      cannot(
        BOTH,
        "read the trail's logs",
        "logs:GetLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:infra-trail:log-stream:1",
      ),
      cannot(BOTH, "write into the trail's bucket", "s3:PutObject", "arn:aws:s3:::infra-trail-{account}/log"),
      cannot(
        BOTH,
        "write over what was recorded of sessions",
        "s3:PutObject",
        "arn:aws:s3:::infra-sessions-{account}/log",
      ),
      cannot(
        BOTH,
        "read what was recorded of sessions",
        "s3:GetObject",
        "arn:aws:s3:::infra-sessions-{account}/log",
      ),
      cannot(BOTH, "work outside the organization's region: look", "ec2:DescribeInstances", "*", elsewhere),
      cannot(
        BOTH,
        "work outside the organization's region: deploy",
        "ecs:UpdateService",
        "arn:aws:ecs:us-west-2:{account}:service/menotime/api",
      ),
      cannot(
        "dev",
        "work outside the organization's region: start",
        "ec2:StartInstances",
        "arn:aws:ec2:us-west-2:{account}:instance/i-1",
        taggedDev,
      ),
    ],
  });

  it("reaches nothing of the bucket with Pulumi's state", () => {
    const { organization, account } = contextIn("dev");
    const state = { bucket: "example-muster-state" };
    const pipeline = { kind: "users", branch: "main", state } as const;
    const [permissions] = developerPermissions({
      organization: { ...organization, pipeline },
      account,
    }).policies;
    assert.ok(permissions?.kind === "customer");
    const denial = permissions.document.Statement.find(({ Sid }) => Sid === "TrailStays");
    assert.deepEqual(denial, {
      Sid: "TrailStays",
      Effect: "Deny",
      Action: "s3:*",
      Resource: [
        "arn:aws:s3:::infra-*-222222222222*",
        "arn:aws:s3:::example-muster-state",
        "arn:aws:s3:::example-muster-state/*",
      ],
    });
  });
});
