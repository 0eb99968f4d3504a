import { sessionCaller } from "../../support/evaluate";
import { can, cannot, prove } from "../permissions/role-proof";
import { permissionsOf, roleNamed } from "./fixture";

const secret = (name: string): string => `arn:aws:secretsmanager:{region}:{account}:secret:${name}-AbCdEf`;
const stream = (group: string): string => `arn:aws:logs:{region}:{account}:log-group:${group}:log-stream:1`;
const queue = "arn:aws:sqs:{region}:{account}:mw-prod-events";
const databaseUser = (name: string, id = "db-ABCDEFGHIJKL01234"): string =>
  `arn:aws:rds-db:{region}:{account}:dbuser:${id}/${name}`;

const ingress = roleNamed("infra-task-mw-ingress-prod", "prod");
const worker = roleNamed("infra-task-mw-worker-prod", "prod");
const database = roleNamed("infra-database-mw-worker-prod", "prod");

describe("the role of an ECS task that takes requests in", () => {
  prove({
    permissionsOf: () => permissionsOf(ingress),
    session: () => sessionCaller(ingress.arn, "task"),
    environments: ["prod"],
    cases: [
      // MenoTime, ECS task role; the break-glass document's mw-ingress
      can("prod", "read its secret", "secretsmanager:GetSecretValue", secret("mw/prod/webhook-token")),
      can("prod", "write its logs", "logs:PutLogEvents", stream("/mw/prod/ingress")),
      can("prod", "hand work over", "sqs:SendMessage", queue),
      cannot(
        "prod",
        "read a secret whose name begins alike",
        "secretsmanager:GetSecretValue",
        secret("mw/prod/webhook-token-2"),
      ),
      // Separate roles for ingress and worker, to limit the blast radius
      cannot(
        "prod",
        "read the worker's secrets",
        "secretsmanager:GetSecretValue",
        secret("mw/prod/worker/key"),
      ),
      cannot("prod", "take work back", "sqs:ReceiveMessage", queue),
      cannot("prod", "write the worker's logs", "logs:PutLogEvents", stream("/mw/prod/worker")),
      cannot("prod", "become the worker's database role", "sts:AssumeRole", database.arn),
      cannot("prod", "sign in to databases", "rds-db:connect", databaseUser("mw_worker")),
      cannot("prod", "read objects", "s3:GetObject", "arn:aws:s3:::example-prod-data/1"),
    ],
  });
});

describe("the role of an ECS task that does the work", () => {
  prove({
    permissionsOf: () => permissionsOf(worker),
    session: () => sessionCaller(worker.arn, "task"),
    environments: ["prod"],
    cases: [
      can("prod", "read its secrets", "secretsmanager:GetSecretValue", secret("mw/prod/worker/key")),
      can("prod", "take work", "sqs:ReceiveMessage", queue),
      can("prod", "finish work", "sqs:DeleteMessage", queue),
      can("prod", "read its objects", "s3:GetObject", "arn:aws:s3:::example-prod-data/1"),
      can("prod", "write its objects", "s3:PutObject", "arn:aws:s3:::example-prod-data/1"),
      can("prod", "become its database role", "sts:AssumeRole", database.arn),
      cannot(
        "prod",
        "read the ingress's secret",
        "secretsmanager:GetSecretValue",
        secret("mw/prod/webhook-token"),
      ),
      cannot("prod", "make up work", "sqs:SendMessage", queue),
      cannot(
        "prod",
        "read a bucket of that name elsewhere",
        "s3:GetObject",
        "arn:aws:s3:::example-prod-data/1",
        {
          owner: "staging",
        },
      ),
      cannot("prod", "write into one", "s3:PutObject", "arn:aws:s3:::example-prod-data/1", {
        owner: "staging",
      }),
      cannot("prod", "delete objects", "s3:DeleteObject", "arn:aws:s3:::example-prod-data/1"),
      cannot("prod", "sign in to databases by itself", "rds-db:connect", databaseUser("mw_worker")),
      cannot(
        "prod",
        "become another role",
        "sts:AssumeRole",
        "arn:aws:iam::{account}:role/infra-AdminR-prod",
      ),
      cannot("prod", "pass itself on", "iam:PassRole", worker.arn),
    ],
  });
});

describe("the role with which a service signs in to databases", () => {
  prove({
    permissionsOf: () => permissionsOf(database),
    session: () => sessionCaller(database.arn, "task"),
    environments: ["prod"],
    cases: [
      // MenoTime, IAM database authentication
      can("prod", "sign in as the service's user", "rds-db:connect", databaseUser("mw_worker")),
      cannot("prod", "sign in as the administrators' user", "rds-db:connect", databaseUser("iamdb")),
      cannot("prod", "sign in to another database", "rds-db:connect", databaseUser("mw_worker", "db-OTHER")),
      cannot("prod", "do what the task does", "sqs:ReceiveMessage", queue),
      cannot(
        "prod",
        "administer databases",
        "rds:ModifyDBInstance",
        "arn:aws:rds:{region}:{account}:db:menotime",
      ),
    ],
  });
});
