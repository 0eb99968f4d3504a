import type { AlarmSubject } from "../../../src/model/names";
import {
  assumeRole,
  consoleLogin,
  failedLogin,
  federatedUser,
  iamCall,
  refusedAssumeRole,
  ROOT_USER,
  serviceCall,
  sessionOf,
  switchRole,
  userOf,
  WITHOUT_MFA,
  type TrailEvent,
} from "../../support/trail-events";

export type EventCase = readonly [says: string, event: TrailEvent];

/** Events for one alarm in one account of the sample. */
export interface AlarmCases {
  readonly account: string;
  /** Whether the sample has a pipeline for these. */
  readonly pipeline?: true;
  readonly rings: readonly EventCase[];
  /** Events that are nearly so. */
  readonly stays: readonly EventCase[];
}

const USERS = "111111111111";
const BREAK_GLASS = "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod";
const KEY_ID = "AKIAIOSFODNN7EXAMPLE";

const tagging = (...keys: readonly string[]): TrailEvent =>
  iamCall("TagUser", { userName: "sarah.devops", tags: keys.map((key) => ({ key, value: "+Admin+" })) });
const untagging = (...tagKeys: readonly string[]): TrailEvent =>
  iamCall("UntagUser", { userName: "sarah.devops", tagKeys });
const inSession = (role: string, account?: string): TrailEvent => ({
  userIdentity: sessionOf(role, "sarah.devops", account),
});
const organizationCall = (eventName: string, more: TrailEvent = {}): TrailEvent =>
  serviceCall("organizations", eventName, more);

const TRAIL_BUCKET = "infra-trail-444444444444";
const bucketCall = (eventName: string, more: TrailEvent = {}): TrailEvent =>
  serviceCall("s3", eventName, { requestParameters: { bucketName: TRAIL_BUCKET }, ...more });

const REFUSED_ELSEWHERE = { awsRegion: "sa-east-1", errorCode: "Client.UnauthorizedOperation" };
const ROOT_ELSEWHERE = { awsRegion: "eu-central-1", userIdentity: ROOT_USER };
const AT_GLOBAL = { awsRegion: "us-east-1" };
const CONFIG_ELSEWHERE = {
  awsRegion: "ap-south-1",
  readOnly: true,
  userIdentity: { ...sessionOf("AWSServiceRoleForConfig", "config"), invokedBy: "config.amazonaws.com" },
};

