import { sessionCaller } from "../../support/evaluate";
import { can, cannot, prove } from "../permissions/role-proof";
import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { workloadPermissions, roleNamed } from "./fixture";

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
    permissionsOf: () => workloadPermissions(ingress),
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
    permissionsOf: () => workloadPermissions(worker),
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
    permissionsOf: () => workloadPermissions(database),
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

describe("the roles of MenoTime's application", () => {
  const workloads = {
    menotime: {
      runsOn: "ecs",
      environments: {
        prod: {
          secrets: ["menotime/prod/*"],
          logGroups: ["/menotime/prod"],
          readObjects: ["menotime-prod-data/*"],
          writeObjects: ["menotime-prod-data/*"],
          databaseUsers: ["menotime_app"],
        },
      },
    },
  };
  const task = roleNamed("infra-task-menotime-prod", "prod", workloads);
  const forDatabases = roleNamed("infra-database-menotime-prod", "prod", workloads);

  describe("for its containers", () => {
    prove({
      permissionsOf: () => workloadPermissions(task),
      session: () => sessionCaller(task.arn, "task"),
      environments: ["prod"],
      cases: [
        ...beside(
          MENOTIME.task,
          can("prod", "read its secrets", "secretsmanager:GetSecretValue", secret("menotime/prod/key")),
          can("prod", "write its logs", "logs:PutLogEvents", stream("/menotime/prod")),
          can("prod", "begin a stream of logs", "logs:CreateLogStream", stream("/menotime/prod")),
          can("prod", "read its objects", "s3:GetObject", "arn:aws:s3:::menotime-prod-data/a"),
          can("prod", "write its objects", "s3:PutObject", "arn:aws:s3:::menotime-prod-data/a"),
          // "Instead of passwords, RDS database access is controlled via IAM roles": by the one behind it
          cannot(
            "prod",
            "sign in to the database by itself",
            "rds-db:connect",
            databaseUser("menotime_app"),
            {
              decision: "15.31",
            },
          ),
          cannot(
            "prod",
            "read secrets of others",
            "secretsmanager:GetSecretValue",
            secret("billing/prod/key"),
          ),
          cannot("prod", "delete its objects", "s3:DeleteObject", "arn:aws:s3:::menotime-prod-data/a"),
        ),
        can("prod", "become its database role", "sts:AssumeRole", forDatabases.arn),
        cannot(
          "prod",
          "read a bucket of that name elsewhere",
          "s3:GetObject",
          "arn:aws:s3:::menotime-prod-data/a",
          {
            owner: "staging",
          },
        ),
        cannot("prod", "write into one", "s3:PutObject", "arn:aws:s3:::menotime-prod-data/a", {
          owner: "staging",
        }),
      ],
    });
  });

  describe("for its database", () => {
    prove({
      permissionsOf: () => workloadPermissions(forDatabases),
      session: () => sessionCaller(forDatabases.arn, "task"),
      environments: ["prod"],
      cases: beside(
        MENOTIME.databaseRole,
        can("prod", "sign in as the application", "rds-db:connect", databaseUser("menotime_app")),
        cannot("prod", "sign in as the administrators' user", "rds-db:connect", databaseUser("iamdb")),
        cannot("prod", "read secrets", "secretsmanager:GetSecretValue", secret("menotime/prod/key")),
      ),
    });
  });
});
