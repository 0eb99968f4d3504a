import { functionName, TABLE_LEVEL_TAG, type Arn } from "../../model/names";
import type { Workload } from "../../model/workload";
import {
  policyDocument,
  type Conditions,
  type PermissionStatement,
  type PolicyDocument,
} from "../policy-document";
import { agentStatements } from "../machines/agent";
import type { RoleContext } from "../role-permissions";

const READ_TABLE = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"] as const;
const WRITE_TABLE = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
] as const;

const here =
  ({ organization, account }: RoleContext) =>
  (service: string, resource: string): string =>
    `arn:aws:${service}:${organization.region}:${account.id}:${resource}`;

/** Secrets Manager adds a hyphen and six characters to a secret's name in its ARN. */
const secretPattern = (name: string): string => (name.endsWith("*") ? name : `${name}-??????`);

/**
 * Credentials of a function are worth something in that function alone. The key is in the requests that its code makes,
 * and not in those that Lambda makes for it: writing logs and polling queues.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
function fromOwnFunction(context: RoleContext, { runsOn, service }: Workload): Conditions {
  if (runsOn !== "lambda") return {};
  const name = functionName(context.organization, service);
  return { ArnEquals: { "lambda:SourceFunctionArn": here(context)("lambda", `function:${name}`) } };
}

interface Grant {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** A statement for a grant of something; none for a grant of nothing. */
function allow({ sid, actions, resources, conditions = {} }: Grant): readonly PermissionStatement[] {
  if (resources.length === 0) return [];
  const isConditional = Object.keys(conditions).length > 0;
  return [
    {
      Sid: sid,
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(isConditional && { Condition: conditions }),
    },
  ];
}

function logGroups({ organization }: RoleContext, { access, runsOn, service }: Workload): readonly string[] {
  const own = runsOn === "lambda" ? [`/aws/lambda/${functionName(organization, service)}`] : [];
  return [...own, ...(access.logGroups ?? [])];
}

/**
 * A tag can fail open where attribute-based access is not switched on for DynamoDB, so tables that must stay closed are
 * denied by name as well. A table that the service was given by name is its own, whatever its tag.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/attribute-based-access-control.html
 */
function sensitiveTables(context: RoleContext, { access }: Workload): readonly PermissionStatement[] {
  const { readTables = [], writeTables = [], sensitiveTables: named = [], publicTables } = access;
  const arns = (tables: readonly string[]): readonly string[] =>
    [...new Set(tables)].flatMap((table) => [
      here(context)("dynamodb", `table/${table}`),
      here(context)("dynamodb", `table/${table}/*`),
    ]);
  const own = arns([...readTables, ...writeTables]);
  const byName: PermissionStatement = {
    Sid: "SensitiveTablesByName",
    Effect: "Deny",
    Action: "dynamodb:*",
    Resource: arns(named),
  };
  const tagged = { StringEquals: { [`aws:ResourceTag/${TABLE_LEVEL_TAG}`]: "Sensitive" } };
  const byTag: PermissionStatement = {
    Sid: "SensitiveTablesByTag",
    Effect: "Deny",
    Action: "dynamodb:*",
    ...(own.length === 0 ? { Resource: here(context)("dynamodb", "table/*") } : { NotResource: own }),
    Condition: tagged,
  };
  return [...(publicTables ? [byTag] : []), ...(named.length > 0 ? [byName] : [])];
}

/** The permissions of the role that a service's code runs with (seeds: MenoTime, service roles; Svitla, scenario 1). */
export function runtimePermissions(
  context: RoleContext,
  workload: Workload,
  databaseRole: Arn | undefined,
): PolicyDocument | undefined {
  const { access } = workload;
  const arn = here(context);
  const own = fromOwnFunction(context, workload);
  const inOwnBuckets: Conditions = { StringEquals: { "aws:ResourceAccount": context.account.id } };
  const tables = (names: readonly string[]): readonly string[] =>
    names.map((name) => arn("dynamodb", `table/${name}`));
  const indexes = (names: readonly string[]): readonly string[] =>
    names.map((name) => arn("dynamodb", `table/${name}/index/*`));
  const objects = (names: readonly string[]): readonly string[] =>
    names.map((name) => `arn:aws:s3:::${name}`);
  const queues = (names: readonly string[]): readonly string[] => names.map((name) => arn("sqs", name));
  const {
    secrets = [],
    readObjects = [],
    writeObjects = [],
    readTables = [],
    writeTables = [],
    sendQueues = [],
    receiveQueues = [],
  } = access;
  const statements = [
    ...(workload.runsOn === "ec2" ? agentStatements(context) : []),
    ...allow({
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: logGroups(context, workload).map((name) => arn("logs", `log-group:${name}:*`)),
    }),
    ...allow({
      sid: "ReadSecrets",
      actions: ["secretsmanager:GetSecretValue"],
      resources: secrets.map((name) => arn("secretsmanager", `secret:${secretPattern(name)}`)),
      conditions: own,
    }),
    ...allow({
      sid: "ReadObjects",
      actions: ["s3:GetObject"],
      resources: objects(readObjects),
      conditions: { ...own, ...inOwnBuckets },
    }),
    ...allow({
      sid: "WriteObjects",
      actions: ["s3:PutObject"],
      resources: objects(writeObjects),
      conditions: { ...own, ...inOwnBuckets },
    }),
    ...allow({
      sid: "ReadTables",
      actions: READ_TABLE,
      resources: [...tables(readTables), ...indexes(readTables)],
      conditions: own,
    }),
    ...allow({ sid: "WriteTables", actions: WRITE_TABLE, resources: tables(writeTables), conditions: own }),
    ...allow({
      sid: "PublicTables",
      actions: [
        "dynamodb:DeleteItem",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:UpdateItem",
      ],
      resources: access.publicTables ? [arn("dynamodb", "table/*")] : [],
      conditions: { ...own, StringEquals: { [`aws:ResourceTag/${TABLE_LEVEL_TAG}`]: "Public" } },
    }),
    ...sensitiveTables(context, workload),
    ...allow({
      sid: "SendToQueues",
      actions: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
      resources: queues(sendQueues),
      conditions: own,
    }),
    ...allow({
      sid: "ReceiveFromQueues",
      actions: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ],
      resources: queues(receiveQueues),
    }),
    ...allow({
      sid: "BecomeDatabaseRole",
      actions: ["sts:AssumeRole"],
      resources: databaseRole === undefined ? [] : [databaseRole],
      conditions: own,
    }),
  ];
  return statements.length === 0 ? undefined : policyDocument(...statements);
}

/** What the role may do with which a service signs in to databases: be these users, and nothing else. */
export function databasePermissions(context: RoleContext, { access }: Workload): PolicyDocument {
  const { databaseIds = ["*"], databaseUsers = [] } = access;
  return policyDocument({
    Sid: "ConnectToDatabases",
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: databaseIds.flatMap((id) =>
      databaseUsers.map((user) => here(context)("rds-db", `dbuser:${id}/${user}`)),
    ),
  });
}
