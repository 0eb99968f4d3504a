import { SEED_ACCOUNT, SEED_REGION, seedDocument } from "./seed-document";

const here = (service: string, resource: string): string =>
  `arn:aws:${service}:${SEED_REGION}:${SEED_ACCOUNT}:${resource}`;
const readOnlyUsers = here("rds-db", "dbuser:db-ABC/*");

/** The policies of Svitla's scenarios, with example names in place of what they leave open. */
export const SVITLA = {
  functionTable: seedDocument("Svitla's Lambda policy, scenario 1", {
    Sid: "Table",
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:Scan"],
    Resource: here("dynamodb", "table/visits"),
  }),

  functionTags: seedDocument(
    "Svitla's Lambda policy by tags, scenario 1",
    {
      Sid: "Public",
      Effect: "Allow",
      Action: [
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:Scan",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
      ],
      Resource: here("dynamodb", "table/*"),
      Condition: { StringEquals: { "dynamodb:ResourceTag/AccessLevel": "Public" } },
    },
    {
      Sid: "Sensitive",
      Effect: "Deny",
      Action: "dynamodb:*",
      Resource: here("dynamodb", "table/*"),
      Condition: { StringEquals: { "dynamodb:ResourceTag/AccessLevel": "Sensitive" } },
    },
  ),

  analyst: seedDocument("Svitla's analyst policy, scenario 1", {
    Sid: "Invoke",
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: here("lambda", "function:infra-analytics-visits"),
  }),

  readOnly: seedDocument(
    "Svitla's RDSReadOnlyPolicy, scenario 2",
    {
      Sid: "DescribeDBInstances",
      Effect: "Allow",
      Action: ["rds:DescribeDBInstances", "rds:ListTagsForResource"],
      Resource: "*",
    },
    { Sid: "ConnectToRDSInstance", Effect: "Allow", Action: "rds-db:connect", Resource: readOnlyUsers },
  ),

  /** The hours of one day and the addresses are the seed's; the day lies before that of the tests, as it does now. */
  readOnlyConditions: seedDocument("Svitla's conditions on signing in, scenario 2", {
    Sid: "Connect",
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: readOnlyUsers,
    Condition: {
      DateGreaterThan: { "aws:CurrentTime": "2023-10-01T08:00:00Z" },
      DateLessThan: { "aws:CurrentTime": "2023-10-01T18:00:00Z" },
      IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
    },
  }),

  /** Without its principal, with which IAM would refuse it on a role. */
  dataShare: seedDocument("Svitla's data sharing policy, scenario 3", {
    Sid: "Share",
    Effect: "Allow",
    Action: ["redshift:DescribeClusters", "redshift:DescribeTables", "redshift:Select"],
    Resource: [here("redshift", "cluster:analytics"), here("redshift", "table:analytics.shared.visits")],
  }),
} as const;
