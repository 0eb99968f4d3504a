import assert from "node:assert/strict";
import { analystPermissions } from "../../../src/documents/permissions/analyst";
import { contextIn } from "../fixture";
import { beside } from "../seeds/seed-case";
import { SVITLA } from "../seeds/svitla";
import { can, cannot, proveRole } from "./role-proof";

const fn = (name: string): string => `arn:aws:lambda:{region}:{account}:function:${name}`;
const analytics = fn("infra-analytics-visits");

describe("Analyst", () => {
  proveRole({
    role: "Analyst",
    environments: ["staging"],
    cases: [
      // Scenario 1
      ...beside(
        SVITLA.analyst,
        can("staging", "invoke the functions made for analysts", "lambda:InvokeFunction", analytics),
        cannot("staging", "invoke other functions", "lambda:InvokeFunction", fn("api")),
        cannot("staging", "see how they are made", "lambda:GetFunction", analytics),
        cannot("staging", "change them", "lambda:UpdateFunctionCode", analytics),
        cannot("staging", "list functions", "lambda:ListFunctions"),
        cannot(
          "staging",
          "reach the table directly",
          "dynamodb:Scan",
          "arn:aws:dynamodb:{region}:{account}:table/customer_data",
        ),
        cannot(
          "staging",
          "become the function's role",
          "sts:AssumeRole",
          "arn:aws:iam::{account}:role/workloads/visits",
        ),
        cannot(
          "staging",
          "pass the function's role",
          "iam:PassRole",
          "arn:aws:iam::{account}:role/workloads/visits",
        ),
        cannot(
          "staging",
          "read logs",
          "logs:GetLogEvents",
          "arn:aws:logs:{region}:{account}:log-group:/aws/lambda/visits:log-stream:1",
        ),
      ),
      can(
        "staging",
        "invoke them in the console too, which IAM cannot tell from a CLI",
        "lambda:InvokeFunction",
        analytics,
        { context: { "aws:ViaAWSService": "false" } },
      ),
      can("staging", "invoke a version of them", "lambda:InvokeFunction", `${analytics}:7`),
      cannot(
        "staging",
        "invoke them in another account",
        "lambda:InvokeFunction",
        "arn:aws:lambda:{region}:{prod}:function:infra-analytics-visits",
      ),
    ],
  });

  it("is one statement", () => {
    assert.deepEqual(analystPermissions(contextIn("staging")).policies, [
      {
        kind: "customer",
        purpose: "permissions",
        description: "Invokes the functions made for analysts.",
        document: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "InvokeAnalytics",
              Effect: "Allow",
              Action: "lambda:InvokeFunction",
              Resource: "arn:aws:lambda:eu-west-1:333333333333:function:infra-analytics-*",
            },
          ],
        },
      },
    ]);
  });
});
