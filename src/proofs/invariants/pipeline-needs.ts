import type { Conditions } from "../../documents/policy-document";
import type { PipelineRole } from "../../model/pipeline";

/** Something that a run of the pipeline asks of AWS. */
export interface PipelineNeed {
  /** What it is asked for. */
  readonly of: string;
  readonly by: readonly PipelineRole[];
  /** By service, the names of actions. */
  readonly actions: Readonly<Record<string, string>>;
  /** With `NEED_PLACEHOLDERS`. */
  readonly resources: readonly string[];
  readonly when?: Conditions;
}

/**
 * What stands for values of the account in `resources`, beside the placeholders of other invariants. `{eachRegion}` is one after
 * another of the organization's regions; where there is no bucket or key of the state, nothing is needed of it.
 */
export const NEED_PLACEHOLDERS = ["{bucketPrefix}", "{eachRegion}", "{stateBucket}", "{stateKey}"] as const;

const DEPLOY = ["Deploy"] as const;
const REVIEW = ["Review"] as const;
/** A refresh reads the same before a preview and before a deployment. */
const REFRESH = ["Preview", "Deploy"] as const;
/** The search for drift, which the pipeline runs as Preview, and the snapshot of reviews. */
const LISTING = ["Preview", "Review"] as const;
const CREDENTIALS = ["Review", "Deploy"] as const;

const BECOMES_OURS = { StringEquals: { "aws:RequestTag/ManagedBy": "muster" } };
const IS_OURS = { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } };

const iam = (rest: string): string => `arn:aws:iam::{account}:${rest}`;
const home = (service: string, rest: string): string => `arn:aws:${service}:{region}:{account}:${rest}`;

const GROUPS = iam("group/{prefix}-*");
const POLICIES = iam("policy/{prefix}-*");
const PROFILES = iam("instance-profile/workloads/{prefix}-*");
const ROLES = [iam("role/{prefix}-*"), iam("role/workloads/{prefix}-*")];
const USERS = [iam("user/people/*"), iam("user/pipeline/{prefix}-*")];
const CONFIG_ROLE = iam("role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");

const ANALYZERS = "arn:aws:access-analyzer:{eachRegion}:{account}:analyzer/{prefix}-*";
const DETECTORS = "arn:aws:guardduty:{eachRegion}:{account}:detector/*";
const CONFIG_RULES = "arn:aws:config:*:{account}:config-rule/*";
const RECORDERS = "arn:aws:config:*:{account}:configuration-recorder/{prefix}-recorder/*";

const ALARMS = home("cloudwatch", "alarm:{prefix}-*");
const ALARM_RULES = "arn:aws:events:*:{account}:rule/{prefix}-*";
const ANY_LOG_GROUP = home("logs", "log-group:*");
const LOG_GROUPS = home("logs", "log-group:{prefix}-*");
const TOPICS = [home("sns", "{prefix}-alarms"), home("sns", "{prefix}-notices")];
const TRAIL = home("cloudtrail", "trail/{prefix}-trail");
const BUCKETS = ["config", "sessions", "trail"].map((of) => `arn:aws:s3:::{bucketPrefix}-${of}-{account}`);
const DOCUMENTS = ["Manage-Linux-User-And-Keys*", "SSM-SessionManagerRunShell", "{prefix}-Quarantine"].map(
  (name) => home("ssm", `document/${name}`),
);

const ALIASES = home("kms", "alias/{prefix}-*");
const KEYS = home("kms", "key/*");
const SECRETS = home("secretsmanager", "secret:*");
const SECURITY_GROUPS = home("ec2", "security-group/*");
const SUBNET_GROUP = home("rds", "subgrp:{bucketPrefix}-database");

const passed = (resource: string, service: string): PipelineNeed => ({
  of: `roles that stacks hand to ${service}`,
  by: DEPLOY,
  actions: { iam: "PassRole" },
  resources: [resource],
  when: { StringEquals: { "iam:PassedToService": `${service}.amazonaws.com` } },
});

