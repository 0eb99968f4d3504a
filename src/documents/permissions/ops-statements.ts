import type { PermissionStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { OPS_SERVICES } from "./ops-services";
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
