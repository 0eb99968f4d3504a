import { groupBy } from "../../model/group-by";
import type { PartnerResources } from "../../model/partner";
import type { PermissionStatement } from "../policy-document";
import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";

/**
 * A partner queries the databases that are named. IAM has no tables: which of them it may read is granted in the
 * database, to the user that Redshift makes of the role, `IAMR:<name of the role>`.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/generating-iam-credentials-role-permissions.html
 */
function queryDatabases(context: RoleContext, databases: readonly string[]): readonly PermissionStatement[] {
  if (databases.length === 0) return [];
  const here = (resource: string): string =>
    `arn:aws:redshift:${context.organization.region}:${context.account.id}:${resource}`;
  const clusters = [...new Set(databases.map((name) => name.slice(0, name.indexOf("/"))))];
  return [
    {
      Sid: "SignInToDatabases",
      Effect: "Allow",
      Action: "redshift:GetClusterCredentialsWithIAM",
      Resource: databases.map((name) => here(`dbname:${name}`)),
    },
    {
      Sid: "Query",
      Effect: "Allow",
      Action: ["redshift-data:ExecuteStatement", "redshift:DescribeClusters"],
      Resource: clusters.map((cluster) => here(`cluster:${cluster}`)),
    },
    {
      Sid: "OwnResults",
      Effect: "Allow",
      Action: [
        "redshift-data:CancelStatement",
        "redshift-data:DescribeStatement",
        "redshift-data:GetStatementResult",
      ],
      Resource: "*",
      Condition: { StringEquals: { "redshift-data:statement-owner-iam-userid": "${aws:userid}" } },
    },
  ];
}

/** Buckets' names are unique worldwide: one that is not this account's is somebody else's. */
const inOwnBuckets = ({ account }: RoleContext): Readonly<Record<string, string>> => ({
  "aws:ResourceAccount": account.id,
});

/** A partner reads the files that Redshift Spectrum queries, where they are shared as files. */
function readObjects(context: RoleContext, objects: readonly string[]): readonly PermissionStatement[] {
  if (objects.length === 0) return [];
  const byBucket = groupBy(objects, (name) => name.slice(0, name.indexOf("/")));
  return [
    {
      Sid: "ReadObjects",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: objects.map((name) => `arn:aws:s3:::${name}`),
      Condition: { StringEquals: inOwnBuckets(context) },
    },
    ...[...byBucket].map(([bucket, names], index): PermissionStatement => ({
      Sid: `ListBucket${String(index + 1)}`,
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: {
        StringEquals: inOwnBuckets(context),
        StringLike: { "s3:prefix": names.map((name) => name.slice(bucket.length + 1)) },
      },
    })),
  ];
}

/** An external partner reads what is shared with it and nothing else (seed: Svitla, scenario 3). */
export function dataSharePermissions(
  context: RoleContext,
  { databases = [], objects = [] }: PartnerResources,
): RolePermissions {
  const statements = [...queryDatabases(context, databases), ...readObjects(context, objects)];
  if (statements.length === 0) return { policies: [] };
  return {
    policies: [customerPolicy("permissions", "Reads what is shared, and nothing else.", ...statements)],
  };
}
