import assert from "node:assert/strict";
import type { RoleContext } from "../../../src/documents/role-permissions";
import type { Environment } from "../../../src/model/organization";
import { dbReadPermissions } from "../../../src/documents/permissions/db-read";
import { contextIn } from "../fixture";
import { beside } from "../seeds/seed-case";
import { SVITLA } from "../seeds/svitla";
import { can, cannot, proveRole } from "./role-proof";

// In dev too, where developers' temporary grants may name it.
const EVERYWHERE = ["dev", "staging", "prod"] as const;

const database = "arn:aws:rds:{region}:{account}:db:menotime";
const user = (name: string): string => `arn:aws:rds-db:{region}:{account}:dbuser:db-ABC/${name}`;

const fromTheOffice = (environment: Environment): RoleContext => {
  const { organization, account } = contextIn(environment);
  return {
    account,
    organization: { ...organization, databaseSourceAddresses: ["203.0.113.0/24", "2001:db8::/32"] },
  };
};
const from = (address: string) => ({ context: { "aws:SourceIp": address } });

describe("DbRead, from the addresses that the organization names", () => {
  proveRole({
    role: "DbRead",
    environments: EVERYWHERE,
    contextOf: fromTheOffice,
    cases: [
      // Scenario 2, step 11: "only during business hours", "specific IP addresses"
      ...beside(
        SVITLA.readOnlyConditions,
        can(
          EVERYWHERE,
          "sign in from there, on any day of their grant",
          "rds-db:connect",
          user("dev_readonly_user"),
          { ...from("203.0.113.7"), decision: "15.29" },
        ),
        cannot(
          EVERYWHERE,
          "sign in from elsewhere",
          "rds-db:connect",
          user("dev_readonly_user"),
          from("198.51.100.7"),
        ),
        cannot(EVERYWHERE, "sign in from nobody knows where", "rds-db:connect", user("dev_readonly_user")),
      ),
      can(
        EVERYWHERE,
        "sign in from there by IPv6",
        "rds-db:connect",
        user("dev_readonly_user"),
        from("2001:db8::7"),
      ),
      can(
        EVERYWHERE,
        "find the database from elsewhere",
        "rds:DescribeDBInstances",
        database,
        from("198.51.100.7"),
      ),
      cannot(
        EVERYWHERE,
        "look outside the organization's region",
        "rds:DescribeDBInstances",
        "arn:aws:rds:us-east-1:{account}:db:menotime",
      ),
    ],
  });
});

describe("DbRead", () => {
  proveRole({
    role: "DbRead",
    environments: EVERYWHERE,
    cases: [
      // Scenario 2
      ...beside(
        SVITLA.readOnly,
        can(EVERYWHERE, "find the database", "rds:DescribeDBInstances", database),
        can(EVERYWHERE, "see its tags", "rds:ListTagsForResource", database),
        can(EVERYWHERE, "sign in as the read-only user", "rds-db:connect", user("dev_readonly_user")),
        cannot(EVERYWHERE, "sign in as the administrator", "rds-db:connect", user("iamdb"), {
          decision: "15.28",
        }),
        cannot(EVERYWHERE, "sign in as the application", "rds-db:connect", user("menotime_app"), {
          decision: "15.28",
        }),
        cannot(EVERYWHERE, "modify the database", "rds:ModifyDBInstance", database),
        cannot(EVERYWHERE, "copy the database", "rds:CreateDBSnapshot", database),
        cannot(
          EVERYWHERE,
          "read its password",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:{region}:{account}:secret:menotime/rds/master-AbCdEf",
        ),
      ),
      cannot(
        EVERYWHERE,
        "sign in to another account's database",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{identity}:dbuser:db-ABC/dev_readonly_user",
      ),
      cannot(
        EVERYWHERE,
        "look outside the organization's region",
        "rds:DescribeDBInstances",
        "arn:aws:rds:us-east-1:{account}:db:menotime",
      ),
    ],
  });

  it("is this document", () => {
    assert.deepEqual(dbReadPermissions(contextIn("prod")).policies, [
      {
        kind: "customer",
        purpose: "permissions",
        description: "Signs in to databases as their read-only user.",
        document: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "FindDatabases",
              Effect: "Allow",
              Action: ["rds:DescribeDBClusters", "rds:DescribeDBInstances", "rds:ListTagsForResource"],
              Resource: "*",
              Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
            },
            {
              Sid: "ConnectToDatabases",
              Effect: "Allow",
              Action: "rds-db:connect",
              Resource: ["arn:aws:rds-db:eu-west-1:444444444444:dbuser:*/dev_readonly_user"],
            },
          ],
        },
      },
    ]);
  });
});
