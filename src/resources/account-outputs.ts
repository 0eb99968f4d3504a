import type { AccountBlueprint } from "../documents/blueprint";
import type { PartnerRoleBlueprint } from "../documents/partner-role-blueprint";
import type { WorkloadRoleBlueprint } from "../documents/workload-role-blueprint";
import { groupBy } from "../model/group-by";

/**
 * Scripts take this from a stack. Who holds which role is in `npm run access`: Pulumi prints every output at every run,
 * and names of people would bury what changed.
 */
export interface AccountOutputs {
  readonly account: string;
  readonly environment: string;
  /** ARNs by role. */
  readonly roles: Readonly<Record<string, string>>;
  /** By partner and role, the ARN that the partner assumes with its external id; only where there are partners. */
  readonly partners?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By role of the pipeline, the ARN that it assumes; only where there is a pipeline. */
  readonly pipeline?: Readonly<Record<string, string>>;
  /** By service and kind of role, the ARN that the service is deployed with; only where services run. */
  readonly workloads?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function partnersOf(roles: readonly PartnerRoleBlueprint[]): NonNullable<AccountOutputs["partners"]> {
  const byPartner = groupBy(roles, ({ partner }) => partner);
  return Object.fromEntries(
    [...byPartner].map(([partner, own]) => [
      partner,
      Object.fromEntries(own.map(({ role, arn }) => [role, arn])),
    ]),
  );
}

function workloadsOf(roles: readonly WorkloadRoleBlueprint[]): NonNullable<AccountOutputs["workloads"]> {
  const byService = groupBy(roles, ({ service }) => service);
  return Object.fromEntries(
    [...byService].map(([service, own]) => [
      service,
      Object.fromEntries(own.map(({ kind, arn }) => [kind, arn])),
    ]),
  );
}

/** The outputs of an account's stack. */
export function accountOutputs({
  account,
  roles,
  partnerRoles,
  workloadRoles,
  pipeline,
}: AccountBlueprint): AccountOutputs {
  return {
    account: account.id,
    environment: account.environment,
    roles: Object.fromEntries(roles.map(({ role, arn }) => [role, arn])),
    ...(partnerRoles.length > 0 && { partners: partnersOf(partnerRoles) }),
    ...(workloadRoles.length > 0 && { workloads: workloadsOf(workloadRoles) }),
    ...(pipeline && { pipeline: Object.fromEntries(pipeline.roles.map(({ role, arn }) => [role, arn])) }),
  };
}
