import type { Account, Organization } from "../model/account";
import { pipelineRoleArn } from "../model/names";
import { ENVIRONMENTS, type DeploymentSource } from "../model/organization";
import { deploymentOrder, deploymentStages } from "./deployment-stages";

/** The facts of an account that a job in it needs, by the names of its variables. */
export function accountVariables(
  organization: Organization,
  account: Account,
): Readonly<Record<string, string>> {
  return {
    account: account.id,
    region: organization.region,
    preview_role: pipelineRoleArn(organization, "Preview", account),
    review_role: pipelineRoleArn(organization, "Review", account),
    deploy_role: pipelineRoleArn(organization, "Deploy", account),
  };
}

/**
 * The accounts as JSON lists of their stacks, for a pipeline that makes its jobs of them: `accounts` in the order of
 * deployment, for each stage those that follow the branch, and `promoted` with those that follow tags.
 */
export function accountLists(organization: Organization): Readonly<Record<string, string>> {
  const stages = deploymentStages(organization);
  const list = (accounts: readonly Account[]): string => JSON.stringify(accounts.map(({ key }) => key));
  const all = deploymentOrder(organization);
  const following = (source: DeploymentSource, accounts: readonly Account[]): string =>
    list(accounts.filter(({ follows }) => follows === source));
  return {
    accounts: list(all),
    ...Object.fromEntries(
      ENVIRONMENTS.map((environment) => [environment, following("branch", stages[environment])]),
    ),
    promoted: following("tags", all),
  };
}

/** One `name=value` a line, as GitHub's `$GITHUB_OUTPUT` and a shell's `source` read it. */
export const asLines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
