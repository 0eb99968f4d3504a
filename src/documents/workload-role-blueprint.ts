import type { Account } from "../model/account";
import type { Model } from "../model/model";
import { roleArnOf, workloadRoleName, type Arn, type WorkloadRoleKind } from "../model/names";
import type { Runtime, Workload } from "../model/workload";
import { WORKLOADS_PATH } from "./permissions/iam-paths";
import { renderDocument, type PolicyDocument } from "./policy-document";
import { policyBlueprint, type DeployedRole } from "./deployed-role";
import type { RoleContext } from "./role-permissions";
import type { TrustDocument } from "./role-trust";
import { databasePermissions, runtimePermissions } from "./workloads/workload-permissions";
import { databaseTrust, runtimeTrust } from "./workloads/workload-trust";

/** A role of a service, as deployed. */
export interface WorkloadRoleBlueprint extends DeployedRole {
  readonly kind: WorkloadRoleKind;
  readonly service: string;
  readonly project?: string;
  readonly path: typeof WORKLOADS_PATH;
  /** Whether it needs the key that secrets are encrypted with. */
  readonly readsSecrets: boolean;
  /** Name of the instance profile in which a machine gets the role; of an instance's role alone. */
  readonly instanceProfile?: string;
}

/** The name of the role that the code of a service runs with. */
const KIND_OF_RUNTIME = {
  ec2: "instance",
  ecs: "task",
  eks: "pod",
  lambda: "function",
} as const satisfies Record<Runtime, WorkloadRoleKind>;

/** One hour: whatever runs asks for new credentials long before. */
const SESSION_SECONDS = 3_600;

interface RoleDocuments {
  readonly kind: WorkloadRoleKind;
  readonly trust: TrustDocument;
  readonly permissions: PolicyDocument | undefined;
  readonly description: string;
}

const nameOf = (
  { organization, account }: RoleContext,
  kind: WorkloadRoleKind,
  { service }: Workload,
): string => workloadRoleName(organization, kind, service, account);

const arnOf = (context: RoleContext, kind: WorkloadRoleKind, workload: Workload): Arn =>
  roleArnOf(context.account, nameOf(context, kind, workload), WORKLOADS_PATH);

function roleBlueprint(
  context: RoleContext,
  workload: Workload,
  documents: RoleDocuments,
): WorkloadRoleBlueprint {
  const { kind, trust, permissions, description } = documents;
  const { service, project } = workload;
  const name = nameOf(context, kind, workload);
  const policies: DeployedRole["policies"] =
    permissions === undefined
      ? []
      : [
          policyBlueprint(context.account, name, {
            kind: "customer",
            purpose: "permissions",
            description,
            document: permissions,
          }),
        ];
  return {
    kind,
    service,
    name,
    arn: arnOf(context, kind, workload),
    path: WORKLOADS_PATH,
    readsSecrets: kind !== "database" && (workload.access.secrets ?? []).length > 0,
    description,
    tags: { Service: service, ...(project !== undefined && { Project: project }) },
    ...(project !== undefined && { project }),
    trust: { text: renderDocument(trust) },
    sessionSeconds: SESSION_SECONDS,
    policies,
    ...(kind === "instance" && { instanceProfile: name }),
  };
}

/** The role that a service's code runs with and, where it signs in to databases, the one that it becomes for that. */
function rolesOf(context: RoleContext, workload: Workload): readonly WorkloadRoleBlueprint[] {
  const { service, runsOn, access } = workload;
  const hasDatabase = (access.databaseUsers ?? []).length > 0;
  const runtimeRole = roleBlueprint(context, workload, {
    kind: KIND_OF_RUNTIME[runsOn],
    trust: runtimeTrust(context, workload),
    permissions: runtimePermissions(
      context,
      workload,
      hasDatabase ? arnOf(context, "database", workload) : undefined,
    ),
    description: `What ${service} may do in ${context.account.key}.`,
  });
  if (!hasDatabase) return [runtimeRole];
  const databaseRole = roleBlueprint(context, workload, {
    kind: "database",
    trust: databaseTrust(context, runtimeRole.arn),
    permissions: databasePermissions(context, workload),
    description: `Signs in to databases for ${service} in ${context.account.key}.`,
  });
  return [runtimeRole, databaseRole];
}

/** The roles of the services that run in an account. */
export function workloadRoleBlueprints(
  { organization, workloads }: Model,
  account: Account,
): readonly WorkloadRoleBlueprint[] {
  return workloads
    .filter((workload) => workload.environment === account.environment)
    .flatMap((workload) => rolesOf({ organization, account }, workload));
}

/** The roles that contractors of a project may pass when they deploy its services. */
export function rolesOfProject(model: Model, account: Account, project: string): readonly Arn[] {
  return workloadRoleBlueprints(model, account)
    .filter((role) => role.kind !== "database" && role.project === project)
    .map(({ arn }) => arn);
}
