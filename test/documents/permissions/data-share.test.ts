import assert from "node:assert/strict";

import { dataSharePermissions } from "../../../src/documents/permissions/data-share";
import { roleArnOf } from "../../../src/model/names";
import { sessionCaller } from "../../support/evaluate";
import { contextIn } from "../fixture";
import { beside } from "../seeds/seed-case";
import { SVITLA } from "../seeds/svitla";
import { can, cannot, prove } from "./role-proof";

const resources = {
  databases: ["analytics/shared"],
  objects: ["example-shared/acme/*"],
} as const;

const redshift = (resource: string): string => `arn:aws:redshift:{region}:{account}:${resource}`;
const cluster = redshift("cluster:analytics");
const ownStatement = { context: { "redshift-data:statement-owner-iam-userid": "AROAacme:acme" } };
const others = { context: { "redshift-data:statement-owner-iam-userid": "AROAother:other" } };
const bucket = "arn:aws:s3:::example-shared";

describe("DataShare", () => {
  prove({
    permissionsOf: (context) => dataSharePermissions(context, resources),
    session: ({ account }) => {
      const caller = sessionCaller(roleArnOf(account, "infra-DataShareR-prod-acme"), "acme");
      return { ...caller, context: { ...caller.context, "aws:userid": "AROAacme:acme" } };
    },
    environments: ["prod"],
    cases: [
      // Scenario 3: read-only access to what is shared, and to nothing else.
      ...beside(
        SVITLA.dataShare,
        can("prod", "see the shared cluster", "redshift:DescribeClusters", cluster),
        can(
          "prod",
          "sign in to the shared database",
          "redshift:GetClusterCredentialsWithIAM",
          redshift("dbname:analytics/shared"),
          { decision: "12" },
        ),
        can("prod", "query it", "redshift-data:ExecuteStatement", cluster, { decision: "12" }),
        can("prod", "read the results of their own queries", "redshift-data:GetStatementResult", "*", {
          ...ownStatement,
          decision: "12",
        }),
        cannot(
          "prod",
          "read the results of others' queries",
          "redshift-data:GetStatementResult",
          "*",
          others,
        ),
        cannot(
          "prod",
          "sign in to another database of the cluster",
          "redshift:GetClusterCredentialsWithIAM",
          redshift("dbname:analytics/patients"),
        ),
        cannot(
          "prod",
          "sign in as a database user of their choice",
          "redshift:GetClusterCredentials",
          redshift("dbuser:analytics/admin"),
        ),
        cannot(
          "prod",
          "query another cluster",
          "redshift-data:ExecuteStatement",
          redshift("cluster:billing"),
        ),
        cannot(
          "prod",
          "share what is shared with them",
          "redshift:AuthorizeDataShare",
          redshift("datashare:11111111-2222-3333-4444-555555555555/visits"),
        ),
        cannot("prod", "see with whom else data is shared", "redshift:DescribeDataShares"),
        cannot("prod", "delete the cluster", "redshift:DeleteCluster", cluster),
        can("prod", "read the shared files", "s3:GetObject", `${bucket}/acme/visits.parquet`, {
          decision: "12",
        }),
        can("prod", "list the shared files", "s3:ListBucket", bucket, {
          context: { "s3:prefix": "acme/" },
          decision: "12",
        }),
        cannot("prod", "list the whole bucket", "s3:ListBucket", bucket, { context: { "s3:prefix": "" } }),
        cannot("prod", "read other files of the bucket", "s3:GetObject", `${bucket}/beta/visits.parquet`),
        cannot("prod", "write files", "s3:PutObject", `${bucket}/acme/visits.parquet`),
        cannot(
          "prod",
          "read a bucket of that name elsewhere",
          "s3:GetObject",
          `${bucket}/acme/visits.parquet`,
          {
            owner: "staging",
          },
        ),
        cannot("prod", "list a bucket of that name elsewhere", "s3:ListBucket", bucket, {
          owner: "staging",
          context: { "s3:prefix": "acme/" },
        }),
        cannot(
          "prod",
          "reach databases of other kinds",
          "rds-db:connect",
          "arn:aws:rds-db:{region}:{account}:dbuser:*/a",
        ),
        cannot(
          "prod",
          "read secrets",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:{region}:{account}:secret:a",
        ),
      ),
    ],
  });

  it("may do nothing where nothing is named", () => {
    assert.deepEqual(dataSharePermissions(contextIn("prod"), {}), { policies: [] });
  });
});
