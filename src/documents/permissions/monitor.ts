import type { RolePermissions } from "../role-permissions";
import { matchingReads } from "./reading/matching-reads";
import { readPolicies } from "./reading/read-policies";

const SERVICES = [
  "application-autoscaling:Describe*",
  "autoscaling:Describe*",
  "cloudwatch:Describe*",
  "cloudwatch:Get*",
  "cloudwatch:List*",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstances",
  "ec2:DescribeVolumeStatus",
  "ecs:Describe*",
  "ecs:List*",
  "elasticloadbalancing:Describe*",
  "events:Describe*",
  "events:List*",
  "health:Describe*",
  "logs:DescribeLogGroups",
  "logs:DescribeMetricFilters",
  "rds:DescribeDBClusters",
  "rds:DescribeDBInstances",
  "rds:DescribeEvents",
  "sns:List*",
  "trustedadvisor:Describe*",
];

const SECURITY_EVENTS = [
  "access-analyzer:Get*",
  "access-analyzer:List*",
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetTrailStatus",
  "cloudtrail:LookupEvents",
  "config:Describe*",
  "config:GetCompliance*",
  "guardduty:Get*",
  "guardduty:List*",
  "inspector2:BatchGetFindingDetails",
  "inspector2:List*",
  "securityhub:BatchGet*",
  "securityhub:Describe*",
  "securityhub:Get*",
  "securityhub:List*",
];

/**
 * Healthcare Blocks' system administrators: they watch services and security events, change nothing and read no data. What
 * AWS adds under a pattern is theirs when somebody has granted it, not before.
 */
export const monitorPermissions = (): RolePermissions => ({
  policies: readPolicies(matchingReads([...SERVICES, ...SECURITY_EVENTS])),
});
