import * as accessanalyzer from "@pulumi/aws/accessanalyzer";
import * as account from "@pulumi/aws/account";
import * as cfg from "@pulumi/aws/cfg";
import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ebs from "@pulumi/aws/ebs";
import * as ec2 from "@pulumi/aws/ec2";
import * as guardduty from "@pulumi/aws/guardduty";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as rds from "@pulumi/aws/rds";
import * as s3 from "@pulumi/aws/s3";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as securityhub from "@pulumi/aws/securityhub";
import * as sns from "@pulumi/aws/sns";
import * as ssm from "@pulumi/aws/ssm";
import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";

import type { ArgsByType, ResourceTypeToken } from "../resources/described-resource";

type ResourceClass<Args> = new (name: string, args: Args, options?: CustomResourceOptions) => CustomResource;

/** Pulumi's class for each type: as functions, because Pulumi loads a class where it is first read. */
export const RESOURCE_CLASSES: {
  readonly [Type in ResourceTypeToken]: () => ResourceClass<ArgsByType[Type]>;
} = {
  "aws:accessanalyzer/analyzer:Analyzer": () => accessanalyzer.Analyzer,
  "aws:account/alternativeContact:AlternativeContact": () => account.AlternativeContact,
  "aws:cfg/deliveryChannel:DeliveryChannel": () => cfg.DeliveryChannel,
  "aws:cfg/recorder:Recorder": () => cfg.Recorder,
  "aws:cfg/recorderStatus:RecorderStatus": () => cfg.RecorderStatus,
  "aws:cfg/rule:Rule": () => cfg.Rule,
  "aws:cloudtrail/trail:Trail": () => cloudtrail.Trail,
  "aws:cloudwatch/eventRule:EventRule": () => cloudwatch.EventRule,
  "aws:cloudwatch/eventTarget:EventTarget": () => cloudwatch.EventTarget,
  "aws:cloudwatch/logGroup:LogGroup": () => cloudwatch.LogGroup,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": () => cloudwatch.LogMetricFilter,
  "aws:cloudwatch/metricAlarm:MetricAlarm": () => cloudwatch.MetricAlarm,
  "aws:ebs/encryptionByDefault:EncryptionByDefault": () => ebs.EncryptionByDefault,
  "aws:ec2/securityGroup:SecurityGroup": () => ec2.SecurityGroup,
  "aws:guardduty/detector:Detector": () => guardduty.Detector,
  "aws:guardduty/detectorFeature:DetectorFeature": () => guardduty.DetectorFeature,
  "aws:iam/accountAlias:AccountAlias": () => iam.AccountAlias,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": () => iam.AccountPasswordPolicy,
  "aws:iam/group:Group": () => iam.Group,
  "aws:iam/groupMembership:GroupMembership": () => iam.GroupMembership,
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": () => iam.GroupPoliciesExclusive,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": () => iam.GroupPolicyAttachment,
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": () =>
    iam.GroupPolicyAttachmentsExclusive,
  "aws:iam/instanceProfile:InstanceProfile": () => iam.InstanceProfile,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": () => iam.OpenIdConnectProvider,
  "aws:iam/policy:Policy": () => iam.Policy,
  "aws:iam/role:Role": () => iam.Role,
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": () => iam.RolePoliciesExclusive,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": () => iam.RolePolicyAttachment,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": () =>
    iam.RolePolicyAttachmentsExclusive,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": () => iam.ServiceLinkedRole,
  "aws:iam/user:User": () => iam.User,
  "aws:kms/alias:Alias": () => kms.Alias,
  "aws:kms/key:Key": () => kms.Key,
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": () => s3.AccountPublicAccessBlock,
  "aws:rds/subnetGroup:SubnetGroup": () => rds.SubnetGroup,
  "aws:s3/bucket:Bucket": () => s3.Bucket,
  "aws:s3/bucketPolicy:BucketPolicy": () => s3.BucketPolicy,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": () => s3.BucketPublicAccessBlock,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": () =>
    s3.BucketServerSideEncryptionConfiguration,
  "aws:s3/bucketVersioning:BucketVersioning": () => s3.BucketVersioning,
  "aws:secretsmanager/secret:Secret": () => secretsmanager.Secret,
  "aws:securityhub/account:Account": () => securityhub.Account,
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": () =>
    securityhub.StandardsControlAssociation,
  "aws:securityhub/standardsSubscription:StandardsSubscription": () => securityhub.StandardsSubscription,
  "aws:secretsmanager/secretRotation:SecretRotation": () => secretsmanager.SecretRotation,
  "aws:sns/topic:Topic": () => sns.Topic,
  "aws:sns/topicPolicy:TopicPolicy": () => sns.TopicPolicy,
  "aws:sns/topicSubscription:TopicSubscription": () => sns.TopicSubscription,
  "aws:ssm/document:Document": () => ssm.Document,
};
