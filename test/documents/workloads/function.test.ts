import { sessionCaller } from "../../support/evaluate";
import { can, cannot, prove, type CaseDetails } from "../permissions/role-proof";
import { MENOTIME } from "../seeds/menotime";
import { beside } from "../seeds/seed-case";
import { SVITLA } from "../seeds/svitla";
import { workloadPermissions, roleNamed } from "./fixture";

const role = roleNamed("infra-function-analytics-visits-staging", "staging");

const table = (name: string): string => `arn:aws:dynamodb:{region}:{account}:table/${name}`;
const stream = (group: string): string => `arn:aws:logs:{region}:{account}:log-group:${group}:log-stream:1`;
const from = (fn: string, tag?: string): CaseDetails => ({
  context: {
    "lambda:SourceFunctionArn": `arn:aws:lambda:eu-west-1:333333333333:function:${fn}`,
    ...(tag !== undefined && { "aws:ResourceTag/AccessLevel": tag }),
  },
});
const own = from("infra-analytics-visits");
const publicly = from("infra-analytics-visits", "Public");
const sensitively = from("infra-analytics-visits", "Sensitive");

describe("the role of a Lambda function", () => {
  prove({
    permissionsOf: () => workloadPermissions(role),
    session: () => sessionCaller(role.arn, "infra-analytics-visits"),
    environments: ["staging"],
    cases: [
      // Svitla, scenario 1: "this role should be the only entity allowed to be assumed by the Lambda function"
      ...beside(
        SVITLA.functionTable,
        can("staging", "read its table", "dynamodb:GetItem", table("visits"), own),
        can("staging", "scan its table", "dynamodb:Scan", table("visits"), own),
        cannot("staging", "write its table", "dynamodb:PutItem", table("visits"), own),
        cannot("staging", "delete its table", "dynamodb:DeleteTable", table("visits"), own),
        cannot("staging", "read another table", "dynamodb:GetItem", table("patients"), own),
        cannot("staging", "read its table from another function", "dynamodb:GetItem", table("visits"), {
          ...from("other"),
          decision: "15.24",
        }),
        cannot("staging", "read its table from no function", "dynamodb:GetItem", table("visits"), {
          decision: "15.24",
        }),
      ),
      can("staging", "query an index of its table", "dynamodb:Query", table("visits/index/by-day"), own),
      can(
        "staging",
        "read its table, even tagged Sensitive",
        "dynamodb:GetItem",
        table("visits"),
        sensitively,
      ),
      // Svitla, scenario 1: "can only access tables intended for it", "explicitly denied access to sensitive tables"
      ...beside(
        SVITLA.functionTags,
        can("staging", "read a public table", "dynamodb:GetItem", table("customer_data"), {
          ...publicly,
          decision: "15.23",
        }),
        can("staging", "query a public table", "dynamodb:Query", table("customer_data"), {
          ...publicly,
          decision: "15.23",
        }),
        can("staging", "write a public table", "dynamodb:PutItem", table("customer_data"), {
          ...publicly,
          decision: "15.23",
        }),
        can("staging", "delete from a public table", "dynamodb:DeleteItem", table("customer_data"), {
          ...publicly,
          decision: "15.23",
        }),
        cannot("staging", "read a sensitive table", "dynamodb:GetItem", table("some_table"), sensitively),
        cannot(
          "staging",
          "read a sensitive table that lets everybody in",
          "dynamodb:GetItem",
          table("some_table"),
          {
            ...sensitively,
            isOpen: true,
            decision: "15.23",
          },
        ),
        cannot("staging", "read an untagged table", "dynamodb:GetItem", table("customer_data"), own),
      ),
      cannot(
        "staging",
        "read a public table from another function",
        "dynamodb:GetItem",
        table("customer_data"),
        from("other", "Public"),
      ),
      cannot(
        "staging",
        "read a table that is sensitive by name and tagged public",
        "dynamodb:GetItem",
        table("sensitive_customer_data"),
        publicly,
      ),
      // MenoTime: "grant only the permissions needed to run", AWSLambdaBasicExecutionRole
      ...beside(
        MENOTIME.lambda,
        can("staging", "write its logs", "logs:PutLogEvents", stream("/aws/lambda/infra-analytics-visits")),
        cannot("staging", "write others' logs", "logs:PutLogEvents", stream("/aws/lambda/other"), {
          decision: "15.25",
        }),
        cannot(
          "staging",
          "read secrets",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:{region}:{account}:secret:any",
          own,
        ),
        cannot(
          "staging",
          "invoke functions",
          "lambda:InvokeFunction",
          "arn:aws:lambda:{region}:{account}:function:any",
          own,
        ),
      ),
    ],
  });
});

describe("the role of MenoTime's function", () => {
  const menotime = roleNamed("infra-function-menotime-reports-prod", "prod", {
    "menotime-reports": {
      runsOn: "lambda",
      environments: { prod: { readTables: ["menotime-reports"] } },
    },
  });
  const itself = {
    context: {
      "lambda:SourceFunctionArn": "arn:aws:lambda:eu-west-1:444444444444:function:infra-menotime-reports",
    },
  };
  prove({
    permissionsOf: () => workloadPermissions(menotime),
    session: () => sessionCaller(menotime.arn, "infra-menotime-reports"),
    environments: ["prod"],
    cases: beside(
      MENOTIME.lambda,
      can("prod", "read its table", "dynamodb:GetItem", table("menotime-reports"), itself),
      can("prod", "query its table", "dynamodb:Query", table("menotime-reports"), itself),
      can("prod", "write its logs", "logs:PutLogEvents", stream("/aws/lambda/infra-menotime-reports")),
      cannot("prod", "write its table", "dynamodb:PutItem", table("menotime-reports"), itself),
      cannot("prod", "read the table of another function", "dynamodb:GetItem", table("menotime-patients"), {
        ...itself,
        decision: "15.25",
      }),
      cannot("prod", "read its table from another function", "dynamodb:GetItem", table("menotime-reports"), {
        decision: "15.24",
      }),
      cannot("prod", "write others' logs", "logs:PutLogEvents", stream("/aws/lambda/other"), {
        decision: "15.25",
      }),
    ),
  });
});
