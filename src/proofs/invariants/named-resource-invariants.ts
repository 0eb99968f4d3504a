import type { Model } from "../../model/model";
import { functionName, linuxUsersDocument, LINUX_USERS_DOCUMENT, TABLE_LEVEL_TAG } from "../../model/names";
import type { PartnerResources } from "../../model/partner";
import { PARTNER_ROLES } from "../../model/roles";
import type { Workload } from "../../model/workload";
import {
  everyRole,
  placedRoleTitle,
  widestSession,
  withDenialsAlone,
  type PlacedProvenRole,
  type ProofInput,
} from "../proven-account";
import { findAllowedRequests } from "../allowed-requests";
import type { Claim, Invariant } from "../invariant";
import type { RequestSet } from "../request-set";
import { filledIn } from "./role-invariant";

const here = (service: string, resource: string): string =>
  `arn:aws:${service}:{region}:{account}:${resource}`;

/** The set, where there is anything that it could be about: resources left out would be all of them. */
const named = (
  actions: string | readonly string[],
  resources: readonly string[],
  when?: RequestSet["when"],
): readonly RequestSet[] => (resources.length === 0 ? [] : [{ actions, resources, ...(when && { when }) }]);

const tables = (names: readonly string[] = []): readonly string[] =>
  names.map((name) => here("dynamodb", `table/${name}`));

const IN_OWN_BUCKETS = { StringEquals: { "aws:ResourceAccount": "{account}" } };

const documentArn = (name: string): string =>
  /^(AWS|Amazon)-/.test(name) ? `arn:aws:ssm:{region}::document/${name}` : here("ssm", `document/${name}`);

const bucketOf = (objects: string): string => objects.slice(0, objects.indexOf("/"));

/** What the roster names for a partner, and what its results are found by. */
function ofPartner(partner: string, resources: PartnerResources): readonly RequestSet[] {
  const { databases = [], objects = [], instances = [], documents = [], parameters = [] } = resources;
  const clusters = databases.map((name) => name.slice(0, name.indexOf("/")));
  const run = documents.filter((name) => name !== LINUX_USERS_DOCUMENT);
  const automation = linuxUsersDocument(partner);
  return [
    ...named(
      "redshift:GetClusterCredentialsWithIAM",
      databases.map((name) => here("redshift", `dbname:${name}`)),
    ),
    ...named(
      ["redshift-data:ExecuteStatement", "redshift:DescribeClusters"],
      clusters.map((name) => here("redshift", `cluster:${name}`)),
    ),
    ...(databases.length === 0
      ? []
      : [
          {
            actions: [
              "redshift-data:CancelStatement",
              "redshift-data:DescribeStatement",
              "redshift-data:GetStatementResult",
            ],
            // Its own statements, of which nothing is a resource.
            when: { StringEquals: { "redshift-data:statement-owner-iam-userid": "${aws:userid}" } },
          },
        ]),
    ...named(
      "s3:GetObject",
      objects.map((name) => `arn:aws:s3:::${name}`),
      IN_OWN_BUCKETS,
    ),
    ...objects.flatMap((name) =>
      named("s3:ListBucket", [`arn:aws:s3:::${bucketOf(name)}`], {
        ...IN_OWN_BUCKETS,
        StringLike: { "s3:prefix": name.slice(bucketOf(name).length + 1) },
      }),
    ),
    ...(instances.length === 0
      ? []
      : [
          ...named("ssm:SendCommand", [
            ...instances.map((id) => here("ec2", `instance/${id}`)),
            ...run.map(documentArn),
          ]),
          { actions: "ssm:GetCommandInvocation" },
        ]),
    ...named("ssm:GetDocument", run.map(documentArn)),
    ...named(
      ["ssm:GetParameter", "ssm:GetParameters", "ssm:PutParameter"],
      parameters.map((name) => here("ssm", `parameter${name}`)),
    ),
    ...(documents.includes(LINUX_USERS_DOCUMENT)
      ? [
          {
            actions: "ssm:StartAutomationExecution",
            resources: [
              here("ssm", `automation-definition/${automation}:*`),
              here("ssm", `document/${automation}`),
            ],
          },
          {
            actions: ["ssm:GetAutomationExecution", "ssm:StartAutomationExecution"],
            resources: here("ssm", "automation-execution/*"),
          },
        ]
      : []),
  ];
}

