import type { Account } from "../model/account";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import { alarmBlueprints, type AlarmBlueprint } from "./alarms/alarm-blueprint";
import { configRuleBlueprints, keyDaysIn, type ConfigRuleBlueprint } from "./detection/config-rules";
import { groupBlueprints, type GroupBlueprint } from "./group-blueprint";
import { pipelineBlueprint, type PipelineBlueprint } from "./pipeline-blueprint";
import { partnerRoleBlueprints, type PartnerRoleBlueprint } from "./partner-role-blueprint";
import { roleBlueprints, type RoleBlueprint } from "./role-blueprint";
import { workloadRoleBlueprints, type WorkloadRoleBlueprint } from "./workload-role-blueprint";
import { allBreakGlassHolders, userBlueprints, type UserBlueprint } from "./user-blueprint";

/** What the identity account holds beside roles. */
export interface PeopleBlueprint {
  readonly users: readonly UserBlueprint[];
  readonly groups: readonly GroupBlueprint[];
  /** The people whom no automation takes access from, by name: holders of BreakGlass and members of PowerG, who would undo it. */
  readonly exemptFromResponse: readonly UserName[];
}

/** All that an account holds by the roster: what the stacks create, the policy pack expects and reports explain. */
export interface AccountBlueprint {
  readonly account: Account;
  /** The roles that people hold. */
  readonly roles: readonly RoleBlueprint[];
  /** The roles that external accounts assume. */
  readonly partnerRoles: readonly PartnerRoleBlueprint[];
  /** The roles of the services that run here. */
  readonly workloadRoles: readonly WorkloadRoleBlueprint[];
  readonly alarms: readonly AlarmBlueprint[];
  /** What AWS Config evaluates, where the account's settings ask for it. */
  readonly configRules: readonly ConfigRuleBlueprint[];
  /** Only where the organization has a pipeline. */
  readonly pipeline?: PipelineBlueprint;
  /** Only where people live. */
  readonly people?: PeopleBlueprint;
}

/** The blueprints of every account, in the organization's order. */
export function blueprintsOf(model: Model): readonly AccountBlueprint[] {
  return model.organization.accounts.map((account) => {
    const pipeline = pipelineBlueprint(model, account);
    return {
      account,
      roles: roleBlueprints(model, account),
      partnerRoles: partnerRoleBlueprints(model, account),
      workloadRoles: workloadRoleBlueprints(model, account),
      alarms: alarmBlueprints(model, account),
      configRules: configRuleBlueprints(model.organization, keyDaysIn(model, account)),
      ...(pipeline && { pipeline }),
      ...(account.isIdentity && {
        people: {
          users: userBlueprints(model),
          groups: groupBlueprints(model),
          exemptFromResponse: [...new Set([...allBreakGlassHolders(model), ...model.power])].sort(),
        },
      }),
    };
  });
}
