/**
 * GuardDuty's types of findings about credentials, by AWS's default severity; those about the root user and about instances' roles
 * aside. A change of the password policy is of any of the three, by what was changed.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html
 */
export const CREDENTIAL_FINDINGS = {
  HIGH: ["Exfiltration:IAMUser/AnomalousBehavior", "Impact:IAMUser/AnomalousBehavior"],
  MEDIUM: [
    "CredentialAccess:IAMUser/AnomalousBehavior",
    "DefenseEvasion:IAMUser/AnomalousBehavior",
    "DefenseEvasion:IAMUser/BedrockLoggingDisabled",
    "InitialAccess:IAMUser/AnomalousBehavior",
    "PenTest:IAMUser/KaliLinux",
    "PenTest:IAMUser/ParrotLinux",
    "PenTest:IAMUser/PentooLinux",
    "Persistence:IAMUser/AnomalousBehavior",
    "PrivilegeEscalation:IAMUser/AnomalousBehavior",
    "Recon:IAMUser/MaliciousIPCaller",
    "Recon:IAMUser/MaliciousIPCaller.Custom",
    "Recon:IAMUser/TorIPCaller",
    "UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B",
    "UnauthorizedAccess:IAMUser/MaliciousIPCaller",
    "UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom",
    "UnauthorizedAccess:IAMUser/TorIPCaller",
  ],
  LOW: [
    "Discovery:IAMUser/AnomalousBehavior",
    "Stealth:IAMUser/CloudTrailLoggingDisabled",
    "Stealth:IAMUser/PasswordPolicyChange",
  ],
} as const;

/**
 * A finding about an IAM user's access key as GuardDuty puts it on the bus, whole.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html,
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 */
export const misusedCredentials = (userName: string, changed: object = {}) => ({
  version: "0",
  id: "c8c4daa7-a20c-2f03-0070-b7393dd542ad",
  "detail-type": "GuardDuty Finding",
  source: "aws.guardduty",
  account: "111111111111",
  time: "2026-11-20T12:00:00Z",
  region: "eu-west-1",
  resources: [],
  detail: {
    schemaVersion: "2.0",
    accountId: "111111111111",
    region: "eu-west-1",
    partition: "aws",
    id: "16afba5c5c43e07c9e3e5e2e544e95df",
    arn: "arn:aws:guardduty:eu-west-1:111111111111:detector/12abc34d567e8fa901bc2d34e56789f0/finding/16afba5c5c43e07c9e3e5e2e544e95df",
    type: "UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom",
    resource: {
      resourceType: "AccessKey",
      accessKeyDetails: {
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        principalId: "AIDACKCEVSQ6C2EXAMPLE",
        userType: "IAMUser",
        userName,
      },
    },
    service: {
      serviceName: "guardduty",
      detectorId: "12abc34d567e8fa901bc2d34e56789f0",
      action: {
        actionType: "AWS_API_CALL",
        awsApiCallAction: {
          api: "ListUsers",
          serviceName: "iam.amazonaws.com",
          callerType: "Remote IP",
          remoteIpDetails: { ipAddressV4: "198.51.100.1" },
        },
      },
      resourceRole: "TARGET",
      eventFirstSeen: "2026-11-20T11:50:00Z",
      eventLastSeen: "2026-11-20T11:58:00Z",
      archived: false,
      count: 2,
    },
    severity: 5,
    createdAt: "2026-11-20T11:59:00Z",
    updatedAt: "2026-11-20T11:59:00Z",
    title: "Unusual use of an access key.",
    description: "An API was called from an address on a custom threat list.",
    ...changed,
  },
});

export const accessKeyOf = (userType: string, userName?: string) => ({
  resource: {
    resourceType: "AccessKey",
    accessKeyDetails: {
      accessKeyId: "ASIAIOSFODNN7EXAMPLE",
      principalId: "AROACKCEVSQ6C2EXAMPLE:sarah.devops",
      userType,
      ...(userName !== undefined && { userName }),
    },
  },
});
