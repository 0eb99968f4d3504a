import { cisId } from "../../model/cis";
import {
  LINUX_USERS_DOCUMENT,
  OPS_ACCESS_TAG,
  OPS_ACCESS_TAG_VALUE,
  SESSION_DOCUMENT,
} from "../../model/names";
import { CHANGING_LEVELS } from "./administration-invariants";
import { API_KEYS, CONTENT_READS, CREDENTIAL_READS, SOURCE_CODE } from "./reading-invariants";
import type { RoleInvariant } from "./role-invariant";

const OPS_IN_PROD = { labels: ["Ops"], environments: ["prod"] } as const;

/** Services that keep data, or keys without which it is worth nothing. */
export const STORE_SERVICES = [
  "backup",
  "dynamodb",
  "ecr",
  "elasticache",
  "elasticfilesystem",
  "kinesis",
  "rds",
  "redshift",
  "s3",
  "secretsmanager",
  "sqs",
] as const;

/** Verbs by which those services delete. */
export const DESTROYING_VERBS = ["Delete", "BatchDelete", "Purge", "Terminate", "Deregister"] as const;

/** Deletions in those services that take away no data, nor what it is kept in: settings, permissions, names. */
const NO_DATA = [
  "ecr:DeleteLifecyclePolicy",
  "ecr:DeletePullThroughCacheRule",
  "ecr:DeregisterPullTimeUpdateExclusion",
  "ecr:DeleteRegistryPolicy",
  "ecr:DeleteRepositoryCreationTemplate",
  "ecr:DeleteRepositoryPolicy",
  "ecr:DeleteSigningConfiguration",
  "elasticfilesystem:DeleteAccessPoint",
  "elasticfilesystem:DeleteFileSystemPolicy",
  "elasticfilesystem:DeleteMountTarget",
  "elasticfilesystem:DeleteTags",
  "kinesis:DeleteChannel",
  "kinesis:DeleteResourcePolicy",
  "kinesis:DeregisterStreamConsumer",
  "rds:DeregisterDBProxyTargets",
  "redshift:DeregisterNamespace",
  "s3:DeleteAccess*",
  "s3:DeleteBucketMetadataTableConfiguration",
  "s3:DeleteBucketPolicy",
  "s3:DeleteBucketWebsite",
  "s3:DeleteJobTagging",
  "s3:DeleteMultiRegionAccessPoint",
  "s3:DeleteStorageLens*",
  "secretsmanager:DeleteResourcePolicy",
] as const;

/** What destroys data in other services, or under another name. */
const DESTROYING_BY_ANOTHER_NAME = [
  "autoscaling:DeleteAutoScalingGroup",
  "autoscaling:SetInstanceHealth",
  "autoscaling:TerminateInstanceInAutoScalingGroup",
  "cloudformation:DeleteResource",
  "cloudformation:DeleteStack*",
  "cloudfront:DeleteKeyValueStore",
  "dynamodb:BatchWriteItem",
  "dynamodb:PartiQLDelete",
  "ec2:CreateReplaceRootVolumeTask",
  "ec2:DeleteFleets",
  "ec2:DeleteSnapshot",
  "ec2:DeleteVolume",
  "ec2:DeregisterImage",
  "ec2:TerminateInstances",
  // Memory is lost with the node that held it.
  "elasticache:DecreaseReplicaCount",
  "elasticache:Reboot*",
  "events:DeleteArchive",
  "kms:DeleteCustomKeyStore",
  "kms:DeleteImportedKeyMaterial",
  "kms:DisableKey",
  "kms:ScheduleKeyDeletion",
  // Records that fit none of a mapping's filters are discarded.
  // https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
  "lambda:CreateEventSourceMapping",
  "lambda:UpdateEventSourceMapping",
  "logs:DeleteLogGroup",
  "logs:DeleteLogStream",
  // May lose what another region has not received.
  "rds:FailoverGlobalCluster",
  "route53:DeleteHostedZone",
  // New objects under a key of another account are that account's to open.
  "s3:PutEncryptionConfiguration",
  "ssm:DeleteParameter*",
] as const;

