import { OPS_SERVICES } from "../ops-services";

/** The services that readers of production see: those that Ops works with, and those that the seeds name for auditors. */
export const READ_SERVICES: readonly string[] = [
  ...OPS_SERVICES,
  "access-analyzer",
  "account",
  "budgets",
  "cloudtrail",
  "config",
  "guardduty",
  "health",
  "iam",
  "inspector2",
  "rds",
  "securityhub",
  "trustedadvisor",
].toSorted();
