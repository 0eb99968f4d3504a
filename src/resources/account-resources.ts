import type { AccountBlueprint } from "../documents/blueprint";
import { trailReaders } from "../documents/detection/trail-key";
import { secretUsers } from "../documents/databases/secret-users";
import type { Organization } from "../model/account";
import { accountDefaultResources } from "./account-defaults";
import { alarmResources } from "./alarm-resources";
import { databaseAccessResources } from "./database-access";
import { detectorResources } from "./detector-resources";
import { instanceProfileResources } from "./instance-profile";
import { machineResources } from "./machines";
import { peopleResources } from "./people-resources";
import { pipelineResources } from "./pipeline-resources";
import { recorderResources } from "./recorder-resources";
import type { DescribedResource } from "./described-resource";
import { responseResources } from "./response";
import { roleResources } from "./role-resources";
import type { StackSettings } from "./account-settings";
import { signInResources } from "./sign-in-resources";
import { trailResources } from "./trail-resources";

/**
 * All resources of an account, by its blueprint and the settings of its stack, each after those that it refers to; first
 * what claims the account for this stack. The stacks create exactly these, and the policy pack refuses whatever differs from them.
 */
export function accountResources(
  organization: Organization,
  blueprint: AccountBlueprint,
  settings: StackSettings,
): readonly DescribedResource[] {
  const { account, roles, partnerRoles, workloadRoles, configRules, pipeline, people } = blueprint;
  const context = { organization, account };
  const trail = trailResources(context, settings, trailReaders(context, blueprint));
  return [
    ...trail.resources,
    ...alarmResources(context, settings, trail.logGroupName, blueprint),
    ...signInResources(context, settings),
    ...accountDefaultResources(context, settings),
    ...detectorResources(context, settings),
    ...(settings.awsConfig ? recorderResources(context, settings.awsConfig, configRules) : []),
    ...(settings.emergency
      ? responseResources(context, settings.emergency, settings.guardDuty.tellsFrom, people)
      : []),
    ...[...roles, ...partnerRoles, ...workloadRoles].flatMap((role) => roleResources(context, role)),
    ...workloadRoles.flatMap((role) => instanceProfileResources(context, role)),
    ...(settings.databaseAccess
      ? databaseAccessResources(context, settings.databaseAccess, secretUsers(blueprint))
      : []),
    ...(settings.machines ? machineResources(context, settings.machines, partnerRoles) : []),
    ...(pipeline ? pipelineResources(context, pipeline) : []),
    ...(people ? peopleResources(context, people) : []),
  ];
}
