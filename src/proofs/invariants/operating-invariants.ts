import { DATA_ACCESS, SOURCE_CODE_ACCESS } from "../../documents/permissions/data-access";
import { GRANTED_READS } from "../../documents/permissions/reading/granted-reads";
import { WITHHELD_READS } from "../../documents/permissions/reading/withheld-reads";
import { keysOf } from "../../model/keys-of";
import { CHANGING_LEVELS } from "./administration-invariants";
import type { RoleInvariant } from "./role-invariant";

/**
 * The actions by which Ops in prod changes something: whoever finds one more here has decided that Ops may have it. AWS calls some of them
 * changes and names them like reads: what is written under a key takes data keys, and which recovery points have an index is no content.
 */
const OPS_CHANGES = {
  acm: "RequestCertificate",
  "application-autoscaling":
    "DeleteScalingPolicy DeleteScheduledAction DeregisterScalableTarget PutScalingPolicy PutScheduledAction RegisterScalableTarget",
  autoscaling:
    "CancelInstanceRefresh CreateAutoScalingGroup CreateLaunchConfiguration CreateOrUpdateTags PutAccountSetting PutLifecycleHook PutNotificationConfiguration PutScalingPolicy PutScheduledUpdateGroupAction PutWarmPool ResumeProcesses RollbackInstanceRefresh SetDesiredCapacity StartInstanceRefresh SuspendProcesses UpdateAutoScalingGroup",
  backup: "ListIndexedRecoveryPointsForSearch StartBackupJob",
  cloudformation: "ContinueUpdateRollback CreateStack RollbackStack UpdateStack",
  cloudfront: "CreateInvalidation CreateInvalidationForDistributionTenant",
  cloudwatch:
    "CreateOmniDashboard DeleteAlarms DeleteDashboards DeleteMetricStream DeleteOmniDashboard DisableAlarmActions EnableAlarmActions PutDashboard PutMetricAlarm PutMetricData PutMetricStream StartMetricStreams StopMetricStreams UpdateOmniDashboard",
  codedeploy: "StopDeployment",
  dynamodb: "CreateBackup UpdateTable",
  ec2: "AcceptVpcPeeringConnection AllocateAddress ApplySecurityGroupsToClientVpnTargetNetwork AssignPrivateNatGatewayAddress AssociateAddress AssociateIamInstanceProfile AssociateNatGatewayAddress AssociateRouteTable AssociateSecurityGroupVpc AssociateTransitGatewayRouteTable AttachClassicLinkVpc AttachInternetGateway AttachNetworkInterface AuthorizeSecurityGroupEgress AuthorizeSecurityGroupIngress CreateClientVpnRoute CreateDefaultSubnet CreateDefaultVpc CreateEgressOnlyInternetGateway CreateImage CreateInternetGateway CreateLaunchTemplate CreateLocalGatewayRoute CreateLocalGatewayRouteTable CreateNetworkAcl CreateNetworkAclEntry CreateNetworkInterface CreateRoute CreateRouteTable CreateSecondarySubnet CreateSecurityGroup CreateSnapshot CreateSnapshots CreateSubnet CreateTags CreateTransitGatewayRoute CreateTransitGatewayRouteTable CreateVpc CreateVpcEndpoint CreateVpcPeeringConnection CreateVpnConnectionRoute DeleteClientVpnRoute DeleteEgressOnlyInternetGateway DeleteInternetGateway DeleteLocalGatewayRoute DeleteLocalGatewayRouteTable DeleteNetworkAcl DeleteNetworkAclEntry DeleteNetworkInterface DeleteRoute DeleteRouteTable DeleteSecondarySubnet DeleteSecurityGroup DeleteSubnet DeleteTags DeleteTransitGatewayRoute DeleteTransitGatewayRouteTable DeleteVpc DeleteVpcPeeringConnection DeleteVpnConnectionRoute DetachClassicLinkVpc DetachInternetGateway DetachNetworkInterface DisassociateAddress DisassociateIamInstanceProfile DisassociateNatGatewayAddress DisassociateRouteTable DisassociateSecurityGroupVpc DisassociateTransitGatewayRouteTable ModifyLocalGatewayRoute ModifySecurityGroupRules ModifyVolume ModifyVpcEndpoint MoveAddressToVpc RebootInstances RejectVpcPeeringConnection ReleaseAddress ReplaceIamInstanceProfileAssociation ReplaceNetworkAclAssociation ReplaceNetworkAclEntry ReplaceRoute ReplaceTransitGatewayRoute RequestSpotInstances RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances RunScheduledInstances StartInstances StopInstances UnassignPrivateNatGatewayAddress UpdateSecurityGroupRuleDescriptionsEgress UpdateSecurityGroupRuleDescriptionsIngress",
  ecr: "CreateRepository",
  ecs: "ContinueServiceDeployment CreateCluster CreateService DeleteService DeregisterTaskDefinition RegisterTaskDefinition StopServiceDeployment StopTask UpdateCapacityProvider UpdateContainerAgent UpdateContainerInstancesState UpdateService",
  elasticache: "IncreaseNodeGroupsInGlobalReplicationGroup IncreaseReplicaCount",
  elasticloadbalancing:
    "AddListenerCertificates AddTags AddTrustStoreRevocations AllowVendedLogDeliveryForResource ApplySecurityGroupsToLoadBalancer AttachLoadBalancerToSubnets ConfigureHealthCheck CreateAppCookieStickinessPolicy CreateLBCookieStickinessPolicy CreateListener CreateLoadBalancer CreateLoadBalancerListeners CreateLoadBalancerPolicy CreateRule CreateTargetGroup CreateTrustStore CreateWebACLAssociation DeleteListener DeleteLoadBalancer DeleteLoadBalancerListeners DeleteLoadBalancerPolicy DeleteRule DeleteSharedTrustStoreAssociation DeleteTargetGroup DeleteTrustStore DeleteWebACLAssociation DeregisterInstancesFromLoadBalancer DeregisterTargets DetachLoadBalancerFromSubnets DisableAvailabilityZonesForLoadBalancer EnableAvailabilityZonesForLoadBalancer ModifyCapacityReservation ModifyIpPools ModifyListener ModifyListenerAttributes ModifyLoadBalancerAttributes ModifyRule ModifyTargetGroup ModifyTargetGroupAttributes ModifyTrustStore RegisterInstancesWithLoadBalancer RegisterTargets RemoveListenerCertificates RemoveTags RemoveTrustStoreRevocations SetIpAddressType SetLoadBalancerListenerSSLCertificate SetLoadBalancerPoliciesForBackendServer SetLoadBalancerPoliciesOfListener SetRulePriorities SetSecurityGroups SetSubnets SetWebAcl",
  events: "DeleteRule DisableRule EnableRule PutRule PutTargets RemoveTargets",
  iam: "AddRoleToInstanceProfile AttachRolePolicy CreateInstanceProfile CreatePolicy CreatePolicyVersion CreateRole CreateServiceLinkedRole DeleteInstanceProfile DeletePolicy DeletePolicyVersion DeleteRole DeleteRolePolicy DeleteServiceLinkedRole DetachRolePolicy PassRole PutRolePermissionsBoundary PutRolePolicy RemoveRoleFromInstanceProfile SetDefaultPolicyVersion TagInstanceProfile TagPolicy TagRole UntagInstanceProfile UntagPolicy UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription",
  kinesis: "UpdateShardCount",
  kms: "Decrypt EnableKey EnableKeyRotation Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo",
  lambda:
    "CreateAlias CreateFunction DeleteAlias DeleteFunctionConcurrency DeleteProvisionedConcurrencyConfig InvokeFunction PutFunctionConcurrency PutProvisionedConcurrencyConfig UpdateAlias",
  logs: "CreateLogGroup CreateLogStream PutLogEvents",
  rds: "AddTagsToResource CreateDBCluster CreateDBClusterEndpoint CreateDBClusterParameterGroup CreateDBClusterSnapshot CreateDBInstance CreateDBInstanceReadReplica CreateDBParameterGroup CreateDBProxy CreateDBProxyEndpoint CreateDBSecurityGroup CreateDBShardGroup CreateDBSnapshot CreateDBSubnetGroup FailoverDBCluster ModifyDBClusterParameterGroup ModifyDBParameterGroup ModifyDBProxyTargetGroup ModifyDBShardGroup ModifyDBSubnetGroup RebootDBCluster RebootDBInstance RebootDBShardGroup RestoreDBClusterFromSnapshot RestoreDBClusterToPointInTime RestoreDBInstanceFromDBSnapshot RestoreDBInstanceToPointInTime StartDBCluster StartDBInstance StopDBCluster StopDBInstance",
  route53: "ChangeResourceRecordSets CreateHealthCheck DeleteHealthCheck UpdateHealthCheck",
  s3: "CreateBucket",
  secretsmanager: "CreateSecret PutSecretValue RotateSecret UpdateSecretVersionStage",
  servicequotas:
    "AssociateServiceQuotaTemplate CreateSupportCase DeleteServiceQuotaIncreaseRequestFromTemplate DisassociateServiceQuotaTemplate PutServiceQuotaIncreaseRequestIntoTemplate RequestServiceQuotaIncrease StartAutoManagement StopAutoManagement TagResource UntagResource UpdateAutoManagement",
  sns: "CreateTopic DeleteTopic Publish",
  sqs: "CreateQueue SendMessage",
  ssm: "PutParameter ResumeSession StartAutomationExecution StartSession TerminateSession",
  states: "StartExecution StartSyncExecution StopExecution",
  sts: "DecodeAuthorizationMessage",
  tag: "StartReportCreation TagResources UntagResources",
  wafv2:
    "AssociateWebACL CreateIPSet CreateRuleGroup CreateWebACL DeleteFirewallManagerRuleGroups DeleteIPSet DeleteRuleGroup DeleteWebACL DisassociateWebACL PutFirewallManagerRuleGroups UpdateIPSet UpdateRuleGroup UpdateWebACL",
} as const;