/** What makes data expire, or takes its earlier versions and backups away. */
const EXPIRING = [
  "autoscaling:AttachInstances",
  "backup:DisassociateRecoveryPoint*",
  "backup:UpdateRecoveryPointLifecycle",
  "dynamodb:UpdateContinuousBackups",
  "dynamodb:UpdateTimeToLive",
  "ecr:PutLifecyclePolicy",
  "ec2:CancelSpotFleetRequests",
  "ec2:ModifyFleet",
  "elasticfilesystem:PutBackupPolicy",
  "events:UpdateArchive",
  "kinesis:DecreaseStreamRetentionPeriod",
  "logs:DeleteRetentionPolicy",
  "logs:PutRetentionPolicy",
  "rds:ModifyDBCluster",
  "rds:ModifyDBInstance",
  "redshift:BatchModifyClusterSnapshots",
  "redshift:DisableSnapshotCopy",
  "redshift:ModifyClusterSnapshot",
  "redshift:ModifySnapshotCopyRetentionPeriod",
  "s3:BypassGovernanceRetention",
  "s3:PutBucketVersioning",
  "s3:PutLifecycleConfiguration",
  "s3:ReplicateDelete",
  "sqs:SetQueueAttributes",
] as const;

/** Services whose settings of access are a matter of their own: IAM's have invariants, and names in networks share nothing. */
export const SHARED_SERVICES = [
  "apigateway",
  "backup",
  "cloudformation",
  "cloudwatch",
  "dynamodb",
  "ec2",
  "ecr",
  "elasticfilesystem",
  "events",
  "kinesis",
  "kms",
  "lambda",
  "logs",
  "rds",
  "redshift",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "wafv2",
] as const;

/** What shares or copies a store, a queue or code outside, and is no permissions management to AWS. */
const SHARING_BY_ANOTHER_NAME = [
  "backup:CopyFromBackupVault",
  "backup:PutBackupVaultSharingPolicy",
  "backup:StartCopyJob",
  "cloudfront:PutResourcePolicy",
  "dynamodb:EnableKinesisStreamingDestination",
  "dynamodb:ExportTableToPointInTime",
  "dynamodb:PutResourcePolicy",
  "dynamodb:UpdateKinesisStreamingDestination",
  "ec2:CopyImage",
  "ec2:CopySnapshot",
  "ec2:CreateInstanceExportTask",
  "ec2:CreateStoreImageTask",
  "ec2:DisableImageBlockPublicAccess",
  "ec2:DisableSnapshotBlockPublicAccess",
  "ec2:ExportImage",
  "ec2:ModifyImageAttribute",
  "ec2:ModifySnapshotAttribute",
  "ecr:PutRegistryPolicy",
  "ecr:PutReplicationConfiguration",
  "ecr:SetRepositoryPolicy",
  "elasticache:CopyServerlessCacheSnapshot",
  "elasticache:CopySnapshot",
  "elasticache:ExportServerlessCacheSnapshot",
  "elasticfilesystem:CreateReplicationConfiguration",
  "elasticfilesystem:PutFileSystemPolicy",
  "events:PutPermission",
  "kinesis:PutResourcePolicy",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "lambda:AddLayerVersionPermission",
  "lambda:AddPermission",
  "logs:CreateExportTask",
  "logs:PutDeliveryDestinationPolicy",
  "logs:PutDestinationPolicy",
  "logs:PutResourcePolicy",
  "logs:PutSubscriptionFilter",
  "rds:CopyDBClusterSnapshot",
  "rds:CopyDBSnapshot",
  "rds:ModifyDBClusterSnapshotAttribute",
  "rds:ModifyDBSnapshotAttribute",
  "rds:StartDBInstanceAutomatedBackupsReplication",
  "rds:StartExportTask",
  "redshift:AuthorizeDataShare",
  "redshift:AuthorizeEndpointAccess",
  "redshift:AuthorizeSnapshotAccess",
  "redshift:CopyClusterSnapshot",
  "redshift:EnableSnapshotCopy",
  "redshift:PutResourcePolicy",
  "route53:CreateQueryLoggingConfig",
  "route53:CreateVPCAssociationAuthorization",
  "s3:CreateAccessGrant",
  "s3:CreateJob",
  "s3:InitiateReplication",
  // Scripts of other sites read with what a visitor's browser may.
  "s3:PutBucketCORS",
  "s3:PutReplicationConfiguration",
  "s3:ReplicateObject",
  "secretsmanager:PutResourcePolicy",
  "secretsmanager:ReplicateSecretToRegions",
  "servicediscovery:PutResourcePolicy",
  "sns:AddPermission",
  "sns:PutDataProtectionPolicy",
  "sns:SetTopicAttributes",
  "sns:Subscribe",
  "sqs:AddPermission",
  "sqs:SetQueueAttributes",
  "sqs:StartMessageMoveTask",
  "ssm:ModifyDocumentPermission",
  "ssm:PutResourcePolicy",
  "wafv2:PutLoggingConfiguration",
] as const;

