import type { Arn } from "../../model/names";
import { accountRootArn } from "../../model/names";
import type { Runtime } from "../../model/workload";
import { policyDocument, type TrustStatement } from "../policy-document";
import type { RoleContext } from "../role-permissions";
import type { TrustDocument } from "../trust";

/**
 * ECS names the account's tasks as the source of its request; it has no narrower one.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
const admitTasks = ({ organization, account }: RoleContext): TrustStatement => ({
  Sid: "Tasks",
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: {
    StringEquals: { "aws:SourceAccount": account.id },
    ArnLike: { "aws:SourceArn": `arn:aws:ecs:${organization.region}:${account.id}:*` },
  },
});

/**
 * Lambda names no source when it assumes the role of a function, so a condition here would keep every function out. Which
 * function may use the role is said in its permissions instead.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
const FUNCTIONS: TrustStatement = {
  Sid: "Functions",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/** The trust of the role that a service's code runs with. */
export function runtimeTrust(context: RoleContext, runsOn: Runtime): TrustDocument {
  return policyDocument(runsOn === "ecs" ? admitTasks(context) : FUNCTIONS);
}

/**
 * The trust of the role with which a service signs in to databases: for its own role alone. By a condition, as for people
 * (decision 1).
 */
export function databaseTrust({ account }: RoleContext, runtimeRole: Arn): TrustDocument {
  return policyDocument({
    Sid: "OwnService",
    Effect: "Allow",
    Principal: { AWS: accountRootArn(account.id) },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": runtimeRole } },
  });
}
