import type * as accessanalyzer from "@pulumi/aws/accessanalyzer";
import type * as account from "@pulumi/aws/account";
import type * as cfg from "@pulumi/aws/cfg";
import type * as cloudtrail from "@pulumi/aws/cloudtrail";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as ebs from "@pulumi/aws/ebs";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as guardduty from "@pulumi/aws/guardduty";
import type * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as rds from "@pulumi/aws/rds";
import type * as s3 from "@pulumi/aws/s3";
import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as securityhub from "@pulumi/aws/securityhub";
import type * as ssm from "@pulumi/aws/ssm";
import type * as sns from "@pulumi/aws/sns";
import type { Resource, Unwrap } from "@pulumi/pulumi";

/** The types that the program makes, with the arguments that Pulumi's provider declares for each. */
export interface ArgsByType {
  "aws:accessanalyzer/analyzer:Analyzer": accessanalyzer.AnalyzerArgs;
  "aws:account/alternativeContact:AlternativeContact": account.AlternativeContactArgs;
  "aws:cfg/deliveryChannel:DeliveryChannel": cfg.DeliveryChannelArgs;
  "aws:cfg/recorder:Recorder": cfg.RecorderArgs;
  "aws:cfg/recorderStatus:RecorderStatus": cfg.RecorderStatusArgs;
  "aws:cfg/rule:Rule": cfg.RuleArgs;
  "aws:cloudtrail/trail:Trail": cloudtrail.TrailArgs;
  "aws:cloudwatch/eventRule:EventRule": cloudwatch.EventRuleArgs;
  "aws:cloudwatch/eventTarget:EventTarget": cloudwatch.EventTargetArgs;
  "aws:cloudwatch/logGroup:LogGroup": cloudwatch.LogGroupArgs;
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": cloudwatch.LogMetricFilterArgs;
  "aws:cloudwatch/metricAlarm:MetricAlarm": cloudwatch.MetricAlarmArgs;
  "aws:ebs/encryptionByDefault:EncryptionByDefault": ebs.EncryptionByDefaultArgs;
  "aws:ec2/securityGroup:SecurityGroup": ec2.SecurityGroupArgs;
  "aws:guardduty/detector:Detector": guardduty.DetectorArgs;
  "aws:guardduty/detectorFeature:DetectorFeature": guardduty.DetectorFeatureArgs;
  "aws:iam/accountAlias:AccountAlias": iam.AccountAliasArgs;
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": iam.AccountPasswordPolicyArgs;
  "aws:iam/group:Group": iam.GroupArgs;
  "aws:iam/groupMembership:GroupMembership": iam.GroupMembershipArgs;
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": iam.GroupPoliciesExclusiveArgs;
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": iam.GroupPolicyAttachmentArgs;
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": iam.GroupPolicyAttachmentsExclusiveArgs;
  "aws:iam/instanceProfile:InstanceProfile": iam.InstanceProfileArgs;
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": iam.OpenIdConnectProviderArgs;
  "aws:iam/policy:Policy": iam.PolicyArgs;
  "aws:iam/role:Role": iam.RoleArgs;
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": iam.RolePoliciesExclusiveArgs;
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam.RolePolicyAttachmentArgs;
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": iam.RolePolicyAttachmentsExclusiveArgs;
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": iam.ServiceLinkedRoleArgs;
  "aws:iam/user:User": iam.UserArgs;
  "aws:kms/alias:Alias": kms.AliasArgs;
  "aws:kms/key:Key": kms.KeyArgs;
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": s3.AccountPublicAccessBlockArgs;
  "aws:rds/subnetGroup:SubnetGroup": rds.SubnetGroupArgs;
  "aws:s3/bucket:Bucket": s3.BucketArgs;
  "aws:s3/bucketPolicy:BucketPolicy": s3.BucketPolicyArgs;
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3.BucketPublicAccessBlockArgs;
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3.BucketServerSideEncryptionConfigurationArgs;
  "aws:s3/bucketVersioning:BucketVersioning": s3.BucketVersioningArgs;
  "aws:secretsmanager/secret:Secret": secretsmanager.SecretArgs;
  "aws:securityhub/account:Account": securityhub.AccountArgs;
  "aws:securityhub/standardsControlAssociation:StandardsControlAssociation": securityhub.StandardsControlAssociationArgs;
  "aws:securityhub/standardsSubscription:StandardsSubscription": securityhub.StandardsSubscriptionArgs;
  "aws:secretsmanager/secretRotation:SecretRotation": secretsmanager.SecretRotationArgs;
  "aws:sns/topic:Topic": sns.TopicArgs;
  "aws:sns/topicPolicy:TopicPolicy": sns.TopicPolicyArgs;
  "aws:sns/topicSubscription:TopicSubscription": sns.TopicSubscriptionArgs;
  "aws:ssm/document:Document": ssm.DocumentArgs;
}

