import { quarantineInput } from "../../../src/documents/detection/quarantine";
import type { ResourceTypeToken } from "../../../src/resources/described-resource";

/** Where a property goes in the request that makes the resource: an operation and a member of its input. */
export type Inputs = Readonly<Record<string, string>>;

const tags = (operation: string) => ({
  "tags{key}": `${operation}.Tags[].Key`,
  "tags{value}": `${operation}.Tags[].Value`,
});

/** Every text that the program gives a resource, by its type, and the input that it becomes. */
export const INPUTS: Readonly<Record<ResourceTypeToken, Inputs>> = {
  "aws:accessanalyzer/analyzer:Analyzer": {
    analyzerName: "accessanalyzer:CreateAnalyzer.analyzerName",
    type: "accessanalyzer:CreateAnalyzer.type",
    "tags{key}": "accessanalyzer:CreateAnalyzer.tags{key}",
    "tags{value}": "accessanalyzer:CreateAnalyzer.tags{value}",
  },
  "aws:account/alternativeContact:AlternativeContact": {
    alternateContactType: "account:PutAlternateContact.AlternateContactType",
    emailAddress: "account:PutAlternateContact.EmailAddress",
    name: "account:PutAlternateContact.Name",
    phoneNumber: "account:PutAlternateContact.PhoneNumber",
    title: "account:PutAlternateContact.Title",
  },
  "aws:cfg/deliveryChannel:DeliveryChannel": {
    name: "config:PutDeliveryChannel.DeliveryChannel.name",
    s3BucketName: "config:PutDeliveryChannel.DeliveryChannel.s3BucketName",
  },
  "aws:cfg/recorder:Recorder": {
    name: "config:PutConfigurationRecorder.ConfigurationRecorder.name",
    "recordingGroup.resourceTypes[]":
      "config:PutConfigurationRecorder.ConfigurationRecorder.recordingGroup.resourceTypes[]",
    roleArn: "config:PutConfigurationRecorder.ConfigurationRecorder.roleARN",
  },
  "aws:cfg/recorderStatus:RecorderStatus": {
    name: "config:StartConfigurationRecorder.ConfigurationRecorderName",
  },
  "aws:cfg/rule:Rule": {
    name: "config:PutConfigRule.ConfigRule.ConfigRuleName",
    description: "config:PutConfigRule.ConfigRule.Description",
    inputParameters: "config:PutConfigRule.ConfigRule.InputParameters",
    "source.owner": "config:PutConfigRule.ConfigRule.Source.Owner",
    "source.sourceIdentifier": "config:PutConfigRule.ConfigRule.Source.SourceIdentifier",
    ...tags("config:PutConfigRule"),
  },
  "aws:cloudtrail/trail:Trail": {
    name: "cloudtrail:CreateTrail.Name",
    s3BucketName: "cloudtrail:CreateTrail.S3BucketName",
    cloudWatchLogsGroupArn: "cloudtrail:CreateTrail.CloudWatchLogsLogGroupArn",
    cloudWatchLogsRoleArn: "cloudtrail:CreateTrail.CloudWatchLogsRoleArn",
    "tags{key}": "cloudtrail:CreateTrail.TagsList[].Key",
    "tags{value}": "cloudtrail:CreateTrail.TagsList[].Value",
  },
  "aws:cloudwatch/eventRule:EventRule": {
    name: "events:PutRule.Name",
    description: "events:PutRule.Description",
    eventPattern: "events:PutRule.EventPattern",
    state: "events:PutRule.State",
    ...tags("events:PutRule"),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    rule: "events:PutTargets.Rule",
    targetId: "events:PutTargets.Targets[].Id",
    arn: "events:PutTargets.Targets[].Arn",
    roleArn: "events:PutTargets.Targets[].RoleArn",
    "inputTransformer.inputTemplate": "events:PutTargets.Targets[].InputTransformer.InputTemplate",
    ...Object.fromEntries(
      Object.keys(quarantineInput.inputPaths).map((name) => [
        `inputTransformer.inputPaths.${name}`,
        "events:PutTargets.Targets[].InputTransformer.InputPathsMap{value}",
      ]),
    ),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    name: "logs:CreateLogGroup.logGroupName",
    "tags{key}": "logs:CreateLogGroup.tags{key}",
    "tags{value}": "logs:CreateLogGroup.tags{value}",
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    name: "logs:PutMetricFilter.filterName",
    logGroupName: "logs:PutMetricFilter.logGroupName",
    pattern: "logs:PutMetricFilter.filterPattern",
    "metricTransformation.name": "logs:PutMetricFilter.metricTransformations[].metricName",
    "metricTransformation.namespace": "logs:PutMetricFilter.metricTransformations[].metricNamespace",
    "metricTransformation.value": "logs:PutMetricFilter.metricTransformations[].metricValue",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: "cloudwatch:PutMetricAlarm.AlarmName",
    alarmDescription: "cloudwatch:PutMetricAlarm.AlarmDescription",
    "alarmActions[]": "cloudwatch:PutMetricAlarm.AlarmActions[]",
    comparisonOperator: "cloudwatch:PutMetricAlarm.ComparisonOperator",
    metricName: "cloudwatch:PutMetricAlarm.MetricName",
    namespace: "cloudwatch:PutMetricAlarm.Namespace",
    statistic: "cloudwatch:PutMetricAlarm.Statistic",
    treatMissingData: "cloudwatch:PutMetricAlarm.TreatMissingData",
    unit: "cloudwatch:PutMetricAlarm.Unit",
    ...tags("cloudwatch:PutMetricAlarm"),
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": {},
  "aws:ec2/securityGroup:SecurityGroup": {
    name: "ec2:CreateSecurityGroup.GroupName",
    description: "ec2:CreateSecurityGroup.Description",
    vpcId: "ec2:CreateSecurityGroup.VpcId",
    "ingress[].protocol": "ec2:AuthorizeSecurityGroupIngress.IpPermissions[].IpProtocol",
    "ingress[].description":
      "ec2:AuthorizeSecurityGroupIngress.IpPermissions[].UserIdGroupPairs[].Description",
    "ingress[].securityGroups[]":
      "ec2:AuthorizeSecurityGroupIngress.IpPermissions[].UserIdGroupPairs[].GroupId",
    "tags{key}": "ec2:CreateSecurityGroup.TagSpecifications[].Tags[].Key",
    "tags{value}": "ec2:CreateSecurityGroup.TagSpecifications[].Tags[].Value",
  },
  "aws:guardduty/detector:Detector": {
    findingPublishingFrequency: "guardduty:CreateDetector.FindingPublishingFrequency",
    "tags{key}": "guardduty:CreateDetector.Tags{key}",
    "tags{value}": "guardduty:CreateDetector.Tags{value}",
  },
  "aws:guardduty/detectorFeature:DetectorFeature": {
    detectorId: "guardduty:UpdateDetector.DetectorId",
    name: "guardduty:UpdateDetector.Features[].Name",
    status: "guardduty:UpdateDetector.Features[].Status",
  },
  "aws:iam/accountAlias:AccountAlias": { accountAlias: "iam:CreateAccountAlias.AccountAlias" },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {},
  "aws:iam/group:Group": { name: "iam:CreateGroup.GroupName", path: "iam:CreateGroup.Path" },
  "aws:iam/groupMembership:GroupMembership": {
    // Pulumi's own name of it.
    name: "iam:AddUserToGroup.GroupName",
    group: "iam:AddUserToGroup.GroupName",
    "users[]": "iam:AddUserToGroup.UserName",
  },
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": {
    groupName: "iam:ListGroupPolicies.GroupName",
    "policyNames[]": "iam:DeleteGroupPolicy.PolicyName",
  },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    group: "iam:AttachGroupPolicy.GroupName",
    policyArn: "iam:AttachGroupPolicy.PolicyArn",
  },
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": {
    groupName: "iam:AttachGroupPolicy.GroupName",
    "policyArns[]": "iam:AttachGroupPolicy.PolicyArn",
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    name: "iam:CreateInstanceProfile.InstanceProfileName",
    path: "iam:CreateInstanceProfile.Path",
    role: "iam:AddRoleToInstanceProfile.RoleName",
    ...tags("iam:CreateInstanceProfile"),
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    url: "iam:CreateOpenIDConnectProvider.Url",
    "clientIdLists[]": "iam:CreateOpenIDConnectProvider.ClientIDList[]",
    "thumbprintLists[]": "iam:CreateOpenIDConnectProvider.ThumbprintList[]",
    ...tags("iam:CreateOpenIDConnectProvider"),
  },
  "aws:iam/policy:Policy": {
    name: "iam:CreatePolicy.PolicyName",
    path: "iam:CreatePolicy.Path",
    description: "iam:CreatePolicy.Description",
    policy: "iam:CreatePolicy.PolicyDocument",
    ...tags("iam:CreatePolicy"),
  },
  "aws:iam/role:Role": {
    name: "iam:CreateRole.RoleName",
    path: "iam:CreateRole.Path",
    description: "iam:CreateRole.Description",
    assumeRolePolicy: "iam:CreateRole.AssumeRolePolicyDocument",
    permissionsBoundary: "iam:CreateRole.PermissionsBoundary",
    ...tags("iam:CreateRole"),
  },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": {
    roleName: "iam:ListRolePolicies.RoleName",
    "policyNames[]": "iam:DeleteRolePolicy.PolicyName",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    role: "iam:AttachRolePolicy.RoleName",
    policyArn: "iam:AttachRolePolicy.PolicyArn",
  },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": {
    roleName: "iam:AttachRolePolicy.RoleName",
    "policyArns[]": "iam:AttachRolePolicy.PolicyArn",
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    awsServiceName: "iam:CreateServiceLinkedRole.AWSServiceName",
  },
  "aws:iam/user:User": {
    name: "iam:CreateUser.UserName",
    path: "iam:CreateUser.Path",
    ...tags("iam:CreateUser"),
  },
  "aws:kms/alias:Alias": { name: "kms:CreateAlias.AliasName", targetKeyId: "kms:CreateAlias.TargetKeyId" },
  "aws:kms/key:Key": {
    description: "kms:CreateKey.Description",
    policy: "kms:CreateKey.Policy",
    "tags{key}": "kms:CreateKey.Tags[].TagKey",
    "tags{value}": "kms:CreateKey.Tags[].TagValue",
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    accountId: "s3control:PutPublicAccessBlock.AccountId",
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    name: "rds:CreateDBSubnetGroup.DBSubnetGroupName",
    description: "rds:CreateDBSubnetGroup.DBSubnetGroupDescription",
    "subnetIds[]": "rds:CreateDBSubnetGroup.SubnetIds[]",
    ...tags("rds:CreateDBSubnetGroup"),
  },
  "aws:s3/bucket:Bucket": {
    bucket: "s3:CreateBucket.Bucket",
    "tags{key}": "s3:PutBucketTagging.Tagging.TagSet[].Key",
    "tags{value}": "s3:PutBucketTagging.Tagging.TagSet[].Value",
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    bucket: "s3:PutBucketPolicy.Bucket",
    policy: "s3:PutBucketPolicy.Policy",
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { bucket: "s3:PutPublicAccessBlock.Bucket" },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    bucket: "s3:PutBucketEncryption.Bucket",
    "rules[].applyServerSideEncryptionByDefault.sseAlgorithm":
      "s3:PutBucketEncryption.ServerSideEncryptionConfiguration.Rules[].ApplyServerSideEncryptionByDefault.SSEAlgorithm",
    "rules[].blockedEncryptionTypes[]":
      "s3:PutBucketEncryption.ServerSideEncryptionConfiguration.Rules[].BlockedEncryptionTypes.EncryptionType[]",
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    bucket: "s3:PutBucketVersioning.Bucket",
    "versioningConfiguration.status": "s3:PutBucketVersioning.VersioningConfiguration.Status",
  },
  "aws:secretsmanager/secret:Secret": {
    name: "secretsmanager:CreateSecret.Name",
    description: "secretsmanager:CreateSecret.Description",
    kmsKeyId: "secretsmanager:CreateSecret.KmsKeyId",
    ...tags("secretsmanager:CreateSecret"),
  },
  "aws:securityhub/account:Account": {
    controlFindingGenerator: "securityhub:EnableSecurityHub.ControlFindingGenerator",
  },
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": {
    associationStatus:
      "securityhub:BatchUpdateStandardsControlAssociations.StandardsControlAssociationUpdates[].AssociationStatus",
    securityControlId:
      "securityhub:BatchUpdateStandardsControlAssociations.StandardsControlAssociationUpdates[].SecurityControlId",
    standardsArn:
      "securityhub:BatchUpdateStandardsControlAssociations.StandardsControlAssociationUpdates[].StandardsArn",
    updatedReason:
      "securityhub:BatchUpdateStandardsControlAssociations.StandardsControlAssociationUpdates[].UpdatedReason",
  },
  "aws:securityhub/standardsSubscription:StandardsSubscription": {
    standardsArn: "securityhub:BatchEnableStandards.StandardsSubscriptionRequests[].StandardsArn",
  },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    secretId: "secretsmanager:RotateSecret.SecretId",
    rotationLambdaArn: "secretsmanager:RotateSecret.RotationLambdaARN",
  },
  "aws:sns/topic:Topic": {
    name: "sns:CreateTopic.Name",
    kmsMasterKeyId: "sns:CreateTopic.Attributes{value}",
    ...tags("sns:CreateTopic"),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    arn: "sns:SetTopicAttributes.TopicArn",
    policy: "sns:SetTopicAttributes.AttributeValue",
  },
  "aws:ssm/document:Document": {
    name: "ssm:CreateDocument.Name",
    content: "ssm:CreateDocument.Content",
    documentType: "ssm:CreateDocument.DocumentType",
    documentFormat: "ssm:CreateDocument.DocumentFormat",
    ...tags("ssm:CreateDocument"),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    topic: "sns:Subscribe.TopicArn",
    protocol: "sns:Subscribe.Protocol",
    endpoint: "sns:Subscribe.Endpoint",
  },
};

/** The inputs of the table, each once. */
export const INPUT_NAMES: readonly string[] = [
  ...new Set(Object.values(INPUTS).flatMap((inputs) => Object.values(inputs))),
].sort();
