import assert from "node:assert/strict";
import { dbRead } from "../../../src/documents/permissions/db-read";
import { contextIn } from "../fixture";
import { can, cannot, proveRole } from "./role-proof";

// In dev too, where developers' temporary grants may name it.
const EVERYWHERE = ["dev", "staging", "prod"] as const;

const database = "arn:aws:rds:{region}:{account}:db:menotime";
const user = (name: string): string => `arn:aws:rds-db:{region}:{account}:dbuser:db-ABC/${name}`;

describe("DbRead", () => {
  proveRole({
    role: "DbRead",
    environments: EVERYWHERE,
    cases: [
      // Svitla, scenario 2
      can(EVERYWHERE, "find the database", "rds:DescribeDBInstances", database),
      can(EVERYWHERE, "see its tags", "rds:ListTagsForResource", database),
      can(EVERYWHERE, "sign in as the read-only user", "rds-db:connect", user("dev_readonly_user")),
      cannot(EVERYWHERE, "sign in as the administrator", "rds-db:connect", user("iamdb")),
      cannot(EVERYWHERE, "sign in as the application", "rds-db:connect", user("menotime_app")),
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
      cannot(EVERYWHERE, "modify the database", "rds:ModifyDBInstance", database),
      cannot(EVERYWHERE, "copy the database", "rds:CreateDBSnapshot", database),
      cannot(
        EVERYWHERE,
        "read its password",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:{region}:{account}:secret:menotime/rds/master-AbCdEf",
      ),
    ],
  });

  it("is this document", () => {
    assert.deepEqual(dbRead(contextIn("prod")).policies, [
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
              Resource: "arn:aws:rds-db:eu-west-1:444444444444:dbuser:*/dev_readonly_user",
            },
          ],
        },
      },
    ]);
  });
});
