import type { RolePermissions } from "../role-permissions";
import { SECURITY_AUDIT } from "./aws-managed";
import { customerPolicy } from "./customer-policy";
import { DATA_ACCESS } from "./data-access";

const permissions = customerPolicy("permissions", "The logs, which AWS's SecurityAudit leaves out.", {
  Sid: "ReadLogs",
  Effect: "Allow",
  Action: [
    "cloudtrail:DescribeQuery",
    "cloudtrail:GetQueryResults",
    "cloudtrail:StartQuery",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "logs:GetLogRecord",
    "logs:GetQueryResults",
    "logs:StartQuery",
  ],
  Resource: "*",
});

const limits = customerPolicy(
  "limits",
  "No application data and no databases, whatever AWS adds to SecurityAudit.",
  { Sid: "NoData", Effect: "Deny", Action: DATA_ACCESS, Resource: "*" },
);

/** Audits: the auditors' policy of AWS and the logs, and no data (seeds: MenoTime, Healthcare Blocks). */
export const security = (): RolePermissions => ({ policies: [SECURITY_AUDIT, permissions, limits] });
