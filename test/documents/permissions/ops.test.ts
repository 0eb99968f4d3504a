import assert from "node:assert/strict";
import { renderDocument } from "../../../src/documents/policy-document";
import { opsPermissions } from "../../../src/documents/permissions/ops";
import { customerPolicyArn, rolePolicyName } from "../../../src/model/names";
import { QUOTAS } from "../../../src/model/quotas";
import { awsManagedDocument, decide, sessionCaller } from "../../support/evaluate";
import { ACCOUNTS, contextIn } from "../fixture";
import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { can, cannot, longestContext, proveRole, requestOf, type PermissionCase } from "./role-proof";

const EVERYWHERE = ["dev", "staging", "prod"] as const;
const BEFORE_PROD = ["dev", "staging"] as const;

const boundaryArn = customerPolicyArn(
  ACCOUNTS.prod,
  rolePolicyName(contextIn("prod").organization, "Ops", ACCOUNTS.prod, "boundary"),
);
const carryingTheBoundary = { context: { "iam:PermissionsBoundary": boundaryArn } };
const carryingAnother = {
  context: { "iam:PermissionsBoundary": "arn:aws:iam::444444444444:policy/ops/boundary" },
};

const role = (name: string): string => `arn:aws:iam::{account}:role/${name}`;
const policy = (name: string): string => `arn:aws:iam::{account}:policy/${name}`;
const user = "arn:aws:iam::{account}:user/deploy-bot";
const database = "arn:aws:rds:{region}:{account}:db:menotime-{environment}";
const instance = "arn:aws:ec2:{region}:{account}:instance/i-1";
const OPS_ACCESS = { context: { "aws:ResourceTag/OpsAccess": "true" } };
const session = "arn:aws:ssm:{region}:{account}:session/sarah.devops-1";
const whose = (userId: string) => ({
  context: { "aws:userid": "AROAEXAMPLE:sarah.devops", "ssm:resourceTag/aws:ssmmessages:session-id": userId },
});
const OWN_SESSION = whose("AROAEXAMPLE:sarah.devops");
const OTHERS_SESSION = whose("AROAEXAMPLE:omar.devops");
const service = "arn:aws:ecs:{region}:{account}:service/menotime-{environment}/api";
const secret = (name: string): string => `arn:aws:secretsmanager:{region}:{account}:secret:${name}`;

