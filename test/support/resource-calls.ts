import type { RequestContext } from "../../src/access/caller";

/** What managing one kind of resource asks of AWS: how it is read, then how it is changed. */
export interface ResourceCalls {
  readonly reads: readonly (readonly [action: string, resource: string])[];
  readonly writes: readonly (readonly [action: string, resource: string, context?: RequestContext])[];
}

export const iamArn = (rest: string): string => `arn:aws:iam::222222222222:${rest}`;
export const ROLE = iamArn("role/infra-ReadR-dev");
const POLICY = iamArn("policy/infra-OpsR-dev-permissions");
const GROUP = iamArn("group/infra-PowerG");
export const USER = iamArn("user/people/sarah.devops");
const TRAIL = "arn:aws:cloudtrail:eu-west-1:222222222222:trail/infra-trail";
export const BUCKET = "arn:aws:s3:::infra-trail-222222222222";
export const LOG_GROUP = "arn:aws:logs:eu-west-1:222222222222:log-group:infra-trail";
const ALARM = "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:infra-BreakGlassUsed";
const TOPIC = "arn:aws:sns:eu-west-1:222222222222:infra-alarms";
export const KEY = "arn:aws:kms:eu-west-1:222222222222:key/11111111-1111-1111-1111-111111111111";
const SECURITY_GROUP = "arn:aws:ec2:eu-west-1:222222222222:security-group/sg-0123456789abcdef0";
const SECRET = "arn:aws:secretsmanager:eu-west-1:222222222222:secret:app/rds/main-AbCdEf";
const ALIAS = "arn:aws:kms:eu-west-1:222222222222:alias/infra-alarms";
export const OURS = { "aws:ResourceTag/ManagedBy": "muster" };
const TAKEN_BACK = { "aws:TagKeys": ["CostCenter"], ...OURS };
/** A tag that the program changed: an update sends the changed tags alone. */
const CHANGED_TAG = {
  "aws:RequestTag/Repository": "https://example.com/accounts",
  "aws:TagKeys": ["Repository"],
  ...OURS,
};
/** Our own tag, which somebody took away by hand. */
const PUT_BACK = { "aws:RequestTag/ManagedBy": "muster", "aws:TagKeys": ["ManagedBy"] };
const BECOMES_OURS = { "aws:RequestTag/ManagedBy": "muster", "aws:TagKeys": ["ManagedBy", "Environment"] };

