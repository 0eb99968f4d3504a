import type { ProviderOperation } from "../../sandbox/provider/call-recorder";
import type { IamRequest } from "./iam-requests";
import type { Requests } from "./recorded-requests";

/** What the official provider asks besides, with where that was read. */
interface ProviderRequests {
  readonly type: string;
  readonly operation: ProviderOperation;
  /** File and function of hashicorp/terraform-provider-aws, below `internal/service`, or another place. */
  readonly source: string;
  readonly requests: readonly IamRequest[];
}

const ACCOUNT = "444444444444";
const iamArn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`;
const regional = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`;

const ROLE = iamArn("role/infra-OpsR-prod");
const PROFILE = iamArn("instance-profile/somebody");
const USER = iamArn("user/people/ada.devops");
const MOVED_USER = iamArn("user/elsewhere/ada.devops");
const POLICY = iamArn("policy/infra-ManageOwnUserG");
const PROVIDER = iamArn("oidc-provider/token.actions.githubusercontent.com");
const TRAIL = regional("cloudtrail", "trail/infra-trail");
const BUCKET = `arn:aws:s3:::infra-trail-${ACCOUNT}`;
const LOG_GROUP = regional("logs", "log-group:infra-trail");
const TRAIL_OF_OTHERS = regional("logs", "log-group:organization-trail");
const TOPIC = regional("sns", "infra-alarms");
const KEY = regional("kms", "key/11111111-1111-1111-1111-111111111111");
const SECRET = regional("secretsmanager", "secret:app/rds/main-AbCdEf");

const OWN_TAGS = { "aws:RequestTag/ManagedBy": "muster", "aws:TagKeys": ["Environment", "ManagedBy"] };
const OURS = { "aws:ResourceTag/ManagedBy": "muster" };

/** For an action on each of several resources. */
const reading = (resource: string, ...actions: readonly string[]): readonly IamRequest[] =>
  actions.map((action) => [action, resource]);