const EVERY_CHANGE = keysOf(OPS_CHANGES).flatMap((service) =>
  OPS_CHANGES[service].split(" ").map((name) => `${service}:${name}`),
);

/** What prod's readers do not get and Ops reads, because nobody could operate without it. */
const OPERATING_READS: readonly { readonly actions: readonly string[]; readonly because: string }[] = [
  {
    because:
      "What machines, containers, functions and stacks start with, and what became of it (decision 89).",
    actions: [
      "autoscaling:DescribeLaunchConfigurations",
      "cloudformation:DescribeChangeSet",
      "cloudformation:DescribeStackResourceDrifts",
      "cloudformation:GetResource",
      "cloudformation:GetResourceRequestStatus",
      "cloudformation:ListResources",
      "cloudformation:ListStackInstanceResourceDrifts",
      "ec2:DescribeInstanceAttribute",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:DescribeSpotFleetRequests",
      "ec2:DescribeSpotInstanceRequests",
      "ec2:GetConsoleOutput",
      "ec2:GetConsoleScreenshot",
      "ecs:DescribeDaemonTaskDefinition",
      "ecs:DescribeExpressGatewayService",
      "ecs:DescribeTaskDefinition",
      "ecs:DescribeTasks",
      "lambda:ListFunctions",
      "lambda:ListManagedMicrovmImageVersions",
      "lambda:ListManagedMicrovmImages",
      "lambda:ListMicrovmImageBuilds",
      "lambda:ListMicrovmImageVersions",
      "lambda:ListMicrovmImages",
      "lambda:ListMicrovms",
      "lambda:ListVersionsByFunction",
    ],
  },
  {
    because:
      "Where distributions, rules and backups send and keep things, with the headers and inputs that they add.",
    actions: [
      "backup:GetRecoveryPointIndexDetails",
      "backup:GetRecoveryPointRestoreMetadata",
      "backup:GetRestoreJobMetadata",
      "backup:GetRestoreTestingInferredMetadata",
      "cloudfront:GetDistribution",
      "cloudfront:GetDistributionConfig",
      "cloudfront:ListDistributions",
      "cloudfront:ListDistributionsByConnectionMode",
      "cloudfront:ListDistributionsByRealtimeLogConfig",
      "cloudfront:ListDistributionsByWebACLId",
      "events:ListTargetsByRule",
    ],
  },
  {
    because: "Commands, automations and maintenance of machines, and what they printed (decision 89).",
    actions: [
      "ssm:DescribeAssociation",
      "ssm:DescribeAutomationExecutions",
      "ssm:DescribeAutomationStepExecutions",
      "ssm:DescribeMaintenanceWindowExecutionTaskInvocations",
      "ssm:DescribeMaintenanceWindowExecutionTasks",
      "ssm:DescribeMaintenanceWindowTasks",
      "ssm:GetAutomationExecution",
      "ssm:GetCalendar",
      "ssm:GetCommandInvocation",
      "ssm:ListAssociationVersions",
      "ssm:ListCommandInvocations",
      "ssm:ListCommands",
    ],
  },
  {
    because: "Secrets that are no database's, and parameters (decision 89).",
    actions: [
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
      "ssm:GetParameterHistory",
      "ssm:GetParameters",
      "ssm:GetParametersByPath",
    ],
  },
  {
    because: "Settings of networks and imports, some with the keys and tokens that they use (decision 89).",
    actions: [
      "ec2:DescribeBundleTasks",
      "ec2:DescribeConversionTasks",
      "ec2:DescribeIpamExternalResourceVerificationTokens",
      "ec2:DescribeVerifiedAccessTrustProviders",
      "ec2:DescribeVpnConnections",
    ],
  },
  {
    because:
      "The registry's sign-in, whose layers are closed; what wraps key material, which Ops does not import.",
    actions: ["ecr:GetAuthorizationToken", "kms:GetParametersForImport"],
  },
  {
    because: "Templates and documents, which operating reads when they fail.",
    actions: [
      "cloudformation:DescribeGeneratedTemplate",
      "cloudformation:GetGeneratedTemplate",
      "cloudformation:GetTemplate",
      "ssm:GetDocument",
    ],
  },
  {
    because: "Dashboards, tables that logs are enriched with, and notes on objects: names, not objects.",
    actions: [
      "cloudwatch:GetOmniDashboard",
      "cloudwatch:ListOmniDashboards",
      "logs:GetLookupTable",
      "s3:ListObjectAnnotations",
      "s3:ListObjectVersionAnnotations",
    ],
  },
];

