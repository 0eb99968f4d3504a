import type { CustomerPolicy, RoleContext, RolePermissions } from "../role-permissions";
import { READ_ONLY_ACCESS } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { opsBoundary } from "./ops-boundary";
import { listedServices } from "./ops-statements";

const permissions = (context: RoleContext): CustomerPolicy =>
  customerPolicy(
    "permissions",
    "Full power over the listed services, IAM included.",
    ...listedServices(context),
    {
      // Whoever has this can give themselves more: Ops equals Admin wherever no boundary holds it. It may pass any role
      // of the account for the same reason; the boundary narrows that to the roles that it made itself.
      Sid: "Iam",
      Effect: "Allow",
      Action: "iam:*",
      Resource: `arn:aws:iam::${context.account.id}:*`,
    },
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
    {
      Sid: "ExplainDenials",
      Effect: "Allow",
      Action: "sts:DecodeAuthorizationMessage",
      Resource: "*",
    },
  );

/**
 * Full power over the listed services, full IAM included, and everything that Read reads (seed: bootstrap notes). In prod
 * all of it within a boundary that its own roles carry too.
 */
export const ops = (context: RoleContext): RolePermissions => ({
  policies: [READ_ONLY_ACCESS, permissions(context)],
  ...(context.account.environment === "prod" && { boundary: opsBoundary(context) }),
});
