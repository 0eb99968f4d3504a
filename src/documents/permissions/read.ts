import type { RoleContext, RolePermissions } from "../role-permissions";
import { READ_ONLY_ACCESS } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { DATA_ACCESS, SETTINGS_ACCESS, SOURCE_CODE_ACCESS } from "./data-access";
import { GRANTED_READS } from "./reading/granted-reads";
import { readPolicies } from "./reading/read-policies";

const limits = customerPolicy(
  "limits",
  "No data, no source code and no credentials in settings, whatever the policy of a bucket, a key, a repository or a function opens to the account.",
  { Sid: "NoData", Effect: "Deny", Action: DATA_ACCESS, Resource: "*" },
  { Sid: "NoSourceCode", Effect: "Deny", Action: SOURCE_CODE_ACCESS, Resource: "*" },
  { Sid: "NoSettings", Effect: "Deny", Action: SETTINGS_ACCESS, Resource: "*" },
);

/**
 * Reads everything; in prod what was looked at and granted, without data, credentials and source code, because the data
 * there is patients' (seed: MenoTime).
 */
export const readPermissions = ({ account }: RoleContext): RolePermissions => ({
  policies: account.environment === "prod" ? [...readPolicies(GRANTED_READS), limits] : [READ_ONLY_ACCESS],
});
