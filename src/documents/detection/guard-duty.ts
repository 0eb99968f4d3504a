/**
 * What GuardDuty looks at beside its foundation (CloudTrail, flow and DNS logs), for money. A detector that is made without
 * saying so has them on, all but `RUNTIME_MONITORING`.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export const PROTECTION_PLANS = [
  "EBS_MALWARE_PROTECTION",
  "EKS_AUDIT_LOGS",
  "LAMBDA_NETWORK_LOGS",
  "RDS_LOGIN_EVENTS",
  "RUNTIME_MONITORING",
  "S3_DATA_EVENTS",
] as const;