/** What a machine's agent needs, which names no resource of the service's. */
const AGENT: readonly RequestSet[] = [
  { actions: ["ec2messages:*", "logs:DescribeLogGroups", "ssm:UpdateInstanceInformation", "ssmmessages:*"] },
  {
    actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    resources: here("logs", "log-group:{prefix}-sessions:*"),
  },
  {
    actions: ["s3:GetEncryptionConfiguration", "s3:PutObject"],
    resources: ["arn:aws:s3:::{prefix}-sessions-{account}", "arn:aws:s3:::{prefix}-sessions-{account}/*"],
  },
  {
    actions: "kms:Decrypt",
    resources: here("kms", "key/*"),
    when: { StringEquals: { "aws:ResourceTag/Name": "{prefix}-sessions" } },
  },
];

/** What a service's definition names. */
function ofService({ organization }: Model, { runsOn, service, access }: Workload): readonly RequestSet[] {
  const queues = (names: readonly string[] = []): readonly string[] => names.map((name) => here("sqs", name));
  const objects = (names: readonly string[] = []): readonly string[] =>
    names.map((name) => `arn:aws:s3:::${name}`);
  const groups = [
    ...(access.logGroups ?? []),
    ...(runsOn === "lambda" ? [`/aws/lambda/${functionName(organization, service)}`] : []),
  ];
  const own: RequestSet["when"] =
    runsOn === "lambda"
      ? {
          ArnEquals: {
            "lambda:SourceFunctionArn": here("lambda", `function:${functionName(organization, service)}`),
          },
        }
      : {};
  return [
    ...(runsOn === "ec2" ? AGENT : []),
    ...named(
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      groups.map((name) => here("logs", `log-group:${name}:*`)),
    ),
    ...named(
      "secretsmanager:GetSecretValue",
      (access.secrets ?? []).map((name) =>
        here("secretsmanager", `secret:${name.endsWith("*") ? name : `${name}-??????`}`),
      ),
      own,
    ),
    ...named("s3:GetObject", objects(access.readObjects), { ...own, ...IN_OWN_BUCKETS }),
    ...named("s3:PutObject", objects(access.writeObjects), { ...own, ...IN_OWN_BUCKETS }),
    ...named(
      ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
      tables(access.readTables).flatMap((table) => [table, `${table}/index/*`]),
      own,
    ),
    ...named(
      ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      tables(access.writeTables),
      own,
    ),
    ...(access.publicTables
      ? [
          {
            actions: [
              "dynamodb:DeleteItem",
              "dynamodb:GetItem",
              "dynamodb:PutItem",
              "dynamodb:Query",
              "dynamodb:Scan",
              "dynamodb:UpdateItem",
            ],
            resources: here("dynamodb", "table/*"),
            when: { ...own, StringEquals: { [`aws:ResourceTag/${TABLE_LEVEL_TAG}`]: "Public" } },
          },
        ]
      : []),
    ...named(
      ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"],
      queues(access.sendQueues),
      own,
    ),
    ...named(
      [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ],
      queues(access.receiveQueues),
    ),
    ...((access.databaseUsers ?? []).length === 0
      ? []
      : [
          {
            actions: "sts:AssumeRole",
            resources: `arn:aws:iam::{account}:role/workloads/{prefix}-database-${service}-{key}`,
            when: own,
          },
        ]),
  ];
}

/** Signing in as the users that are named, to the databases that are named, if any. */
const ofDatabaseRole = ({ access }: Workload): readonly RequestSet[] =>
  named(
    "rds-db:connect",
    (access.databaseIds ?? ["*"]).flatMap((id) =>
      (access.databaseUsers ?? []).map((user) => here("rds-db", `dbuser:${id}/${user}`)),
    ),
  );

const RUNTIMES = ["function", "instance", "pod", "task"] as const;

