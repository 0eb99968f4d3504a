/** Some of the sensitive actions that roles may do on some resource, reviewed. */
interface Reviewed {
  readonly roles: readonly string[];
  readonly actions: readonly string[];
  /** Why each of the roles has each of the actions. */
  readonly because: string;
}

/** Ops, and the roles that it makes, which its boundary alone limits. */
const OPS = ["Ops", "Ops, a role of its making"];

/** All that roles of the sample's prod may do of the sensitive actions; a door is closed, or stands here with its reason. */
export const ALLOWED: readonly Reviewed[] = [
  {
    roles: [...OPS, "Read", "Security"],
    actions: ["logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults"],
    because: "Debugging and audits of the seeds read logs.",
  },
  {
    roles: ["Security"],
    actions: ["kms:Decrypt", "s3:GetObject", "s3:GetObjectVersion"],
    because: "Security reads the trail, from its bucket and by its key alone.",
  },
  {
    roles: ["Dba"],
    actions: [
      "logs:GetLogEvents",
      "logs:GetQueryResults",
      "rds:DownloadCompleteDBLogFile",
      "rds:DownloadDBLogFilePortion",
    ],
    because: "Dba reads the logs of the databases (decision 93).",
  },
  {
    roles: [...OPS, "Read", "Security", "Monitor"],
    actions: ["cloudtrail:LookupEvents"],
    because: "Events tell who did what.",
  },
  {
    roles: [...OPS, "Read", "Security"],
    actions: ["cloudtrail:GetQueryResults"],
    because: "Queries about the same events.",
  },
  {
    roles: ["Dba", "DbRead", "database-mw-worker"],
    actions: ["rds-db:connect"],
    because: "They sign in to databases: it is what they are for.",
  },
  {
    roles: ["Dba"],
    actions: ["secretsmanager:GetSecretValue"],
    because: "Dba reads the secrets of databases (decision 93).",
  },
  {
    roles: ["Dba", ...OPS],
    actions: ["rds:RestoreDBClusterFromSnapshot", "rds:RestoreDBInstanceFromDBSnapshot"],
    because: "A restored database is opened as its source was, and its snapshot stays in the account.",
  },
  {
    roles: [...OPS, "Read", "Security"],
    actions: ["s3:ListBucket"],
    because: "Names of objects; contents are closed to them.",
  },
  {
    roles: [...OPS, "Read", "Security"],
    actions: [
      "iam:GenerateCredentialReport",
      "iam:GenerateServiceLastAccessedDetails",
      "iam:GetAccessKeyLastUsed",
      "iam:GetAccountSummary",
      "iam:GetCredentialReport",
      "iam:GetServiceLastAccessedDetails",
      "iam:GetServiceLastAccessedDetailsWithEntities",
      "iam:GetServiceLinkedRoleDeletionStatus",
      "iam:SimulateCustomPolicy",
      "iam:SimulatePrincipalPolicy",
    ],
    because: "Reports of IAM tell who may do what and when it was used, and show no secret.",
  },
  {
    roles: OPS,
    actions: ["ec2:DescribeInstanceAttribute", "ec2:GetConsoleScreenshot"],
    because: "What machines start with and show, which operating reads when they fail (decision 89).",
  },
  {
    roles: OPS,
    actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:StartInstances", "ec2:StopInstances"],
    because: "Networks and machines are Ops' work.",
  },
  {
    roles: OPS,
    actions: ["ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation"],
    because: "Machines get roles under `/ops/` alone, since no other is passed.",
  },
  {
    roles: OPS,
    actions: [
      "autoscaling:CreateAutoScalingGroup",
      "autoscaling:CreateLaunchConfiguration",
      "autoscaling:UpdateAutoScalingGroup",
    ],
    because: "Groups start machines, which get roles under `/ops/` alone.",
  },
  {
    roles: OPS,
    actions: ["ec2:CreateSnapshot", "ec2:CreateVpcPeeringConnection", "route53:ChangeResourceRecordSets"],
    because:
      "Backups stay in the account; connections between networks and names of hosts are Ops' work, as networks are.",
  },
  {
    roles: OPS,
    actions: ["events:PutRule", "events:PutTargets"],
    because:
      "Targets get roles under `/ops/` alone, or let EventBridge in by their own policy; Muster's own rules are closed.",
  },
  {
    roles: OPS,
    actions: ["dynamodb:UpdateTable"],
    because: "Capacity and indexes; another key takes a grant on it, which Ops does not give (decision 131).",
  },
  {
    roles: OPS,
    actions: ["secretsmanager:PutSecretValue", "secretsmanager:RotateSecret"],
    because: "Ops keeps secrets that are no database's, whose values it reads too.",
  },
  {
    roles: ["Ops"],
    actions: ["ssm:ResumeSession"],
    because: "Its own sessions alone.",
  },
  {
    roles: ["Dba"],
    actions: ["rds:ModifyDBCluster", "rds:ModifyDBInstance", "secretsmanager:RotateSecret"],
    because: "Dba keeps databases and their secrets.",
  },
  {
    roles: OPS,
    actions: ["cloudformation:UpdateStack"],
    because: "With a role under `/ops/` in the request, which replaces the stack's own.",
  },
  {
    roles: OPS,
    actions: ["ecs:UpdateService", "states:StartExecution"],
    because: "They choose and start what others registered and made (decision 131).",
  },
  {
    roles: ["Ops"],
    actions: ["ssm:StartAutomationExecution", "ssm:StartSession"],
    because: "Sessions on machines with the tag, and the automation of their users (decision 108).",
  },
  {
    roles: OPS,
    actions: ["iam:GenerateOrganizationsAccessReport", "iam:GetOrganizationsAccessReport"],
    because: "The same report of a whole organization.",
  },
  {
    roles: OPS,
    actions: [
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
      "ssm:GetParameterHistory",
      "ssm:GetParameters",
      "ssm:GetParametersByPath",
      "kms:Decrypt",
    ],
    because:
      "Ops reads secrets that are no database's, parameters, and what keys of the account encrypt, where their policies let it (decision 89).",
  },
  {
    roles: OPS,
    actions: ["cloudformation:GetTemplate", "ssm:GetDocument", "backup:ListIndexedRecoveryPointsForSearch"],
    because: "Templates, documents and lists of backups, which are no data.",
  },
  {
    roles: OPS,
    actions: ["ecr:GetAuthorizationToken"],
    because: "The registry's sign-in; layers are closed.",
  },
  {
    roles: OPS,
    actions: ["elasticloadbalancing:AllowVendedLogDeliveryForResource"],
    because: "Log delivery of load balancers changes no permissions.",
  },
  {
    roles: OPS,
    actions: [
      "cloudformation:CreateStack",
      "ec2:RequestSpotInstances",
      "ec2:RunInstances",
      "ecs:CreateCluster",
      "ecs:CreateService",
      "ecs:RegisterTaskDefinition",
      "lambda:CreateFunction",
      "lambda:InvokeFunction",
    ],
    because: "Ops runs code under roles of its own alone, which its boundary binds (decision 70).",
  },
  {
    roles: OPS,
    actions: [
      "iam:AddRoleToInstanceProfile",
      "iam:AttachRolePolicy",
      "iam:CreateInstanceProfile",
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:CreateRole",
      "iam:CreateServiceLinkedRole",
      "iam:DeleteInstanceProfile",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:DeleteServiceLinkedRole",
      "iam:DetachRolePolicy",
      "iam:PassRole",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:SetDefaultPolicyVersion",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ],
    because:
      "Roles, policies and instance profiles under `/ops/`, within the boundary (decision 70), and service-linked roles.",
  },
  {
    roles: ["task-mw-ingress", "task-mw-worker"],
    actions: ["secretsmanager:GetSecretValue"],
    because: "Workloads read the secrets that their definitions name (decision 14).",
  },
  {
    roles: ["task-mw-worker"],
    actions: ["s3:GetObject", "s3:PutObject", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
    because: "The bucket and the queue that its definition names (decision 14).",
  },
  {
    roles: ["task-mw-worker"],
    actions: ["sts:AssumeRole"],
    because: "The role for databases that its definition has.",
  },
];

const REPORTS = [
  "iam:GenerateCredentialReport",
  "iam:GenerateServiceLastAccessedDetails",
  "iam:GetAccessKeyLastUsed",
  "iam:GetAccountSummary",
  "iam:GetCredentialReport",
  "iam:GetServiceLastAccessedDetails",
] as const;

/** What roles of prod that the sample does not have may do besides, where every setting is on. */
export const ALLOWED_WITH_EVERY_SETTING: readonly Reviewed[] = [
  {
    roles: ["BreakGlass"],
    actions: [
      "autoscaling:UpdateAutoScalingGroup",
      "secretsmanager:PutSecretValue",
      "secretsmanager:RotateSecret",
    ],
    because: "An emergency operator starts machines anew and gives secrets that leaked new values.",
  },
  {
    roles: ["BreakGlass"],
    actions: [
      ...REPORTS,
      "cloudtrail:GetQueryResults",
      "cloudtrail:LookupEvents",
      "iam:GetServiceLastAccessedDetailsWithEntities",
      "iam:GetServiceLinkedRoleDeletionStatus",
      "iam:SimulateCustomPolicy",
      "iam:SimulatePrincipalPolicy",
      "logs:GetLogEvents",
      "logs:GetLogRecord",
      "logs:GetQueryResults",
      "s3:ListBucket",
    ],
    because: "An emergency operator reads what Read reads (decision 130).",
  },
  {
    roles: ["BreakGlass"],
    actions: ["iam:AttachRolePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy"],
    because: "An emergency operator mends the roles of applications and machines (decision 130).",
  },
  {
    roles: ["BreakGlass"],
    actions: ["ec2:StartInstances", "ec2:StopInstances", "ecs:UpdateService"],
    because: "An emergency operator restores services (decision 130).",
  },
  {
    roles: ["DataShare-acme"],
    actions: ["s3:GetObject", "s3:ListBucket"],
    because: "The objects that the roster shares with the partner.",
  },
  {
    roles: ["ExternalSystem-keeper"],
    actions: ["ssm:GetDocument", "ssm:GetParameter", "ssm:GetParameters"],
    because: "The documents and parameters that the roster names for the partner.",
  },
  {
    roles: ["ExternalSystem-keeper"],
    actions: ["ssm:SendCommand", "ssm:StartAutomationExecution"],
    because: "The documents on the machines that the roster names for the partner.",
  },
  {
    roles: ["database-mw-portal", "database-mw-records"],
    actions: ["rds-db:connect"],
    because: "They sign in to databases: it is what they are for.",
  },
  {
    roles: ["instance-mw-records", "pod-mw-portal"],
    actions: ["sts:AssumeRole"],
    because: "The role for databases that their definitions have.",
  },
  {
    roles: ["function-mw-reports"],
    actions: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
    because: "The table that its definition names (decision 14).",
  },
  {
    roles: ["instance-mw-records"],
    actions: ["dynamodb:DeleteItem", "dynamodb:PutItem"],
    because: "The table that its definition names (decision 14).",
  },
  {
    roles: ["instance-mw-records"],
    actions: ["kms:Decrypt", "s3:PutObject"],
    because: "The agent asks for the key of sessions on machines, and writes their records (decision 107).",
  },
  {
    roles: ["pod-mw-portal"],
    actions: ["secretsmanager:GetSecretValue"],
    because: "The secret that its definition names (decision 14).",
  },
  { roles: ["Review"], actions: REPORTS, because: "Reviews are made from these reports (decision 129)." },
  {
    roles: ["Preview"],
    actions: ["iam:GetAccountSummary", "kms:Decrypt", "s3:GetObject", "s3:ListBucket", "ssm:GetDocument"],
    because: "Previews read Pulumi's state with its key, and what Muster made.",
  },
];

/**
 * The same outside prod, of roles whose policies are ours, by `account/role`. There Read and Security have AWS's ReadOnlyAccess and
 * SecurityAudit (decision 71), and Ops is an administrator.
 */
export const ALLOWED_OUTSIDE_PROD: readonly Reviewed[] = [
  {
    roles: ["dev/Dba"],
    actions: ["rds:ModifyDBCluster", "rds:ModifyDBInstance", "secretsmanager:RotateSecret"],
    because: "Dba keeps databases and their secrets.",
  },
  {
    roles: ["dev/Developer", "staging/Developer"],
    actions: ["ecr:PutImage"],
    because: "Developer puts images into the repositories of its services.",
  },
  {
    roles: ["dev/Dba", "staging/Dba"],
    actions: [
      "logs:GetLogEvents",
      "logs:GetQueryResults",
      "rds:DownloadCompleteDBLogFile",
      "rds:DownloadDBLogFilePortion",
    ],
    because: "Dba reads the logs of databases.",
  },
  {
    roles: ["dev/Dba"],
    actions: [
      "rds:RestoreDBClusterFromSnapshot",
      "rds:RestoreDBInstanceFromDBSnapshot",
      "secretsmanager:GetSecretValue",
    ],
    because: "In dev Dba restores databases and reads their secrets; in staging it is limited.",
  },
  {
    roles: [
      "dev/Dba",
      "dev/DbRead",
      "dev/Developer",
      "dev/database-mw-worker",
      "staging/Dba",
      "staging/DbRead",
    ],
    actions: ["rds-db:connect"],
    because: "They sign in to databases; Developer to those of dev, which hold test data.",
  },
  {
    roles: ["dev/Developer", "staging/Developer"],
    actions: ["logs:GetLogEvents", "logs:GetQueryResults", "s3:GetObject", "s3:ListBucket", "s3:PutObject"],
    because: "Developers debug by logs and update buckets (seed: MenoTime).",
  },
  {
    roles: ["dev/Developer", "staging/Developer"],
    actions: [
      "cloudformation:GetTemplate",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "ecs:RegisterTaskDefinition",
      "ecs:RunTask",
      "ecs:UpdateService",
      "iam:PassRole",
      "lambda:GetFunction",
      "lambda:GetLayerVersion",
      "lambda:InvokeFunction",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ],
    because: "Developers deploy containers and functions, with the roles of services alone.",
  },
  {
    roles: ["dev/Developer", "staging/Developer"],
    actions: ["ec2:DescribeInstanceAttribute", "ec2:StartInstances", "ec2:StopInstances"],
    because: "Developers see the machines, and start and stop those of their environment.",
  },
  {
    roles: ["dev/Monitor", "staging/Monitor"],
    actions: ["cloudtrail:LookupEvents"],
    because: "Events tell who did what.",
  },
  {
    roles: ["dev/Analyst", "staging/Analyst"],
    actions: ["lambda:InvokeFunction"],
    because: "Analysts invoke the listed functions.",
  },
  {
    roles: ["dev/task-mw-worker"],
    actions: ["sqs:DeleteMessage", "sqs:ReceiveMessage", "sts:AssumeRole"],
    because: "The queue and the role for databases that its definition names (decision 14).",
  },
  {
    roles: ["staging/function-analytics-visits"],
    actions: [
      "dynamodb:BatchGetItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
    ],
    because: "The tables that its definition names (decision 14).",
  },
];

/** The services that run where every setting is on, outside prod. */
export const ALLOWED_TO_SERVICES_OUTSIDE_PROD: readonly Reviewed[] = [
  {
    roles: ["dev/database-mw-portal", "dev/database-mw-records"],
    actions: ["rds-db:connect"],
    because: "They sign in to databases: it is what they are for.",
  },
  {
    roles: ["dev/instance-mw-records", "dev/pod-mw-portal"],
    actions: ["sts:AssumeRole"],
    because: "The role for databases that their definitions have.",
  },
  {
    roles: ["dev/instance-mw-records"],
    actions: ["kms:Decrypt", "s3:PutObject"],
    because: "The agent asks for the key of sessions on machines, and writes their records (decision 107).",
  },
];

/** The pipeline's roles outside prod, where every setting is on. */
export const ALLOWED_TO_PIPELINES_OUTSIDE_PROD: readonly Reviewed[] = ALLOWED_WITH_EVERY_SETTING.filter(
  ({ roles }) => roles.some((role) => ["Preview", "Review"].includes(role)),
).map(({ roles, ...reviewed }) => ({
  ...reviewed,
  roles: roles.flatMap((role) => ["users", "dev", "staging"].map((account) => `${account}/${role}`)),
}));