/** What reads or writes the contents of databases, caches, file systems and objects. */
const CONTENTS_OF_STORES = [
  "dynamodb:BatchWriteItem",
  "dynamodb:*Item",
  "dynamodb:ExportTableToPointInTime",
  "dynamodb:PartiQL*",
  "dynamodb:ReadDataForReplication",
  "elasticache:Connect",
  "elasticfilesystem:Client*",
  "elasticfilesystem:ReplicationRead",
  "rds-data:*",
  "rds-db:*",
  "redshift:GetClusterCredentials*",
  "s3:GetObject*",
  "s3:PutObject",
] as const;

/** Contents and credentials that Ops has because nobody could operate without them: decision 89 says which and why. */
const OPERATING = {
  contents: [
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeLaunchTemplateVersions",
    "ec2:GetConsole*",
    "ecs:DescribeTaskDefinition",
    "lambda:ListFunctions",
    "ssm:GetCommandInvocation",
    "ssm:ListCommandInvocations",
  ],
  credentials: [
    "ec2:DescribeVpnConnections",
    "kms:Decrypt",
    "secretsmanager:*GetSecretValue",
    "ssm:GetParameter*",
  ],
} as const;

/**
 * Services that build, deploy or run what others gave a role. Of CodeDeploy, stopping a deployment brings the revision before back.
 */
const DEPLOYING = [
  "airflow",
  "amplify",
  "apprunner",
  "batch",
  "codebuild",
  "codedeploy",
  "codepipeline",
  "eks",
  "elasticbeanstalk",
  "elasticmapreduce",
  "emr-containers",
  "emr-serverless",
  "glue",
  "greengrass",
  "imagebuilder",
  "lightsail",
  "m2",
  "opsworks",
  "opsworks-cm",
  "proton",
  "sagemaker",
] as const;

/** What runs code of one's own as a service's role, without passing that role. */
const BORROWED_ROLES = [
  "cloudformation:CreateStackInstances",
  "cloudformation:ExecuteChangeSet",
  "cloudformation:UpdateStackSet",
  // A disk that was written elsewhere starts the machine, with its role.
  "ec2:AttachVolume",
  "ec2:CreateLaunchTemplateVersion",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyLaunchTemplate",
  "ecr:PutImage",
  "ecr:ReplicateImage",
  "ecs:ExecuteCommand",
  // Services' containers come to the machine, with their roles.
  "ecs:RegisterContainerInstance",
  "ecs:RunTask",
  "ecs:StartTask",
  "ecs:UpdateExpressGatewayService",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "ssm:CreateAssociation*",
  "ssm:RegisterTaskWithMaintenanceWindow",
  "ssm:SendCommand",
  "ssm:StartAssociationsOnce",
  "ssm:UpdateAssociation",
  "ssm:UpdateMaintenanceWindowTask",
  "states:UpdateStateMachine",
] as const;

/** What encrypts, decrypts, signs or hands out data keys by a key. */
const USING_KEYS = [
  "kms:Decrypt",
  "kms:DeriveSharedSecret",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:GenerateMac",
  "kms:ReEncrypt*",
  "kms:Sign",
] as const;

/**
 * Actions that give another key to something that exists. `dynamodb:UpdateTable` and `ssm:PutParameter` are not among them: for a key of the
 * account's own making the first asks whoever calls for a grant, and the second for the use of that key.
 */