/** MenoTime, DevOps/SRE: "They can" and "They cannot". */
const SEED: readonly PermissionCase[] = beside(
  MENOTIME.devops,
  can(EVERYWHERE, "launch EC2 instances", "ec2:RunInstances", "arn:aws:ec2:{region}:{account}:instance/*"),
  can(BEFORE_PROD, "terminate EC2 instances", "ec2:TerminateInstances", instance),
  can(EVERYWHERE, "manage RDS databases: create snapshots", "rds:CreateDBSnapshot", database),
  can(
    EVERYWHERE,
    "manage RDS databases: modify parameters",
    "rds:ModifyDBParameterGroup",
    "arn:aws:rds:{region}:{account}:pg:menotime",
  ),
  can(BEFORE_PROD, "update IAM roles", "iam:PutRolePolicy", role("menotime-app")),
  can(BEFORE_PROD, "update IAM roles: who assumes them", "iam:UpdateAssumeRolePolicy", role("menotime-app")),
  can(BEFORE_PROD, "update IAM policies", "iam:CreatePolicyVersion", policy("menotime-app"), {
    decision: "15.6",
  }),
  can("prod", "update IAM roles of their boundary", "iam:PutRolePolicy", role("ops/menotime-app"), {
    ...carryingTheBoundary,
    decision: "15.5",
  }),
  can("prod", "update IAM policies of their own", "iam:CreatePolicyVersion", policy("ops/menotime-app"), {
    decision: "15.6",
  }),
  cannot(
    "prod",
    "update IAM roles that are kept from them",
    "iam:PutRolePolicy",
    role("menotime-root-deploy"),
    { decision: "15.5" },
  ),
  can(
    BEFORE_PROD,
    "manage CloudFormation stacks",
    "cloudformation:UpdateStack",
    "arn:aws:cloudformation:{region}:{account}:stack/menotime/1",
    { decision: "15.6" },
  ),
  can(
    "prod",
    "manage CloudFormation stacks, with a role of theirs",
    "cloudformation:UpdateStack",
    "arn:aws:cloudformation:{region}:{account}:stack/menotime/1",
    { context: { "cloudformation:RoleArn": "arn:aws:iam::444444444444:role/ops/stacks" }, decision: "15.6" },
  ),
  can(
    EVERYWHERE,
    "access all CloudWatch logs",
    "logs:GetLogEvents",
    "arn:aws:logs:{region}:{account}:log-group:/menotime/prod:log-stream:1",
  ),
  can(
    EVERYWHERE,
    "manage auto-scaling groups",
    "autoscaling:UpdateAutoScalingGroup",
    "arn:aws:autoscaling:{region}:{account}:autoScalingGroup:1:autoScalingGroupName/app",
    { decision: "15.6" },
  ),
  can(
    EVERYWHERE,
    "update security group rules",
    "ec2:AuthorizeSecurityGroupIngress",
    "arn:aws:ec2:{region}:{account}:security-group/sg-1",
  ),
  can(EVERYWHERE, "update VPC rules", "ec2:CreateSubnet", "arn:aws:ec2:{region}:{account}:vpc/vpc-1"),
  can(
    ["staging", "prod"],
    "access Secrets Manager",
    "secretsmanager:GetSecretValue",
    secret("menotime/{environment}/webhook-AbCdEf"),
    { decision: "15.2" },
  ),

  cannot("prod", "delete production resources: instances", "ec2:TerminateInstances", instance, {
    decision: "15.3",
  }),
  cannot("prod", "delete production resources: databases", "rds:DeleteDBInstance", database, {
    decision: "15.3",
  }),
  cannot(
    "prod",
    "delete production resources: buckets",
    "s3:DeleteBucket",
    "arn:aws:s3:::menotime-prod-data",
  ),
  cannot(
    "prod",
    "delete production resources: stacks",
    "cloudformation:DeleteStack",
    "arn:aws:cloudformation:{region}:{account}:stack/menotime/1",
  ),
  cannot(
    "prod",
    "delete production data: objects",
    "s3:DeleteObject",
    "arn:aws:s3:::menotime-prod-data/patient",
  ),
  cannot(
    "prod",
    "delete production data: versions of objects",
    "s3:DeleteObjectVersion",
    "arn:aws:s3:::menotime-prod-data/patient",
  ),
  cannot(
    "prod",
    "delete production data: by letting it expire",
    "s3:PutLifecycleConfiguration",
    "arn:aws:s3:::menotime-prod-data",
  ),
  cannot(
    "prod",
    "delete production data: by letting items expire",
    "dynamodb:UpdateTimeToLive",
    "arn:aws:dynamodb:{region}:{account}:table/patients",
  ),
  cannot(
    "prod",
    "delete production data: tables",
    "dynamodb:DeleteTable",
    "arn:aws:dynamodb:{region}:{account}:table/patients",
  ),
  cannot(
    "prod",
    "delete production data: snapshots of databases",
    "rds:DeleteDBSnapshot",
    "arn:aws:rds:{region}:{account}:snapshot:menotime",
    { decision: "15.3" },
  ),
  cannot(
    "prod",
    "delete production data: volumes",
    "ec2:DeleteVolume",
    "arn:aws:ec2:{region}:{account}:volume/vol-1",
    { decision: "15.3" },
  ),
  cannot(
    "prod",
    "delete production data: snapshots of volumes",
    "ec2:DeleteSnapshot",
    "arn:aws:ec2:{region}::snapshot/snap-1",
    { decision: "15.3" },
  ),
  cannot(
    "prod",
    "delete production data: file systems",
    "elasticfilesystem:DeleteFileSystem",
    "arn:aws:elasticfilesystem:{region}:{account}:file-system/fs-1",
  ),
  cannot(
    "prod",
    "delete production data: backups",
    "backup:DeleteRecoveryPoint",
    "arn:aws:backup:{region}:{account}:recovery-point:1",
  ),
  cannot(
    "prod",
    "delete production data: secrets",
    "secretsmanager:DeleteSecret",
    secret("menotime/prod/webhook-AbCdEf"),
  ),
  cannot(
    "prod",
    "delete production data: messages",
    "sqs:PurgeQueue",
    "arn:aws:sqs:{region}:{account}:orders",
  ),
  cannot(
    "prod",
    "delete production data: by its key",
    "kms:ScheduleKeyDeletion",
    "arn:aws:kms:{region}:{account}:key/1",
  ),
  cannot(
    "prod",
    "delete production data: logs",
    "logs:DeleteLogGroup",
    "arn:aws:logs:{region}:{account}:log-group:/menotime/prod",
    { decision: "15.3" },
  ),
  cannot("prod", "modify IAM users: make one", "iam:CreateUser", user),
  cannot("prod", "modify IAM users: make keys for one", "iam:CreateAccessKey", user),
  cannot("prod", "modify IAM users: give one a policy", "iam:PutUserPolicy", user),
  cannot("prod", "modify IAM users: give one a password", "iam:CreateLoginProfile", user),
  cannot(
    "prod",
    "modify IAM users: put one into a group",
    "iam:AddUserToGroup",
    "arn:aws:iam::{account}:group/admins",
  ),
  cannot(
    "prod",
    "view application source code: repositories",
    "codecommit:GitPull",
    "arn:aws:codecommit:{region}:{account}:menotime",
  ),
  cannot(
    "prod",
    "view application source code: functions",
    "lambda:GetFunction",
    "arn:aws:lambda:{region}:{account}:function:app",
  ),
  cannot(
    "prod",
    "view application source code: images",
    "ecr:GetDownloadUrlForLayer",
    "arn:aws:ecr:{region}:{account}:repository/app",
  ),
  cannot(
    EVERYWHERE,
    "access database contents: sign in",
    "rds-db:connect",
    "arn:aws:rds-db:{region}:{account}:dbuser:db-1/iamdb",
  ),
  cannot(
    EVERYWHERE,
    "access database contents: query",
    "rds-data:ExecuteStatement",
    "arn:aws:rds:{region}:{account}:cluster:menotime",
  ),
  cannot(
    "prod",
    "access database contents: read items",
    "dynamodb:GetItem",
    "arn:aws:dynamodb:{region}:{account}:table/patients",
  ),
  cannot(
    "prod",
    "access database contents: change items",
    "dynamodb:PutItem",
    "arn:aws:dynamodb:{region}:{account}:table/patients",
  ),
  cannot(
    "prod",
    "access database contents: by their passwords",
    "secretsmanager:GetSecretValue",
    secret("menotime/prod/rds/master-AbCdEf"),
  ),
  cannot(
    "prod",
    "access database contents: by the passwords that RDS keeps",
    "secretsmanager:GetSecretValue",
    secret("rds!db-1-AbCdEf"),
  ),
  cannot(
    EVERYWHERE,
    "take RDS out of the organization's region",
    "rds:CreateDBInstance",
    "arn:aws:rds:us-west-2:{account}:db:copy",
    { region: "us-west-2", decision: "15.4" },
  ),
);

