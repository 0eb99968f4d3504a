import { Provider } from "@pulumi/aws/provider";
import { log } from "@pulumi/pulumi";

import type { AccountBlueprint } from "../documents/blueprint";
import type { RoleContext } from "../documents/role-permissions";
import type { Organization } from "../model/account";
import { countNoun } from "../model/problems";
import { accountOutputs, type AccountOutputs } from "../resources/account-outputs";
import { accountResources } from "../resources/account-resources";
import { PROVIDER_NAME, providerSettings } from "../resources/provider-settings";
import type { StackSettings } from "../resources/account-settings";
import { createResources } from "./create-resources";

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
  return accountOutputs(blueprint);
}
