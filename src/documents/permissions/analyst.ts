import type { RoleContext, RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";

/**
 * Invokes the functions made for analysts and does nothing else (seed: Svitla, scenario 1): they read the tables under
 * a role of their own, which the analyst neither sees nor passes. A function is made for analysts by its name,
 * `<prefix>-analytics-…`, which whoever deploys it chooses and nobody can change afterwards, unlike a tag.
 */
export function analystPermissions({ organization, account }: RoleContext): RolePermissions {
  const functions = `function:${organization.prefix}-analytics-*`;
  const permissions = customerPolicy("permissions", "Invokes the functions made for analysts.", {
    Sid: "InvokeAnalytics",
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: `arn:aws:lambda:${organization.region}:${account.id}:${functions}`,
  });
  return { policies: [permissions] };
}
