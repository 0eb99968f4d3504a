import type { ResourceType } from "../../src/resources/resource";

/**
 * What Pulumi's provider puts where the program says nothing, before the pack sees it: saying it and leaving it out are the
 * same. `property.inner` is a property of an object, or of every item of a list. From the `Default`s of the schemas in
 * https://github.com/hashicorp/terraform-provider-aws (internal/service), which the provider is made from, and from the comments
 * of @pulumi/aws.
 */
export const PROVIDER_DEFAULTS: Readonly<Record<ResourceType, Readonly<Record<string, unknown>>>> = {
  "aws:accessanalyzer/analyzer:Analyzer": { type: "ACCOUNT" },
  "aws:account/alternativeContact:AlternativeContact": {},
  "aws:cloudtrail/trail:Trail": {
    enableLogFileValidation: false,
    enableLogging: true,
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: false,
    isOrganizationTrail: false,
  },
  "aws:cloudwatch/eventRule:EventRule": { eventBusName: "default", forceDestroy: false },
  "aws:cloudwatch/eventTarget:EventTarget": { eventBusName: "default", forceDestroy: false },
  "aws:cloudwatch/logGroup:LogGroup": {
    deletionProtectionEnabled: false,
    retentionInDays: 0,
    skipDestroy: false,
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    applyOnTransformedLogs: false,
    "metricTransformation.unit": "None",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { actionsEnabled: true, treatMissingData: "missing" },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": { enabled: true },
  "aws:ec2/securityGroup:SecurityGroup": {
    description: "Managed by Pulumi",
    revokeRulesOnDelete: false,
    "egress.self": false,
    "ingress.self": false,
  },
  "aws:guardduty/detector:Detector": { enable: true },
  "aws:guardduty/detectorFeature:DetectorFeature": {},
  "aws:iam/accountAlias:AccountAlias": {},
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    allowUsersToChangePassword: true,
    hardExpiry: false,
    minimumPasswordLength: 6,
  },
  "aws:iam/group:Group": { path: "/" },
  "aws:iam/groupMembership:GroupMembership": {},
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": {},
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {},
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": {},
  "aws:iam/instanceProfile:InstanceProfile": { path: "/" },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {},
  "aws:iam/policy:Policy": { path: "/" },
  "aws:iam/role:Role": { forceDetachPolicies: false, maxSessionDuration: 3_600, path: "/" },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": {},
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {},
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": {},
  "aws:iam/user:User": { forceDestroy: false, path: "/" },
  "aws:kms/alias:Alias": {},
  "aws:kms/key:Key": {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
    multiRegion: false,
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
  },
  "aws:rds/subnetGroup:SubnetGroup": { description: "Managed by Pulumi" },
  "aws:s3/bucket:Bucket": { forceDestroy: false },
  "aws:s3/bucketPolicy:BucketPolicy": {},
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    blockPublicAcls: false,
    blockPublicPolicy: false,
    ignorePublicAcls: false,
    restrictPublicBuckets: false,
    skipDestroy: false,
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {},
  "aws:s3/bucketVersioning:BucketVersioning": {},
  "aws:secretsmanager/secret:Secret": { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
  "aws:securityhub/account:Account": { autoEnableControls: true, enableDefaultStandards: true },
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": {},
  "aws:securityhub/standardsSubscription:StandardsSubscription": {},
  "aws:secretsmanager/secretRotation:SecretRotation": { rotateImmediately: true },
  "aws:sns/topic:Topic": { contentBasedDeduplication: false, fifoTopic: false },
  "aws:sns/topicPolicy:TopicPolicy": {},
  "aws:ssm/document:Document": { documentFormat: "JSON" },
  "aws:sns/topicSubscription:TopicSubscription": {
    confirmationTimeoutInMinutes: 1,
    endpointAutoConfirms: false,
    rawMessageDelivery: false,
  },
};
