import { Provider } from "@pulumi/aws/provider";
import { log } from "@pulumi/pulumi";

import type { AccountBlueprint } from "../documents/blueprint";
import type { PartnerRoleBlueprint } from "../documents/partner-role-blueprint";
import type { RoleContext } from "../documents/role-permissions";
import type { WorkloadRoleBlueprint } from "../documents/workload-role-blueprint";
import type { Organization } from "../model/account";
import { groupBy } from "../model/group-by";
import { countNoun } from "../model/problems";
import { accountResources } from "../resources/account-resources";
import { PROVIDER_NAME, providerSettings } from "../resources/provider-settings";
import type { StackSettings } from "../resources/account-settings";
import { createResources } from "./create-resources";

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

function providerOf(context: RoleContext): Provider {
  // The alias is its name in stacks that were deployed while it had the key.
  return new Provider(PROVIDER_NAME, providerSettings(context), { aliases: [{ name: context.account.key }] });
}

function warnOfUnheardAlarms({ alarms, account }: AccountBlueprint, settings: StackSettings): void {
  if (settings.alarmSubscriptions.length > 0) return;
  void log.warn(
    `Nobody hears the ${countNoun(alarms.length, "alarm")} of ${account.key}. ` +
      `Add muster:alarmSubscriptions to Pulumi.${account.key}.yaml.`,
  );
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

function outputsOf({
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

/** Creates all that the account holds; the answer is the stack's outputs. */
export async function createAccount(
  organization: Organization,
  blueprint: AccountBlueprint,
  settings: StackSettings,
): Promise<AccountOutputs> {
  const { account } = blueprint;
  warnOfUnheardAlarms(blueprint, settings);
  const provider = providerOf({ organization, account });
  await createResources(provider, accountResources(organization, blueprint, settings));
  return outputsOf(blueprint);
}