const PEOPLE: readonly PipelineNeed[] = [
  {
    of: "IAM, which gives access whoever made it",
    by: REFRESH,
    actions: {
      iam: "GetAccountPasswordPolicy GetGroup GetInstanceProfile GetOpenIDConnectProvider GetPolicy GetPolicyVersion GetRole GetRolePolicy GetUser ListAccountAliases ListAttachedGroupPolicies ListAttachedRolePolicies ListGroupPolicies ListRolePolicies",
    },
    resources: ["*"],
  },
  {
    of: "groups",
    by: DEPLOY,
    actions: {
      iam: "AddUserToGroup AttachGroupPolicy CreateGroup DeleteGroup DeleteGroupPolicy DetachGroupPolicy",
    },
    resources: [GROUPS],
  },
  {
    of: "groups that somebody moved to another path, or put a leaver into",
    by: DEPLOY,
    actions: { iam: "RemoveUserFromGroup UpdateGroup" },
    resources: [iam("group/*")],
  },
  {
    of: "users",
    by: DEPLOY,
    actions: { iam: "CreateUser DeleteUser DeleteUserPermissionsBoundary" },
    resources: USERS,
  },
  {
    of: "users, wherever somebody moved them: by their path they are told apart",
    by: DEPLOY,
    actions: { iam: "TagUser UntagUser UpdateUser" },
    resources: [iam("user/*")],
  },
  {
    of: "what leavers have made, or been given",
    by: DEPLOY,
    actions: {
      iam: "DeactivateMFADevice DeleteAccessKey DeleteLoginProfile DeleteSSHPublicKey DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUserPolicy DetachUserPolicy ListAccessKeys ListAttachedUserPolicies ListGroupsForUser ListSSHPublicKeys ListServiceSpecificCredentials ListSigningCertificates ListUserPolicies",
    },
    resources: USERS,
  },
  {
    of: "leavers' devices, which are called as they like",
    by: DEPLOY,
    actions: { iam: "DeleteVirtualMFADevice" },
    resources: [iam("mfa/*")],
  },
  {
    of: "policies",
    by: DEPLOY,
    actions: {
      iam: "CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion ListPolicyVersions SetDefaultPolicyVersion TagPolicy UntagPolicy",
    },
    resources: [POLICIES],
  },
  {
    of: "roles",
    by: DEPLOY,
    actions: {
      iam: "AttachRolePolicy CreateRole DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DetachRolePolicy ListInstanceProfilesForRole PutRolePermissionsBoundary TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription",
    },
    resources: ROLES,
  },
  {
    of: "instance profiles",
    by: DEPLOY,
    actions: {
      iam: "AddRoleToInstanceProfile CreateInstanceProfile DeleteInstanceProfile TagInstanceProfile UntagInstanceProfile",
    },
    resources: [PROFILES],
  },
  {
    of: "instance profiles into which somebody put a role that is deleted",
    by: DEPLOY,
    actions: { iam: "RemoveRoleFromInstanceProfile" },
    resources: [iam("instance-profile/*")],
  },
  {
    of: "the provider of the pipeline's tokens, and the one before it",
    by: DEPLOY,
    actions: {
      iam: "AddClientIDToOpenIDConnectProvider CreateOpenIDConnectProvider DeleteOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider TagOpenIDConnectProvider UntagOpenIDConnectProvider",
    },
    resources: [iam("oidc-provider/*")],
  },
  {
    of: "the account's alias and password policy",
    by: DEPLOY,
    actions: {
      iam: "CreateAccountAlias DeleteAccountAlias DeleteAccountPasswordPolicy ListVirtualMFADevices UpdateAccountPasswordPolicy",
    },
    resources: ["*"],
  },
  passed(iam("role/{prefix}-TrailR"), "cloudtrail"),
  passed(iam("role/{prefix}-EventR"), "events"),
  passed(iam("role/{prefix}-ResponseStarterR"), "events"),
  passed(iam("role/workloads/{prefix}-instance-*"), "ec2"),
  passed(CONFIG_ROLE, "config"),
];

