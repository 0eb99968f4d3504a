import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { OPS_SERVICES } from "./ops-services";
import { OPS_PATH } from "./paths";
import { inRegion } from "./region";

/** What Ops may do in the listed services, and what its boundary lets it and its roles do there. */
export const listedServices = (context: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "ListedServices",
    Effect: "Allow",
    Action: OPS_SERVICES.map((service) => `${service}:*`),
    Resource: "*",
  },
  {
    // Databases, their copies and their snapshots stay in the organization's region (seed: MenoTime, DevOps).
    Sid: "Databases",
    Effect: "Allow",
    Action: "rds:*",
    Resource: "*",
    Condition: inRegion(context),
  },
];

/**
 * In prod IAM is Ops' under its own path alone: neither people's roles, nor services', nor the organization's are its to
 * change. Service-linked roles are made anywhere, because AWS writes their trust and permissions.
 */
export const ownIam = ({ account }: RoleContext): readonly PermissionStatement[] => [
  {
    Sid: "OwnPath",
    Effect: "Allow",
    Action: "iam:*",
    Resource: ["role", "policy", "instance-profile", "server-certificate"].map(
      (type) => `arn:aws:iam::${account.id}:${type}${OPS_PATH}*`,
    ),
  },
  {
    Sid: "ServiceLinkedRoles",
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource: `arn:aws:iam::${account.id}:role/aws-service-role/*`,
  },
];