const WITHHELD: readonly string[] = [
  ...DATA_ACCESS,
  ...SOURCE_CODE_ACCESS,
  ...WITHHELD_READS.flatMap(({ actions }): readonly string[] => actions),
];

/** Reads that were withheld for what they show, rather than because nobody needs them. */
const SENSITIVE: readonly string[] = [
  ...DATA_ACCESS,
  ...SOURCE_CODE_ACCESS,
  ...WITHHELD_READS.flatMap(({ kind, actions }): readonly string[] =>
    kind === "effects" || kind === "other services" ? [] : actions,
  ),
];

const READS = ["List", "Read"] as const;

const OPS_IN_PROD = { labels: ["Ops"], environments: ["prod"] } as const;

/** All that Ops in prod has, by list: an action that AWS adds under a pattern of the documents breaks these until somebody decides about it. */
export const OPERATING = [
  {
    id: "ops-changes-what-operating-takes",
    says: "Ops in prod changes nothing but by the listed actions; an action that AWS adds is among them when somebody has put it there.",
    source: "Decisions 70 and 139: Ops in prod by list",
    of: OPS_IN_PROD,
    never: [{ actions: "*", levels: CHANGING_LEVELS, except: EVERY_CHANGE, isKnownOnly: true }],
  },
  {
    id: "ops-reads-what-operating-takes",
    says: "Ops in prod reads nothing about which nobody has decided whether prod's readers get it, and of what was withheld from them for what it shows, the listed alone.",
    source: "Decisions 71, 89 and 139",
    of: OPS_IN_PROD,
    never: [
      { actions: "*", levels: READS, except: [...GRANTED_READS, ...WITHHELD], isKnownOnly: true },
      {
        actions: SENSITIVE,
        levels: READS,
        except: OPERATING_READS.flatMap(({ actions }) => actions),
        isKnownOnly: true,
      },
    ],
  },
] as const satisfies readonly RoleInvariant[];