const WATCHING: readonly PipelineNeed[] = [
  {
    of: "the trail",
    by: REFRESH,
    actions: { cloudtrail: "GetEventSelectors GetInsightSelectors GetTrail GetTrailStatus ListTags" },
    resources: [TRAIL],
  },
  {
    of: "the trail",
    by: DEPLOY,
    actions: {
      cloudtrail:
        "AddTags CreateTrail DeleteTrail PutEventSelectors PutInsightSelectors RemoveTags StartLogging UpdateTrail",
    },
    resources: [TRAIL],
  },
  {
    of: "what AWS lists as a whole",
    by: REFRESH,
    actions: {
      cloudtrail: "DescribeTrails",
      cloudwatch: "DescribeAlarms",
      ec2: "DescribeSecurityGroups",
      kms: "ListAliases",
      logs: "DescribeLogGroups",
      sns: "GetSubscriptionAttributes",
    },
    resources: ["*"],
  },
  {
    of: "settings of buckets, and the names of what is in them, by which AWS says that a bucket is there",
    by: REFRESH,
    actions: {
      s3: "GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration ListBucket ListTagsForResource",
    },
    resources: BUCKETS,
  },
  {
    of: "buckets, which are kept when they leave the program",
    by: DEPLOY,
    actions: {
      s3: "CreateBucket PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration TagResource UntagResource",
    },
    resources: BUCKETS,
  },
  { of: "alarms", by: REFRESH, actions: { cloudwatch: "ListTagsForResource" }, resources: [ALARMS] },
  {
    of: "alarms",
    by: DEPLOY,
    actions: { cloudwatch: "DeleteAlarms PutMetricAlarm TagResource UntagResource" },
    resources: [ALARMS],
  },
  {
    of: "the alarms' rules",
    by: REFRESH,
    actions: { events: "DescribeRule ListTagsForResource ListTargetsByRule" },
    resources: [ALARM_RULES],
  },
  {
    of: "the alarms' rules, in regions that leave the organization too",
    by: DEPLOY,
    actions: { events: "DeleteRule PutRule PutTargets RemoveTargets TagResource UntagResource" },
    resources: [ALARM_RULES],
  },
  {
    of: "the alarms' topics",
    by: REFRESH,
    actions: { sns: "GetTopicAttributes ListTagsForResource" },
    resources: TOPICS,
  },
  {
    of: "the alarms' topics",
    by: DEPLOY,
    actions: { sns: "CreateTopic DeleteTopic SetTopicAttributes Subscribe TagResource UntagResource" },
    resources: TOPICS,
  },
  {
    of: "subscriptions, for which AWS asks no topic",
    by: DEPLOY,
    actions: { sns: "SetSubscriptionAttributes Unsubscribe" },
    resources: ["*"],
  },
  {
    of: "filters of a trail's log group, which the organization may name",
    by: REFRESH,
    actions: { logs: "DescribeMetricFilters" },
    resources: [ANY_LOG_GROUP],
  },
  {
    of: "filters of a trail's log group, which the organization may name",
    by: DEPLOY,
    actions: { logs: "DeleteMetricFilter PutMetricFilter" },
    resources: [ANY_LOG_GROUP],
  },
  { of: "log groups", by: REFRESH, actions: { logs: "ListTagsForResource" }, resources: [LOG_GROUPS] },
  {
    of: "log groups",
    by: DEPLOY,
    actions: {
      logs: "AssociateKmsKey CreateLogGroup DeleteLogGroup DisassociateKmsKey PutLogGroupDeletionProtection PutRetentionPolicy TagResource UntagResource",
    },
    resources: [LOG_GROUPS],
  },
  {
    of: "documents of machines, and no execution",
    by: REFRESH,
    actions: { ssm: "DescribeDocument DescribeDocumentPermission GetDocument ListTagsForResource" },
    resources: DOCUMENTS,
  },
  {
    of: "documents of machines, and no execution",
    by: DEPLOY,
    actions: {
      ssm: "AddTagsToResource CreateDocument DeleteDocument ModifyDocumentPermission RemoveTagsFromResource",
    },
    resources: DOCUMENTS,
  },
];

