import { customerPolicyArn, METRIC_NAMESPACE, rolePolicyName, trailBucketName } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { CustomerPolicy, RoleContext } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { listedServices, ownIam } from "./ops-statements";

const boundaryArn = ({ organization, account }: RoleContext): string =>
  customerPolicyArn(account, rolePolicyName(organization, "Ops", account, "boundary"));

const reading: PermissionStatement = {
  Sid: "Reading",
  Effect: "Allow",
  Action: [
    "iam:Generate*",
    "iam:Get*",
    "iam:List*",
    "iam:Simulate*",
    "sts:DecodeAuthorizationMessage",
    "cloudtrail:Describe*",
    "cloudtrail:Get*",
    "cloudtrail:List*",
    "cloudtrail:LookupEvents",
    "config:Describe*",
    "config:Get*",
    "config:List*",
    "guardduty:Get*",
    "guardduty:List*",
    "health:Describe*",
    "pi:Describe*",
    "pi:Get*",
    "securityhub:Describe*",
    "securityhub:Get*",
    "securityhub:List*",
    "trustedadvisor:Describe*",
  ],
  Resource: "*",
};

/**
 * A role is made, and its policies and trust are changed, only while it carries this same boundary. Where the request
 * has no boundary the key is absent, which `StringNotEquals` counts as different.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const rolesCarryThisBoundary = (context: RoleContext): PermissionStatement => ({
  Sid: "RolesCarryThisBoundary",
  Effect: "Deny",
  Action: [
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole*",
  ],
  Resource: "*",
  Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn(context) } },
});

const boundariesStay: PermissionStatement = {
  Sid: "BoundariesStay",
  Effect: "Deny",
  Action: "iam:DeleteRolePermissionsBoundary",
  Resource: "*",
};

/**
 * Everything that Muster makes, this boundary included. Reading aside, nothing may be done with it in any service; and no
 * other service's action may take anything of IAM, so that a trust which names Ops' session gives it no other role. IAM's
 * own actions are allowed by path.
 */
const musterStays = ({ organization, account }: RoleContext): PermissionStatement => {
  const { prefix } = organization;
  const bucket = `arn:aws:s3:::${trailBucketName(organization, account)}`;
  return {
    Sid: "MusterStays",
    Effect: "Deny",
    NotAction: [
      "iam:*",
      "cloudtrail:Get*",
      "cloudtrail:List*",
      "cloudwatch:Describe*",
      "cloudwatch:List*",
      "logs:Describe*",
      "logs:FilterLogEvents",
      "logs:Get*",
      "logs:List*",
      "logs:StartQuery",
      "s3:Get*",
      "s3:List*",
      "sns:Get*",
      "sns:List*",
    ],
    Resource: [
      `arn:aws:iam::${account.id}:*`,
      `arn:aws:cloudtrail:*:${account.id}:trail/${prefix}-*`,
      `arn:aws:cloudwatch:*:${account.id}:alarm:${prefix}-*`,
      `arn:aws:kms:*:${account.id}:alias/${prefix}-*`,
      `arn:aws:logs:*:${account.id}:log-group:${prefix}-*`,
      `arn:aws:sns:*:${account.id}:${prefix}-*`,
      bucket,
      `${bucket}/*`,
    ],
  };
};

/** Ways to silence alarms, and to make keys useless, whose requests name none of the resources above. */
const watchStays: PermissionStatement = {
  Sid: "WatchStays",
  Effect: "Deny",
  Action: [
    "cloudwatch:PutAlarmMuteRule",
    "kms:DeleteImportedKeyMaterial",
    "kms:DisableKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "logs:*AccountPolicy",
    "sns:SetSubscriptionAttributes",
    "sns:Unsubscribe",
  ],
  Resource: "*",
};

/** Whoever puts data on the alarms' metrics keeps an alarm ringing, so that nobody hears the next event. */
const metricsStay: PermissionStatement = {
  Sid: "MetricsStay",
  Effect: "Deny",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": METRIC_NAMESPACE } },
};

/**
 * Deletion of data and of what holds it takes two approvals: a dated grant of Admin. What expires data, or takes its
 * backups away, deletes it too; a stack is deleted by its own role, whatever its caller may do. IAM has no condition for
 * the days that a database keeps its backups: that change looks like any other rds:ModifyDBInstance.
 */