function namedFor({ account, role }: PlacedProvenRole, { model }: ProofInput): readonly RequestSet[] {
  const { partners, workloads } = model;
  if (role.kind === "partner") {
    return partners.flatMap(({ name, grants }) =>
      PARTNER_ROLES.filter((one) => role.label === `${one}-${name}`).flatMap((one) =>
        grants
          .filter((grant) => grant.account === account.key && grant.role === one)
          .flatMap(({ resources }) => ofPartner(name, resources)),
      ),
    );
  }
  return workloads
    .filter(({ environment }) => environment === account.environment)
    .flatMap((workload) => {
      if (role.label === `database-${workload.service}`) return ofDatabaseRole(workload);
      const isRuntime = RUNTIMES.some((kind) => role.label === `${kind}-${workload.service}`);
      return isRuntime ? ofService(model, workload) : [];
    });
}

function* claims(input: ProofInput): Iterable<Claim> {
  for (const placed of everyRole(input)) {
    if (placed.role.kind !== "partner" && placed.role.kind !== "service") continue;
    yield {
      about: placedRoleTitle(placed),
      setting: { permissions: placed.role },
      finds: "allowed",
      breaches: (prover) =>
        prover.breaches(
          findAllowedRequests(widestSession(placed), placed.role),
          { actions: "*" },
          namedFor(placed, input).map((set) => filledIn(set, placed.account, input)),
        ),
    };
  }
}

/** Tables that a service's definition calls sensitive, and those with the tag that it was not given by name. */
function closedTables({ account, role }: PlacedProvenRole, { model }: ProofInput): readonly RequestSet[] {
  return model.workloads
    .filter(({ environment }) => environment === account.environment)
    .filter(({ service }) => RUNTIMES.some((kind) => role.label === `${kind}-${service}`))
    .flatMap(({ access }): readonly RequestSet[] => {
      const arns = (names: readonly string[]): readonly string[] =>
        tables(names).flatMap((table) => [table, `${table}/*`]);
      const own = arns([...(access.readTables ?? []), ...(access.writeTables ?? [])]);
      return [
        ...named("dynamodb:*", arns(access.sensitiveTables ?? [])),
        ...(access.publicTables
          ? [
              {
                actions: "dynamodb:*",
                resources: here("dynamodb", "table/*"),
                ...(own.length > 0 && { exceptResources: own }),
                when: { StringEquals: { [`aws:ResourceTag/${TABLE_LEVEL_TAG}`]: "Sensitive" } },
              },
            ]
          : []),
      ];
    });
}

function* claimsOfClosedTables(input: ProofInput): Iterable<Claim> {
  for (const one of everyRole(input)) {
    const closed = one.role.kind === "service" ? closedTables(one, input) : [];
    if (closed.length === 0) continue;
    const placed = withDenialsAlone(one);
    yield {
      about: `${placedRoleTitle(placed)}, whatever else lets it in`,
      setting: { permissions: placed.role },
      finds: "allowed",
      breaches: (prover) => {
        const access = findAllowedRequests(widestSession(placed), placed.role);
        return closed.flatMap((set) => prover.breaches(access, filledIn(set, placed.account, input)));
      },
    };
  }
}

/** What partners and services reach, by name. */
export const NAMED_RESOURCES: readonly Invariant[] = [
  {
    id: "partners-and-services-reach-what-is-named",
    says: "Roles of partners and services do nothing but what they are for, to the resources that the roster and the services' definitions name; tables that are tagged public are named by their tag, and the agent of machines talks to Systems Manager.",
    source:
      "Svitla, scenarios 1 and 3; Healthcare Blocks; MenoTime, service roles: only the permissions needed",
    claims,
  },
  {
    id: "services-stay-out-of-sensitive-tables",
    says: "Whatever a table's policy allows, services reach no table that their definitions call sensitive, and those that read public tables none that is tagged as sensitive and not theirs by name.",
    source: "Svitla, scenario 1: sensitive tables; decision 134",
    claims: claimsOfClosedTables,
  },
];