/** For every alarm what it rings for and what it does not: at least two of each. */
export const ALARM_CASES: Readonly<Record<AlarmSubject, AlarmCases>> = {
  RootUsed: {
    account: "prod",
    rings: [
      ["a call", iamCall("CreateUser", { userName: "x" }, { userIdentity: ROOT_USER })],
      ["a sign-in without MFA", consoleLogin({ userIdentity: ROOT_USER, ...WITHOUT_MFA })],
      ["a sign-in that fails", failedLogin({ userIdentity: ROOT_USER })],
      ["a look", iamCall("ListUsers", {}, { userIdentity: ROOT_USER, readOnly: true })],
    ],
    stays: [
      [
        "what AWS does on its behalf",
        iamCall("CreateUser", {}, { userIdentity: { ...ROOT_USER, invokedBy: "support.amazonaws.com" } }),
      ],
      [
        "an event of a service",
        iamCall("RotateKey", {}, { userIdentity: ROOT_USER, eventType: "AwsServiceEvent" }),
      ],
      ["somebody else", iamCall("CreateUser", { userName: "x" })],
      ["a user who is called Root", iamCall("CreateUser", {}, { userIdentity: userOf("Root") })],
    ],
  },
  BreakGlassUsed: {
    account: "prod",
    rings: [
      ["AssumeRole from a command line", assumeRole(BREAK_GLASS)],
      [
        "AssumeRole that the console makes",
        assumeRole(BREAK_GLASS, { sourceIPAddress: "AWS Internal", userAgent: "AWS Internal" }),
      ],
      ["the console's switch", switchRole("infra-BreakGlassR-prod")],
      ["an ARN in another case", assumeRole("arn:aws:iam::444444444444:role/INFRA-breakglassr-Prod")],
      ["a switch in another case", switchRole("infra-breakglassr-PROD")],
      ["a session of another role that goes on to it", assumeRole(BREAK_GLASS, inSession("infra-OpsR-prod"))],
      [
        "a web identity that its trust was changed for",
        assumeRole(BREAK_GLASS, { eventName: "AssumeRoleWithWebIdentity" }),
      ],
    ],
    stays: [
      ["another role", assumeRole("arn:aws:iam::444444444444:role/infra-ReadR-prod")],
      ["a role whose name goes on", assumeRole(`${BREAK_GLASS}-2`)],
      [
        "a role whose name begins earlier",
        assumeRole("arn:aws:iam::444444444444:role/my-infra-BreakGlassR-prod"),
      ],
      [
        "the role of that name in another account",
        assumeRole("arn:aws:iam::333333333333:role/infra-BreakGlassR-prod"),
      ],
      [
        "a refused attempt from within the account, which BreakGlassRefused rings for",
        assumeRole(BREAK_GLASS, {
          ...inSession("infra-OpsR-prod"),
          errorCode: "AccessDenied",
          responseElements: null,
        }),
      ],
      ["a switch to another role", switchRole("infra-ReadR-prod")],
      ["a switch to a role whose name goes on", switchRole("infra-BreakGlassR-prod-2")],
      ["what its session does", iamCall("ListUsers", {}, inSession("infra-BreakGlassR-prod"))],
      ["somebody who looks at the role", iamCall("GetRole", { roleName: "infra-BreakGlassR-prod" })],
      [
        "somebody's file of that name",
        {
          eventSource: "s3.amazonaws.com",
          eventName: "AssumeRole",
          requestParameters: { roleArn: BREAK_GLASS },
        },
      ],
    ],
  },
  BreakGlassRefused: {
    account: "users",
    rings: [
      ["somebody who is no holder", refusedAssumeRole(BREAK_GLASS)],
      [
        "another case of its name",
        refusedAssumeRole("arn:aws:iam::444444444444:role/INFRA-breakglassR-Prod"),
      ],
      [
        "a holder whose MFA is too old, where the parameters are there",
        refusedAssumeRole(BREAK_GLASS, {
          userIdentity: userOf("sarah.devops"),
          errorMessage: "Access denied",
          requestParameters: { roleArn: BREAK_GLASS, roleSessionName: "sarah.devops" },
        }),
      ],
      [
        "a refused attempt from within the account",
        assumeRole(BREAK_GLASS, {
          ...inSession("infra-OpsR-prod"),
          errorCode: "AccessDenied",
          responseElements: null,
        }),
      ],
      [
        "the BreakGlass of an account that has none",
        refusedAssumeRole("arn:aws:iam::222222222222:role/infra-BreakGlassR-dev"),
      ],
      [
        "the console's switch, which AWS makes for the user",
        refusedAssumeRole(BREAK_GLASS, { sourceIPAddress: "AWS Internal", userAgent: "AWS Internal" }),
      ],
    ],
    stays: [
      [
        "a refused attempt at another role",
        refusedAssumeRole("arn:aws:iam::444444444444:role/infra-OpsR-prod"),
      ],
      ["a use that is admitted", assumeRole(BREAK_GLASS, { userIdentity: userOf("sarah.devops") })],
      ["another company's role", refusedAssumeRole("arn:aws:iam::999988887777:role/other-BreakGlassR-prod")],
      [
        "another call that is refused",
        iamCall(
          "GetRole",
          {},
          {
            errorCode: "AccessDenied",
            errorMessage: `not authorized to perform: iam:GetRole on resource: ${BREAK_GLASS}`,
          },
        ),
      ],
    ],
  },
  RoleTagsChanged: {
    account: "users",
    rings: [
      ["a role", tagging("infra:prod")],
      ["a role in another case", tagging("Infra:prod")],
      ["a tag that grants nothing", tagging("Team")],
      ["a role that is taken away", untagging("infra:prod")],
      [
        "a user that is made with a role",
        iamCall("CreateUser", { userName: "x", tags: [{ key: "infra:prod", value: "+Admin+" }] }),
      ],
      ["a request without a list", iamCall("TagUser", { userName: "sarah.devops" })],
      ["a role after a description", tagging(KEY_ID, "infra:prod")],
      ["a description after a role", tagging("infra:prod", KEY_ID)],
      ["a role that is taken away after a description", untagging(KEY_ID, "infra:prod")],
    ],
    stays: [
      ["the description of an access key", tagging(KEY_ID)],
      ["a description that is taken away", untagging(KEY_ID)],
      ["a user that is made without tags", iamCall("CreateUser", { userName: "x", tags: [] })],
      ["a role's tags", iamCall("TagRole", { roleName: "x", tags: [{ key: "infra:prod", value: "x" }] })],
    ],
  },
  IamChanged: {
    account: "users",
    pipeline: true,
    rings: [
      ["a user that a role makes", iamCall("CreateUser", {}, inSession("infra-AdminR-dev", USERS))],
      ["a key that a role makes", iamCall("CreateAccessKey", {}, inSession("infra-AdminR-dev", USERS))],
      [
        "a role of the deploying role's name in another account",
        iamCall("CreateUser", {}, inSession("infra-DeployR-users")),
      ],
      ["a policy that a user attaches", iamCall("AttachUserPolicy", {})],
      ["the password policy", iamCall("UpdateAccountPasswordPolicy", {})],
      ["the root user", iamCall("CreateUser", {}, { userIdentity: ROOT_USER })],
    ],
    stays: [
      ["the deploying role", iamCall("CreateUser", {}, inSession("infra-DeployR-users", USERS))],
      ["a user's own key", iamCall("CreateAccessKey", {})],
      ["a user's own device", iamCall("EnableMFADevice", {})],
      ["a user's own password", iamCall("ChangePassword", {})],
      ["a look", iamCall("ListUsers", {}, { readOnly: true, ...inSession("infra-AdminR-dev", USERS) })],
    ],
  },
  PowerUsed: {
    account: "users",
    rings: [
      ["a change by one of its holders", iamCall("CreateUser", { userName: "x" })],
      ["a change by another", iamCall("PutUserPolicy", {}, { userIdentity: userOf("chris.security") })],
    ],
    stays: [
      ["a look by one of its holders", iamCall("GetUser", { userName: "x" }, { readOnly: true })],
      [
        "a change by somebody else",
        iamCall("CreateAccessKey", {}, { userIdentity: userOf("john.developer") }),
      ],
      ["somebody whose name goes on", iamCall("CreateUser", {}, { userIdentity: userOf("sarah.devops2") })],
      [
        "a holder's change of another service",
        serviceCall("ec2", "StopInstances", { userIdentity: userOf("sarah.devops") }),
      ],
    ],
  },
  LeaverActive: {
    account: "users",
    rings: [
      [
        "a call with their keys",
        iamCall("GetUser", {}, { readOnly: true, userIdentity: userOf("left.yesterday") }),
      ],
      [
        "a call that is refused",
        serviceCall("sts", "GetSessionToken", {
          userIdentity: userOf("left.yesterday"),
          errorCode: "AccessDenied",
        }),
      ],
      ["a sign-in", consoleLogin({ userIdentity: userOf("left.yesterday") })],
      ["a sign-in that fails", failedLogin({ userIdentity: userOf("left.yesterday") })],
    ],
    stays: [
      ["somebody who is there", iamCall("GetUser", {}, { readOnly: true })],
      ["somebody whose name goes on", iamCall("GetUser", {}, { userIdentity: userOf("left.yesterday.too") })],
      [
        "somebody who changes the leaver's user",
        iamCall("DeleteLoginProfile", { userName: "left.yesterday" }),
      ],
      ["a role of that name", serviceCall("s3", "ListBuckets", inSession("left.yesterday", USERS))],
    ],
  },
  RolesChanged: {
    account: "prod",
    pipeline: true,
    rings: [
      ["CreatePolicyVersion", iamCall("CreatePolicyVersion", {}, inSession("infra-OpsR-prod"))],
      ["PutRolePolicy", iamCall("PutRolePolicy", {}, inSession("infra-OpsR-prod"))],
      ["UpdateAssumeRolePolicy", iamCall("UpdateAssumeRolePolicy", {}, inSession("infra-AdminR-prod"))],
      ["AttachRolePolicy", iamCall("AttachRolePolicy", {}, inSession("infra-BreakGlassR-prod"))],
      ["SetDefaultPolicyVersion", iamCall("SetDefaultPolicyVersion", {}, inSession("infra-OpsR-prod"))],
      [
        "DeleteRolePermissionsBoundary",
        iamCall("DeleteRolePermissionsBoundary", {}, inSession("infra-OpsR-prod")),
      ],
      ["the password policy", iamCall("DeleteAccountPasswordPolicy", {}, { userIdentity: ROOT_USER })],
      ["an identity provider", iamCall("UpdateSAMLProvider", {}, inSession("infra-AdminR-prod"))],
      [
        "a thumbprint of an identity provider",
        iamCall("UpdateOpenIDConnectProviderThumbprint", {}, inSession("infra-AdminR-prod")),
      ],
      ["a group's policy", iamCall("PutGroupPolicy", {}, inSession("infra-AdminR-prod"))],
      ["a machine's role", iamCall("AddRoleToInstanceProfile", {}, inSession("infra-OpsR-prod"))],
      ["a tag of a role", iamCall("TagRole", {}, inSession("infra-OpsR-prod"))],
      [
        "a change that IAM may come to know",
        iamCall("UpdateSomethingNew", {}, inSession("infra-AdminR-prod")),
      ],
      [
        "an attempt that is refused",
        iamCall("PutRolePolicy", {}, { ...inSession("infra-ReadR-prod"), errorCode: "AccessDenied" }),
      ],
      [
        "the deploying role of another account",
        iamCall("PutRolePolicy", {}, inSession("infra-DeployR-prod", USERS)),
      ],
    ],
    stays: [
      ["the pipeline", iamCall("UpdateAssumeRolePolicy", {}, inSession("infra-DeployR-prod"))],
      ["a look", iamCall("GetRolePolicy", {}, { ...inSession("infra-OpsR-prod"), readOnly: true })],
      ["a role that is made", iamCall("CreateRole", {}, inSession("infra-OpsR-prod"))],
      ["a policy that no role has yet", iamCall("CreatePolicy", {}, inSession("infra-OpsR-prod"))],
      ["an empty instance profile", iamCall("CreateInstanceProfile", {}, inSession("infra-OpsR-prod"))],
      ["a service's own role", iamCall("CreateServiceLinkedRole", {}, inSession("infra-OpsR-prod"))],
      ["a user, who has an alarm", iamCall("CreateUser", {}, inSession("infra-AdminR-prod"))],
      ["a policy of another service", serviceCall("s3", "PutBucketPolicy", inSession("infra-OpsR-prod"))],
    ],
  },
  CredentialsChanged: {
    account: "prod",
    pipeline: true,
    rings: [
      ["a user", iamCall("CreateUser", { userName: "x" }, inSession("infra-AdminR-prod"))],
      ["a key", iamCall("CreateAccessKey", { userName: "x" }, inSession("infra-AdminR-prod"))],
      ["a password", iamCall("CreateLoginProfile", { userName: "x" }, inSession("infra-AdminR-prod"))],
      ["a device", iamCall("DeactivateMFADevice", { userName: "x" }, { userIdentity: ROOT_USER })],
      ["a member of a group", iamCall("AddUserToGroup", {}, inSession("infra-BreakGlassR-prod"))],
      [
        "a key for another service",
        iamCall("CreateServiceSpecificCredential", {}, inSession("infra-AdminR-prod")),
      ],
    ],
    stays: [
      ["the pipeline", iamCall("CreateUser", {}, inSession("infra-DeployR-prod"))],
      ["a look", iamCall("ListAccessKeys", {}, { ...inSession("infra-ReadR-prod"), readOnly: true })],
      ["a role that is made", iamCall("CreateRole", {}, inSession("infra-AdminR-prod"))],
      ["a user of another service", serviceCall("mq", "CreateUser", inSession("infra-AdminR-prod"))],
    ],
  },
  TrailChanged: {
    account: "prod",
    rings: [
      ["a trail that stops", serviceCall("cloudtrail", "StopLogging")],
      ["a trail that changes", serviceCall("cloudtrail", "UpdateTrail")],
      ["an attempt that is refused", serviceCall("cloudtrail", "DeleteTrail", { errorCode: "AccessDenied" })],
      ["what a trail writes", serviceCall("cloudtrail", "PutEventSelectors")],
    ],
    stays: [
      ["a look", serviceCall("cloudtrail", "GetTrailStatus", { readOnly: true })],
      ["a query", serviceCall("cloudtrail", "StartQuery")],
    ],
  },
  OrganizationChanged: {
    account: "prod",
    rings: [
      ["an account that leaves", organizationCall("LeaveOrganization")],
      ["a policy of the organization", organizationCall("DetachPolicy")],
      ["an administrator for a service", organizationCall("RegisterDelegatedAdministrator")],
      ["an account that is closed", organizationCall("CloseAccount")],
    ],
    stays: [
      ["a look", organizationCall("DescribeOrganization", { readOnly: true })],
      ["a policy of IAM", iamCall("CreatePolicy", {}, inSession("infra-AdminR-prod"))],
    ],
  },
  TrailBucketChanged: {
    account: "prod",
    pipeline: true,
    rings: [
      ["its policy", bucketCall("PutBucketPolicy")],
      ["a rule by which objects expire", bucketCall("PutBucketLifecycle")],
      ["what S3 learns to do later", bucketCall("PutBucketSomething")],
      ["its deletion, refused", bucketCall("DeleteBucket", { errorCode: "AccessDenied" })],
      [
        "somebody with the pipeline's session name",
        bucketCall("PutBucketPolicy", { userIdentity: sessionOf("infra-OpsR-prod", "DeployR") }),
      ],
    ],
    stays: [
      ["a look", bucketCall("GetBucketPolicy", { readOnly: true })],
      ["the pipeline's", bucketCall("PutBucketPolicy", inSession("infra-DeployR-prod"))],
      [
        "another bucket",
        serviceCall("s3", "PutBucketPolicy", { requestParameters: { bucketName: `${TRAIL_BUCKET}-copy` } }),
      ],
      ["a change without a bucket", serviceCall("s3", "PutAccountPublicAccessBlock")],
    ],
  },
  KeyChanged: {
    account: "prod",
    pipeline: true,
    rings: [
      ["a key that is disabled", serviceCall("kms", "DisableKey")],
      ["a key that is to be deleted", serviceCall("kms", "ScheduleKeyDeletion")],
      [
        "the same by the pipeline",
        serviceCall("kms", "ScheduleKeyDeletion", inSession("infra-DeployR-prod")),
      ],
      ["another policy", serviceCall("kms", "PutKeyPolicy")],
      ["what a key was made of, deleted", serviceCall("kms", "DeleteImportedKeyMaterial")],
    ],
    stays: [
      ["another policy by the pipeline", serviceCall("kms", "PutKeyPolicy", inSession("infra-DeployR-prod"))],
      ["a look", serviceCall("kms", "GetKeyPolicy", { readOnly: true })],
      ["a grant, such as services take", serviceCall("kms", "CreateGrant")],
      ["use of a key", serviceCall("kms", "Decrypt", { readOnly: true })],
      ["another service's key", serviceCall("cloudhsm", "DisableKey")],
    ],
  },
  BucketPolicyChanged: {
    account: "prod",
    rings: [
      ["a policy", serviceCall("s3", "PutBucketPolicy", { requestParameters: { bucketName: "any" } })],
      ["the pipeline's", serviceCall("s3", "DeleteBucketPolicy", inSession("infra-DeployR-prod"))],
      ["lifecycle", bucketCall("PutBucketLifecycle")],
    ],
    stays: [
      ["a look", serviceCall("s3", "GetBucketPolicy", { readOnly: true })],
      ["encryption, which CIS does not count", bucketCall("PutBucketEncryption")],
      ["a new bucket", serviceCall("s3", "CreateBucket")],
    ],
  },
  RecorderChanged: {
    account: "prod",
    rings: [
      ["a recorder that stops", serviceCall("config", "StopConfigurationRecorder")],
      ["one that is deleted, which CIS does not count", serviceCall("config", "DeleteConfigurationRecorder")],
      ["where it delivers", serviceCall("config", "PutDeliveryChannel")],
      ["a rule that is deleted", serviceCall("config", "DeleteConfigRule")],
      ["how long it keeps", serviceCall("config", "PutRetentionConfiguration")],
    ],
    stays: [
      ["a look", serviceCall("config", "DescribeConfigurationRecorders", { readOnly: true })],
      ["a result that a function writes", serviceCall("config", "PutEvaluations")],
      ["a rule that is made", serviceCall("config", "PutConfigRule")],
    ],
  },
  OtherRegionUsed: {
    account: "prod",
    pipeline: true,
    rings: [
      ["a machine elsewhere", serviceCall("ec2", "RunInstances", { awsRegion: "ap-south-1" })],
      [
        "a look elsewhere",
        serviceCall("ec2", "DescribeInstances", { awsRegion: "ap-south-1", readOnly: true }),
      ],
      ["an attempt that is refused", serviceCall("ec2", "RunInstances", REFUSED_ELSEWHERE)],
      ["a machine where global services are", serviceCall("ec2", "RunInstances", { awsRegion: "us-east-1" })],
      ["the root user", serviceCall("lambda", "CreateFunction20150331", ROOT_ELSEWHERE)],
      ["a rule of somebody's where Muster has rules", serviceCall("events", "PutRule", AT_GLOBAL)],
      [
        "a function that the deploying role makes there",
        serviceCall("lambda", "CreateFunction20150331", { ...AT_GLOBAL, ...inSession("infra-DeployR-prod") }),
      ],
    ],
    stays: [
      ["a machine at home", serviceCall("ec2", "RunInstances")],
      [
        "a change of IAM, which is global",
        iamCall("CreateRole", { roleName: "x" }, { awsRegion: "us-east-1" }),
      ],
      ["a look of the console", serviceCall("ec2", "DescribeRegions", { ...AT_GLOBAL, readOnly: true })],
      [
        "the rules that a deployment makes there",
        serviceCall("events", "PutRule", { ...AT_GLOBAL, ...inSession("infra-DeployR-prod") }),
      ],
      ["a sign-in near the person", consoleLogin({ awsRegion: "eu-north-1" })],
      ["a role that somebody assumes near them", assumeRole(BREAK_GLASS, { awsRegion: "eu-north-1" })],
      ["what a service looks at by itself", serviceCall("ec2", "DescribeInstances", CONFIG_ELSEWHERE)],
    ],
  },
  SignInWithoutMfa: {
    account: "users",
    rings: [
      ["a user with a password alone", consoleLogin(WITHOUT_MFA)],
      [
        "another, in another region",
        consoleLogin({ ...WITHOUT_MFA, userIdentity: userOf("john.developer"), awsRegion: "us-east-1" }),
      ],
    ],
    stays: [
      ["a user with MFA", consoleLogin()],
      ["a federated session", consoleLogin({ ...WITHOUT_MFA, userIdentity: federatedUser("sarah.devops") })],
      ["a session of a role", consoleLogin({ ...WITHOUT_MFA, ...inSession("infra-ReadR-prod") })],
      ["the root user, who has an alarm", consoleLogin({ ...WITHOUT_MFA, userIdentity: ROOT_USER })],
      ["a sign-in that fails", failedLogin(WITHOUT_MFA)],
      ["a switch", switchRole("infra-ReadR-prod")],
    ],
  },
  SignInFailed: {
    account: "users",
    rings: [
      ["a wrong password", failedLogin()],
      ["a wrong password of the root user", failedLogin({ userIdentity: ROOT_USER })],
    ],
    stays: [
      ["a sign-in", consoleLogin()],
      [
        "a device that is asked for",
        consoleLogin({ eventName: "CheckMfa", responseElements: { CheckMfa: "Success" } }),
      ],
      ["a call that is refused", refusedAssumeRole(BREAK_GLASS)],
    ],
  },
  CallRefused: {
    account: "prod",
    rings: [
      ["a call of EC2", serviceCall("ec2", "RunInstances", { errorCode: "Client.UnauthorizedOperation" })],
      ["a call of IAM", iamCall("CreateUser", {}, { errorCode: "AccessDenied" })],
      ["a call of KMS", serviceCall("kms", "Decrypt", { errorCode: "AccessDeniedException" })],
    ],
    stays: [
      [
        "a call that fails otherwise",
        serviceCall("s3", "GetBucketPolicy", { errorCode: "NoSuchBucketPolicy" }),
      ],
      ["a call that is answered", serviceCall("s3", "GetBucketPolicy")],
      ["a wrong password", failedLogin()],
    ],
  },
  IamPolicyChanged: {
    account: "prod",
    rings: [
      ["a version", iamCall("CreatePolicyVersion", {}, inSession("infra-OpsR-prod"))],
      ["the pipeline's", iamCall("AttachRolePolicy", {}, inSession("infra-DeployR-prod"))],
    ],
    stays: [
      ["a look", iamCall("GetPolicy", {}, { readOnly: true })],
      ["a policy of the organization", organizationCall("CreatePolicy")],
      ["a trust, which CIS does not count", iamCall("UpdateAssumeRolePolicy", {})],
    ],
  },
};