export const PROVIDER_REQUESTS: readonly ProviderRequests[] = [
  {
    type: "aws:cloudtrail/trail:Trail",
    operation: "read",
    source:
      "cloudtrail/trail.go, findTrailByARN and resourceTrailRead: selectors where somebody has set some",
    requests: [
      ["cloudtrail:DescribeTrails", "*"],
      ...reading(TRAIL, "cloudtrail:GetEventSelectors", "cloudtrail:GetInsightSelectors"),
    ],
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    operation: "update",
    source: "cloudtrail/trail.go, setEventSelectors and setInsightSelectors: undoes what somebody has set",
    requests: reading(TRAIL, "cloudtrail:PutEventSelectors", "cloudtrail:PutInsightSelectors"),
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    operation: "update",
    source: "logs/group.go, resourceGroupUpdate: a key or a protection that somebody has set",
    requests: [
      ["logs:DisassociateKmsKey", LOG_GROUP, OURS],
      ["logs:PutLogGroupDeletionProtection", LOG_GROUP, OURS],
    ],
  },
  {
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    operation: "create",
    source:
      "logs/metric_filter.go, resourceMetricFilterPut, on the group of a trail that the account has already",
    requests: [["logs:PutMetricFilter", TRAIL_OF_OTHERS]],
  },
  {
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    operation: "read",
    source:
      "logs/metric_filter.go, resourceMetricFilterRead, on the group of a trail that the account has already",
    requests: [["logs:DescribeMetricFilters", TRAIL_OF_OTHERS]],
  },
  {
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    operation: "delete",
    source:
      "logs/metric_filter.go, resourceMetricFilterDelete, on the group of a trail that the account has already",
    requests: [["logs:DeleteMetricFilter", TRAIL_OF_OTHERS]],
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    operation: "create",
    source: "cloudwatch/metric_alarm.go, resourceMetricAlarmCreate: looks for another of that name first",
    requests: [["cloudwatch:DescribeAlarms", regional("cloudwatch", "alarm:*")]],
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    operation: "delete",
    source: "ec2/vpc_security_group.go, resourceSecurityGroupDelete and deleteLingeringENIs",
    requests: reading("*", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups"),
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    operation: "create",
    source:
      "s3control/account_public_access_block.go, resourceAccountPublicAccessBlockCreate: waits until it is there",
    requests: reading("*", "s3:GetAccountPublicAccessBlock"),
  },
  {
    type: "aws:securityhub/account:Account",
    operation: "create",
    source: "securityhub/account.go, resourceAccountCreate: waits until the setting is there",
    requests: reading("*", "securityhub:DescribeHub"),
  },
  {
    type: "aws:securityhub/standardsSubscription:StandardsSubscription",
    operation: "create",
    source:
      "securityhub/standards_subscription.go, waitStandardsSubscriptionCreated; its like when it is deleted",
    requests: reading("*", "securityhub:GetEnabledStandards"),
  },
  {
    type: "aws:guardduty/detectorFeature:DetectorFeature",
    operation: "update",
    source:
      "guardduty/detector_feature.go, resourceDetectorFeaturePut: EBS_MALWARE_PROTECTION makes a role of AWS's",
    requests: [
      [
        "iam:CreateServiceLinkedRole",
        iamArn(
          "role/aws-service-role/malware-protection.guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDutyMalwareProtection",
        ),
        { "iam:AWSServiceName": "malware-protection.guardduty.amazonaws.com" },
      ],
    ],
  },
  {
    type: "aws:iam/group:Group",
    operation: "update",
    source: "iam/group.go, resourceGroupUpdate: a path that somebody has changed",
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html: of both names
    requests: [
      ["iam:UpdateGroup", iamArn("group/infra-PowerG")],
      ["iam:UpdateGroup", iamArn("group/elsewhere/infra-PowerG")],
    ],
  },
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    operation: "update",
    source: "iam/openid_connect_provider.go, resourceOpenIDConnectProviderUpdate",
    requests: reading(
      PROVIDER,
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:RemoveClientIDFromOpenIDConnectProvider",
    ),
  },
  {
    type: "aws:iam/policy:Policy",
    operation: "update",
    source: "iam/policy.go, resourcePolicyUpdate: a version becomes the default in a step of its own",
    requests: [["iam:SetDefaultPolicyVersion", POLICY]],
  },
  {
    type: "aws:iam/role:Role",
    operation: "read",
    source: "iam/role.go, resourceRoleRead",
    requests: reading(ROLE, "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"),
  },
  {
    type: "aws:iam/role:Role",
    operation: "update",
    source: "iam/role.go, resourceRoleUpdate",
    requests: [["iam:UpdateRoleDescription", ROLE]],
  },
  {
    type: "aws:iam/role:Role",
    operation: "delete",
    source: "iam/role.go, deleteRoleInstanceProfiles: somebody may have put it into one",
    requests: [
      ["iam:ListInstanceProfilesForRole", ROLE],
      ["iam:RemoveRoleFromInstanceProfile", PROFILE],
    ],
  },
  {
    type: "aws:iam/user:User",
    operation: "update",
    source: "iam/user.go, resourceUserUpdate: a boundary that somebody has set",
    requests: [["iam:DeleteUserPermissionsBoundary", USER]],
  },
  {
    type: "aws:iam/user:User",
    operation: "update",
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html: of both names
    source: "iam/user.go, resourceUserUpdate: a path that somebody has changed; tags are put back before it",
    requests: reading(MOVED_USER, "iam:TagUser", "iam:UntagUser", "iam:UpdateUser"),
  },
  {
    type: "aws:iam/user:User",
    operation: "delete",
    source: "iam/user.go, deleteUserGroupMemberships: somebody may have put them into another group",
    requests: [["iam:RemoveUserFromGroup", iamArn("group/somebody")]],
  },
  {
    type: "aws:iam/user:User",
    operation: "delete",
    source: "iam/user.go, resourceUserDelete with force_destroy",
    requests: [
      ["iam:ListVirtualMFADevices", "*"],
      ...reading(
        USER,
        "iam:DeleteServiceSpecificCredential",
        "iam:DeleteSigningCertificate",
        "iam:DeleteSSHPublicKey",
        "iam:ListServiceSpecificCredentials",
      ),
    ],
  },
  {
    type: "aws:kms/key:Key",
    operation: "create",
    source: "kms/key.go, waitKeyPolicyPropagated, waitTagsPropagated, waitKeyRotationEnabledPropagated",
    requests: reading(
      KEY,
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
    ),
  },
  {
    type: "aws:s3/bucket:Bucket",
    operation: "create",
    source:
      "pulumi/pulumi-aws#6317: CreateBucket brings the tags since v7.13.0, and needs s3:TagResource for them",
    requests: [["s3:TagResource", BUCKET, OWN_TAGS]],
  },
  {
    type: "aws:s3/bucket:Bucket",
    operation: "read",
    source: "s3/bucket.go, resourceBucketRead; tags since v6.23.0 of the provider by s3:ListTagsForResource",
    requests: reading(
      BUCKET,
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListTagsForResource",
    ),
  },
  {
    type: "aws:s3/bucket:Bucket",
    operation: "update",
    source: "s3/tags.go, bucketUpdateTags, since v6.23.0 of the provider",
    requests: [
      ["s3:TagResource", BUCKET, { ...OURS, "aws:TagKeys": ["Environment"] }],
      ["s3:UntagResource", BUCKET, { ...OURS, "aws:TagKeys": ["Owner"] }],
    ],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    operation: "create",
    source:
      "s3/bucket_server_side_encryption_configuration.go, resourceBucketServerSideEncryptionConfigurationCreate: waits until it is there",
    requests: reading(BUCKET, "s3:GetEncryptionConfiguration"),
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    operation: "create",
    source: "secretsmanager/secret.go, resourceSecretCreate: waits until it is there",
    requests: [["secretsmanager:DescribeSecret", SECRET]],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    operation: "read",
    source: "secretsmanager/secret.go, resourceSecretRead",
    requests: [["secretsmanager:GetResourcePolicy", SECRET]],
  },
  {
    type: "aws:secretsmanager/secretRotation:SecretRotation",
    operation: "create",
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
    source:
      "secretsmanager/secret_rotation.go, resourceSecretRotationCreate: who sets up a rotation may call its function",
    requests: [["lambda:InvokeFunction", regional("lambda", "function:SecretsManagerRotation")]],
  },
  {
    type: "aws:sns/topic:Topic",
    operation: "create",
    source: "sns/topic.go, putTopicAttributes: sets the key after the creation, when tags may not count yet",
    requests: [["sns:SetTopicAttributes", TOPIC]],
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    operation: "delete",
    source: "sns/topic_subscription.go, waitSubscriptionDeleted",
    requests: [["sns:GetSubscriptionAttributes", "*"]],
  },
];

/** The same, by type and operation. */
export function providerRequests(): Requests {
  const found: Record<string, Partial<Record<ProviderOperation, readonly IamRequest[]>>> = {};
  for (const { type, operation, requests } of PROVIDER_REQUESTS) {
    const byOperation = (found[type] ??= {});
    byOperation[operation] = [...(byOperation[operation] ?? []), ...requests];
  }
  return found;
}
