import { can, cannot, proveRole } from "./role-proof";

describe("Dashboard", () => {
  proveRole({
    role: "Dashboard",
    environments: ["prod"],
    cases: [
      // MenoTime: "Executives: Access to dashboards and reports, not raw data"
      can(
        "prod",
        "see dashboards",
        "cloudwatch:GetDashboard",
        "arn:aws:cloudwatch::{account}:dashboard/main",
      ),
      can("prod", "find dashboards", "cloudwatch:ListDashboards"),
      can("prod", "see the metrics on them", "cloudwatch:GetMetricData"),
      can(
        "prod",
        "see whether there are alarms",
        "cloudwatch:DescribeAlarms",
        "arn:aws:cloudwatch:{region}:{account}:alarm:latency",
      ),
      can("prod", "see cost reports", "ce:GetCostAndUsage", "arn:aws:billing::{account}:billingview/1"),
      can("prod", "see budgets", "budgets:ViewBudget", "arn:aws:budgets::{account}:budget/monthly"),
      cannot("prod", "see raw data: objects", "s3:GetObject", "arn:aws:s3:::menotime-data/patient"),
      cannot(
        "prod",
        "see raw data: items",
        "dynamodb:Scan",
        "arn:aws:dynamodb:{region}:{account}:table/patients",
      ),
      cannot(
        "prod",
        "see raw data: logs",
        "logs:GetLogEvents",
        "arn:aws:logs:{region}:{account}:log-group:/menotime/api:log-stream:1",
      ),
      cannot(
        "prod",
        "see raw data: databases",
        "rds-db:connect",
        "arn:aws:rds-db:{region}:{account}:dbuser:db-ABC/dev_readonly_user",
      ),
      cannot(
        "prod",
        "see raw data: queries on a dashboard",
        "logs:StartQuery",
        "arn:aws:logs:{region}:{account}:log-group:/menotime/api",
      ),
      cannot("prod", "see infrastructure", "ec2:DescribeInstances"),
      cannot(
        "prod",
        "change dashboards",
        "cloudwatch:PutDashboard",
        "arn:aws:cloudwatch::{account}:dashboard/main",
      ),
      cannot("prod", "change budgets", "budgets:ModifyBudget", "arn:aws:budgets::{account}:budget/monthly"),
    ],
  });
});
