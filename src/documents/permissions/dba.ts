import { DBA_USER, isCluster, type Database } from "../../model/database";
import {
  CHANGING_ACTIONS,
  DATABASE_TYPES,
  LOG_FILES,
  LOG_ACTIONS,
  METRIC_ACTIONS,
  PASSWORD_ACTIONS,
  SHARED_TYPES,
  TUNING_ACTIONS,
} from "../databases/database-actions";
import {
  databaseArn,
  databaseLogs,
  databaseMetrics,
  databaseResources,
  namedSecrets,
} from "../databases/database-resources";
import { databaseUserArn, databaseUsers } from "../databases/database-users";
import { policyDocument, type PermissionStatement } from "../policy-document";
import type { CustomerPolicy, RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";
import { matchingReads } from "./reading/matching-reads";
import { inOwnRegion } from "./own-region";

/** `rds!…` are the passwords that RDS keeps itself, `…/rds/…` those that the seeds name. */
const EVERY_PASSWORD = ["rds!*", "*/rds/*"];

/** In staging a DBA is limited (seed: MenoTime, user categories). */
const isLimited = ({ account }: RoleContext): boolean => account.environment === "staging";

const here = ({ organization, account }: RoleContext, service: string, resource: string): string =>
  `arn:aws:${service}:${organization.region}:${account.id}:${resource}`;

const administered = (context: RoleContext): readonly string[] =>
  isLimited(context) ? TUNING_ACTIONS : [...TUNING_ACTIONS, ...CHANGING_ACTIONS].sort();

const types = (context: RoleContext, names: readonly string[]): readonly string[] =>
  names.map((type) => here(context, "rds", `${type}:*`));

/** What shows which databases there are, and what none of AWS's permissions ties to one of them. */
const monitorDatabases = (context: RoleContext, ...more: readonly string[]): PermissionStatement => ({
  Sid: "MonitorDatabases",
  Effect: "Allow",
  Action: [
    ...matchingReads(["cloudwatch:*"]),
    "logs:DescribeLogGroups",
    ...more,
    "rds:Describe*",
    "rds:ListTagsForResource",
  ].sort(),
  Resource: "*",
  Condition: inOwnRegion(context),
});

/**
 * Muster's tag closes to Ops whatever has it. Dba must not give it, which closes a group of subnets to Ops, nor write over it, which opens
 * Muster's. IAM compares the names of tags without case.
 */
const mustersTagStays: PermissionStatement = {
  Sid: "MustersTag",
  Effect: "Deny",
  Action: "rds:*",
  Resource: "*",
  Condition: { Null: { "aws:RequestTag/ManagedBy": "false" } },
};

/** Where the organization names no database: all of them. */
const everyDatabase = (context: RoleContext): readonly PermissionStatement[] => [
  monitorDatabases(context, ...METRIC_ACTIONS, ...LOG_FILES),
  {
    Sid: "AdministerDatabases",
    Effect: "Allow",
    Action: administered(context),
    Resource: types(context, [...DATABASE_TYPES, ...SHARED_TYPES].sort()),
    // A copy in another region may name nothing but what it copies.
    Condition: inOwnRegion(context),
  },
  {
    Sid: "ConnectToDatabases",
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: databaseUsers(context.organization, context.account, () => DBA_USER, DBA_USER),
  },
  {
    Sid: "ReadDatabaseLogs",
    Effect: "Allow",
    Action: LOG_ACTIONS,
    Resource: here(context, "logs", "log-group:/aws/rds/*"),
  },
  ...(isLimited(context)
    ? []
    : [
        {
          Sid: "DatabasePasswords",
          Effect: "Allow" as const,
          Action: PASSWORD_ACTIONS,
          Resource: EVERY_PASSWORD.map((name) => here(context, "secretsmanager", `secret:${name}`)),
        },
      ]),
];

/**
 * The passwords that RDS keeps itself have names that tell nothing, and a tag of RDS's that says whose they are.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
function passwordsKeptByRds(
  context: RoleContext,
  databases: readonly Database[],
): readonly PermissionStatement[] {
  const kinds = [
    ["Instance", "primaryDBInstanceArn", databases.filter((one) => !isCluster(one))],
    ["Cluster", "primaryDBClusterArn", databases.filter(isCluster)],
  ] as const;
  return kinds.flatMap(([kind, tag, own]) =>
    own.length === 0
      ? []
      : [
          {
            Sid: `${kind}Passwords`,
            Effect: "Allow" as const,
            Action: PASSWORD_ACTIONS,
            Resource: here(context, "secretsmanager", "secret:rds!*"),
            Condition: {
              StringEquals: {
                [`aws:ResourceTag/aws:rds:${tag}`]: own.map((one) => databaseArn(context, one)),
              },
            },
          },
        ],
  );
}

/** What is allowed of some named databases. */
function someDatabases(context: RoleContext, databases: readonly Database[]): readonly PermissionStatement[] {
  const { organization, account } = context;
  const arnsOf = (
    arns: (context: RoleContext, database: Database) => readonly string[],
  ): readonly string[] => [...new Set(databases.flatMap((database) => arns(context, database)))];
  return [
    {
      Sid: "AdministerDatabases",
      Effect: "Allow",
      Action: [...administered(context), ...LOG_FILES].sort(),
      // Parameters, options and subnets belong to several: what changes a database may name them too.
      Resource: [...arnsOf(databaseResources), ...types(context, SHARED_TYPES)],
      Condition: inOwnRegion(context),
    },
    {
      Sid: "ConnectToDatabases",
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: databases.map(({ id }) => databaseUserArn(organization, account, id, DBA_USER)),
    },
    { Sid: "ReadDatabaseLogs", Effect: "Allow", Action: LOG_ACTIONS, Resource: arnsOf(databaseLogs) },
    {
      Sid: "ReadDatabaseMetrics",
      Effect: "Allow",
      Action: METRIC_ACTIONS,
      Resource: arnsOf(databaseMetrics),
    },
    ...(isLimited(context)
      ? []
      : [
          {
            Sid: "DatabasePasswords",
            Effect: "Allow" as const,
            Action: PASSWORD_ACTIONS,
            Resource: arnsOf(namedSecrets),
          },
          ...passwordsKeptByRds(context, databases),
        ]),
  ];
}

/** As many named databases as a policy holds, with the longest identifiers. */
const DATABASES_A_POLICY = 3;

const namedDatabases = (context: RoleContext, databases: readonly Database[]): readonly CustomerPolicy[] =>
  Array.from({ length: Math.ceil(databases.length / DATABASES_A_POLICY) }, (_, index) => ({
    kind: "customer",
    purpose: "databases",
    index,
    description: "Administers the databases that the organization names; deletes none.",
    document: policyDocument(
      ...someDatabases(
        context,
        databases.slice(index * DATABASES_A_POLICY, (index + 1) * DATABASES_A_POLICY),
      ),
    ),
  }));

/**
 * Administers RDS (seed: MenoTime): parameters, snapshots, database users, performance, logs; where the organization names an
 * account's databases, of these alone, beside what several share: parameter, option and subnet groups. Nothing here deletes a
 * database, which takes a dated grant of Admin. Beyond databases it sees metrics and alarms and the names of log groups.
 * Temporary database users for developers are made inside the database: see the runbook on database access.
 *
 * In staging databases are tuned and looked at, not changed, restored or signed in to by password: staging's data is
 * de-identified, and a snapshot of prod restored there would not be.
 */
export function dbaPermissions(context: RoleContext): RolePermissions {
  const { databases } = context.account;
  const description = "Administers databases; deletes none, and reaches nothing else.";
  if (databases === undefined) {
    return {
      policies: [customerPolicy("permissions", description, ...everyDatabase(context), mustersTagStays)],
    };
  }
  return {
    policies: [
      customerPolicy("permissions", description, monitorDatabases(context), mustersTagStays),
      ...namedDatabases(context, databases),
    ],
  };
}
