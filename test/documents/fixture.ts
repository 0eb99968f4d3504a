import type { RoleContext } from "../../src/documents/role-permissions";
import type { Account, Organization } from "../../src/model/account";
import { parseAccountId } from "../../src/model/names";
import type { BreakGlassPermissions, Environment } from "../../src/model/organization";

function account(environment: Environment, id: string): Account {
  const isIdentity = environment === "identity";
  const key = isIdentity ? "users" : environment;
  return { key, id: parseAccountId(id)!, environment, isIdentity, trustQuota: 2_048, follows: "branch" };
}

/** The organization of the tests: one account for each environment. */
export const ACCOUNTS = {
  identity: account("identity", "111111111111"),
  dev: account("dev", "222222222222"),
  staging: account("staging", "333333333333"),
  prod: account("prod", "444444444444"),
} as const satisfies Record<Environment, Account>;

export const REGION = "eu-west-1";

export function contextIn(
  environment: Environment,
  breakGlassPermissions: BreakGlassPermissions = "administrator",
): RoleContext {
  const organization: Organization = {
    prefix: "infra",
    region: REGION,
    regions: [REGION],
    accounts: Object.values(ACCOUNTS),
    identity: ACCOUNTS.identity,
    contractorRequirements: [],
    breakGlassPermissions,
    databaseSourceAddresses: [],
  };
  return { organization, account: ACCOUNTS[environment] };
}
