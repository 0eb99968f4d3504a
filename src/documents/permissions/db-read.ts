import { READ_ONLY_USER } from "../../model/database";
import { databaseUsers } from "../databases/database-users";
import type { Conditions } from "../policy-document";
import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { inOwnRegion } from "./own-region";

/**
 * From where people sign in, where the organization says it (seed: Svitla, scenario 2). Where RDS does not tell IAM the
 * address, nobody signs in: the condition then errs on the right side.
 */
const fromSourceAddresses = ({ organization }: RoleContext): { Condition?: Conditions } =>
  organization.databaseSourceAddresses.length === 0
    ? {}
    : { Condition: { IpAddress: { "aws:SourceIp": organization.databaseSourceAddresses } } };

/**
 * Finds databases and reads their rows as their read-only user. That this user can only read is for the database to say: see
 * the runbook on database access for its grants.
 */
export function dbReadPermissions(context: RoleContext): RolePermissions {
  const { organization, account } = context;
  const users = databaseUsers(organization, account, ({ readOnlyUser }) => readOnlyUser, READ_ONLY_USER);
  const permissions = customerPolicy(
    "permissions",
    "Signs in to databases as their read-only user.",
    {
      Sid: "FindDatabases",
      Effect: "Allow",
      Action: ["rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:ListTagsForResource"],
      Resource: "*",
      Condition: inOwnRegion(context),
    },
    ...(users.length === 0
      ? []
      : [
          {
            Sid: "ConnectToDatabases",
            Effect: "Allow" as const,
            Action: "rds-db:connect",
            Resource: users,
            ...fromSourceAddresses(context),
          },
        ]),
  );
  return { policies: [permissions] };
}
