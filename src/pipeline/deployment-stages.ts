import type { Account, Organization } from "../model/account";
import { ENVIRONMENTS, type Environment } from "../model/organization";

/** The accounts that are deployed together: the one that holds people first, then environments by what is at stake. */
export type DeploymentStages = Readonly<Record<Environment, readonly Account[]>>;

/**
 * Puts every account into one stage. The identity account is the first stage alone, whatever else it stands in for; an
 * environment without another account is an empty stage.
 */
export function deploymentStages({ accounts, identity }: Organization): DeploymentStages {
  const others = (environment: Environment): readonly Account[] =>
    accounts.filter((account) => account !== identity && account.environment === environment);
  return { identity: [identity], dev: others("dev"), staging: others("staging"), prod: others("prod") };
}

/** The accounts in the order in which they are deployed. */
export function deploymentOrder(organization: Organization): readonly Account[] {
  const stages = deploymentStages(organization);
  return ENVIRONMENTS.flatMap((environment) => stages[environment]);
}