const DETECTING: readonly PipelineNeed[] = [
  {
    of: "settings of a region or of the account",
    by: REFRESH,
    actions: {
      account: "GetAlternateContact",
      config: "DescribeConfigRules DescribeDeliveryChannels",
      ec2: "GetEbsEncryptionByDefault",
      s3: "GetAccountPublicAccessBlock",
      securityhub: "DescribeHub GetEnabledStandards ListStandardsControlAssociations",
    },
    resources: ["*"],
  },
  {
    of: "settings of a region or of the account",
    by: DEPLOY,
    actions: {
      account: "DeleteAlternateContact PutAlternateContact",
      config: "DeleteDeliveryChannel PutDeliveryChannel",
      ec2: "DisableEbsEncryptionByDefault EnableEbsEncryptionByDefault",
      s3: "PutAccountPublicAccessBlock",
      securityhub:
        "BatchDisableStandards BatchEnableStandards BatchUpdateStandardsControlAssociations DisableSecurityHub EnableSecurityHub UpdateSecurityHubConfiguration",
    },
    resources: ["*"],
  },
  { of: "analyzers", by: REFRESH, actions: { "access-analyzer": "GetAnalyzer" }, resources: [ANALYZERS] },
  {
    of: "analyzers",
    by: DEPLOY,
    actions: { "access-analyzer": "CreateAnalyzer DeleteAnalyzer TagResource UntagResource" },
    resources: [ANALYZERS],
  },
  { of: "detectors", by: REFRESH, actions: { guardduty: "GetDetector" }, resources: [DETECTORS] },
  {
    of: "a detector, whose name GuardDuty makes up",
    by: DEPLOY,
    actions: { guardduty: "CreateDetector" },
    resources: ["*"],
    when: BECOMES_OURS,
  },
  {
    of: "the detector of a region, which has one",
    by: DEPLOY,
    actions: { guardduty: "DeleteDetector TagResource UntagResource UpdateDetector" },
    resources: [DETECTORS],
  },
  {
    of: "recorders",
    by: REFRESH,
    actions: { config: "DescribeConfigurationRecorderStatus DescribeConfigurationRecorders" },
    resources: [RECORDERS],
  },
  {
    of: "rules of AWS Config",
    by: REFRESH,
    actions: { config: "ListTagsForResource" },
    resources: [CONFIG_RULES],
  },
  {
    of: "recorders",
    by: DEPLOY,
    actions: {
      config:
        "DeleteConfigurationRecorder PutConfigurationRecorder StartConfigurationRecorder StopConfigurationRecorder",
    },
    resources: [RECORDERS],
  },
  {
    of: "rules of AWS Config that carry our tag, or get it",
    by: DEPLOY,
    actions: { config: "PutConfigRule TagResource" },
    resources: [CONFIG_RULES],
    when: BECOMES_OURS,
  },
  {
    of: "rules of AWS Config that carry our tag",
    by: DEPLOY,
    actions: { config: "DeleteConfigRule TagResource UntagResource" },
    resources: [CONFIG_RULES],
    when: IS_OURS,
  },
  {
    of: "roles that AWS writes for services when they are first switched on",
    by: DEPLOY,
    actions: { iam: "CreateServiceLinkedRole" },
    resources: [iam("role/aws-service-role/*")],
    when: {
      StringEquals: {
        "iam:AWSServiceName": [
          "access-analyzer.amazonaws.com",
          "config.amazonaws.com",
          "guardduty.amazonaws.com",
          "malware-protection.guardduty.amazonaws.com",
          "securityhub.amazonaws.com",
        ],
      },
    },
  },
  {
    of: "the role that AWS wrote for AWS Config, which stands in the state",
    by: DEPLOY,
    actions: { iam: "DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus" },
    resources: [CONFIG_ROLE],
  },
];