const dataStays: PermissionStatement = {
  Sid: "DataStays",
  Effect: "Deny",
  Action: [
    "autoscaling:AttachInstances",
    "backup:Delete*",
    "backup:DisassociateRecoveryPoint*",
    "backup:UpdateRecoveryPointLifecycle",
    "cloudformation:DeleteStack*",
    "dynamodb:Delete*",
    "dynamodb:UpdateContinuousBackups",
    "dynamodb:UpdateTimeToLive",
    "ec2:CreateReplaceRootVolumeTask",
    "ec2:DeleteSnapshot",
    "ec2:DeleteVolume",
    "ec2:DeregisterImage",
    "ec2:TerminateInstances",
    "ecr:BatchDeleteImage",
    "ecr:DeleteRepository",
    "elasticache:Delete*",
    "elasticfilesystem:DeleteFileSystem",
    "elasticfilesystem:DeleteReplicationConfiguration",
    "kinesis:DecreaseStreamRetentionPeriod",
    "kinesis:DeleteStream",
    "logs:DeleteLog*",
    "logs:PutRetentionPolicy",
    "rds:Delete*",
    "redshift:Delete*",
    "s3:BypassGovernanceRetention",
    "s3:DeleteBucket",
    "s3:DeleteObject*",
    "s3:PutLifecycleConfiguration",
    "secretsmanager:DeleteSecret",
    "sqs:DeleteQueue",
    "sqs:PurgeQueue",
    "ssm:DeleteParameter*",
  ],
  Resource: "*",
};

/** No contents of databases and no source code (seed: MenoTime, DevOps): for Ops, and for every role that it makes. */
const contentsStayUnread: PermissionStatement = {
  Sid: "ContentsStayUnread",
  Effect: "Deny",
  Action: [
    "dynamodb:*Item",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:GetRecords",
    "dynamodb:PartiQL*",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:SearchVectors",
    "ecr:GetDownloadUrlForLayer",
    "elasticache:Connect",
    "kinesis:GetRecords",
    "kinesis:SubscribeToShard",
    "lambda:GetFunction",
    "lambda:GetLayerVersion",
    "logs:Unmask",
    "redshift:CreateClusterUser",
    "redshift:GetClusterCredentials*",
    "redshift:JoinGroup",
    "s3:GetDataAccess",
    "sqs:ReceiveMessage",
    "states:DescribeExecution",
    "states:GetExecutionHistory",
  ],
  Resource: "*",
};

/**
 * Code that runs as a service's role reads what that role reads, and changing the code passes no role. In prod it comes
 * from the pipeline. What remains open, because operating machines is the job: commands on instances (Systems Manager),
 * deployments to them, and stacks that CloudFormation updates with a role given to them before.
 */
const noBorrowedRoles: PermissionStatement = {
  Sid: "NoBorrowedRoles",
  Effect: "Deny",
  Action: [
    "ecs:ExecuteCommand",
    "ecs:RunTask",
    "ecs:StartTask",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "states:UpdateStateMachine",
  ],
  Resource: "*",
};

/** Whoever shares a store with another account reads it from there. */
const dataStaysInside: PermissionStatement = {
  Sid: "DataStaysInside",
  Effect: "Deny",
  Action: [
    "backup:PutBackupVaultAccessPolicy",
    "dynamodb:PutResourcePolicy",
    "ec2:ModifyImageAttribute",
    "ec2:ModifySnapshotAttribute",
    "kinesis:PutResourcePolicy",
    "rds:ModifyDB*SnapshotAttribute",
    "redshift:Authorize*",
    "redshift:PutResourcePolicy",
    "s3:Put*Acl",
    "s3:Put*PublicAccessBlock",
    "s3:PutAccessPointPolicy*",
    "s3:PutBucketPolicy",
    "secretsmanager:PutResourcePolicy",
  ],
  Resource: "*",
};

/** Objects too, but for the templates and packages that CloudFormation and CDK fetch with the caller's permissions. */
const objectsStayUnread: PermissionStatement = {
  Sid: "ObjectsStayUnread",
  Effect: "Deny",
  Action: ["s3:GetObject*", "s3:PutObject*"],
  NotResource: ["arn:aws:s3:::cf-templates-*", "arn:aws:s3:::cdk-*"],
};

/** The passwords of databases open them: `rds!…` is RDS's own name for them, `…/rds/…` the seeds'. */
const databaseSecrets = ({ account }: RoleContext): PermissionStatement => ({
  Sid: "DatabaseSecrets",
  Effect: "Deny",
  Action: "secretsmanager:GetSecretValue",
  Resource: ["rds!*", "*/rds/*"].map((name) => `arn:aws:secretsmanager:*:${account.id}:secret:${name}`),
});

/**
 * What Ops cannot exceed in prod, however much IAM it has. It is one document because every role that Ops makes carries
 * it: what stood in a policy beside it would bind Ops alone, and not the role that Ops makes to get around it.
 */
export const opsBoundary = (context: RoleContext): CustomerPolicy =>
  customerPolicy(
    "boundary",
    "What Ops, and every role that Ops makes, cannot exceed.",
    ...listedServices(context),
    ...ownIam(context),
    reading,
    rolesCarryThisBoundary(context),
    boundariesStay,
    musterStays(context),
    watchStays,
    metricsStay,
    dataStays,
    contentsStayUnread,
    objectsStayUnread,
    databaseSecrets(context),
    noBorrowedRoles,
    dataStaysInside,
  );