/** By the types that the stacks register: a new type has to say here what it asks, and the roles have to allow it. */
export const RESOURCE_CALLS: Readonly<Record<string, ResourceCalls>> = {
  "aws:cloudtrail/trail:Trail": {
    reads: [
      ["cloudtrail:DescribeTrails", "*"],
      ["cloudtrail:GetTrailStatus", TRAIL],
      ["cloudtrail:ListTags", TRAIL],
      ["cloudtrail:GetEventSelectors", TRAIL],
      ["cloudtrail:GetInsightSelectors", TRAIL],
    ],
    writes: [
      ["cloudtrail:CreateTrail", TRAIL],
      ["iam:PassRole", iamArn("role/infra-TrailR"), { "iam:PassedToService": "cloudtrail.amazonaws.com" }],
      ["cloudtrail:StartLogging", TRAIL],
      ["cloudtrail:UpdateTrail", TRAIL],
      ["cloudtrail:StopLogging", TRAIL],
      ["cloudtrail:PutEventSelectors", TRAIL],
      ["cloudtrail:PutInsightSelectors", TRAIL],
      ["cloudtrail:AddTags", TRAIL],
      ["cloudtrail:RemoveTags", TRAIL],
      ["cloudtrail:DeleteTrail", TRAIL],
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    reads: [
      ["logs:DescribeLogGroups", "*"],
      ["logs:ListTagsForResource", LOG_GROUP],
    ],
    writes: [
      ["logs:CreateLogGroup", LOG_GROUP],
      ["logs:PutRetentionPolicy", LOG_GROUP],
      ["logs:DeleteRetentionPolicy", LOG_GROUP],
      // What somebody switched on by hand is switched off again.
      ["logs:DisassociateKmsKey", LOG_GROUP],
      ["logs:PutLogGroupDeletionProtection", LOG_GROUP],
      ["logs:TagResource", LOG_GROUP],
      ["logs:UntagResource", LOG_GROUP],
      ["logs:DeleteLogGroup", LOG_GROUP],
    ],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    reads: [["logs:DescribeMetricFilters", LOG_GROUP]],
    writes: [
      ["logs:PutMetricFilter", LOG_GROUP],
      ["logs:PutMetricFilter", "arn:aws:logs:eu-west-1:222222222222:log-group:organization-trail"],
      ["logs:DeleteMetricFilter", LOG_GROUP],
    ],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    reads: [
      ["cloudwatch:DescribeAlarms", ALARM],
      ["cloudwatch:ListTagsForResource", ALARM],
    ],
    writes: [
      ["cloudwatch:PutMetricAlarm", ALARM],
      ["cloudwatch:TagResource", ALARM],
      ["cloudwatch:UntagResource", ALARM],
      ["cloudwatch:DeleteAlarms", ALARM],
    ],
  },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    reads: [["iam:GetAccountPasswordPolicy", "*"]],
    writes: [
      ["iam:UpdateAccountPasswordPolicy", "*"],
      ["iam:DeleteAccountPasswordPolicy", "*"],
    ],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    reads: [
      ["ec2:DescribeSecurityGroups", "*"],
      ["ec2:DescribeNetworkInterfaces", "*"],
    ],
    writes: [
      ["ec2:CreateSecurityGroup", SECURITY_GROUP, BECOMES_OURS],
      ["ec2:CreateSecurityGroup", "arn:aws:ec2:eu-west-1:222222222222:vpc/vpc-0123456789abcdef0"],
      ["ec2:CreateTags", SECURITY_GROUP, { "ec2:CreateAction": "CreateSecurityGroup" }],
      ["ec2:CreateTags", SECURITY_GROUP, CHANGED_TAG],
      ["ec2:CreateTags", SECURITY_GROUP, { ...PUT_BACK, "aws:ResourceTag/Name": "infra-database" }],
      ["ec2:DeleteTags", SECURITY_GROUP, TAKEN_BACK],
      ["ec2:AuthorizeSecurityGroupIngress", SECURITY_GROUP, OURS],
      ["ec2:AuthorizeSecurityGroupEgress", SECURITY_GROUP, OURS],
      ["ec2:RevokeSecurityGroupIngress", SECURITY_GROUP, OURS],
      ["ec2:RevokeSecurityGroupEgress", SECURITY_GROUP, OURS],
      ["ec2:UpdateSecurityGroupRuleDescriptionsIngress", SECURITY_GROUP, OURS],
      ["ec2:DeleteSecurityGroup", SECURITY_GROUP, OURS],
    ],
  },
  "aws:iam/accountAlias:AccountAlias": {
    reads: [["iam:ListAccountAliases", "*"]],
    writes: [
      ["iam:CreateAccountAlias", "*"],
      ["iam:DeleteAccountAlias", "*"],
    ],
  },
  "aws:iam/group:Group": {
    reads: [["iam:GetGroup", GROUP]],
    writes: [
      ["iam:CreateGroup", GROUP],
      ["iam:UpdateGroup", GROUP],
      ["iam:DeleteGroup", GROUP],
    ],
  },
  "aws:iam/groupMembership:GroupMembership": {
    reads: [["iam:GetGroup", GROUP]],
    writes: [
      ["iam:AddUserToGroup", GROUP],
      ["iam:RemoveUserFromGroup", GROUP],
    ],
  },
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": {
    reads: [["iam:ListGroupPolicies", GROUP]],
    writes: [["iam:DeleteGroupPolicy", GROUP]],
  },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    reads: [["iam:ListAttachedGroupPolicies", GROUP]],
    writes: [
      ["iam:AttachGroupPolicy", GROUP],
      ["iam:DetachGroupPolicy", GROUP],
    ],
  },
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": {
    reads: [["iam:ListAttachedGroupPolicies", GROUP]],
    writes: [["iam:DetachGroupPolicy", GROUP]],
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    reads: [["iam:GetOpenIDConnectProvider", iamArn(`oidc-provider/token.actions.githubusercontent.com`)]],
    writes: [
      ["iam:CreateOpenIDConnectProvider", iamArn(`oidc-provider/token.actions.githubusercontent.com`)],
      ["iam:AddClientIDToOpenIDConnectProvider", iamArn(`oidc-provider/token.actions.githubusercontent.com`)],
      ["iam:DeleteOpenIDConnectProvider", iamArn(`oidc-provider/token.actions.githubusercontent.com`)],
    ],
  },
  "aws:iam/policy:Policy": {
    reads: [
      ["iam:GetPolicy", POLICY],
      ["iam:GetPolicyVersion", POLICY],
      ["iam:ListPolicyVersions", POLICY],
    ],
    writes: [
      ["iam:CreatePolicy", POLICY],
      ["iam:CreatePolicyVersion", POLICY],
      ["iam:DeletePolicyVersion", POLICY],
      ["iam:DeletePolicy", POLICY],
    ],
  },
  "aws:iam/role:Role": {
    reads: [
      ["iam:GetRole", ROLE],
      ["iam:ListRolePolicies", ROLE],
      ["iam:ListInstanceProfilesForRole", ROLE],
    ],
    writes: [
      ["iam:CreateRole", ROLE],
      ["iam:UpdateAssumeRolePolicy", ROLE],
      ["iam:PutRolePermissionsBoundary", ROLE],
      ["iam:TagRole", ROLE],
      ["iam:DeleteRole", ROLE],
    ],
  },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": {
    reads: [["iam:ListRolePolicies", ROLE]],
    writes: [["iam:DeleteRolePolicy", ROLE]],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    reads: [["iam:ListAttachedRolePolicies", ROLE]],
    writes: [
      ["iam:AttachRolePolicy", ROLE],
      ["iam:DetachRolePolicy", ROLE],
    ],
  },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": {
    reads: [["iam:ListAttachedRolePolicies", ROLE]],
    writes: [["iam:DetachRolePolicy", ROLE]],
  },
  "aws:iam/user:User": {
    reads: [["iam:GetUser", USER]],
    writes: [
      ["iam:CreateUser", USER],
      ["iam:UpdateUser", USER],
      ["iam:TagUser", USER],
      ["iam:DeleteAccessKey", USER],
      ["iam:DeactivateMFADevice", USER],
      ["iam:DeleteVirtualMFADevice", iamArn("mfa/sarah.devops")],
      ["iam:DeleteLoginProfile", USER],
      ["iam:DeleteUser", USER],
    ],
  },
  "aws:kms/alias:Alias": {
    reads: [["kms:ListAliases", "*"]],
    writes: [
      ["kms:CreateAlias", ALIAS],
      ["kms:CreateAlias", KEY],
      ["kms:UpdateAlias", ALIAS],
      ["kms:UpdateAlias", KEY],
      ["kms:DeleteAlias", ALIAS],
      ["kms:DeleteAlias", KEY],
    ],
  },
  "aws:kms/key:Key": {
    reads: [
      ["kms:DescribeKey", KEY],
      ["kms:GetKeyPolicy", KEY],
      ["kms:GetKeyRotationStatus", KEY],
      ["kms:ListResourceTags", KEY],
    ],
    writes: [
      ["kms:CreateKey", "*", BECOMES_OURS],
      ["kms:TagResource", KEY, BECOMES_OURS],
      // Minutes before the key's tags count.
      ["kms:EnableKeyRotation", KEY],
      ["kms:EnableKey", KEY, OURS],
      ["kms:DisableKeyRotation", KEY, OURS],
      ["kms:UpdateKeyDescription", KEY, OURS],
      ["kms:PutKeyPolicy", KEY, OURS],
      ["kms:TagResource", KEY, CHANGED_TAG],
      ["kms:TagResource", KEY, PUT_BACK],
      ["kms:UntagResource", KEY, TAKEN_BACK],
      ["kms:ScheduleKeyDeletion", KEY, OURS],
    ],
  },
  "aws:s3/bucket:Bucket": {
    reads: [
      ["s3:ListBucket", BUCKET],
      ["s3:GetBucketLocation", BUCKET],
      ["s3:GetBucketTagging", BUCKET],
      ["s3:GetEncryptionConfiguration", BUCKET],
      ["s3:GetLifecycleConfiguration", BUCKET],
      ["s3:GetReplicationConfiguration", BUCKET],
      ["s3:GetAccelerateConfiguration", BUCKET],
    ],
    writes: [
      ["s3:CreateBucket", BUCKET],
      ["s3:PutBucketTagging", BUCKET],
      // The provider asks for these where they exist, and for the one above where they do not.
      ["s3:TagResource", BUCKET],
      ["s3:UntagResource", BUCKET],
    ],
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    reads: [["s3:GetBucketPolicy", BUCKET]],
    writes: [
      ["s3:PutBucketPolicy", BUCKET],
      ["s3:DeleteBucketPolicy", BUCKET],
    ],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    reads: [["s3:GetBucketPublicAccessBlock", BUCKET]],
    writes: [["s3:PutBucketPublicAccessBlock", BUCKET]],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    reads: [["s3:GetBucketVersioning", BUCKET]],
    writes: [["s3:PutBucketVersioning", BUCKET]],
  },
  "aws:secretsmanager/secret:Secret": {
    reads: [
      ["secretsmanager:DescribeSecret", SECRET],
      ["secretsmanager:GetResourcePolicy", SECRET],
    ],
    writes: [
      ["secretsmanager:CreateSecret", SECRET, BECOMES_OURS],
      ["secretsmanager:TagResource", SECRET, BECOMES_OURS],
      ["secretsmanager:TagResource", SECRET, CHANGED_TAG],
      ["secretsmanager:TagResource", SECRET, PUT_BACK],
      ["secretsmanager:UntagResource", SECRET, TAKEN_BACK],
      ["secretsmanager:UpdateSecret", SECRET, OURS],
      ["secretsmanager:DeleteSecret", SECRET, OURS],
    ],
  },
  "aws:sns/topic:Topic": {
    reads: [
      ["sns:GetTopicAttributes", TOPIC],
      ["sns:ListTagsForResource", TOPIC],
    ],
    writes: [
      ["sns:CreateTopic", TOPIC],
      ["sns:SetTopicAttributes", TOPIC],
      ["sns:TagResource", TOPIC],
      ["sns:UntagResource", TOPIC],
      ["sns:DeleteTopic", TOPIC],
    ],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    reads: [["sns:GetTopicAttributes", TOPIC]],
    writes: [["sns:SetTopicAttributes", TOPIC]],
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    reads: [["sns:GetSubscriptionAttributes", "*"]],
    writes: [
      ["sns:Subscribe", TOPIC],
      ["sns:SetSubscriptionAttributes", "*"],
      ["sns:Unsubscribe", "*"],
    ],
  },
};
