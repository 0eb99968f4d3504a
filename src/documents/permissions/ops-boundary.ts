import {
  customerPolicyArn,
  everyBucketArn,
  METRIC_NAMESPACE,
  OPS_ACCESS_TAG,
  roleArn,
  rolePolicyName,
} from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { CustomerPolicy, RoleContext } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { listedServices, ownIam, stacksWithOwnRole } from "./ops-statements";

const boundaryArn = ({ organization, account }: RoleContext): string =>
  customerPolicyArn(account, rolePolicyName(organization, "Ops", account, "boundary"));

/**
 * A role is made, and its policies and trust are changed, only while it carries this same boundary. Where the request
 * has no boundary the key is absent, which `StringNotEquals` counts as different.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const rolesCarryThisBoundary = (context: RoleContext): PermissionStatement => ({
  Sid: "Bounded",
  Effect: "Deny",
  Action: ["iam:*tachRolePolicy", "iam:CreateRole", "iam:DeleteRole*", "iam:PutRole*", "iam:Update*Role*"],
  Resource: "*",
  Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn(context) } },
});

/**
 * Everything that Muster makes, this boundary included: apart from reading, no service does anything with it. IAM's own actions
 * are allowed by path, and no other service's action takes anything of IAM: a trust that names Ops' session gives it no other
 * role. Names of other accounts are denied with those of this one, which is shorter.
 */
const musterStays = ({ organization, account }: RoleContext): PermissionStatement => {
  const { prefix } = organization;
  return {
    Sid: "MusterStays",
    Effect: "Deny",
    NotAction: [
      "iam:*",
      "cloudtrail:*",
      "cloudwatch:Describe*",
      "cloudwatch:List*",
      "events:Describe*",
      "events:List*",
      "logs:Describe*",
      "logs:FilterLogEvents",
      "logs:Get*",
      "logs:List*",
      "logs:StartQuery",
      "s3:Get*",
      "s3:List*",
      "sns:Get*",
      "sns:List*",
    ],
    Resource: [
      "arn:aws:iam::*:*",
      "arn:aws:cloudtrail:*",
      `arn:aws:cloudwatch:*:*:alarm:${prefix}-*`,
      `arn:aws:events:*:*:rule/${prefix}-*`,
      `arn:aws:kms:*:*:alias/${prefix}-*`,
      `arn:aws:logs:*:*:log-group:${prefix}-*`,
      `arn:aws:sns:*:*:${prefix}-*`,
      everyBucketArn(organization, account),
    ],
  };
};

/** Which machines and documents, Ops' own policy says; a role that Ops makes is on none. */
const machinesForOpsAlone = ({ organization, account }: RoleContext): PermissionStatement => ({
  Sid: "Ops",
  Effect: "Allow",
  Action: ["ssm:*Session", "ssm:StartAu*"],
  Resource: "*",
  Condition: { ArnEquals: { "aws:PrincipalArn": roleArn(organization, "Ops", account) } },
});

/**
 * Application Auto Scaling scales other services by a role of its own: here those that start and stop without loss. It ends some of
 * a cluster's databases, of a cache's nodes and of a fleet's machines.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_applicationautoscaling.html
 */
const scaling: PermissionStatement = {
  Sid: "Scale",
  Effect: "Allow",
  Action: "application-autoscaling:*",
  Resource: "*",
  Condition: { StringEquals: { "application-autoscaling:service-namespace": ["dynamodb", "ecs", "lambda"] } },
};

/**
 * An alarm stops and ends machines by a role of CloudWatch's own, whatever its maker may do with them; a parameter's policy can delete it
 * at a date; and Muster's alarms count what CloudWatch is told under their name. Each key is absent from the other action's requests, and
 * where it is absent, its condition holds.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-alarm-actions.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policy-conditions.html
 */
const tellingAndKeeping: PermissionStatement = {
  Sid: "Put",
  Effect: "Allow",
  Action: ["cloudwatch:PutMetric*", "ssm:PutP*"],
  Resource: "*",
  Condition: {
    "ForAllValues:StringLike": { "cloudwatch:AlarmActions": ["arn:aws:autoscaling:*", "arn:aws:sns:*"] },
    StringNotEquals: { "cloudwatch:namespace": METRIC_NAMESPACE, "ssm:Policies": "true" },
  },
};

/**
 * A container on a machine that others share may take the machine, and with it the roles of every container there. Where it asks for
 * Fargate, ECS refuses privileges and the host's files.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
const containersOnFargate: PermissionStatement = {
  Sid: "Fargate",
  Effect: "Allow",
  Action: "ecs:RegisterT*",
  Resource: "*",
  Condition: { "ForAnyValue:StringEquals": { "ecs:compute-compatibility": "FARGATE" } },
};

/**
 * The tag says which machines Ops comes to. A request that sets it carries this key, which IAM compares without case, when a
 * machine is started and when the machines of a group are to have it, too.
 */
const tagStays: PermissionStatement = {
  Sid: "Tag",
  Effect: "Deny",
  Action: ["autoscaling:*", "ec2:*"],
  Resource: "*",
  Condition: { Null: { [`aws:RequestTag/${OPS_ACCESS_TAG}`]: "false" } },
};

/**
 * Who reaches databases, the rules and the subnets of Muster's gate say. A security group has no name in its ARN, but the tag that all of
 * Muster's things have.
 */
const gateOfDatabasesStays: PermissionStatement = {
  Sid: "Gate",
  Effect: "Deny",
  Action: ["ec2:*", "rds:AddT*", "rds:Mod*"],
  Resource: "*",
  Condition: { StringEquals: { "aws:ResourceTag/ManagedBy": "muster" } },
};

/**
 * No boundary is taken away, and no contents are read: not even where a table's, a bucket's or a queue's own policy lets in a
 * session of Ops, or of a role of its making.
 */
const contentsStayClosed: PermissionStatement = {
  Sid: "Never",
  Effect: "Deny",
  Action: ["dynamodb:*Item", "iam:DeleteRolePer*", "s3:GetObject*", "sqs:Rec*"],
  Resource: "*",
};

/**
 * What opens something else: keys open APIs and passwords databases: `rds!…` is RDS's own name for theirs, `…/rds/…` the seeds'. Each action is
 * one of these resources' alone.
 */
const keysStayOut: PermissionStatement = {
  Sid: "NoKeys",
  Effect: "Deny",
  Action: ["apigateway:*", "secretsmanager:*Secret*"],
  Resource: [
    "arn:aws:apigateway:*::/*keys*",
    ...["rds!*", "*/rds/*"].map((name) => `arn:aws:secretsmanager:*:*:secret:${name}`),
  ],
};

/**
 * What Ops cannot exceed in prod, however much IAM it has. It is one document because every role that Ops makes carries
 * it: what stood in a policy beside it would bind Ops alone, and not the role that Ops makes to get around it. It allows by
 * list, since a Deny under `service:*` says nothing of what AWS adds. With the longest names it has nearly all of
 * IAM's 6,144 characters, which a test measures: whoever adds a line takes one away.
 */
export const opsBoundary = (context: RoleContext): CustomerPolicy =>
  customerPolicy(
    "boundary",
    "What Ops, and every role that Ops makes, cannot exceed.",
    ...listedServices(context),
    machinesForOpsAlone(context),
    scaling,
    tellingAndKeeping,
    stacksWithOwnRole(context),
    containersOnFargate,
    ownIam(context),
    rolesCarryThisBoundary(context),
    musterStays(context),
    tagStays,
    gateOfDatabasesStays,
    contentsStayClosed,
    keysStayOut,
  );
