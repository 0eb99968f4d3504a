import { everyBucketArn } from "../../model/names";
import { databaseUserArn } from "../databases/database-users";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { DEPLOYMENT_BUCKETS } from "./deployment-buckets";
import { WORKLOADS_PATH } from "./iam-paths";
import { matchingReads } from "./reading/matching-reads";
import { inOwnRegion } from "./own-region";

/**
 * In dev, whose databases hold test data only, developers connect as any user that the database lets in by IAM. Where the
 * organization names the account's databases, a policy of their own lets them connect as themselves alone.
 */
const connectToDatabases = ({ organization, account }: RoleContext): readonly PermissionStatement[] =>
  account.environment !== "dev" || account.databases !== undefined
    ? []
    : [
        {
          Sid: "ConnectToDatabases",
          Effect: "Allow",
          Action: "rds-db:connect",
          Resource: databaseUserArn(organization, account, "*", "*"),
        },
      ];

/**
 * Deploys, debugs and reads in dev and staging (seeds: MenoTime, Healthcare Blocks). Nothing here deletes, and nothing
 * reaches production: that is another account, and what has no account in its ARN is bound to this one.
 */
export function developerPermissions(context: RoleContext): RolePermissions {
  const { organization, account } = context;
  const here = (service: string, resource: string): string =>
    `arn:aws:${service}:${organization.region}:${account.id}:${resource}`;
  // Pulumi's state decides what the next deployment takes for made; the bucket may lie in any account.
  const stateBuckets = organization.pipeline?.state === undefined ? [] : [organization.pipeline.state.bucket];
  const permissions = customerPolicy(
    "permissions",
    "Deploys, debugs and reads; deletes nothing.",
    {
      Sid: "ViewInfrastructure",
      Effect: "Allow",
      Action: [
        "application-autoscaling:Describe*",
        "autoscaling:Describe*",
        "cloudformation:Describe*",
        "cloudformation:Get*",
        "cloudformation:List*",
        ...matchingReads(["cloudwatch:*"]),
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
      ],
      Resource: "*",
      Condition: inOwnRegion(context),
    },
    {
      // By ARN, so that snapshots which another account shares stay out of sight.
      Sid: "ReadDatabaseSettings",
      Effect: "Allow",
      Action: ["rds:Describe*", "rds:ListTagsForResource"],
      Resource: here("rds", "*"),
    },
    {
      Sid: "OwnEnvironmentsInstances",
      Effect: "Allow",
      Action: ["ec2:GetConsoleOutput", "ec2:RebootInstances", "ec2:StartInstances", "ec2:StopInstances"],
      Resource: here("ec2", "instance/*"),
      Condition: { StringEquals: { "aws:ResourceTag/Environment": account.environment } },
    },
    {
      Sid: "DeployContainers",
      Effect: "Allow",
      Action: ["ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:StopTask", "ecs:UpdateService"],
      Resource: ["service/*", "task/*", "task-definition/*"].map((resource) => here("ecs", resource)),
    },
    {
      Sid: "PushAndPullImages",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: here("ecr", "repository/*"),
    },
    {
      Sid: "DeployFunctions",
      Effect: "Allow",
      Action: [
        "lambda:InvokeFunction",
        "lambda:PublishVersion",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ],
      // Changing a function's code is acting as its role. In staging these are the roles of services alone.
      Resource: here("lambda", `function:${account.environment === "dev" ? "" : `${organization.prefix}-`}*`),
    },
    {
      Sid: "PassWorkloadRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:aws:iam::${account.id}:role${WORKLOADS_PATH}*`,
      Condition: {
        StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] },
      },
    },
    {
      // Names of applications' and services' log groups begin with a slash; the trail's does not.
      Sid: "ReadApplicationLogs",
      Effect: "Allow",
      Action: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery"],
      Resource: here("logs", "log-group:/*"),
    },
    {
      Sid: "UpdateBuckets",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
      Resource: "arn:aws:s3:::*",
      Condition: { StringEquals: { "aws:ResourceAccount": account.id } },
    },
    {
      Sid: "TrailStays",
      Effect: "Deny",
      Action: "s3:*",
      Resource: [
        everyBucketArn(organization, account),
        ...stateBuckets.flatMap((bucket) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]),
      ],
    },
    {
      // Roles that may do more deploy what lies in these.
      Sid: "DeploymentsStay",
      Effect: "Deny",
      Action: "s3:PutObject",
      Resource: DEPLOYMENT_BUCKETS.map((bucket) => `arn:aws:s3:::${bucket}/*`),
    },
    { Sid: "ListBuckets", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
    ...connectToDatabases(context),
  );
  return { policies: [permissions] };
}
