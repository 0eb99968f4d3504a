import { can, cannot, proveRole } from "./role-proof";

const EVERYWHERE = ["dev", "staging", "prod"] as const;

describe("Monitor", () => {
  proveRole({
    role: "Monitor",
    environments: EVERYWHERE,
    cases: [
      // Healthcare Blocks: "individuals responsible for monitoring AWS services and security events"
      can(EVERYWHERE, "watch metrics", "cloudwatch:GetMetricData"),
      can(
        EVERYWHERE,
        "watch alarms",
        "cloudwatch:DescribeAlarms",
        "arn:aws:cloudwatch:{region}:{account}:alarm:latency",
      ),
      can(
        EVERYWHERE,
        "watch dashboards",
        "cloudwatch:GetDashboard",
        "arn:aws:cloudwatch::{account}:dashboard/main",
      ),
      can(EVERYWHERE, "watch AWS's own health", "health:DescribeEvents"),
      can(
        EVERYWHERE,
        "watch services",
        "ecs:DescribeServices",
        "arn:aws:ecs:{region}:{account}:service/app/api",
      ),
      can(EVERYWHERE, "watch instances", "ec2:DescribeInstanceStatus"),
      can(
        EVERYWHERE,
        "watch databases",
        "rds:DescribeDBInstances",
        "arn:aws:rds:{region}:{account}:db:menotime",
      ),
      can(EVERYWHERE, "watch security events", "cloudtrail:LookupEvents"),
      can(
        EVERYWHERE,
        "watch findings of Security Hub",
        "securityhub:GetFindings",
        "arn:aws:securityhub:{region}:{account}:hub/default",
      ),
      can(EVERYWHERE, "watch findings of GuardDuty", "guardduty:GetFindings"),
      can(
        EVERYWHERE,
        "watch findings of Access Analyzer",
        "access-analyzer:ListFindings",
        "arn:aws:access-analyzer:{region}:{account}:analyzer/external",
      ),
      can(EVERYWHERE, "watch findings of Inspector", "inspector2:ListFindings"),

      cannot(
        EVERYWHERE,
        "change anything: alarms",
        "cloudwatch:PutMetricAlarm",
        "arn:aws:cloudwatch:{region}:{account}:alarm:latency",
      ),
      cannot(
        EVERYWHERE,
        "change anything: findings",
        "securityhub:BatchUpdateFindings",
        "arn:aws:securityhub:{region}:{account}:hub/default",
      ),
      cannot(
        EVERYWHERE,
        "change anything: services",
        "ecs:UpdateService",
        "arn:aws:ecs:{region}:{account}:service/app/api",
      ),
      cannot(
        EVERYWHERE,
        "change anything: instances",
        "ec2:RebootInstances",
        "arn:aws:ec2:{region}:{account}:instance/i-1",
      ),
      cannot(EVERYWHERE, "read data: variables of containers", "ecs:DescribeTaskDefinition"),
      cannot(EVERYWHERE, "read data: objects", "s3:GetObject", "arn:aws:s3:::menotime-data/patient"),
      cannot(
        EVERYWHERE,
        "read data: items",
        "dynamodb:GetItem",
        "arn:aws:dynamodb:{region}:{account}:table/patients",
      ),
      cannot(
        EVERYWHERE,
        "read data: logs",
        "logs:GetLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:/menotime/api:log-stream:1",
      ),
      cannot(
        EVERYWHERE,
        "read data: parameters",
        "ssm:GetParameter",
        "arn:aws:ssm:{region}:{account}:parameter/menotime",
      ),
      cannot(
        EVERYWHERE,
        "read data: what instances start with",
        "ec2:DescribeInstanceAttribute",
        "arn:aws:ec2:{region}:{account}:instance/i-1",
      ),
    ],
  });
});
