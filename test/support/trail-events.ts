/**
 * Events as CloudTrail writes them, cut to the fields that tell one from another. The shapes are those of AWS's pages and of
 * events that people published:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html#cloudtrail-integration_examples-sts-api
 * https://aws.amazon.com/blogs/security/how-to-audit-cross-account-roles-using-aws-cloudtrail-and-amazon-cloudwatch-events/
 */
export type TrailEvent = Readonly<Record<string, unknown>>;

const PROD = "444444444444";
const USERS = "111111111111";

/** The identity of a user of another account, as the account of the role sees it: without a name. */
const FROM_ANOTHER_ACCOUNT = { type: "AWSAccount", principalId: "AIDAEXAMPLE", accountId: USERS };

/** The identity of a session of a role. */
export const sessionOf = (role: string, session: string, account = PROD) => ({
  type: "AssumedRole",
  principalId: `AROAEXAMPLE:${session}`,
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
  accountId: account,
  accessKeyId: "ASIAEXAMPLE",
  sessionContext: {
    sessionIssuer: {
      type: "Role",
      principalId: "AROAEXAMPLE",
      arn: `arn:aws:iam::${account}:role/${role}`,
      accountId: account,
      userName: role,
    },
    attributes: { mfaAuthenticated: "false", creationDate: "2026-11-29T10:00:00Z" },
  },
});

export const userOf = (name: string) => ({
  type: "IAMUser",
  principalId: "AIDAEXAMPLE",
  arn: `arn:aws:iam::${USERS}:user/people/${name}`,
  accountId: USERS,
  accessKeyId: "ASIAEXAMPLE",
  userName: name,
});

/** `AssumeRole` in the trail of the role's account. */
export const assumeRole = (roleArn: string, more: TrailEvent = {}): TrailEvent => ({
  eventVersion: "1.08",
  userIdentity: FROM_ANOTHER_ACCOUNT,
  eventSource: "sts.amazonaws.com",
  eventName: "AssumeRole",
  awsRegion: "eu-west-1",
  requestParameters: { roleArn, roleSessionName: "sarah.devops", durationSeconds: 3600 },
  responseElements: {
    credentials: { accessKeyId: "ASIAEXAMPLE", expiration: "Nov 29, 2026, 11:00:00 AM" },
    assumedRoleUser: {
      assumedRoleId: "AROAEXAMPLE:sarah.devops",
      arn: `${roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/sarah.devops`,
    },
  },
  readOnly: true,
  resources: [{ accountId: PROD, type: "AWS::IAM::Role", ARN: roleArn }],
  eventType: "AwsApiCall",
  recipientAccountId: PROD,
  ...more,
});

/** The console's switch, which comes beside an `AssumeRole` of "AWS Internal". */
export const switchRole = (role: string, more: TrailEvent = {}): TrailEvent => ({
  eventVersion: "1.08",
  userIdentity: {
    type: "AssumedRole",
    principalId: "AROAEXAMPLE:sarah.devops",
    arn: `arn:aws:sts::${PROD}:assumed-role/${role}/sarah.devops`,
    accountId: PROD,
  },
  eventSource: "signin.amazonaws.com",
  eventName: "SwitchRole",
  awsRegion: "eu-west-1",
  requestParameters: null,
  responseElements: { SwitchRole: "Success" },
  additionalEventData: {
    SwitchFrom: `arn:aws:iam::${USERS}:user/people/sarah.devops`,
    RedirectTo: "https://eu-west-1.console.aws.amazon.com/console/home",
  },
  readOnly: false,
  eventType: "AwsConsoleSignIn",
  managementEvent: true,
  recipientAccountId: PROD,
  ...more,
});

/** A call of IAM in the account of the users. */
export const iamCall = (
  eventName: string,
  requestParameters: TrailEvent,
  more: TrailEvent = {},
): TrailEvent => ({
  eventVersion: "1.09",
  userIdentity: userOf("sarah.devops"),
  eventSource: "iam.amazonaws.com",
  eventName,
  awsRegion: "us-east-1",
  requestParameters,
  responseElements: null,
  readOnly: false,
  eventType: "AwsApiCall",
  recipientAccountId: USERS,
  ...more,
});