const CHOOSING_KEYS = [
  "backup:UpdateRecoveryPointIndexSettings",
  "cloudtrail:UpdateEventDataStore",
  "cloudtrail:UpdateTrail",
  "ec2:DisableEbsEncryptionByDefault",
  "ec2:ModifyEbsDefaultKmsKeyId",
  "ec2:ResetEbsDefaultKmsKeyId",
  "ecs:UpdateCluster",
  "events:UpdateArchive",
  "events:UpdateEventBus",
  "firehose:StartDeliveryStreamEncryption",
  "firehose:StopDeliveryStreamEncryption",
  "kinesis:StartStreamEncryption",
  "kinesis:StopStreamEncryption",
  "lambda:UpdateEventSourceMapping",
  "lambda:UpdateFunctionConfiguration",
  "logs:AssociateKmsKey",
  "logs:DisassociateKmsKey",
  "rds:ModifyDBCluster",
  "rds:ModifyDBInstance",
  "redshift:ModifyCluster",
  "s3:PutEncryptionConfiguration",
  "s3:UpdateObjectEncryption",
  "scheduler:UpdateSchedule",
  "secretsmanager:UpdateSecret",
  "sns:SetTopicAttributes",
  "sqs:SetQueueAttributes",
  "states:UpdateStateMachine",
  "xray:PutEncryptionConfig",
] as const;

/** What sets the password of a database or hands one out. */
const PASSWORDS = [
  "ec2:GetPasswordData",
  "elasticache:CreateUser",
  "elasticache:ModifyCacheCluster",
  "elasticache:ModifyReplicationGroup",
  "elasticache:ModifyUser",
  "rds:ModifyDBCluster",
  "rds:ModifyDBInstance",
  "rds:RestoreDBClusterFromS3",
  "rds:RestoreDBInstanceFromS3",
  "redshift:CreateClusterUser",
  "redshift:GetClusterCredentials*",
  "redshift:ModifyCluster",
] as const;

const SEED = "MenoTime, DevOps";

