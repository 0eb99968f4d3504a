import { linuxUsersDocument, linuxUsersRoleName } from "../../model/names";
import { automationTrust } from "../automation-trust";
import type { DeployedRole } from "../deployed-role";
import type { RoleContext } from "../role-permissions";
import { serviceRoleBlueprint, type ServiceRoleBlueprint } from "../service-role-blueprint";
import { linuxUsersPermissions, type LinuxUsersRunner, type TargetMachines } from "./linux-users";

/** How long the role's session lasts: longer than an automation's one step. */
const SESSION_SECONDS = 3_600;

/** Ops or a partner with a document that manages users of machines, and those machines. */
export interface LinuxUsersExecutor extends LinuxUsersRunner {
  readonly machines: TargetMachines;
}

/** Ops, on machines with the tag, and each partner that the roster names for it, on its own. */
export function linuxUsersExecutors(
  partnerRoles: readonly { readonly partner: string; readonly managesUsersOn?: readonly string[] }[],
): readonly LinuxUsersExecutor[] {
  return [
    { machines: "tagged" },
    ...partnerRoles.flatMap(({ partner, managesUsersOn: ids }) =>
      ids === undefined ? [] : [{ partner, machines: { ids } }],
    ),
  ];
}

/** The role that runs an executor's automation, as a service's. */
export function linuxUsersServiceRole(
  context: RoleContext,
  { partner, machines }: LinuxUsersExecutor,
): ServiceRoleBlueprint {
  const { organization, account } = context;
  const whose = partner === undefined ? "Ops" : `the partner ${partner}`;
  return serviceRoleBlueprint(account, {
    id: "LinuxUsers",
    kind: "roles of the automation that makes users of machines",
    service: "Systems Manager",
    name: linuxUsersRoleName(organization, account, partner),
    description: `Runs ${linuxUsersDocument(partner)} for ${whose} in ${account.key}.`,
    trust: automationTrust(context),
    permissions: {
      description: "Send one command to the machines that it is for.",
      document: linuxUsersPermissions(context, machines),
    },
  });
}

/** The same as deployed. */
export function linuxUsersRole(context: RoleContext, executor: LinuxUsersExecutor): DeployedRole {
  const { name, arn, description, trust, policy } = linuxUsersServiceRole(context, executor);
  return { name, arn, description, trust, sessionSeconds: SESSION_SECONDS, policies: [policy] };
}
