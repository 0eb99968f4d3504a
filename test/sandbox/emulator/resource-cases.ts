import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { Account } from "@aws-sdk/client-account";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { ConfigService } from "@aws-sdk/client-config-service";
import { GuardDuty } from "@aws-sdk/client-guardduty";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { RDS } from "@aws-sdk/client-rds";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { SSM } from "@aws-sdk/client-ssm";
import { SNS } from "@aws-sdk/client-sns";
import { LocalS3Control } from "../../../sandbox/provider/s3/local-s3-control";
import type { Properties } from "../../../sandbox/provider/resource-type";
import type { ClientOptions } from "../../../sandbox/sandbox";
import type { EmulatedAccounts } from "./emulated-accounts";
import type { Resource } from "./engine-stand-in";

type Client = EmulatedAccounts["client"];
type Made = (name: string) => Resource;

/** What the life of a resource of one type looks like, from the program's side and from AWS's. */
export interface ResourceCase {
  readonly type: string;
  readonly name: string;
  readonly inputs: (made: Made) => Properties;
  /** Outputs that a preview of its creation cannot know. */
  readonly unknown: readonly string[];
  /** An edit of the program that is made in place. */
  readonly edit?: Properties;
  /** An edit of the program that takes a new resource. */
  readonly replacement?: Properties;
  /** What a refresh shows in other words than the program's. */
  readonly refreshed?: Properties;
  /** What somebody does to it by hand, and which inputs then differ. */
  readonly byHand?: (client: Client, resource: Resource) => Promise<unknown>;
  readonly drift?: readonly string[];
}

const account = "222222222222";

function document(...actions: string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  });
}

