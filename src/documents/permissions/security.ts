import type { RoleContext, RolePermissions } from "../role-permissions";
import { SECURITY_AUDIT } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { DATA_ACCESS } from "./data-access";
import { AUDIT_READS } from "./reading/granted-reads";
import { readPolicies } from "./reading/read-policies";

const LOGS = [
  "cloudtrail:DescribeQuery",
  "cloudtrail:GetQueryResults",
  "cloudtrail:StartQuery",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartQuery",
] as const;

const permissions = customerPolicy("permissions", "The logs, which AWS's SecurityAudit leaves out.", {
  Sid: "ReadLogs",
  Effect: "Allow",
  Action: LOGS,
  Resource: "*",
});

const limits = customerPolicy(
  "limits",
  "No application data and no databases, whatever AWS adds to SecurityAudit and the policy of a bucket opens.",
  { Sid: "NoData", Effect: "Deny", Action: DATA_ACCESS, Resource: "*" },
);

/**
 * Audits: what AWS's policy for auditors holds, the logs, and no data (seeds: MenoTime, Healthcare Blocks). In prod, where
 * the data is patients', only what of it was looked at and granted, rather than whatever AWS adds.
 */
export const security = ({ account }: RoleContext): RolePermissions => ({
  policies:
    account.environment === "prod"
      ? [...readPolicies([...AUDIT_READS, ...LOGS]), limits]
      : [SECURITY_AUDIT, permissions, limits],
});