const DATABASES: readonly PipelineNeed[] = [
  {
    of: "keys",
    by: REFRESH,
    actions: { kms: "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags" },
    resources: [KEYS],
  },
  {
    of: "keys, which have no names: with our tag from their creation",
    by: DEPLOY,
    actions: { kms: "CreateKey" },
    resources: ["*"],
    when: BECOMES_OURS,
  },
  {
    of: "keys whose tag somebody took away",
    by: DEPLOY,
    actions: { kms: "TagResource" },
    resources: ["*"],
    when: BECOMES_OURS,
  },
  {
    of: "keys that carry our tag",
    by: DEPLOY,
    actions: {
      kms: "EnableKey PutKeyPolicy ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription",
    },
    resources: [KEYS],
    when: IS_OURS,
  },
  {
    of: "keys whose tag does not count yet",
    by: DEPLOY,
    actions: { kms: "CreateAlias DeleteAlias EnableKeyRotation UpdateAlias" },
    resources: [KEYS],
  },
  {
    of: "names of keys",
    by: DEPLOY,
    actions: { kms: "CreateAlias DeleteAlias UpdateAlias" },
    resources: [ALIASES],
  },
  {
    of: "secrets' settings",
    by: REFRESH,
    actions: { secretsmanager: "DescribeSecret GetResourcePolicy" },
    resources: [SECRETS],
  },
  {
    of: "secrets, by the names that people gave them: with our tag",
    by: DEPLOY,
    actions: { secretsmanager: "CreateSecret TagResource" },
    resources: [SECRETS],
    when: BECOMES_OURS,
  },
  {
    of: "secrets that carry our tag, but not their values",
    by: DEPLOY,
    actions: {
      secretsmanager: "CancelRotateSecret DeleteSecret RotateSecret TagResource UntagResource UpdateSecret",
    },
    resources: [SECRETS],
    when: IS_OURS,
  },
  {
    of: "functions that rotate secrets, which AWS asks of whoever sets up a rotation",
    by: DEPLOY,
    actions: { lambda: "InvokeFunction" },
    resources: [home("lambda", "function:SecretsManager*")],
  },
  {
    of: "security groups, with our tag from their creation",
    by: DEPLOY,
    actions: { ec2: "CreateSecurityGroup" },
    resources: [SECURITY_GROUPS],
    when: BECOMES_OURS,
  },
  {
    of: "networks in which security groups are made",
    by: DEPLOY,
    actions: { ec2: "CreateSecurityGroup" },
    resources: [home("ec2", "vpc/*")],
  },
  {
    of: "tags of security groups that are made",
    by: DEPLOY,
    actions: { ec2: "CreateTags" },
    resources: [SECURITY_GROUPS],
    when: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" } },
  },
  {
    of: "the security group whose tag somebody took away, by its name",
    by: DEPLOY,
    actions: { ec2: "CreateTags" },
    resources: [SECURITY_GROUPS],
    when: {
      StringEquals: {
        "aws:RequestTag/ManagedBy": "muster",
        "aws:ResourceTag/Name": "{prefix}-database",
      },
    },
  },
  {
    of: "security groups that carry our tag",
    by: DEPLOY,
    actions: {
      ec2: "AuthorizeSecurityGroupIngress CreateTags DeleteSecurityGroup DeleteTags RevokeSecurityGroupEgress RevokeSecurityGroupIngress",
    },
    resources: [SECURITY_GROUPS],
    when: IS_OURS,
  },
  {
    of: "whether something uses a group that is deleted",
    by: DEPLOY,
    actions: { ec2: "DescribeNetworkInterfaces" },
    resources: ["*"],
  },
  {
    of: "the subnet group",
    by: REFRESH,
    actions: { rds: "DescribeDBSubnetGroups ListTagsForResource" },
    resources: [SUBNET_GROUP],
  },
  {
    of: "the subnet group",
    by: DEPLOY,
    actions: {
      rds: "AddTagsToResource CreateDBSubnetGroup DeleteDBSubnetGroup ModifyDBSubnetGroup RemoveTagsFromResource",
    },
    resources: [SUBNET_GROUP],
  },
];

