import type { Account, Organization } from "../model/account";
import { pipelineRoleArn } from "../model/names";

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

/** One `name=value` a line, as GitHub's `$GITHUB_OUTPUT` and a shell's `source` read it. */
export const asLines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
