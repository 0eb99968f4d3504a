import { can, cannot, proveRole } from "./role-proof";

const BOTH = ["dev", "staging"] as const;

const instance = "arn:aws:ec2:{region}:{account}:instance/i-1";
const database = "arn:aws:rds:{region}:{account}:db:menotime";
const service = "arn:aws:ecs:{region}:{account}:service/menotime/api";
const fn = "arn:aws:lambda:{region}:{account}:function:api";
const stack = "arn:aws:cloudformation:{region}:{account}:stack/menotime/1";
const stream = "arn:aws:logs:{region}:{account}:log-group:/menotime/api:log-stream:1";
const workloadRole = "arn:aws:iam::{account}:role/workloads/menotime-ecs-task-role";
const taggedDev = { context: { "aws:ResourceTag/Environment": "dev" } };
const taggedStaging = { context: { "aws:ResourceTag/Environment": "staging" } };
const taggedProd = { context: { "aws:ResourceTag/Environment": "prod" } };
const toContainers = { context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
const elsewhere = { region: "us-east-1" };

describe("Developer", () => {
  proveRole({
    role: "Developer",
    environments: BOTH,
    cases: [
      // MenoTime: "They can"
      can(BOTH, "deploy applications: containers", "ecs:UpdateService", service),
      can(
        BOTH,
        "deploy applications: new versions of containers",
        "ecs:RegisterTaskDefinition",
        "arn:aws:ecs:{region}:{account}:task-definition/api:*",
      ),
      can(BOTH, "deploy applications: with their roles", "iam:PassRole", workloadRole, toContainers),
      can(
        BOTH,
        "deploy applications: images",
        "ecr:PutImage",
        "arn:aws:ecr:{region}:{account}:repository/api",
      ),
      can(BOTH, "deploy applications: functions", "lambda:UpdateFunctionCode", fn),
      can(BOTH, "access CloudWatch logs for debugging", "logs:GetLogEvents", stream),
      can(
        BOTH,
        "search CloudWatch logs",
        "logs:StartQuery",
        "arn:aws:logs:{region}:{account}:log-group:/menotime/api",
      ),
      can(BOTH, "find log groups", "logs:DescribeLogGroups"),
      can(BOTH, "read RDS: instances", "rds:DescribeDBInstances", database),
      can(
        BOTH,
        "read RDS: clusters",
        "rds:DescribeDBClusters",
        "arn:aws:rds:{region}:{account}:cluster:menotime",
      ),
      can(
        "dev",
        "connect to the databases of dev",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{account}:dbuser:db-1/menotime_app",
      ),
      can(BOTH, "update S3 buckets: write", "s3:PutObject", "arn:aws:s3:::menotime-dev-uploads/a"),
      can(BOTH, "update S3 buckets: read", "s3:GetObject", "arn:aws:s3:::menotime-dev-uploads/a"),
      can(BOTH, "update S3 buckets: list", "s3:ListBucket", "arn:aws:s3:::menotime-dev-uploads"),
      can(BOTH, "find S3 buckets", "s3:ListAllMyBuckets"),
      can(BOTH, "view CloudFormation stacks", "cloudformation:DescribeStacks", stack),
      can(BOTH, "list EC2 resources", "ec2:DescribeInstances"),
      can("dev", "start the instances of dev", "ec2:StartInstances", instance, taggedDev),
      can("staging", "start the instances of staging", "ec2:StartInstances", instance, taggedStaging),
      can(
        BOTH,
        "look at their own builds in the registry",
        "ecr:DescribeImages",
        "arn:aws:ecr:{region}:{account}:repository/api",
      ),

      // MenoTime: "They cannot"
      cannot(
        BOTH,
        "access production RDS",
        "rds:DescribeDBSnapshots",
        "arn:aws:rds:{region}:{prod}:db:menotime",
      ),
      cannot(
        BOTH,
        "connect to production RDS",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{prod}:dbuser:db-1/menotime_app",
      ),
      cannot(
        BOTH,
        "modify production security groups",
        "ec2:AuthorizeSecurityGroupIngress",
        "arn:aws:ec2:{region}:{prod}:security-group/sg-1",
      ),
      cannot(
        BOTH,
        "access production Secrets Manager",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{prod}:secret:menotime/prod/key-AbCdEf",
      ),
      cannot(
        BOTH,
        "delete production resources",
        "rds:DeleteDBInstance",
        "arn:aws:rds:{region}:{prod}:db:menotime",
      ),
      cannot(
        BOTH,
        "access production's API Gateway",
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
      cannot(
        BOTH,
        "touch an instance that is tagged as production's",
        "ec2:StartInstances",
        instance,
        taggedProd,
      ),
      cannot(BOTH, "touch an instance that nobody tagged", "ec2:StopInstances", instance),
      cannot(
        "staging",
        "connect to the databases of staging",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{account}:dbuser:db-1/menotime_app",
      ),
      cannot(BOTH, "modify RDS", "rds:ModifyDBInstance", database),

      // Healthcare Blocks: "certain destructive actions in various services have been disabled"
      cannot(BOTH, "delete services", "ecs:DeleteService", service),
      cannot(BOTH, "delete functions", "lambda:DeleteFunction", fn),
      cannot(BOTH, "delete buckets", "s3:DeleteBucket", "arn:aws:s3:::menotime-dev-uploads"),
      cannot(BOTH, "delete objects", "s3:DeleteObject", "arn:aws:s3:::menotime-dev-uploads/a"),
      cannot(BOTH, "delete stacks", "cloudformation:DeleteStack", stack),
      cannot(BOTH, "terminate instances", "ec2:TerminateInstances", instance, taggedDev),
      cannot(BOTH, "delete databases", "rds:DeleteDBInstance", database),
      cannot(BOTH, "delete images", "ecr:BatchDeleteImage", "arn:aws:ecr:{region}:{account}:repository/api"),

      // Least privilege
      cannot(
        BOTH,
        "pass other roles",
        "iam:PassRole",
        "arn:aws:iam::{account}:role/infra-OpsR",
        toContainers,
      ),
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
      cannot(
        BOTH,
        "read the trail's logs",
        "logs:GetLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:infra-trail:log-stream:1",
      ),
      cannot(BOTH, "write into the trail's bucket", "s3:PutObject", "arn:aws:s3:::infra-trail-{account}/log"),
      cannot(BOTH, "work outside the organization's region: look", "ec2:DescribeInstances", "*", elsewhere),
      cannot(
        BOTH,
        "work outside the organization's region: deploy",
        "ecs:UpdateService",
        "arn:aws:ecs:us-east-1:{account}:service/menotime/api",
      ),
      cannot(
        "dev",
        "work outside the organization's region: start",
        "ec2:StartInstances",
        "arn:aws:ec2:us-east-1:{account}:instance/i-1",
        taggedDev,
      ),
    ],
  });
});