const REVIEWING: readonly PipelineNeed[] = [
  {
    of: "whatever gives somebody access, whoever made it",
    by: LISTING,
    actions: {
      iam: "GetAccountAuthorizationDetails GetAccountSummary GetLoginProfile GetSAMLProvider ListAccessKeys ListInstanceProfiles ListOpenIDConnectProviders ListSAMLProviders ListSSHPublicKeys ListServerCertificates ListServiceSpecificCredentials ListSigningCertificates ListVirtualMFADevices",
    },
    resources: ["*"],
  },
  {
    of: "who has which credentials, and when they were used",
    by: CREDENTIALS,
    actions: {
      iam: "GenerateCredentialReport GetAccessKeyLastUsed GetAccountAuthorizationDetails GetCredentialReport GetLoginProfile ListMFADevices",
    },
    resources: ["*"],
  },
  {
    of: "keys that are older than their holder's category lets them be",
    by: DEPLOY,
    actions: {
      iam: "UpdateAccessKey UpdateSSHPublicKey UpdateServiceSpecificCredential UpdateSigningCertificate",
    },
    resources: USERS,
  },
  {
    of: "what reviews look at",
    by: REVIEW,
    actions: {
      "access-analyzer": "ListAnalyzers",
      account: "GetAlternateContact",
      cloudwatch: "DescribeAlarmHistory DescribeAlarms",
      dynamodb: "ListTables",
      iam: "GenerateServiceLastAccessedDetails GetAccountPasswordPolicy GetOpenIDConnectProvider GetServiceLastAccessedDetails ListAccountAliases ListOrganizationsFeatures",
      logs: "DescribeLogGroups",
      secretsmanager: "ListSecrets",
    },
    resources: ["*"],
  },
  {
    of: "events of the trail",
    by: REVIEW,
    actions: { logs: "FilterLogEvents" },
    resources: [home("logs", "log-group:{trailLogGroup}:*")],
  },
  {
    of: "findings about who may enter",
    by: REVIEW,
    actions: { "access-analyzer": "ListFindings" },
    resources: [home("access-analyzer", "analyzer/{prefix}-*")],
  },
  {
    of: "whom secrets admit",
    by: REVIEW,
    actions: { secretsmanager: "GetResourcePolicy" },
    resources: [SECRETS],
  },
  {
    of: "the tags by which services come to tables",
    by: REVIEW,
    actions: { dynamodb: "ListTagsOfResource" },
    resources: ["arn:aws:dynamodb:{eachRegion}:{account}:table/*"],
  },
];

const STATE: readonly PipelineNeed[] = [
  {
    of: "the state's bucket",
    by: REFRESH,
    actions: { s3: "GetBucketLocation ListBucket" },
    resources: ["arn:aws:s3:::{stateBucket}"],
  },
  { of: "the state", by: REFRESH, actions: { s3: "GetObject" }, resources: ["arn:aws:s3:::{stateBucket}/*"] },
  {
    of: "the state, with its locks",
    by: DEPLOY,
    actions: { s3: "DeleteObject PutObject" },
    resources: ["arn:aws:s3:::{stateBucket}/*"],
  },
  { of: "the state's key", by: REFRESH, actions: { kms: "Decrypt" }, resources: ["{stateKey}"] },
  {
    of: "the state's key",
    by: DEPLOY,
    actions: { kms: "Encrypt GenerateDataKey" },
    resources: ["{stateKey}"],
  },
];

/**
 * All that the pipeline's roles may do: whoever finds one more here has decided that a run needs it. The list is held against
 * what runs were recorded to ask, and is not the documents', so that a word more in a document is a breach.
 */
export const PIPELINE_NEEDS: readonly PipelineNeed[] = [
  ...PEOPLE,
  ...WATCHING,
  ...DETECTING,
  ...DATABASES,
  ...REVIEWING,
  ...STATE,
];
