import { sessionCaller } from "../../support/evaluate";
import { can, cannot, prove, type CaseDetails } from "../permissions/role-proof";
import { permissionsOf, roleNamed } from "./fixture";

const role = roleNamed("infra-function-analytics-visits-staging", "staging");

const table = (name: string): string => `arn:aws:dynamodb:{region}:{account}:table/${name}`;
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
    permissionsOf: () => permissionsOf(role),
    session: () => sessionCaller(role.arn, "infra-analytics-visits"),
    environments: ["staging"],
    cases: [
      // Svitla, scenario 1: its own table
      can("staging", "read its table", "dynamodb:GetItem", table("visits"), own),
      can("staging", "scan its table", "dynamodb:Scan", table("visits"), own),
      can("staging", "query an index of its table", "dynamodb:Query", table("visits/index/by-day"), own),
      can(
        "staging",
        "read its table, even tagged Sensitive",
        "dynamodb:GetItem",
        table("visits"),
        sensitively,
      ),
      cannot("staging", "write its table", "dynamodb:PutItem", table("visits"), own),
      cannot("staging", "delete its table", "dynamodb:DeleteTable", table("visits"), own),
      cannot("staging", "read another table", "dynamodb:GetItem", table("patients"), own),
      cannot(
        "staging",
        "read its table from another function",
        "dynamodb:GetItem",
        table("visits"),
        from("other"),
      ),
      cannot("staging", "read its table from no function", "dynamodb:GetItem", table("visits")),
      // Svitla, scenario 1: tables by their tag (decision 14: aws:ResourceTag, and a Deny by name beside it)
      can("staging", "read a public table", "dynamodb:GetItem", table("customer_data"), publicly),
      can("staging", "write a public table", "dynamodb:PutItem", table("customer_data"), publicly),
      cannot(
        "staging",
        "read a public table from another function",
        "dynamodb:GetItem",
        table("customer_data"),
        from("other", "Public"),
      ),
      cannot("staging", "read a sensitive table", "dynamodb:GetItem", table("some_table"), sensitively),
      cannot(
        "staging",
        "read a table that is sensitive by name and tagged public",
        "dynamodb:GetItem",
        table("sensitive_customer_data"),
        publicly,
      ),
      cannot("staging", "read one that lets everybody in", "dynamodb:GetItem", table("some_table"), {
        ...sensitively,
        isOpen: true,
      }),
      cannot("staging", "read an untagged table", "dynamodb:GetItem", table("customer_data"), own),
      // AWSLambdaBasicExecutionRole, for its own log group
      can(
        "staging",
        "write its logs",
        "logs:PutLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:/aws/lambda/infra-analytics-visits:log-stream:1",
      ),
      cannot(
        "staging",
        "write others' logs",
        "logs:PutLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:/aws/lambda/other:log-stream:1",
      ),
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
    ],
  });
});
