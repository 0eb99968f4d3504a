import { customerPolicyArn, METRIC_NAMESPACE, rolePolicyName, trailBucketName } from "../../model/names";
import type { PermissionStatement } from "../policy-document";
import type { CustomerPolicy, RoleContext } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { listedServices, ownIam, stacksWithOwnRole } from "./ops-statements";

const boundaryArn = ({ organization, account }: RoleContext): string =>
  customerPolicyArn(account, rolePolicyName(organization, "Ops", account, "boundary"));

const reading: PermissionStatement = {
  Sid: "Reading",
  Effect: "Allow",
  Action: [
    "iam:Generate*",
    "iam:Get*",
    "iam:List*",
    "iam:Simulate*",
    "sts:DecodeAuthorizationMessage",
    "cloudtrail:Describe*",
    "cloudtrail:Get*",
    "cloudtrail:List*",
    "cloudtrail:LookupEvents",
    "health:Describe*",
    "pi:Describe*",
    "pi:Get*",
  ],
  Resource: "*",
};

/**
 * A role is made, and its policies and trust are changed, only while it carries this same boundary. Where the request
 * has no boundary the key is absent, which `StringNotEquals` counts as different.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const rolesCarryThisBoundary = (context: RoleContext): PermissionStatement => ({
  Sid: "RolesCarryThisBoundary",
  Effect: "Deny",
  Action: [
    "iam:*tachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:PutRole*",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole*",
  ],
  Resource: "*",
  Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn(context) } },
});

const boundariesStay: PermissionStatement = {
  Sid: "BoundariesStay",
  Effect: "Deny",
  Action: "iam:DeleteRolePermissionsBoundary",
  Resource: "*",
};

/**
 * Everything that Muster makes, this boundary included. Reading aside, nothing may be done with it in any service; and no
 * other service's action may take anything of IAM, so that a trust which names Ops' session gives it no other role. IAM's
 * own actions are allowed by path.
 */
const musterStays = ({ organization, account }: RoleContext): PermissionStatement => {
  const { prefix } = organization;
  const bucket = `arn:aws:s3:::${trailBucketName(organization, account)}`;
  return {
    Sid: "MusterStays",
    Effect: "Deny",
    NotAction: [
      "iam:*",
      "cloudtrail:*",
      "cloudwatch:Describe*",
      "cloudwatch:List*",
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
      `arn:aws:iam::${account.id}:*`,
      `arn:aws:cloudtrail:*:${account.id}:trail/${prefix}-*`,
      `arn:aws:cloudwatch:*:${account.id}:alarm:${prefix}-*`,
      `arn:aws:kms:*:${account.id}:alias/${prefix}-*`,
      `arn:aws:logs:*:${account.id}:log-group:${prefix}-*`,
      `arn:aws:sns:*:${account.id}:${prefix}-*`,
      bucket,
      `${bucket}/*`,
    ],
  };
};

/** Muster's alarms count what CloudWatch is told under this name. */
const alarmsHearTheTrailAlone: PermissionStatement = {
  Sid: "AlarmsHearTheTrailAlone",
  Effect: "Deny",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": METRIC_NAMESPACE } },
};

/** Not even where a table's, a bucket's or a queue's own policy lets in a session of Ops, or of a role of its making. */
const contentsStayUnread: PermissionStatement = {
  Sid: "ContentsStayUnread",
  Effect: "Deny",
  Action: ["dynamodb:*Item", "s3:GetObject*", "sqs:ReceiveMessage"],
  Resource: "*",
};

/** A shell in a container has the role of its service. Commands on machines stay: operating them is the job. */
const noShellsInContainers: PermissionStatement = {
  Sid: "NoShellsInContainers",
  Effect: "Deny",
  Action: "ssm:StartSession",
  Resource: "arn:aws:ecs:*:*:task/*",
};

/** The passwords of databases open them: `rds!…` is RDS's own name for them, `…/rds/…` the seeds'. */
const databaseSecrets = ({ account }: RoleContext): PermissionStatement => ({
  Sid: "DatabaseSecrets",
  Effect: "Deny",
  Action: ["secretsmanager:*SecretValue", "secretsmanager:UpdateSecret*"],
  Resource: ["rds!*", "*/rds/*"].map((name) => `arn:aws:secretsmanager:*:${account.id}:secret:${name}`),
});

/**
 * What Ops cannot exceed in prod, however much IAM it has. It is one document because every role that Ops makes carries
 * it: what stood in a policy beside it would bind Ops alone, and not the role that Ops makes to get around it. It allows by
 * list, since a Deny under `service:*` says nothing of what AWS adds. With the longest names it has 6,137 of IAM's 6,144
 * characters: whoever adds a line takes one away.
 */
export const opsBoundary = (context: RoleContext): CustomerPolicy =>
  customerPolicy(
    "boundary",
    "What Ops, and every role that Ops makes, cannot exceed.",
    ...listedServices(context),
    stacksWithOwnRole(context),
    ...ownIam(context),
    reading,
    rolesCarryThisBoundary(context),
    boundariesStay,
    musterStays(context),
    alarmsHearTheTrailAlone,
    contentsStayUnread,
    noShellsInContainers,
    databaseSecrets(context),
  );