/** MenoTime, PROD: "Limited to DevOps/SRE team and on-call staff", "Changes require multi-approval process". */
const PROD_ACCESS: readonly PermissionCase[] = beside(
  MENOTIME.prodAccess,
  can("prod", "look: at instances", "ec2:DescribeInstances"),
  can("prod", "look: at services", "ecs:DescribeServices", service),
  can("prod", "look: at databases", "rds:DescribeDBInstances", database),
  can("prod", "update services", "ecs:UpdateService", service, { decision: "15.2" }),
  can("prod", "take snapshots", "rds:CreateDBSnapshot", database, { decision: "15.2" }),
  cannot("prod", "delete databases", "rds:DeleteDBInstance", database),
  cannot("prod", "delete buckets", "s3:DeleteBucket", "arn:aws:s3:::menotime-prod-data"),
  cannot("prod", "terminate instances", "ec2:TerminateInstances", instance),
);

/** Bootstrap notes: "FULL power over specified services, this includes FULL IAM power, this includes ReadR". */
const NOTES: readonly PermissionCase[] = [
  can(BEFORE_PROD, "give themselves more", "iam:AttachRolePolicy", role("infra-OpsR-{account}")),
  can(BEFORE_PROD, "make roles", "iam:CreateRole", role("anything")),
  can(BEFORE_PROD, "make users", "iam:CreateUser", user),
  can(BEFORE_PROD, "pass roles of the account", "iam:PassRole", role("menotime-app")),
  can(BEFORE_PROD, "change the account's alias", "iam:CreateAccountAlias"),
  can(BEFORE_PROD, "read objects", "s3:GetObject", "arn:aws:s3:::menotime-dev-uploads/a"),
  can(BEFORE_PROD, "use services that only Read lists", "athena:ListWorkGroups"),
  can(
    EVERYWHERE,
    "delete what holds no data",
    "ec2:DeleteSecurityGroup",
    "arn:aws:ec2:{region}:{account}:security-group/sg-1",
  ),
  can(
    EVERYWHERE,
    "roll a service back",
    "ecs:UpdateService",
    "arn:aws:ecs:{region}:{account}:service/app/api",
  ),
  can(EVERYWHERE, "understand why something was denied", "sts:DecodeAuthorizationMessage"),
  can(EVERYWHERE, "see the account's trails", "cloudtrail:DescribeTrails"),
];