/** A document on a resource: it says whom it admits. */
function admission(
  actions: readonly string[],
  principal: object = { AWS: `arn:aws:iam::${account}:root` },
): string {
  const statement = { Effect: "Allow", Principal: principal, Action: actions, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const cloudtrail = { Service: "cloudtrail.amazonaws.com" };

function trust(arn: string): string {
  const statement = { Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const PORT = { protocol: "tcp", fromPort: 5432, toPort: 5432 };
const openTo = (...cidrBlocks: string[]) => ({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks });

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const audit = "arn:aws:iam::aws:policy/SecurityAudit";

const CONFIG_ROLE = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
const CIS = "arn:aws:securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/5.0.0";

/** EC2 in a region that the provider is not told of. */
class CentralEC2 extends EC2 {
  constructor(options: ClientOptions) {
    super({ ...options, region: "eu-central-1" });
  }
}

/** In an order in which each finds what it refers to; the other way round for deletion. */
export const resourceCases: readonly ResourceCase[] = [
  {
    type: "aws:iam/user:User",
    name: "ann",
    inputs: () => ({ name: "ann", path: "/people/", tags: { category: "devops" }, forceDestroy: true }),
    unknown: ["arn", "uniqueId"],
    edit: { tags: { category: "dba", "infra:dev": "+Ops+" } },
    byHand: (client) => client(IAM, "dev").untagUser({ UserName: "ann", TagKeys: ["category"] }),
    drift: ["tags"],
  },
  {
    type: "aws:iam/user:User",
    name: "bob",
    inputs: () => ({ name: "bob", path: "/people/", forceDestroy: true }),
    unknown: ["arn", "uniqueId"],
    edit: { permissionsBoundary: readOnly },
    byHand: (client) =>
      client(IAM, "dev").tagUser({ UserName: "bob", Tags: [{ Key: "infra:prod", Value: "+Admin+" }] }),
    drift: ["tags"],
  },
  {
    type: "aws:iam/user:User",
    name: "cleo",
    inputs: () => ({ name: "cleo", permissionsBoundary: readOnly, forceDestroy: true }),
    unknown: ["arn", "uniqueId"],
    byHand: (client) => client(IAM, "dev").deleteUserPermissionsBoundary({ UserName: "cleo" }),
    drift: ["permissionsBoundary"],
  },
  {
    type: "aws:iam/group:Group",
    name: "group",
    inputs: () => ({ name: "infra-G" }),
    unknown: ["arn", "uniqueId"],
  },
  {
    type: "aws:iam/group:Group",
    name: "renamed-group",
    inputs: () => ({ name: "old-G" }),
    unknown: ["arn", "uniqueId"],
    edit: { name: "new-G", path: "/teams/" },
  },
  {
    type: "aws:iam/groupMembership:GroupMembership",
    name: "membership",
    inputs: () => ({ name: "infra-G", group: "infra-G", users: ["ann"] }),
    unknown: [],
    edit: { users: ["bob", "ann"] },
    replacement: { group: "other" },
    byHand: (client) => client(IAM, "dev").removeUserFromGroup({ GroupName: "infra-G", UserName: "ann" }),
    drift: ["users"],
  },
  {
    type: "aws:iam/policy:Policy",
    name: "policy",
    inputs: () => ({ name: "infra-P", policy: document("s3:Get*", "iam:Get*"), description: "Reads." }),
    unknown: ["arn", "policyId"],
    edit: { policy: document("s3:Get*"), tags: { owner: "security" } },
    replacement: { description: "Reads more." },
    byHand: (client, { id }) =>
      client(IAM, "dev").createPolicyVersion({
        PolicyArn: id,
        PolicyDocument: document("*"),
        SetAsDefault: true,
      }),
    drift: ["policy"],
  },
  {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    name: "group-attachment",
    inputs: (made) => ({ group: "infra-G", policyArn: made("policy").id }),
    unknown: [],
    replacement: { policyArn: readOnly },
  },
  {
    type: "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    name: "group-attachments",
    inputs: (made) => ({ groupName: "infra-G", policyArns: [made("policy").id] }),
    unknown: [],
    byHand: (client) =>
      client(IAM, "dev").attachGroupPolicy({ GroupName: "infra-G", PolicyArn: administrator }),
    drift: ["policyArns"],
  },
  {
    type: "aws:iam/groupPolicy:GroupPolicy",
    name: "group-policy",
    inputs: () => ({ name: "inline", group: "infra-G", policy: document("s3:List*") }),
    unknown: [],
    edit: { policy: document("s3:ListBucket") },
  },
  {
    type: "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
    name: "group-policies",
    inputs: () => ({ groupName: "infra-G", policyNames: ["inline"] }),
    unknown: [],
    byHand: (client) =>
      client(IAM, "dev").putGroupPolicy({
        GroupName: "infra-G",
        PolicyName: "extra",
        PolicyDocument: document("*"),
      }),
    drift: ["policyNames"],
  },
  {
    type: "aws:iam/role:Role",
    name: "role",
    inputs: () => ({
      name: "infra-R",
      assumeRolePolicy: trust("arn:aws:iam::111111111111:root"),
      maxSessionDuration: 7200,
      forceDetachPolicies: true,
      tags: { environment: "dev" },
    }),
    unknown: ["arn", "uniqueId", "createDate"],
    edit: { description: "Operates.", maxSessionDuration: 3600, permissionsBoundary: readOnly },
    replacement: { path: "/ops/" },
    byHand: (client) =>
      client(IAM, "dev").updateAssumeRolePolicy({
        RoleName: "infra-R",
        PolicyDocument: trust("arn:aws:iam::999988887777:root"),
      }),
    drift: ["assumeRolePolicy"],
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "role-attachment",
    inputs: () => ({ role: "infra-R", policyArn: audit }),
    unknown: [],
    replacement: { policyArn: readOnly },
  },
  {
    type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    name: "role-attachments",
    inputs: () => ({ roleName: "infra-R", policyArns: [audit] }),
    unknown: [],
    byHand: (client) =>
      client(IAM, "dev").attachRolePolicy({ RoleName: "infra-R", PolicyArn: administrator }),
    drift: ["policyArns"],
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "role-policy",
    inputs: () => ({ name: "inline", role: "infra-R", policy: document("s3:List*") }),
    unknown: [],
    edit: { policy: document("s3:ListBucket") },
  },
  {
    type: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    name: "role-policies",
    inputs: () => ({ roleName: "infra-R", policyNames: ["inline"] }),
    unknown: [],
    byHand: (client) =>
      client(IAM, "dev").putRolePolicy({
        RoleName: "infra-R",
        PolicyName: "extra",
        PolicyDocument: document("*"),
      }),
    drift: ["policyNames"],
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    name: "password-policy",
    inputs: () => ({
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      maxPasswordAge: 90,
      requireSymbols: true,
    }),
    unknown: ["expirePasswords"],
    edit: { maxPasswordAge: 60 },
    byHand: (client) => client(IAM, "dev").updateAccountPasswordPolicy({ MinimumPasswordLength: 8 }),
    drift: [
      "allowUsersToChangePassword",
      "maxPasswordAge",
      "minimumPasswordLength",
      "passwordReusePrevention",
      "requireSymbols",
    ],
  },
  {
    type: "aws:iam/accountAlias:AccountAlias",
    name: "account-alias",
    inputs: () => ({ accountAlias: "example-dev" }),
    unknown: [],
    replacement: { accountAlias: "example-development" },
  },
  {
    type: "aws:iam/instanceProfile:InstanceProfile",
    name: "instance-profile",
    inputs: () => ({ name: "machines", path: "/workloads/", role: "infra-R", tags: { a: "b" } }),
    unknown: ["arn", "createDate", "uniqueId"],
    edit: { tags: { a: "c" } },
    byHand: (client, { id }) =>
      client(IAM, "dev").removeRoleFromInstanceProfile({ InstanceProfileName: id, RoleName: "infra-R" }),
    drift: ["role"],
    replacement: { path: "/" },
  },
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    name: "oidc",
    inputs: () => ({
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
      thumbprintLists: ["6938fd4d98bab03faadb97b34396831e3780aea1"],
    }),
    unknown: ["arn"],
    edit: {
      clientIdLists: ["sts.amazonaws.com", "example.com"],
      thumbprintLists: ["1c58a3a8518e8759bf075b76b750d4f2df264fcd"],
      tags: { owner: "security" },
    },
    refreshed: { url: "token.actions.githubusercontent.com" },
    replacement: { url: "https://gitlab.example.com" },
  },
  {
    type: "aws:kms/key:Key",
    name: "key",
    inputs: () => ({
      description: "Alarms",
      enableKeyRotation: true,
      policy: admission(["kms:*"]),
      tags: { a: "b" },
    }),
    unknown: ["arn", "keyId"],
    edit: { description: "Notices", tags: { a: "c" } },
    byHand: (client, { id }) => client(KMS, "dev").disableKeyRotation({ KeyId: id }),
    drift: ["enableKeyRotation"],
  },
  {
    type: "aws:kms/alias:Alias",
    name: "key-alias",
    inputs: (made) => ({ name: "alias/infra-alarms", targetKeyId: made("key").id }),
    unknown: ["arn", "targetKeyArn"],
    replacement: { name: "alias/other" },
  },
  {
    type: "aws:ssm/document:Document",
    name: "document",
    inputs: () => ({
      name: "infra-Document",
      documentType: "Command",
      content: JSON.stringify({
        schemaVersion: "2.2",
        description: "Says hello.",
        mainSteps: [{ action: "aws:runShellScript", name: "hello", inputs: { runCommand: ["echo hello"] } }],
      }),
      tags: { a: "b" },
    }),
    unknown: ["arn", "defaultVersion", "hash", "latestVersion"],
    edit: {
      content: JSON.stringify({
        schemaVersion: "2.2",
        description: "Says goodbye.",
        mainSteps: [{ action: "aws:runShellScript", name: "bye", inputs: { runCommand: ["echo bye"] } }],
      }),
      tags: { a: "c" },
    },
    byHand: (client, { id }) =>
      client(SSM, "dev").modifyDocumentPermission({
        Name: id,
        PermissionType: "Share",
        AccountIdsToAdd: ["999988887777"],
      }),
    drift: ["permissions"],
    replacement: { name: "infra-Another" },
  },
  {
    type: "aws:sns/topic:Topic",
    name: "topic",
    inputs: () => ({ name: "infra-alarms", kmsMasterKeyId: "alias/infra-alarms", tags: { a: "b" } }),
    unknown: ["arn", "owner"],
    edit: { displayName: "Alarms" },
    byHand: async (client, { id: TopicArn }) => {
      const byHand = { KmsMasterKeyId: "", DeliveryPolicy: '{"http":{"disableSubscriptionOverrides":true}}' };
      for (const [AttributeName, AttributeValue] of Object.entries(byHand))
        await client(SNS, "dev").setTopicAttributes({ TopicArn, AttributeName, AttributeValue });
    },
    drift: ["deliveryPolicy", "kmsMasterKeyId"],
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: "topic-policy",
    inputs: (made) => ({ arn: made("topic").id, policy: admission(["sns:Publish"]) }),
    unknown: ["owner"],
    edit: { policy: admission(["sns:Subscribe"]) },
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    name: "subscription",
    inputs: (made) => ({ topic: made("topic").id, protocol: "email", endpoint: "alarms@example.com" }),
    unknown: ["arn", "ownerId"],
    replacement: { endpoint: "other@example.com" },
    byHand: async (client, { id: SubscriptionArn }) => {
      const byHand = {
        FilterPolicyScope: "MessageBody",
        FilterPolicy: '{"severity":["none"]}',
        DeliveryPolicy: '{"throttlePolicy":{"maxReceivesPerSecond":1}}',
        RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:222222222222:lost"}',
        SubscriptionRoleArn: "arn:aws:iam::222222222222:role/delivery",
      };
      for (const [AttributeName, AttributeValue] of Object.entries(byHand))
        await client(SNS, "dev").setSubscriptionAttributes({
          SubscriptionArn,
          AttributeName,
          AttributeValue,
        });
    },
    drift: ["deliveryPolicy", "filterPolicy", "redrivePolicy", "subscriptionRoleArn"],
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    name: "event-rule",
    inputs: () => ({
      name: "infra-RootUsed",
      description: "The root user",
      eventPattern: '{"detail":{"userIdentity":{"type":["Root"]}}}',
      state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      tags: { a: "b" },
    }),
    unknown: ["arn"],
    edit: { description: "Somebody used it", tags: { a: "c" } },
    replacement: { region: "us-east-1" },
    byHand: (client) => client(EventBridge, "dev").disableRule({ Name: "infra-RootUsed" }),
    drift: ["state"],
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    name: "event-target",
    inputs: (made) => ({
      rule: made("event-rule").id,
      targetId: "home",
      arn: `arn:aws:events:eu-west-1:${account}:event-bus/default`,
      roleArn: `arn:aws:iam::${account}:role/infra-EventR`,
    }),
    unknown: [],
    edit: { roleArn: `arn:aws:iam::${account}:role/other` },
    replacement: { targetId: "elsewhere" },
    byHand: (client) =>
      client(EventBridge, "dev").putTargets({
        Rule: "infra-RootUsed",
        Targets: [{ Id: "home", Arn: `arn:aws:events:eu-west-1:${account}:event-bus/other` }],
      }),
    drift: ["arn", "roleArn"],
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "log-group",
    inputs: () => ({ name: "infra-trail", retentionInDays: 365, tags: { a: "b" } }),
    unknown: ["arn"],
    edit: { retentionInDays: 0, tags: { a: "c" } },
    byHand: (client) =>
      client(CloudWatchLogs, "dev").putRetentionPolicy({ logGroupName: "infra-trail", retentionInDays: 1 }),
    drift: ["retentionInDays"],
  },
  {
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    name: "metric-filter",
    inputs: () => ({
      name: "BreakGlass",
      logGroupName: "infra-trail",
      pattern: '{ $.eventName = "AssumeRole" }',
      metricTransformation: { name: "BreakGlass", namespace: "Muster", value: "1" },
    }),
    unknown: [],
    edit: { pattern: '{ $.eventName = "ConsoleLogin" }' },
    replacement: { name: "Other" },
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: "alarm",
    inputs: (made) => ({
      name: "BreakGlass",
      alarmDescription: "Somebody breaks the glass.",
      namespace: "Muster",
      metricName: "BreakGlass",
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [made("topic").id],
      tags: { Severity: "critical" },
    }),
    unknown: ["arn"],
    edit: { threshold: 2, tags: { Severity: "high" } },
    byHand: (client) => client(CloudWatch, "dev").disableAlarmActions({ AlarmNames: ["BreakGlass"] }),
    drift: ["actionsEnabled"],
  },
  {
    type: "aws:s3/bucket:Bucket",
    name: "bucket",
    inputs: () => ({ bucket: `infra-trail-${account}`, forceDestroy: true, tags: { a: "b" } }),
    unknown: ["arn", "bucketDomainName", "bucketRegionalDomainName"],
    edit: { tags: { a: "c" } },
    replacement: { bucket: "other" },
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "bucket-policy",
    inputs: () => ({ bucket: `infra-trail-${account}`, policy: admission(["s3:PutObject"]) }),
    unknown: [],
    edit: { policy: admission(["s3:GetBucketAcl", "s3:PutObject"], cloudtrail) },
    byHand: (client) =>
      client(S3, "dev").putBucketPolicy({ Bucket: `infra-trail-${account}`, Policy: admission(["s3:*"]) }),
    drift: ["policy"],
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: "bucket-public-access",
    inputs: () => ({
      bucket: `infra-trail-${account}`,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    unknown: [],
    edit: { blockPublicAcls: false },
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    name: "bucket-versioning",
    inputs: () => ({ bucket: `infra-trail-${account}`, versioningConfiguration: { status: "Enabled" } }),
    unknown: [],
    edit: { versioningConfiguration: { status: "Suspended" } },
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: "bucket-encryption",
    inputs: () => ({
      bucket: `infra-trail-${account}`,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "alias/infra-alarms",
          },
        },
      ],
    }),
    unknown: [],
    edit: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    name: "bucket-lifecycle",
    inputs: () => ({
      bucket: `infra-trail-${account}`,
      rules: [{ id: "old", status: "Enabled", filter: { prefix: "AWSLogs/" }, expiration: { days: 400 } }],
    }),
    unknown: [],
    edit: {
      rules: [{ id: "old", status: "Enabled", filter: { prefix: "AWSLogs/" }, expiration: { days: 800 } }],
    },
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    name: "bucket-ownership",
    inputs: () => ({ bucket: `infra-trail-${account}`, rule: { objectOwnership: "BucketOwnerEnforced" } }),
    unknown: [],
    edit: { rule: { objectOwnership: "BucketOwnerPreferred" } },
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    name: "trail",
    inputs: () => ({
      name: "infra-trail",
      s3BucketName: `infra-trail-${account}`,
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      tags: { a: "b" },
    }),
    unknown: ["arn", "homeRegion"],
    edit: { enableLogging: false, tags: { a: "c" } },
    replacement: { name: "other" },
    byHand: async (client) => {
      const api = client(CloudTrail, "dev");
      await api.startLogging({ Name: "infra-trail" });
      await api.updateTrail({ Name: "infra-trail", SnsTopicName: "infra-alarms", S3KeyPrefix: "aside" });
      await api.putEventSelectors({
        TrailName: "infra-trail",
        EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true, DataResources: [] }],
      });
      await api.putInsightSelectors({
        TrailName: "infra-trail",
        InsightSelectors: [{ InsightType: "ApiCallRateInsight" }],
      });
    },
    drift: ["enableLogging", "eventSelectors", "insightSelectors", "s3KeyPrefix", "snsTopicName"],
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    name: "blinded-trail",
    inputs: () => ({ name: "blinded-trail", s3BucketName: `infra-trail-${account}` }),
    unknown: ["arn", "homeRegion"],
    byHand: (client) =>
      client(CloudTrail, "dev").putEventSelectors({
        TrailName: "blinded-trail",
        AdvancedEventSelectors: [
          {
            Name: "Data alone",
            FieldSelectors: [
              { Field: "eventCategory", Equals: ["Data"] },
              { Field: "resources.type", Equals: ["AWS::S3::Object"] },
              { Field: "resources.ARN", StartsWith: ["arn:aws:s3:::example/"] },
            ],
          },
        ],
      }),
    drift: ["advancedEventSelectors"],
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    name: "selecting-trail",
    inputs: () => ({
      name: "selecting-trail",
      s3BucketName: `infra-trail-${account}`,
      snsTopicName: "infra-alarms",
      eventSelectors: [
        {
          readWriteType: "WriteOnly",
          includeManagementEvents: true,
          excludeManagementEventSources: ["kms.amazonaws.com"],
          dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
        },
      ],
      insightSelectors: [{ insightType: "ApiErrorRateInsight" }],
    }),
    unknown: ["arn", "homeRegion"],
    edit: {
      eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
      insightSelectors: [{ insightType: "ApiCallRateInsight" }],
    },
    byHand: (client) =>
      client(CloudTrail, "dev").putEventSelectors({
        TrailName: "selecting-trail",
        EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [] }],
      }),
    drift: ["eventSelectors"],
  },
  {
    type: "aws:cloudtrail/trail:Trail",
    name: "selecting-trail-in-the-newer-form",
    inputs: () => ({
      name: "selecting-newer",
      s3BucketName: `infra-trail-${account}`,
      advancedEventSelectors: [
        { name: "Management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      ],
    }),
    unknown: ["arn", "homeRegion"],
    edit: {
      advancedEventSelectors: [
        {
          name: "Writing",
          fieldSelectors: [
            { field: "eventCategory", equals: ["Management"] },
            { field: "readOnly", equals: ["false"] },
            { field: "eventSource", notEquals: ["kms.amazonaws.com"] },
          ],
        },
      ],
    },
    byHand: (client) =>
      client(CloudTrail, "dev").putEventSelectors({
        TrailName: "selecting-newer",
        EventSelectors: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true, DataResources: [] }],
      }),
    drift: ["advancedEventSelectors", "eventSelectors"],
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "application-group",
    inputs: () => ({ name: "application", egress: [openTo("0.0.0.0/0")] }),
    unknown: ["arn", "ownerId"],
    edit: { ingress: [openTo("192.0.2.0/24", "198.51.100.0/24")], egress: [] },
    replacement: { description: "The application." },
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "database-group",
    inputs: (made) => ({
      name: "infra-database",
      description: "Databases.",
      ingress: [
        { ...PORT, securityGroups: [made("application-group").id], description: "From the application" },
        { ...PORT, self: true, cidrBlocks: ["203.0.113.7/32", "192.0.2.0/24"] },
      ],
      egress: [],
      tags: { Name: "infra-database", a: "b" },
    }),
    unknown: ["arn", "ownerId"],
    edit: { ingress: [{ ...PORT, cidrBlocks: ["192.0.2.0/24"] }], tags: { a: "c" } },
    replacement: { name: "other" },
    byHand: async (client, { id }) => {
      const everywhere = { IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
      const rules = { GroupId: id, IpPermissions: [everywhere] };
      await client(EC2, "dev").authorizeSecurityGroupIngress(rules);
      await client(EC2, "dev").authorizeSecurityGroupEgress(rules);
    },
    drift: ["ingress", "egress"],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    name: "secret",
    inputs: (made) => ({
      name: "app/rds/main",
      description: "Kept outside Pulumi.",
      kmsKeyId: made("key").id,
      tags: { a: "b" },
    }),
    unknown: ["arn"],
    edit: { description: "Kept elsewhere.", kmsKeyId: "alias/infra-alarms", tags: { a: "c", d: "e" } },
    replacement: { name: "app/rds/other" },
    byHand: (client, { id }) =>
      client(SecretsManager, "dev").updateSecret({ SecretId: id, KmsKeyId: "alias/other" }),
    drift: ["kmsKeyId"],
  },
  {
    type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    name: "config-role",
    inputs: () => ({ awsServiceName: "config.amazonaws.com" }),
    unknown: ["arn", "createDate", "name", "path", "uniqueId"],
    replacement: { awsServiceName: "guardduty.amazonaws.com" },
  },
  {
    type: "aws:cfg/recorder:Recorder",
    name: "recorder",
    inputs: () => ({
      name: "infra-recorder",
      roleArn: CONFIG_ROLE,
      recordingGroup: { allSupported: false, resourceTypes: ["AWS::EC2::Instance", "AWS::IAM::User"] },
    }),
    unknown: [],
    edit: {
      recordingGroup: { allSupported: false, resourceTypes: ["AWS::EC2::Instance"] },
    },
    replacement: { name: "other" },
    byHand: (client) =>
      client(ConfigService, "dev").putConfigurationRecorder({
        ConfigurationRecorder: {
          name: "infra-recorder",
          roleARN: CONFIG_ROLE,
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        },
      }),
    drift: ["recordingGroup"],
  },
  {
    type: "aws:cfg/deliveryChannel:DeliveryChannel",
    name: "delivery-channel",
    inputs: () => ({ name: "infra-recorder", s3BucketName: "infra-config-222222222222" }),
    unknown: [],
    edit: { s3BucketName: "infra-config-other" },
    replacement: { name: "other" },
    byHand: (client) =>
      client(ConfigService, "dev").putDeliveryChannel({
        DeliveryChannel: { name: "infra-recorder", s3BucketName: "theirs" },
      }),
    drift: ["s3BucketName"],
  },
  {
    type: "aws:cfg/recorderStatus:RecorderStatus",
    name: "recorder-status",
    inputs: () => ({ name: "infra-recorder", isEnabled: true }),
    unknown: [],
    replacement: { name: "other" },
    byHand: (client) =>
      client(ConfigService, "dev").stopConfigurationRecorder({ ConfigurationRecorderName: "infra-recorder" }),
    drift: ["isEnabled"],
  },
  {
    type: "aws:cfg/rule:Rule",
    name: "config-rule",
    inputs: () => ({
      name: "infra-KeysAreRotated",
      description: "Access keys are at most 30 days old.",
      source: { owner: "AWS", sourceIdentifier: "ACCESS_KEYS_ROTATED" },
      inputParameters: '{"maxAccessKeyAge":"30"}',
      tags: { a: "b" },
    }),
    unknown: ["arn", "ruleId"],
    edit: { inputParameters: '{"maxAccessKeyAge":"45"}', tags: { a: "c" } },
    replacement: { name: "other" },
    byHand: async (client, { outputs: { arn } }) => {
      const config = client(ConfigService, "dev");
      await config.putConfigRule({
        ConfigRule: {
          ConfigRuleName: "infra-KeysAreRotated",
          Source: { Owner: "AWS", SourceIdentifier: "ACCESS_KEYS_ROTATED" },
          InputParameters: '{"maxAccessKeyAge":"365"}',
        },
      });
      const ResourceArn = typeof arn === "string" ? arn : "";
      await config.tagResource({ ResourceArn, Tags: [{ Key: "x", Value: "y" }] });
    },
    drift: ["description", "inputParameters", "tags"],
  },
  {
    type: "aws:guardduty/detector:Detector",
    name: "detector",
    inputs: () => ({ enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags: { a: "b" } }),
    unknown: ["accountId", "arn", "id"],
    edit: { findingPublishingFrequency: "ONE_HOUR", tags: { a: "c" } },
    replacement: { region: "eu-central-1" },
    byHand: async (client, { id: DetectorId }) => {
      await client(GuardDuty, "dev").updateDetector({ DetectorId, Enable: false });
      await client(GuardDuty, "dev").untagResource({
        ResourceArn: `arn:aws:guardduty:eu-west-1:${account}:detector/${DetectorId}`,
        TagKeys: ["a"],
      });
    },
    drift: ["enable", "tags"],
  },
  {
    type: "aws:guardduty/detector:Detector",
    name: "detector-elsewhere",
    inputs: () => ({ enable: true, region: "eu-central-1" }),
    unknown: ["accountId", "arn", "id"],
  },
  {
    type: "aws:guardduty/detectorFeature:DetectorFeature",
    name: "detector-feature",
    inputs: (made) => ({ detectorId: made("detector").id, name: "S3_DATA_EVENTS", status: "DISABLED" }),
    unknown: [],
    edit: { status: "ENABLED" },
    replacement: { name: "RDS_LOGIN_EVENTS" },
    byHand: (client, { inputs: { detectorId } }) =>
      client(GuardDuty, "dev").updateDetector({
        DetectorId: typeof detectorId === "string" ? detectorId : "",
        Features: [{ Name: "S3_DATA_EVENTS", Status: "DISABLED" }],
      }),
    drift: ["status"],
  },
  {
    type: "aws:securityhub/account:Account",
    name: "hub",
    inputs: () => ({ enableDefaultStandards: false, controlFindingGenerator: "SECURITY_CONTROL" }),
    unknown: ["arn"],
    edit: { autoEnableControls: false },
    replacement: { enableDefaultStandards: true },
    byHand: (client) =>
      client(SecurityHub, "dev").updateSecurityHubConfiguration({
        AutoEnableControls: true,
        ControlFindingGenerator: "STANDARD_CONTROL",
      }),
    drift: ["autoEnableControls", "controlFindingGenerator"],
  },
  {
    type: "aws:securityhub/standardsSubscription:StandardsSubscription",
    name: "standard",
    inputs: () => ({ standardsArn: CIS }),
    unknown: [],
    replacement: { standardsArn: CIS.replace("5.0.0", "3.0.0") },
  },
  {
    type: "aws:securityhub/standardsControlAssociation:StandardsControlAssociation",
    name: "control",
    inputs: () => ({
      securityControlId: "IAM.2",
      standardsArn: CIS,
      associationStatus: "DISABLED",
      updatedReason: "Checked elsewhere.",
    }),
    unknown: [],
    edit: { updatedReason: "Checked at home." },
    replacement: { securityControlId: "IAM.3" },
    byHand: (client) =>
      client(SecurityHub, "dev").batchUpdateStandardsControlAssociations({
        StandardsControlAssociationUpdates: [
          {
            SecurityControlId: "IAM.2",
            StandardsArn: CIS,
            AssociationStatus: "ENABLED",
            UpdatedReason: "Back.",
          },
        ],
      }),
    drift: ["associationStatus", "updatedReason"],
  },
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    name: "analyzer",
    inputs: () => ({ analyzerName: "infra-external-access", type: "ACCOUNT", tags: { a: "b" } }),
    unknown: ["arn"],
    edit: { tags: { a: "c" } },
    replacement: { type: "ACCOUNT_UNUSED_ACCESS" },
    byHand: (client) =>
      client(AccessAnalyzer, "dev").tagResource({
        resourceArn: `arn:aws:access-analyzer:eu-west-1:${account}:analyzer/infra-external-access`,
        tags: { b: "c" },
      }),
    drift: ["tags"],
  },
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    name: "analyzer-unused",
    inputs: () => ({
      analyzerName: "infra-unused-access",
      type: "ACCOUNT_UNUSED_ACCESS",
      configuration: { unusedAccess: { unusedAccessAge: 90 } },
    }),
    unknown: ["arn"],
    replacement: { configuration: { unusedAccess: { unusedAccessAge: 30 } } },
  },
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    name: "ebs",
    inputs: () => ({ enabled: true, region: "eu-central-1" }),
    unknown: [],
    replacement: { region: "eu-west-1" },
    byHand: (client) => client(CentralEC2, "dev").disableEbsEncryptionByDefault({}),
    drift: ["enabled"],
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    name: "public-buckets",
    inputs: () => ({ accountId: account, blockPublicAcls: true, restrictPublicBuckets: true }),
    unknown: [],
    edit: { blockPublicPolicy: true },
    byHand: (client) =>
      client(LocalS3Control, "dev").putPublicAccessBlock({
        AccountId: account,
        PublicAccessBlockConfiguration: { BlockPublicAcls: true },
      }),
    drift: ["blockPublicPolicy", "restrictPublicBuckets"],
  },
  {
    type: "aws:account/alternativeContact:AlternativeContact",
    name: "contact",
    inputs: () => ({
      alternateContactType: "SECURITY",
      name: "Security",
      title: "On call",
      emailAddress: "security@example.com",
      phoneNumber: "+49 30 1234567",
    }),
    unknown: [],
    edit: { emailAddress: "soc@example.com" },
    replacement: { alternateContactType: "BILLING" },
    byHand: (client) =>
      client(Account, "dev").putAlternateContact({
        AlternateContactType: "SECURITY",
        Name: "Security",
        Title: "On call",
        EmailAddress: "somebody@example.com",
        PhoneNumber: "+49 30 1234567",
      }),
    drift: ["emailAddress"],
  },
  {
    type: "aws:secretsmanager/secretRotation:SecretRotation",
    name: "rotation",
    inputs: (made) => ({
      secretId: made("secret").id,
      rotationLambdaArn: `arn:aws:lambda:eu-west-1:${account}:function:SecretsManagerRotation`,
      rotationRules: { automaticallyAfterDays: 30 },
      rotateImmediately: false,
    }),
    unknown: ["rotationEnabled"],
    edit: { rotationRules: { automaticallyAfterDays: 7 } },
    byHand: (client, { id }) => client(SecretsManager, "dev").cancelRotateSecret({ SecretId: id }),
    drift: ["rotationLambdaArn", "rotationRules"],
  },
  {
    type: "aws:rds/subnetGroup:SubnetGroup",
    name: "subnets",
    inputs: (made) => ({
      name: "infra-database",
      description: "Private subnets of databases.",
      subnetIds: [made("subnet-1").id, made("subnet-0").id],
      tags: { a: "b" },
    }),
    unknown: ["arn", "vpcId"],
    edit: { description: "Private.", tags: { a: "c", d: "e" } },
    replacement: { name: "other" },
    byHand: async (client, { id }) => {
      const { Subnets: [subnet] = [] } = await client(EC2, "dev").describeSubnets({});
      await client(RDS, "dev").modifyDBSubnetGroup({
        DBSubnetGroupName: id,
        SubnetIds: [subnet?.SubnetId ?? ""],
      });
    },
    drift: ["subnetIds"],
  },
];
