import type { PropertiesOf, ResourceTypeToken } from "../../src/resources/described-resource";

/** How AWS distinguishes a resource from others of its type. */
type Identity<Type extends ResourceTypeToken> =
  /** By a name or an ARN, by which others refer to it. */
  | { readonly kind: "named"; readonly by: keyof PropertiesOf<Type> & string }
  /** A region, or the account, has one; with `for`, one for each value of that property. A second one sets the first anew. */
  | { readonly kind: "single"; readonly for?: keyof PropertiesOf<Type> & string }
  /** By what it belongs to, or by an id that AWS chose. */
  | { readonly kind: "belonging" };

const NAMED = { kind: "named", by: "name" } as const;
const SINGLE = { kind: "single" } as const;
const BELONGING = { kind: "belonging" } as const;

/** How the resources of each type are told apart. */
export const RESOURCE_IDENTITY: { readonly [Type in ResourceTypeToken]: Identity<Type> } = {
  "aws:accessanalyzer/analyzer:Analyzer": { kind: "named", by: "analyzerName" },
  "aws:account/alternativeContact:AlternativeContact": { kind: "single", for: "alternateContactType" },
  "aws:cfg/deliveryChannel:DeliveryChannel": SINGLE,
  "aws:cfg/recorder:Recorder": SINGLE,
  "aws:cfg/recorderStatus:RecorderStatus": SINGLE,
  "aws:cfg/rule:Rule": NAMED,
  "aws:cloudtrail/trail:Trail": NAMED,
  "aws:cloudwatch/eventRule:EventRule": NAMED,
  "aws:cloudwatch/eventTarget:EventTarget": BELONGING,
  "aws:cloudwatch/logGroup:LogGroup": NAMED,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": NAMED,
  "aws:cloudwatch/metricAlarm:MetricAlarm": NAMED,
  "aws:ebs/encryptionByDefault:EncryptionByDefault": SINGLE,
  "aws:ec2/securityGroup:SecurityGroup": NAMED,
  "aws:guardduty/detector:Detector": SINGLE,
  "aws:guardduty/detectorFeature:DetectorFeature": { kind: "single", for: "name" },
  "aws:iam/accountAlias:AccountAlias": SINGLE,
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": SINGLE,
  "aws:iam/group:Group": NAMED,
  "aws:iam/groupMembership:GroupMembership": BELONGING,
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": BELONGING,
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": BELONGING,
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": BELONGING,
  "aws:iam/instanceProfile:InstanceProfile": NAMED,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": { kind: "single", for: "url" },
  "aws:iam/policy:Policy": NAMED,
  "aws:iam/role:Role": NAMED,
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": BELONGING,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": BELONGING,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": BELONGING,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { kind: "single", for: "awsServiceName" },
  "aws:iam/user:User": NAMED,
  "aws:kms/alias:Alias": NAMED,
  "aws:kms/key:Key": BELONGING,
  "aws:rds/subnetGroup:SubnetGroup": NAMED,
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": SINGLE,
  "aws:s3/bucket:Bucket": { kind: "named", by: "bucket" },
  "aws:s3/bucketPolicy:BucketPolicy": BELONGING,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": BELONGING,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": BELONGING,
  "aws:s3/bucketVersioning:BucketVersioning": BELONGING,
  "aws:secretsmanager/secret:Secret": NAMED,
  "aws:secretsmanager/secretRotation:SecretRotation": BELONGING,
  "aws:securityhub/account:Account": SINGLE,
  // Controls are switched on and off by the standard's ARN.
  "aws:securityhub/standardsSubscription:StandardsSubscription": { kind: "named", by: "standardsArn" },
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": BELONGING,
  "aws:sns/topic:Topic": NAMED,
  "aws:sns/topicPolicy:TopicPolicy": BELONGING,
  "aws:sns/topicSubscription:TopicSubscription": BELONGING,
  "aws:ssm/document:Document": NAMED,
};