/** What Ops in prod must not be able to do, however it goes about it. */
export const OPERATIONS = [
  {
    id: "ops-destroys-no-data",
    says: "Ops in prod deletes no data and nothing that holds it, under whatever name.",
    source: `${SEED}: cannot delete production data or resources without multi-approval`,
    of: OPS_IN_PROD,
    never: [
      {
        actions: STORE_SERVICES.flatMap((service) => DESTROYING_VERBS.map((verb) => `${service}:${verb}*`)),
        except: [...NO_DATA, "*:*Tags", "*:*ParameterGroup", "*:*SubnetGroup", "*:*EventSubscription"],
      },
      { actions: DESTROYING_BY_ANOTHER_NAME },
      {
        actions: ["cloudwatch:PutCompositeAlarm", "cloudwatch:PutMetricAlarm"],
        // By list: AWS adds services that an alarm acts by.
        when: {
          "ForAllValues:StringNotLike": {
            "cloudwatch:AlarmActions": ["arn:aws:autoscaling:*", "arn:aws:sns:*"],
          },
          Null: { "cloudwatch:AlarmActions": "false" },
        },
      },
    ],
  },
  {
    id: "ops-expires-no-data",
    says: "Ops in prod makes no data expire, and takes no earlier version or backup of it away.",
    source: `${SEED}: cannot delete production data or resources without multi-approval`,
    of: OPS_IN_PROD,
    never: [
      { actions: EXPIRING },
      { actions: "ssm:PutParameter", when: { StringEquals: { "ssm:Policies": "true" } } },
    ],
  },
  {
    id: "ops-shares-nothing",
    says: "Ops in prod manages no permissions of a store, queue or function, opens no bucket to scripts of other sites, and copies or exports none elsewhere.",
    source: `${SEED}: cannot directly access database contents`,
    of: OPS_IN_PROD,
    never: [
      {
        actions: SHARED_SERVICES.map((service) => `${service}:*`),
        levels: ["Permissions management"],
        // To AWS it manages permissions; it lists which recovery points have an index, and nothing that is in them.
        except: "backup:ListIndexedRecoveryPointsForSearch",
      },
      { actions: SHARING_BY_ANOTHER_NAME },
    ],
  },
  {
    id: "ops-reads-no-contents",
    says: "Ops in prod neither reads nor writes contents of databases, caches, file systems and objects. Of the contents and source code that readers of prod must not see, it sees what machines, containers and functions start with, what machines' consoles show and what commands print.",
    source: `${SEED}: cannot view application source code or directly access database contents`,
    of: OPS_IN_PROD,
    never: [
      { actions: CONTENTS_OF_STORES },
      { actions: [...CONTENT_READS, ...SOURCE_CODE], except: OPERATING.contents },
    ],
  },
  {
    id: "ops-gets-no-credentials",
    says: "Of the credentials that readers of prod must not get, Ops in prod gets no more than secrets, parameters, VPNs' settings and what its keys decrypt.",
    source: `${SEED}: Secrets Manager limited; red team`,
    of: OPS_IN_PROD,
    never: [
      { actions: CREDENTIAL_READS, except: OPERATING.credentials },
      { actions: "apigateway:GET", resources: API_KEYS },
    ],
  },
  {
    id: "ops-diverts-no-requests",
    says: "Ops in prod changes nothing of API Gateway, and of CloudFront it clears caches alone.",
    source: `${SEED}: cannot directly access database contents; red team`,
    of: OPS_IN_PROD,
    never: [
      {
        // Where they send requests, with what people write in them; clearing a cache sends them nowhere.
        actions: ["apigateway:*", "cloudfront:*"],
        levels: ["Write", "Tagging", "Permissions management"],
        except: "cloudfront:*Invalidation*",
      },
    ],
  },
  {
    id: "ops-runs-no-code-as-services",
    says: "Ops in prod changes no image, function, launch template, workflow, association, maintenance window or stack that runs as the role of a service, deploys nothing to machines, sends them no command and attaches no disk, starts no container of a service, describes containers for Fargate alone, adds no machine to a cluster and opens no shell in one.",
    source: `${SEED}: cannot directly access database contents; red team`,
    of: OPS_IN_PROD,
    never: [
      { actions: BORROWED_ROLES },
      {
        actions: DEPLOYING.map((service) => `${service}:*`),
        levels: CHANGING_LEVELS,
        except: "codedeploy:StopD*",
      },
      {
        // A role in the request replaces the one that the stack has; without it, the stack's own runs the template.
        actions: [
          "cloudformation:CreateChangeSet",
          "cloudformation:CreateStack",
          "cloudformation:UpdateStack",
        ],
        when: { StringNotLike: { "cloudformation:RoleArn": "arn:aws:iam::{account}:role/ops/*" } },
      },
      { actions: "ssm:StartSession", resources: "arn:aws:ecs:*:*:task/*" },
      {
        // Elsewhere a container may take its machine, and the roles of all containers on it.
        actions: ["ecs:RegisterDaemonTaskDefinition", "ecs:RegisterTaskDefinition"],
        when: { "ForAllValues:StringNotEquals": { "ecs:compute-compatibility": "FARGATE" } },
      },
    ],
  },
  {
    id: "ops-comes-to-tagged-machines",
    says: "Ops in prod opens sessions on machines that carry the tag and by the account's preferences alone, resumes and ends its own, and starts no automation but that of the machines' users.",
    source: "Decision 108: who comes to machines",
    of: OPS_IN_PROD,
    never: [{ actions: ["ssm:*Session", "ssm:Start*Execution"], levels: CHANGING_LEVELS, isKnownOnly: true }],
    apartFrom: [
      {
        actions: "ssm:StartSession",
        resources: "arn:aws:ec2:{region}:{account}:instance/*",
        when: {
          // A session that names no document takes the preferences too.
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
          StringEquals: { [`aws:ResourceTag/${OPS_ACCESS_TAG}`]: OPS_ACCESS_TAG_VALUE },
        },
      },
      {
        actions: "ssm:StartSession",
        resources: `arn:aws:ssm:{region}:{account}:document/${SESSION_DOCUMENT}`,
      },
      {
        actions: ["ssm:ResumeSession", "ssm:TerminateSession"],
        resources: "arn:aws:ssm:{region}:{account}:session/*",
        when: { StringEquals: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" } },
      },
      {
        actions: "ssm:StartAutomationExecution",
        resources: [
          `arn:aws:ssm:{region}:{account}:automation-definition/${LINUX_USERS_DOCUMENT}:*`,
          `arn:aws:ssm:{region}:{account}:document/${LINUX_USERS_DOCUMENT}`,
          // What runs has no name yet.
          "arn:aws:ssm:{region}:{account}:automation-execution/*",
        ],
      },
    ],
  },
  {
    id: "ops-keeps-databases-in-the-region",
    says: "Ops changes, makes, copies and restores databases in the organization's region alone.",
    source: `${SEED}: RDS in one region`,
    of: { labels: ["Ops"] },
    never: [
      {
        actions: ["rds:Copy*", "rds:Create*", "rds:Restore*"],
        when: { StringNotEquals: { "aws:RequestedRegion": "{region}" } },
      },
      {
        actions: "rds:*",
        levels: CHANGING_LEVELS,
        when: { StringNotEquals: { "aws:RequestedRegion": "{region}" } },
        isKnownOnly: true,
      },
    ],
  },
  {
    id: "ops-scales-what-loses-nothing",
    says: "Ops in prod has Application Auto Scaling scale containers, functions and tables, and nothing else.",
    source: `${SEED}: cannot delete production data or resources without multi-approval`,
    of: OPS_IN_PROD,
    never: [
      {
        actions: "application-autoscaling:*",
        levels: CHANGING_LEVELS,
        when: {
          StringNotEquals: { "application-autoscaling:service-namespace": ["dynamodb", "ecs", "lambda"] },
        },
      },
    ],
  },
  {
    id: "ops-tags-little",
    says: "Ops in prod tags machines, databases, load balancers, groups of machines, quotas and what is its own in IAM, and nothing else: by tags of tables services are told what they may read.",
    source: "Svitla, scenario 4: access by tags; decision 131",
    of: OPS_IN_PROD,
    never: [
      {
        actions: "*",
        levels: ["Tagging"],
        except: [
          "autoscaling:*",
          "ec2:*",
          "elasticloadbalancing:*",
          "iam:*",
          "rds:AddTagsToResource",
          "servicequotas:*",
          // Each service is asked for its own action besides.
          "tag:*",
        ],
        isKnownOnly: true,
      },
    ],
  },
  {
    id: "ops-changes-no-keys",
    says: "Ops in prod makes, grants, disables, deletes, tags and renames no key, the one of the alarms' topic among them, changes no policy of one, encrypts and decrypts by no key of another account, and gives nothing that keeps data another key.",
    source: `Break-glass procedure: use is alarmed; CIS ${cisId("rootIsMonitored")}`,
    of: OPS_IN_PROD,
    never: [
      {
        actions: [
          "kms:CreateGrant",
          "kms:DisableKey",
          "kms:PutKeyPolicy",
          "kms:RetireGrant",
          "kms:RevokeGrant",
          "kms:ScheduleKeyDeletion",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:UpdateAlias",
        ],
        resources: "arn:aws:kms:*:{account}:key/*",
      },
      // A key of its own making has a policy of its own making.
      { actions: ["kms:CreateCustomKeyStore", "kms:CreateKey", "kms:ReplicateKey"] },
      { actions: USING_KEYS, exceptResources: "arn:aws:kms:*:{account}:key/*", isKnownOnly: true },
      { actions: CHOOSING_KEYS },
    ],
  },
  {
    id: "ops-sets-no-passwords",
    says: "Ops in prod sets no password of a database, cache or warehouse that exists, and neither reads, writes nor rotates those that Secrets Manager keeps under RDS's names or the seeds'.",
    source: `${SEED}: cannot directly access database contents; Secrets Manager limited`,
    of: OPS_IN_PROD,
    never: [
      { actions: PASSWORDS },
      {
        // In batches they come to whoever may get each.
        actions: "secretsmanager:GetSecretValue",
        resources: ["rds!*", "*/rds/*"].map((name) => `arn:aws:secretsmanager:*:{account}:secret:${name}`),
      },
      {
        actions: [
          "secretsmanager:PutSecretValue",
          "secretsmanager:RotateSecret",
          "secretsmanager:UpdateSecret*",
        ],
        resources: ["rds!*", "*/rds/*"].map((name) => `arn:aws:secretsmanager:*:{account}:secret:${name}`),
      },
    ],
  },
] as const satisfies readonly RoleInvariant[];
