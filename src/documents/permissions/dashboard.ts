import type { RolePermissions } from "../role-permissions";
import { customerPolicy } from "./customer-policy";

const permissions = customerPolicy(
  "permissions",
  "Dashboards, metrics and cost reports; no data.",
  {
    Sid: "Dashboards",
    Effect: "Allow",
    Action: [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetDashboard",
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:GetMetricWidgetImage",
      "cloudwatch:ListDashboards",
      "cloudwatch:ListMetrics",
    ],
    Resource: "*",
  },
  {
    Sid: "CostReports",
    Effect: "Allow",
    Action: [
      "billing:GetBillingData",
      "billing:GetBillingDetails",
      "billing:GetBillingPreferences",
      "budgets:ViewBudget",
      "ce:Describe*",
      "ce:Get*",
      "ce:List*",
      "cur:DescribeReportDefinitions",
    ],
    Resource: "*",
  },
);

/** Executives see dashboards and reports, no raw data (seed: MenoTime). */
export const dashboardPermissions = (): RolePermissions => ({ policies: [permissions] });
