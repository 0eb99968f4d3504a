import { executeLinuxUsers } from "../machines/linux-users";
import { sessionStatements } from "../machines/machine-sessions";
import type { PermissionStatement } from "../policy-document";
import type { CustomerPolicy, RoleContext, RolePermissions } from "../role-permissions";
import { READ_ONLY_ACCESS } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { opsBoundary } from "./ops-boundary";
import { listedServices, ownIam } from "./ops-statements";

/** A holder of this can give themselves more: Ops equals Admin wherever no boundary holds it. */
const fullIam = ({ account }: RoleContext): readonly PermissionStatement[] => [
  { Sid: "Iam", Effect: "Allow", Action: "iam:*", Resource: `arn:aws:iam::${account.id}:*` },
  {
    Sid: "IamAccountSettings",
    Effect: "Allow",
    Action: [
      "iam:*AccountAlias",
      "iam:*AccountPasswordPolicy",
      "iam:SetSecurityTokenServicePreferences",
      "iam:SetSTSRegionalEndpointStatus",
    ],
    Resource: "*",
  },
];

const denials: PermissionStatement = {
  Sid: "ExplainDenials",
  Effect: "Allow",
  Action: "sts:DecodeAuthorizationMessage",
  Resource: "*",
};

/** The machines of prod that carry the tag: sessions on them, and their users. */
const machines = (context: RoleContext): readonly PermissionStatement[] => [
  ...sessionStatements(context),
  executeLinuxUsers(context, {}),
];

/** The boundary says with which role, for which services, on which machines, and with which targets, names and policies. */
const limitedByBoundary: PermissionStatement = {
  Sid: "LimitedByBoundary",
  Effect: "Allow",
  Action: [
    "application-autoscaling:*",
    "cloudformation:CreateStack",
    "cloudformation:UpdateStack",
    "cloudwatch:PutMetric*",
    "ecs:RegisterTaskDefinition",
    "ssm:PutParameter",
  ],
  Resource: "*",
};

const permissions = (context: RoleContext): CustomerPolicy =>
  customerPolicy(
    "permissions",
    "Full power over the listed services, IAM included.",
    ...listedServices(context),
    ...(context.account.environment === "prod"
      ? [...machines(context), ownIam(context), limitedByBoundary]
      : [...fullIam(context), denials]),
  );

/**
 * Full power over the listed services, full IAM included, and everything that Read reads (seed: bootstrap notes). In prod
 * a part of the services and its own path of IAM, within a boundary that its own roles carry too.
 */
export const opsPermissions = (context: RoleContext): RolePermissions => ({
  policies: [READ_ONLY_ACCESS, permissions(context)],
  ...(context.account.environment === "prod" && { boundary: opsBoundary(context) }),
});