export type ResourceTypeToken = keyof ArgsByType;

/** What names a resource within its account. */
export interface ResourceId {
  readonly type: ResourceTypeToken;
  /** Pulumi's name of it. */
  readonly name: string;
}

/** A value that is known beforehand and used only once a resource exists, such as its name or its ARN. */
export class DependentResource<Value> {
  constructor(
    readonly resource: ResourceId,
    readonly value: Value,
  ) {}
}

/** A value that AWS chooses when it makes a resource: an output of it that nobody knows at a first preview. */
export class ComputedProperty {
  constructor(
    readonly resource: ResourceId,
    readonly output: string,
  ) {}
}

type Described<Value> = Value extends string
  ? Value | DependentResource<Value> | ComputedProperty
  : Value extends readonly (infer Item)[]
    ? readonly Described<Item>[]
    : Value extends Resource
      ? never
      : Value extends object
        ? { readonly [Key in keyof Value]: Described<Value[Key]> }
        : Value;

/** The properties of a resource, as data: references to others are `DependentResource` or `ComputedProperty`. */
export type PropertiesOf<Type extends ResourceTypeToken> = Described<Unwrap<ArgsByType[Type]>>;

/** A component that holds resources of an account; its type is a part of their URNs. */
export interface DescribedComponent {
  readonly type: `muster:stacks:${"Alarms" | "DatabaseAccess" | "Group" | "Machines" | "Recorder" | "Response" | "Role" | "Trail"}`;
  readonly name: string;
}

/** What of Pulumi's options for a resource the program uses. */
export interface DescribedOptions {
  /** Pulumi's name of the resource before it was renamed. */
  readonly renamedFrom?: string;
  /** Properties that stay what they were when the resource was made. */
  readonly ignoreChanges?: readonly string[];
  /** Properties whose change makes it anew, the old one going first: AWS would not take back what it has had before. */
  readonly remadeOnChanges?: readonly string[];
  /** Destroying the stack leaves it in the account. */
  readonly retainOnDelete?: true;
  /** Id of what exists already and in no stack: it is taken over and made as described here, instead of made anew. */
  readonly takesOver?: string;
  /**
   * Nothing that is described later is made before it. AWS refuses a second of its name, so that a stack which another has
   * made already ends here: later there are things that AWS would hand to the second stack as well, and delete with it.
   */
  readonly claimsAccount?: true;
}

/** A resource as the program asks for it. */
export interface DescribedResource<Type extends ResourceTypeToken = ResourceTypeToken> extends ResourceId {
  readonly type: Type;
  readonly properties: PropertiesOf<Type>;
  readonly parent?: DescribedComponent;
  readonly options: DescribedOptions;
}

/** Describes a resource. */
export function describeResource<Type extends ResourceTypeToken>(
  type: Type,
  name: string,
  properties: PropertiesOf<Type>,
  { parent, ...options }: DescribedOptions & { readonly parent?: DescribedComponent } = {},
): DescribedResource<Type> {
  return { type, name, properties, options, ...(parent && { parent }) };
}

/** A value to be used once a resource exists. */
export function createdAfter<Value>({ type, name }: ResourceId, value: Value): DependentResource<Value> {
  return new DependentResource({ type, name }, value);
}

/** A value of a resource that AWS chooses. */
export function computedProperty({ type, name }: ResourceId, output: string): ComputedProperty {
  return new ComputedProperty({ type, name }, output);
}