/** Section 5 of the design: what the boundary holds in prod, from its holder's point of view. */
const BOUNDARY: readonly PermissionCase[] = [
  can(
    "prod",
    "make a role that carries the boundary",
    "iam:CreateRole",
    role("ops/menotime-app"),
    carryingTheBoundary,
  ),
  can(
    "prod",
    "make a role of theirs that services use",
    "iam:CreateRole",
    role("ops/menotime-app"),
    carryingTheBoundary,
  ),
  can(
    "prod",
    "look: at rules of Muster's",
    "events:DescribeRule",
    "arn:aws:events:{region}:{account}:rule/infra-changes",
  ),
  can("prod", "stop a schedule", "events:DisableRule", "arn:aws:events:{region}:{account}:rule/nightly"),
  can("prod", "pass a role of theirs to a service", "iam:PassRole", role("ops/menotime-app")),
  can("prod", "tag a role of theirs", "iam:TagRole", role("ops/menotime-app")),
  can(
    "prod",
    "attach a policy to a role that carries the boundary",
    "iam:AttachRolePolicy",
    role("ops/menotime-app"),
    carryingTheBoundary,
  ),
  can(
    "prod",
    "change the trust of a role that carries the boundary",
    "iam:UpdateAssumeRolePolicy",
    role("ops/menotime-app"),
    carryingTheBoundary,
  ),
  can(
    "prod",
    "put the boundary on a role",
    "iam:PutRolePermissionsBoundary",
    role("ops/menotime-app"),
    carryingTheBoundary,
  ),
  can("prod", "make a policy", "iam:CreatePolicy", policy("ops/menotime-app")),
  cannot("prod", "make a policy elsewhere", "iam:CreatePolicy", policy("menotime-app")),
  cannot("prod", "make a role elsewhere", "iam:CreateRole", role("menotime-app"), carryingTheBoundary),
  cannot(
    "prod",
    "bind the organization's own role, to change it then",
    "iam:PutRolePermissionsBoundary",
    role("OrganizationAccountAccessRole"),
    carryingTheBoundary,
  ),
  cannot(
    "prod",
    "open the organization's own role to themselves",
    "iam:UpdateAssumeRolePolicy",
    role("OrganizationAccountAccessRole"),
    carryingTheBoundary,
  ),
  can(
    "prod",
    "make a service's own role",
    "iam:CreateServiceLinkedRole",
    role("aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
  ),
  can("prod", "read their own boundary", "iam:GetPolicyVersion", policy("infra-OpsR-prod-boundary")),
  can(
    "prod",
    "see the alarms",
    "cloudwatch:DescribeAlarms",
    "arn:aws:cloudwatch:{region}:{account}:alarm:infra-BreakGlassUsed",
  ),
  can(
    "prod",
    "read the trail's log group",
    "logs:FilterLogEvents",
    "arn:aws:logs:{region}:{account}:log-group:infra-trail",
  ),
  can(
    "prod",
    "lower nobody's guard over other alarms",
    "cloudwatch:PutMetricAlarm",
    "arn:aws:cloudwatch:{region}:{account}:alarm:app-latency",
  ),

  cannot("prod", "make a role without a boundary", "iam:CreateRole", role("ops/menotime-app")),
  cannot(
    "prod",
    "make a role with a boundary of their own making",
    "iam:CreateRole",
    role("ops/menotime-app"),
    carryingAnother,
  ),
  cannot("prod", "give more to a role that has no boundary", "iam:AttachRolePolicy", role("pipeline-app")),
  cannot(
    "prod",
    "write a policy into a role that has no boundary",
    "iam:PutRolePolicy",
    role("pipeline-app"),
  ),
  cannot(
    "prod",
    "open a role that has no boundary to themselves",
    "iam:UpdateAssumeRolePolicy",
    role("pipeline-app"),
  ),
  cannot("prod", "delete a role that has no boundary", "iam:DeleteRole", role("pipeline-app")),
  cannot(
    "prod",
    "swap a boundary for a wider one",
    "iam:PutRolePermissionsBoundary",
    role("ops/menotime-app"),
    carryingAnother,
  ),
  cannot(
    "prod",
    "remove a boundary",
    "iam:DeleteRolePermissionsBoundary",
    role("ops/menotime-app"),
    carryingTheBoundary,
  ),
  cannot("prod", "rewrite the boundary", "iam:CreatePolicyVersion", policy("infra-OpsR-prod-boundary")),
  cannot(
    "prod",
    "bring back an older version of the boundary",
    "iam:SetDefaultPolicyVersion",
    policy("infra-OpsR-prod-boundary"),
  ),
  cannot("prod", "delete the boundary", "iam:DeletePolicy", policy("infra-OpsR-prod-boundary")),
  cannot("prod", "make a policy under Muster's names", "iam:CreatePolicy", policy("infra-ReadR-prod-limits")),
  cannot(
    "prod",
    "make a role under Muster's names",
    "iam:CreateRole",
    role("infra-BreakGlassR-prod"),
    carryingTheBoundary,
  ),
  cannot(
    "prod",
    "put their boundary on the deploy role",
    "iam:PutRolePermissionsBoundary",
    role("infra-DeployR-prod"),
    carryingTheBoundary,
  ),
  cannot("prod", "change the deploy role's trust", "iam:UpdateAssumeRolePolicy", role("infra-DeployR-prod")),
  cannot(
    "prod",
    "give themselves more",
    "iam:AttachRolePolicy",
    role("infra-OpsR-prod"),
    carryingTheBoundary,
  ),
  cannot(
    "prod",
    "admit themselves to BreakGlass",
    "iam:UpdateAssumeRolePolicy",
    role("infra-BreakGlassR-prod"),
  ),
  cannot("prod", "become another role of Muster's", "sts:AssumeRole", role("infra-AdminR-prod")),
  cannot(
    "prod",
    "become a role in another account",
    "sts:AssumeRole",
    "arn:aws:iam::{dev}:role/infra-OpsR-dev",
  ),
  cannot("prod", "become a role of a service", "sts:AssumeRole", role("workloads/menotime-ecs-task-role")),
  cannot("prod", "pass Muster's roles to a machine", "iam:PassRole", role("infra-TrailR")),
  cannot(
    "prod",
    "pass roles that reach data to a machine",
    "iam:PassRole",
    role("workloads/menotime-ecs-task-role"),
  ),
  cannot("prod", "pass roles that others made to a machine", "iam:PassRole", role("pipeline-app")),
  cannot(
    "prod",
    "give more to a role through a policy that it carries",
    "iam:CreatePolicyVersion",
    policy("pipeline-app"),
  ),
  cannot("prod", "open a role by a tag", "iam:TagRole", role("pipeline-app")),
  cannot(
    "prod",
    "change roles of services",
    "iam:PutRolePolicy",
    role("workloads/menotime-ecs-task-role"),
    carryingTheBoundary,
  ),
  cannot(
    "prod",
    "trust another identity provider: OIDC",
    "iam:CreateOpenIDConnectProvider",
    "arn:aws:iam::{account}:oidc-provider/evil.example",
  ),
  cannot(
    "prod",
    "trust another identity provider: SAML",
    "iam:CreateSAMLProvider",
    "arn:aws:iam::{account}:saml-provider/evil",
  ),
  cannot("prod", "weaken the password policy", "iam:UpdateAccountPasswordPolicy"),
  cannot(
    "prod",
    "stop the trail",
    "cloudtrail:StopLogging",
    "arn:aws:cloudtrail:{region}:{account}:trail/infra-trail",
  ),
  cannot(
    "prod",
    "narrow the trail",
    "cloudtrail:PutEventSelectors",
    "arn:aws:cloudtrail:{region}:{account}:trail/infra-trail",
  ),
  cannot(
    "prod",
    "delete the trail's log group",
    "logs:DeleteLogGroup",
    "arn:aws:logs:{region}:{account}:log-group:infra-trail",
  ),
  cannot(
    "prod",
    "blind the alarms by their filters",
    "logs:PutMetricFilter",
    "arn:aws:logs:{region}:{account}:log-group:infra-trail",
  ),
  cannot("prod", "mask what the filters look for", "logs:PutAccountPolicy"),
  cannot(
    "prod",
    "delete the alarms",
    "cloudwatch:DeleteAlarms",
    "arn:aws:cloudwatch:{region}:{account}:alarm:infra-BreakGlassUsed",
  ),
  cannot(
    "prod",
    "switch the alarms off",
    "cloudwatch:DisableAlarmActions",
    "arn:aws:cloudwatch:{region}:{account}:alarm:infra-BreakGlassUsed",
  ),
  cannot(
    "prod",
    "overwrite the alarms",
    "cloudwatch:PutMetricAlarm",
    "arn:aws:cloudwatch:{region}:{account}:alarm:infra-BreakGlassUsed",
  ),
  cannot(
    "prod",
    "mute the alarms",
    "cloudwatch:PutAlarmMuteRule",
    "arn:aws:cloudwatch:{region}:{account}:alarm-mute-rule:quiet",
  ),
  cannot("prod", "put data on the alarms' metrics", "cloudwatch:PutMetricData", "*", {
    context: { "cloudwatch:namespace": "Muster" },
  }),
  can("prod", "put data on other metrics", "cloudwatch:PutMetricData", "*", {
    context: { "cloudwatch:namespace": "Shop" },
  }),
  cannot(
    "prod",
    "delete the alarms' topic",
    "sns:DeleteTopic",
    "arn:aws:sns:{region}:{account}:infra-alarms",
  ),
  cannot(
    "prod",
    "change the alarms' topic",
    "sns:SetTopicAttributes",
    "arn:aws:sns:{region}:{account}:infra-alarms",
  ),
  cannot(
    "prod",
    "unsubscribe those who are alarmed",
    "sns:Unsubscribe",
    "arn:aws:sns:{region}:{account}:pagers",
  ),
  cannot("prod", "disable the alarms' key", "kms:DisableKey", "arn:aws:kms:{region}:{account}:key/1"),
  cannot("prod", "take the alarms' key over", "kms:PutKeyPolicy", "arn:aws:kms:{region}:{account}:key/1"),
  cannot("prod", "delete the trail's bucket", "s3:DeleteBucket", "arn:aws:s3:::infra-trail-{account}"),
  cannot(
    "prod",
    "open the trail's bucket",
    "s3:PutBucketOwnershipControls",
    "arn:aws:s3:::infra-trail-{account}",
  ),
  cannot("prod", "forge the trail's files", "s3:PutObject", "arn:aws:s3:::infra-trail-{account}/log"),
  cannot("prod", "read data: objects", "s3:GetObject", "arn:aws:s3:::menotime-prod-data/patient"),
  cannot("prod", "read data: messages", "sqs:ReceiveMessage", "arn:aws:sqs:{region}:{account}:orders"),
  cannot(
    "prod",
    "read data: through a service's shell",
    "ecs:ExecuteCommand",
    "arn:aws:ecs:{region}:{account}:task/app/1",
  ),
  cannot(
    "prod",
    "read data: through a function's role",
    "lambda:UpdateFunctionCode",
    "arn:aws:lambda:{region}:{account}:function:app",
  ),
  cannot(
    "prod",
    "read data: through a function's settings",
    "lambda:UpdateFunctionConfiguration",
    "arn:aws:lambda:{region}:{account}:function:app",
  ),
  cannot(
    "prod",
    "read data: through a one-off task",
    "ecs:RunTask",
    "arn:aws:ecs:{region}:{account}:task-definition/app:1",
  ),
  can(
    "prod",
    "register a container for Fargate",
    "ecs:RegisterTaskDefinition",
    "arn:aws:ecs:{region}:{account}:task-definition/app:1",
    { context: { "ecs:compute-compatibility": ["FARGATE"] } },
  ),
  cannot(
    "prod",
    "take a machine, with the roles of its containers, by a container on it",
    "ecs:RegisterTaskDefinition",
    "arn:aws:ecs:{region}:{account}:task-definition/app:1",
    { context: { "ecs:compute-compatibility": ["EC2"] } },
  ),
  cannot(
    "prod",
    "take a machine by a container that says nothing of where it runs",
    "ecs:RegisterTaskDefinition",
    "arn:aws:ecs:{region}:{account}:task-definition/app:1",
  ),
  cannot(
    "prod",
    "open the gate of databases that Muster made",
    "ec2:AuthorizeSecurityGroupIngress",
    "arn:aws:ec2:{region}:{account}:security-group/sg-1",
    { context: { "aws:ResourceTag/ManagedBy": "muster" } },
  ),
  cannot(
    "prod",
    "take the tag off the gate of databases",
    "ec2:DeleteTags",
    "arn:aws:ec2:{region}:{account}:security-group/sg-1",
    { context: { "aws:ResourceTag/ManagedBy": "muster" } },
  ),
  cannot(
    "prod",
    "move databases to subnets that the internet reaches",
    "rds:ModifyDBSubnetGroup",
    "arn:aws:rds:{region}:{account}:subgrp:infra-database",
    { context: { "aws:ResourceTag/ManagedBy": "muster" } },
  ),
  cannot(
    "prod",
    "write another tag on the subnets of databases",
    "rds:AddTagsToResource",
    "arn:aws:rds:{region}:{account}:subgrp:infra-database",
    { context: { "aws:ResourceTag/ManagedBy": "muster" } },
  ),
  cannot("prod", "read telephone numbers of those who want no messages", "sns:ListPhoneNumbersOptedOut"),
  cannot("prod", "read tokens of customers' devices", "sns:GetEndpointAttributes"),
  cannot(
    "prod",
    "read data: on a machine of one's own that services' containers come to",
    "ecs:RegisterContainerInstance",
    "arn:aws:ecs:{region}:{account}:cluster/app",
  ),
  cannot(
    "prod",
    "discard data: a queue's messages, by a filter that none fits",
    "lambda:UpdateEventSourceMapping",
    "arn:aws:lambda:{region}:{account}:event-source-mapping:1",
  ),
  cannot(
    "prod",
    "discard data: a stream's records, by another mapping with such a filter",
    "lambda:CreateEventSourceMapping",
  ),
  cannot(
    "prod",
    "read data: through a workflow's role",
    "states:UpdateStateMachine",
    "arn:aws:states:{region}:{account}:stateMachine:orders",
  ),
  cannot(
    "prod",
    "read data: what went through workflows",
    "states:GetExecutionHistory",
    "arn:aws:states:{region}:{account}:execution:orders:1",
  ),
  cannot(
    "prod",
    "read data: with credentials of S3's access grants",
    "s3:GetDataAccess",
    "arn:aws:s3:{region}:{account}:access-grants/default",
  ),
  cannot(
    "prod",
    "share data out: snapshots of databases",
    "rds:ModifyDBSnapshotAttribute",
    "arn:aws:rds:{region}:{account}:snapshot:menotime",
  ),
  cannot(
    "prod",
    "share data out: snapshots of volumes",
    "ec2:ModifySnapshotAttribute",
    "arn:aws:ec2:{region}::snapshot/snap-1",
  ),
  cannot("prod", "share data out: buckets", "s3:PutBucketPolicy", "arn:aws:s3:::menotime-prod-data"),
  cannot(
    "prod",
    "read and poison what CDK deploys",
    "s3:GetObject",
    "arn:aws:s3:::cdk-hnb659fds-assets-{account}-{region}/template.json",
  ),
  cannot(
    "prod",
    "read data: items, even where their table lets them",
    "dynamodb:GetItem",
    "arn:aws:dynamodb:{region}:{account}:table/patients",
    { isOpen: true },
  ),
  ...["DeleteRule", "DisableRule", "PutRule", "PutTargets", "RemoveTargets"].map((action) =>
    cannot(
      "prod",
      "silence a rule of Muster's",
      `events:${action}`,
      "arn:aws:events:{region}:{account}:rule/infra-changes",
    ),
  ),
  cannot(
    "prod",
    "run a template as the role that a stack has",
    "cloudformation:UpdateStack",
    "arn:aws:cloudformation:{region}:{account}:stack/menotime/1",
  ),
  cannot(
    "prod",
    "run a template as a role of others",
    "cloudformation:UpdateStack",
    "arn:aws:cloudformation:{region}:{account}:stack/menotime/1",
    { context: { "cloudformation:RoleArn": "arn:aws:iam::444444444444:role/pipeline-app" } },
  ),
  cannot(
    "prod",
    "run a change set as the role that a stack has",
    "cloudformation:CreateChangeSet",
    "arn:aws:cloudformation:{region}:{account}:stack/menotime/1",
  ),
  cannot(
    "prod",
    "run code of theirs as a service: its image",
    "ecr:PutImage",
    "arn:aws:ecr:{region}:{account}:repository/app",
  ),
  cannot(
    "prod",
    "run code of theirs as a service: its machines",
    "ec2:CreateLaunchTemplateVersion",
    "arn:aws:ec2:{region}:{account}:launch-template/lt-1",
  ),
  cannot(
    "prod",
    "run code of theirs as a service: a maintenance window",
    "ssm:RegisterTaskWithMaintenanceWindow",
    "arn:aws:ssm:{region}:{account}:maintenancewindow/mw-1",
  ),
  cannot(
    "prod",
    "run code of theirs as a service: a container's shell by Systems Manager",
    "ssm:StartSession",
    "arn:aws:ecs:{region}:{account}:task/app/1",
  ),
  can("prod", "hold a session on a machine that is meant for it", "ssm:StartSession", instance, OPS_ACCESS),
  can(
    "prod",
    "hold it by the account's preferences",
    "ssm:StartSession",
    "arn:aws:ssm:{region}:{account}:document/SSM-SessionManagerRunShell",
  ),
  cannot("prod", "hold a session on another machine", "ssm:StartSession", instance),
  cannot("prod", "hold one where the tag says no", "ssm:StartSession", instance, {
    context: { "aws:ResourceTag/OpsAccess": "false" },
  }),
  cannot("prod", "hold one whose document nobody checks", "ssm:StartSession", instance, {
    context: { ...OPS_ACCESS.context, "ssm:SessionDocumentAccessCheck": "false" },
  }),
  cannot(
    "prod",
    "forward a port, which no log shows",
    "ssm:StartSession",
    "arn:aws:ssm:{region}:{account}:document/AWS-StartPortForwardingSession",
  ),
  can("prod", "resume their session", "ssm:ResumeSession", session, OWN_SESSION),
  can("prod", "end their session", "ssm:TerminateSession", session, OWN_SESSION),
  cannot("prod", "resume somebody else's session", "ssm:ResumeSession", session, OTHERS_SESSION),
  cannot("prod", "end somebody else's session", "ssm:TerminateSession", session, OTHERS_SESSION),
  can(
    "prod",
    "manage users of machines by the document for it",
    "ssm:StartAutomationExecution",
    "arn:aws:ssm:{region}:{account}:document/Manage-Linux-User-And-Keys",
  ),
  can(
    "prod",
    "execute its automation",
    "ssm:StartAutomationExecution",
    "arn:aws:ssm:{region}:{account}:automation-definition/Manage-Linux-User-And-Keys:1",
  ),
  can(
    "prod",
    "begin an execution of it",
    "ssm:StartAutomationExecution",
    "arn:aws:ssm:{region}:{account}:automation-execution/1",
  ),
  cannot(
    "prod",
    "execute another document",
    "ssm:StartAutomationExecution",
    "arn:aws:ssm:{region}:{account}:document/AWS-StopEC2Instance",
  ),
  cannot(
    "prod",
    "execute a partner's",
    "ssm:StartAutomationExecution",
    "arn:aws:ssm:{region}:{account}:document/Manage-Linux-User-And-Keys-for-acme",
  ),
  cannot("prod", "send commands to machines", "ssm:SendCommand", instance, OPS_ACCESS),
  cannot(
    "prod",
    "run any shell command",
    "ssm:SendCommand",
    "arn:aws:ssm:{region}:{account}:document/AWS-RunShellScript",
  ),
  cannot(
    "prod",
    "change how sessions are logged",
    "ssm:UpdateDocument",
    "arn:aws:ssm:{region}:{account}:document/SSM-SessionManagerRunShell",
  ),
  can("prod", "tag a machine", "ec2:CreateTags", instance, { context: { "aws:RequestTag/Team": "web" } }),
  ...["OpsAccess", "opsaccess"].flatMap((tag) => {
    const tagged = { context: { [`aws:RequestTag/${tag}`]: "true" } };
    return [
      cannot("prod", `open a machine to themselves by the tag ${tag}`, "ec2:CreateTags", instance, tagged),
      cannot("prod", `start a machine with the tag ${tag}`, "ec2:RunInstances", instance, tagged),
      cannot(
        "prod",
        `have a group of machines give the tag ${tag}`,
        "autoscaling:CreateOrUpdateTags",
        "arn:aws:autoscaling:{region}:{account}:autoScalingGroup:1:autoScalingGroupName/app",
        tagged,
      ),
    ];
  }),
  ...["CreateDeployment", "UpdateDeploymentGroup"].map((action) =>
    cannot(
      "prod",
      "deploy code to machines, as their role",
      `codedeploy:${action}`,
      "arn:aws:codedeploy:{region}:{account}:deploymentgroup:app/api",
    ),
  ),
  can("prod", "stop a deployment, which brings the revision before back", "codedeploy:StopDeployment"),
  cannot("prod", "have a machine start from a disk of theirs", "ec2:AttachVolume", instance),
  can("prod", "redeploy a service of ECS", "ecs:UpdateService", service),
  cannot("prod", "give a service of Express Mode their image", "ecs:UpdateExpressGatewayService", service),
  ...["ecs", "lambda", "dynamodb"].map((namespace) =>
    can(
      "prod",
      `have ${namespace} scale`,
      "application-autoscaling:PutScalingPolicy",
      "arn:aws:application-autoscaling:{region}:{account}:scalable-target/1",
      { context: { "application-autoscaling:service-namespace": namespace } },
    ),
  ),
  ...["elasticache", "rds", "ec2", "custom-resource"].map((namespace) =>
    cannot(
      "prod",
      `have ${namespace} scale, and end some of what it has`,
      "application-autoscaling:RegisterScalableTarget",
      "arn:aws:application-autoscaling:{region}:{account}:scalable-target/1",
      { context: { "application-autoscaling:service-namespace": namespace } },
    ),
  ),
  can("prod", "see what scales", "application-autoscaling:DescribeScalableTargets"),
  can("prod", "decrypt by a key of the account", "kms:Decrypt", "arn:aws:kms:{region}:{account}:key/1"),
  ...["kms:Decrypt", "kms:GenerateDataKey"].map((action) =>
    cannot("prod", "encrypt by a key of another account", action, "arn:aws:kms:{region}:{dev}:key/1", {
      isOpen: true,
    }),
  ),
  cannot("prod", "make a key of their own policy", "kms:CreateKey"),
  cannot("prod", "give a secret another key", "secretsmanager:UpdateSecret", secret("webhook-AbCdEf")),
  cannot("prod", "open a bucket to scripts of other sites", "s3:PutBucketCORS", "arn:aws:s3:::menotime-prod"),
  cannot(
    "prod",
    "read databases' statements",
    "pi:GetDimensionKeyDetails",
    "arn:aws:pi:{region}:{account}:metrics/rds/db-1",
  ),
  cannot("prod", "set the password of a database", "rds:ModifyDBInstance", database),
  cannot(
    "prod",
    "set the password of a cache",
    "elasticache:ModifyUser",
    "arn:aws:elasticache:{region}:{account}:user:app",
  ),
  cannot(
    "prod",
    "overwrite the password that RDS keeps",
    "secretsmanager:PutSecretValue",
    secret("rds!db-1-AbCdEf"),
  ),
  cannot(
    "prod",
    "delete data: an auto scaling group",
    "autoscaling:DeleteAutoScalingGroup",
    "arn:aws:autoscaling:{region}:{account}:autoScalingGroup:1:autoScalingGroupName/app",
  ),
  cannot(
    "prod",
    "delete data: an archive of events",
    "events:DeleteArchive",
    "arn:aws:events:{region}:{account}:archive/orders",
  ),
  cannot(
    "prod",
    "let data expire: images",
    "ecr:PutLifecyclePolicy",
    "arn:aws:ecr:{region}:{account}:repository/app",
  ),
  cannot("prod", "share data out: queues", "sqs:SetQueueAttributes", "arn:aws:sqs:{region}:{account}:orders"),
  cannot(
    "prod",
    "share data out: a copy of a snapshot",
    "rds:CopyDBSnapshot",
    "arn:aws:rds:{region}:{account}:snapshot:menotime",
  ),
  cannot(
    "prod",
    "share data out: log groups",
    "logs:PutSubscriptionFilter",
    "arn:aws:logs:{region}:{account}:log-group:/menotime/prod",
  ),
  cannot(
    "prod",
    "share data out: by a key's grant",
    "kms:CreateGrant",
    "arn:aws:kms:{region}:{account}:key/1",
  ),
  cannot("prod", "blind the alarms by what they count", "cloudwatch:PutMetricData", "*", {
    context: { "cloudwatch:namespace": "Muster" },
  }),
  cannot(
    "prod",
    "feed the alarms from another log group",
    "logs:PutMetricFilter",
    "arn:aws:logs:{region}:{account}:log-group:/menotime/prod",
  ),
  can("prod", "tell CloudWatch what their services do", "cloudwatch:PutMetricData", "*", {
    context: { "cloudwatch:namespace": "MenoTime" },
  }),
  can(
    "prod",
    "let alarms tell and scale",
    "cloudwatch:PutMetricAlarm",
    "arn:aws:cloudwatch:{region}:{account}:alarm:app-latency",
    { context: { "cloudwatch:AlarmActions": ["arn:aws:sns:eu-west-1:444444444444:pagers"] } },
  ),
  cannot(
    "prod",
    "end a machine by an alarm",
    "cloudwatch:PutMetricAlarm",
    "arn:aws:cloudwatch:{region}:{account}:alarm:app-latency",
    {
      context: {
        "cloudwatch:AlarmActions": [
          "arn:aws:sns:eu-west-1:444444444444:pagers",
          "arn:aws:automate:eu-west-1:ec2:terminate",
        ],
      },
    },
  ),
  can("prod", "write a parameter", "ssm:PutParameter", "arn:aws:ssm:{region}:{account}:parameter/app/mode"),
  cannot(
    "prod",
    "let a parameter expire",
    "ssm:PutParameter",
    "arn:aws:ssm:{region}:{account}:parameter/app/mode",
    { context: { "ssm:Policies": "true" } },
  ),
  cannot(
    "prod",
    "delete data: what a cache holds, by restarting it",
    "elasticache:RebootCacheCluster",
    "arn:aws:elasticache:{region}:{account}:cluster:app",
  ),
  cannot(
    "prod",
    "delete data: what another region has not received",
    "rds:FailoverGlobalCluster",
    "arn:aws:rds:{region}:{account}:cluster:menotime",
  ),
  cannot(
    "prod",
    "delete production resources: a machine that is said to be ill",
    "autoscaling:SetInstanceHealth",
    "arn:aws:autoscaling:{region}:{account}:autoScalingGroup:1:autoScalingGroupName/app",
  ),
  cannot(
    "prod",
    "delete production resources: a zone of names",
    "route53:DeleteHostedZone",
    "arn:aws:route53:::hostedzone/Z1",
  ),
  can(
    "prod",
    "change records of names",
    "route53:ChangeResourceRecordSets",
    "arn:aws:route53:::hostedzone/Z1",
  ),
  cannot(
    "prod",
    "share data out: by a key of another account",
    "s3:PutEncryptionConfiguration",
    "arn:aws:s3:::menotime-prod-data",
  ),
  cannot(
    "prod",
    "share data out: subscribing an outside address",
    "sns:Subscribe",
    "arn:aws:sns:{region}:{account}:orders",
  ),
  cannot(
    "prod",
    "share data out: a distribution's origin",
    "cloudfront:UpdateDistribution",
    "arn:aws:cloudfront::{account}:distribution/E1",
  ),
  can(
    "prod",
    "clear a distribution's cache",
    "cloudfront:CreateInvalidation",
    "arn:aws:cloudfront::{account}:distribution/E1",
  ),
  cannot(
    "prod",
    "share data out: an API's integration",
    "apigateway:PATCH",
    "arn:aws:apigateway:{region}::/restapis/abc/stages/prod",
  ),
  can("prod", "look at APIs", "apigateway:GET", "arn:aws:apigateway:{region}::/restapis/abc/stages/prod"),
  cannot("prod", "read keys of APIs", "apigateway:GET", "arn:aws:apigateway:{region}::/apikeys"),
  cannot(
    "prod",
    "read keys of APIs: those of a plan",
    "apigateway:GET",
    "arn:aws:apigateway:{region}::/usageplans/abc/keys",
  ),
  cannot(
    "prod",
    "take a certificate's private key",
    "acm:ExportCertificate",
    "arn:aws:acm:{region}:{account}:certificate/1",
  ),
  cannot("prod", "get a token to sign in to machines with", "ssm:GetAccessToken", "*"),
  cannot(
    "prod",
    "rotate the password that RDS keeps",
    "secretsmanager:RotateSecret",
    secret("rds!db-1-AbCdEf"),
  ),
  cannot("prod", "set the password of a database that they restore", "rds:RestoreDBInstanceFromS3", database),
  cannot("prod", "touch the organization", "organizations:LeaveOrganization"),
  cannot("prod", "touch the account", "account:CloseAccount", "arn:aws:account::{account}:account"),
];

const CASES = [...SEED, ...PROD_ACCESS, ...NOTES, ...BOUNDARY];

describe("Ops", () => {
  proveRole({ role: "Ops", cases: CASES, environments: EVERYWHERE });

  // A line that is added is measured here, against what is left.
  it("has 22 of 6,144 characters left in its boundary, names being as long as they can be", () => {
    const { boundary } = opsPermissions(longestContext(contextIn("prod")));
    assert.ok(boundary);
    assert.equal(QUOTAS.policyCharacters - renderDocument(boundary.document).length, 22);
  });

  it("has a boundary in prod and nowhere else", () => {
    const bounded = EVERYWHERE.filter(
      (environment) => opsPermissions(contextIn(environment)).boundary !== undefined,
    );
    assert.deepEqual(bounded, ["prod"]);
  });

  describe("makes a role with its boundary and every permission; that role in prod", () => {
    const { boundary } = opsPermissions(contextIn("prod"));
    for (const one of CASES.filter(
      ({ environments, expected }) => environments.includes("prod") && expected === "denied",
    )) {
      it(`cannot ${one.says} either: ${one.action}`, async () => {
        const decision = await decide({
          ...requestOf(one, "prod"),
          caller: sessionCaller(`arn:aws:iam::${ACCOUNTS.prod.id}:role/ops/detour`, "sarah.devops"),
          policies: [awsManagedDocument("AdministratorAccess")],
          boundary: boundary!.document,
        });
        assert.equal(decision, "denied");
      });
    }
  });
});
