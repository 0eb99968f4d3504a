import type { RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";

const permissions = customerPolicy(
  "permissions",
  "Watches services and security events; changes nothing and reads no data.",
  {
    Sid: "WatchServices",
    Effect: "Allow",
    Action: [
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
    ],
    Resource: "*",
  },
  {
    Sid: "WatchSecurity",
    Effect: "Allow",
    Action: [
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
    ],
    Resource: "*",
  },
);

/** Healthcare Blocks' system administrators: they watch services and security events. */
export const monitor = (): RolePermissions => ({ policies: [permissions] });
