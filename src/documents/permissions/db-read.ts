import type { Conditions } from "../policy-document";
import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { inRegion } from "./region";

/**
 * The database user as which the DbRead role signs in (seed: Svitla, scenario 2). That it can only read is for the
 * database to say: see the runbook on database access for its grants.
 */
export const READ_ONLY_DATABASE_USER = "dev_readonly_user";

/**
 * From where people sign in, where the organization says it (seed: Svitla, scenario 2). Where RDS does not tell IAM the
 * address, nobody signs in: the condition then errs on the right side.
 */
const fromSourceAddresses = ({ organization }: RoleContext): { Condition?: Conditions } =>
  organization.databaseSourceAddresses.length === 0
    ? {}
    : { Condition: { IpAddress: { "aws:SourceIp": organization.databaseSourceAddresses } } };

/** Finds databases and reads their rows. */
export function dbRead(context: RoleContext): RolePermissions {
  const { organization, account } = context;
  const permissions = customerPolicy(
    "permissions",
    "Signs in to databases as their read-only user.",
    {
      Sid: "FindDatabases",
      Effect: "Allow",
      Action: ["rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:ListTagsForResource"],
      Resource: "*",
      Condition: inRegion(context),
    },
    {
      Sid: "ConnectToDatabases",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: `arn:aws:rds-db:${organization.region}:${account.id}:dbuser:*/${READ_ONLY_DATABASE_USER}`,
      ...fromSourceAddresses(context),
    },
  );
  return { policies: [permissions] };
}
