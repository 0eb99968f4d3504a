import { linuxUsersDocument, linuxUsersRoleArn, linuxUsersRoleName } from "../../model/names";
import { automationTrust } from "../automation-trust";
import { policyBlueprint, type DeployedRole } from "../deployed-role";
import { render } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import { linuxUsersPermissions, type Executor, type Machines } from "./linux-users";

/** How long the role's session lasts: longer than an automation's one step. */
const SESSION_SECONDS = 3_600;

/** For whom there is a document that manages users of machines, and on which. */
export interface LinuxUsersExecutor extends Executor {
  readonly machines: Machines;
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

/** The role that runs an executor's automation. */
export function linuxUsersRole(
  context: RoleContext,
  { partner, machines }: LinuxUsersExecutor,
): DeployedRole {
  const { organization, account } = context;
  const name = linuxUsersRoleName(organization, account, partner);
  const whose = partner === undefined ? "Ops" : `the partner ${partner}`;
  return {
    name,
    arn: linuxUsersRoleArn(organization, account, partner),
    description: `Runs ${linuxUsersDocument(partner)} for ${whose} in ${account.key}.`,
    trust: { text: render(automationTrust(context)) },
    sessionSeconds: SESSION_SECONDS,
    policies: [
      policyBlueprint(account, name, {
        kind: "customer",
        purpose: "permissions",
        description: "Send one command to the machines that it is for.",
        document: linuxUsersPermissions(context, machines),
      }),
    ],
  };
}