/** A sign-in to the console, as https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html shows it. */
export const consoleLogin = (more: TrailEvent = {}): TrailEvent => ({
  eventVersion: "1.08",
  userIdentity: {
    type: "IAMUser",
    principalId: "AIDAEXAMPLE",
    arn: `arn:aws:iam::${USERS}:user/people/sarah.devops`,
    accountId: USERS,
    userName: "sarah.devops",
  },
  eventSource: "signin.amazonaws.com",
  eventName: "ConsoleLogin",
  awsRegion: "eu-west-1",
  requestParameters: null,
  responseElements: { ConsoleLogin: "Success" },
  additionalEventData: {
    LoginTo: "https://console.aws.amazon.com/console/home",
    MobileVersion: "No",
    MFAUsed: "Yes",
  },
  eventType: "AwsConsoleSignIn",
  recipientAccountId: USERS,
  ...more,
});

/** A sign-in that did not succeed; CloudTrail leaves the user's ARN out. */
export const failedLogin = (more: TrailEvent = {}): TrailEvent =>
  consoleLogin({
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLE",
      accountId: USERS,
      accessKeyId: "",
      userName: "sarah.devops",
    },
    errorMessage: "Failed authentication",
    responseElements: { ConsoleLogin: "Failure" },
    ...more,
  });

/** The data of a sign-in with a password alone, or with none: what MFA a federated session had is not AWS's to know. */
export const WITHOUT_MFA = {
  additionalEventData: {
    LoginTo: "https://console.aws.amazon.com/console/home",
    MobileVersion: "No",
    MFAUsed: "No",
  },
} as const;

/** The identity of a user's token of `GetFederationToken`. */
export const federatedUser = (name: string) => ({
  type: "FederatedUser",
  principalId: `${USERS}:${name}`,
  arn: `arn:aws:sts::${USERS}:federated-user/${name}`,
  accountId: USERS,
  accessKeyId: "ASIAEXAMPLE",
  sessionContext: {
    sessionIssuer: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLE",
      arn: `arn:aws:iam::${USERS}:user/people/${name}`,
      accountId: USERS,
      userName: name,
    },
  },
});

/** The root user; `arn:aws:iam::444444444444:root`. */
export const ROOT_USER = {
  type: "Root",
  principalId: PROD,
  arn: `arn:aws:iam::${PROD}:root`,
  accountId: PROD,
  accessKeyId: "",
} as const;

/** An `AssumeRole` that IAM refuses, in the trail of the caller: the message names the role as the caller spelt it. */
export const refusedAssumeRole = (roleArn: string, more: TrailEvent = {}): TrailEvent => ({
  eventVersion: "1.08",
  userIdentity: userOf("john.developer"),
  eventSource: "sts.amazonaws.com",
  eventName: "AssumeRole",
  awsRegion: "eu-west-1",
  errorCode: "AccessDenied",
  errorMessage: `User: arn:aws:iam::${USERS}:user/people/john.developer is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  requestParameters: null,
  responseElements: null,
  eventType: "AwsApiCall",
  recipientAccountId: USERS,
  ...more,
});

/** A call of any other service. */
export const serviceCall = (service: string, eventName: string, more: TrailEvent = {}): TrailEvent => ({
  eventVersion: "1.08",
  userIdentity: sessionOf("infra-OpsR-prod", "sarah.devops"),
  eventSource: `${service}.amazonaws.com`,
  eventName,
  awsRegion: "eu-west-1",
  requestParameters: null,
  responseElements: null,
  readOnly: false,
  eventType: "AwsApiCall",
  recipientAccountId: PROD,
  ...more,
});

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
};

/** An event of the trail as EventBridge has it. */
export function onTheBus(detail: TrailEvent): object {
  const { eventSource, eventType, awsRegion } = detail;
  const service = String(eventSource).replace(/\.amazonaws\.com$/, "");
  return {
    "detail-type": DETAIL_TYPES[String(eventType)] ?? "AWS API Call via CloudTrail",
    source: `aws.${service}`,
    region: awsRegion,
    detail,
  };
}
