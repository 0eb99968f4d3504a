import type { Account, Organization } from "../model/account";
import { pipelineRoleArn } from "../model/names";
import { ENVIRONMENTS } from "../model/organization";
import { deploymentOrder, deploymentStages } from "./deployment-stages";

/** What a job has to know of the account that it works in, by the names of its variables. */
export function accountVariables(
  organization: Organization,
  account: Account,
): Readonly<Record<string, string>> {
  return {
    account: account.id,
    region: organization.region,
    preview_role: pipelineRoleArn(organization, "Preview", account),
    deploy_role: pipelineRoleArn(organization, "Deploy", account),
  };
}

/**
 * The accounts as JSON lists of their stacks, for a pipeline that makes its jobs of them: `accounts` in the order of
 * deployment, and a list for each stage.
 */
export function accountLists(organization: Organization): Readonly<Record<string, string>> {
  const stages = deploymentStages(organization);
  const list = (accounts: readonly Account[]): string => JSON.stringify(accounts.map(({ key }) => key));
  return {
    accounts: list(deploymentOrder(organization)),
    ...Object.fromEntries(ENVIRONMENTS.map((environment) => [environment, list(stages[environment])])),
  };
}

/** One `name=value` a line, as GitHub's `$GITHUB_OUTPUT` and a shell's `source` read it. */
export const asLines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
