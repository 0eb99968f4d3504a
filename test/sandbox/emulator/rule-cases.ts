import assert from "node:assert/strict";
import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { GuardDuty } from "@aws-sdk/client-guardduty";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { S3 } from "@aws-sdk/client-s3";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { SNS } from "@aws-sdk/client-sns";
import { STS } from "@aws-sdk/client-sts";
import type { EmulatedAccounts } from "./emulated-accounts";

const STANDARD = "arn:aws:securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/5.0.0";

type Call = (clients: Clients) => Promise<unknown>;

/** How a rule is broken, after what makes that possible. */
export interface RuleCase {
  readonly prepare?: Call;
  /** What keeps the rule, and is accepted. */
  readonly kept?: Call;
  /** What breaks it, or several things that do, by what they are. */
  readonly broken: Call | Readonly<Record<string, Call>>;
  /** The error's name and words, as the SDK shows them. */
  readonly error: readonly [name: string, message: RegExp];
}

/** Clients of the account `dev`. */
export function clientsOf({ client }: EmulatedAccounts) {
  return {
    iam: client(IAM, "dev"),
    /** Of an account that is full. */
    full: client(IAM, "users"),
    sts: client(STS, "dev"),
    kms: client(KMS, "dev"),
    s3: client(S3, "dev"),
    sns: client(SNS, "dev"),
    ec2: client(EC2, "dev"),
    logs: client(CloudWatchLogs, "dev"),
    cloudtrail: client(CloudTrail, "dev"),
    cloudwatch: client(CloudWatch, "dev"),
    secrets: client(SecretsManager, "dev"),
    guardDuty: client(GuardDuty, "dev"),
    accessAnalyzer: client(AccessAnalyzer, "dev"),
    securityHub: client(SecurityHub, "dev"),
  };
}

export type Clients = ReturnType<typeof clientsOf>;

const account = "222222222222";
const policyArn = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
const deviceArn = (name: string) => `arn:aws:iam::${account}:mfa/${name}`;

const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const reads = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
/** A document of so many characters, white space aside; IAM counts none. */
const sized = (characters: number) => {
  const of = (padding: number) => document({ ...reads, Resource: `arn:aws:s3:::${"a".repeat(padding)}` });
  return `${of(characters - of(0).length)}${" ".repeat(500)}`;
};
const admits = (principal: object, more: object = {}) =>
  document({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more });
const trust = admits({ AWS: "arn:aws:iam::111111111111:root" });
const sizedTrust = (characters: number) => {
  const of = (padding: number) =>
    admits(
      { AWS: "arn:aws:iam::111111111111:root" },
      { Condition: { StringEquals: { "aws:userid": "a".repeat(padding) } } },
    );
  return `${of(characters - of(0).length)}${" ".repeat(500)}`;
};
const tags = (count: number, name = "tag") =>
  Array.from({ length: count }, (_, index) => ({ Key: `${name}${index}`, Value: "a" }));
const times = async (count: number, action: (index: number) => Promise<unknown>) => {
  for (let index = 0; index < count; index += 1) await action(index);
};
const device = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };
const anybody = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

const roles = `arn:aws:iam::${account}:role/`;
const keys = `arn:aws:kms:eu-west-1:${account}:key/`;
const trail = {
  Name: "trail",
  S3BucketName: "trail",
  CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${account}:log-group:trail:*`,
};

const alarm = {
  AlarmName: "values",
  Namespace: "Muster",
  MetricName: "values",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
} as const;

const limit = "LimitExceededException";
const exists = "EntityAlreadyExistsException";
const conflict = "DeleteConflictException";
const malformed = "MalformedPolicyDocumentException";

const root = { AWS: "arn:aws:iam::111111111111:root" };

/** Principals of each kind that a trust may name. */
const PRINCIPALS: readonly object[] = [
  root,
  { AWS: "999999999999" },
  { AWS: "*" },
  { AWS: ["arn:aws:iam::999999999999:user/people/ann", "arn:aws:iam::999999999999:role/x"] },
  { AWS: "arn:aws:sts::999999999999:assumed-role/x/ann" },
  { AWS: "arn:aws:sts::999999999999:federated-user/ann" },
  { AWS: "AIDAEXAMPLEEXAMPLE123" },
  { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" },
  { Service: ["ec2.amazonaws.com", "delivery.logs.amazonaws.com"] },
  { Federated: "cognito-identity.amazonaws.com" },
  { Federated: `arn:aws:iam::${account}:oidc-provider/token.example.com` },
];

/** For a new role and for one that exists, each of some trusts. */
const trusted = (existing: string, trusts: Readonly<Record<string, string>>): RuleCase["broken"] =>
  Object.fromEntries(
    Object.entries(trusts).flatMap(([what, text]): [string, Call][] => [
      [
        `a new role: ${what}`,
        ({ iam }) => iam.createRole({ RoleName: `new-${existing}`, AssumeRolePolicyDocument: text }),
      ],
      [
        `a role that exists: ${what}`,
        ({ iam }) => iam.updateAssumeRolePolicy({ RoleName: existing, PolicyDocument: text }),
      ],
    ]),
  );

/** A case for each rule of `sandbox/emulator/rules.py`, by its name. */
export const ruleCases: Readonly<Record<string, RuleCase>> = {
  "user-names-without-case": {
    prepare: ({ iam }) => iam.createUser({ UserName: "Case.User" }),
    kept: ({ iam }) =>
      iam.updateUser({ UserName: "Case.User", NewUserName: "Case.User", NewPath: "/people/" }),
    broken: ({ iam }) => iam.createUser({ UserName: "case.user" }),
    error: [exists, /User with name case.user already exists/],
  },
  "group-names-without-case": {
    prepare: ({ iam }) => iam.createGroup({ GroupName: "Case-Group" }),
    broken: ({ iam }) => iam.createGroup({ GroupName: "case-group" }),
    error: [exists, /case-group/],
  },
  "role-names-without-case": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "Case-Role", AssumeRolePolicyDocument: trust }),
    broken: ({ iam }) => iam.createRole({ RoleName: "case-role", AssumeRolePolicyDocument: trust }),
    error: [exists, /case-role/],
  },
  "policy-names-without-case": {
    prepare: ({ iam }) => iam.createPolicy({ PolicyName: "Case-Policy", PolicyDocument: document(reads) }),
    broken: ({ iam }) =>
      iam.createPolicy({ PolicyName: "case-policy", PolicyDocument: document(reads), Path: "/a/" }),
    error: [exists, /case-policy/],
  },
  "device-left-behind": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "left" });
      await iam.createVirtualMFADevice({ VirtualMFADeviceName: "left" });
      const mfa = { UserName: "left", SerialNumber: deviceArn("left") };
      await iam.enableMFADevice({ ...mfa, ...device });
      await iam.deactivateMFADevice(mfa);
      await iam.deleteUser({ UserName: "left" });
    },
    broken: ({ iam }) => iam.createVirtualMFADevice({ VirtualMFADeviceName: "left" }),
    error: [exists, /MFADevice entity at the same path and name already exists/],
  },
  "tags-per-resource": {
    prepare: ({ iam }) => iam.createUser({ UserName: "tags", Tags: tags(49) }),
    kept: ({ iam }) =>
      iam.tagUser({ UserName: "tags", Tags: [{ Key: "TAG1", Value: "b" }, ...tags(1, "last")] }),
    broken: ({ iam }) => iam.tagUser({ UserName: "tags", Tags: tags(1, "more") }),
    error: [limit, /Cannot exceed quota for TagsPerUser: 50/],
  },
  "tag-keys-once": {
    kept: async ({ iam }) => {
      // On policies, the case of keys counts.
      const Tags = [
        { Key: "Cost", Value: "1" },
        { Key: "cost", Value: "2" },
      ];
      await iam.createPolicy({ PolicyName: "tags-by-case", PolicyDocument: document(reads), Tags });
      const PolicyArn = policyArn("tags-by-case");
      await iam.untagPolicy({ PolicyArn, TagKeys: ["cost"] });
      assert.deepEqual((await iam.listPolicyTags({ PolicyArn })).Tags, [{ Key: "Cost", Value: "1" }]);
    },
    broken: ({ iam }) =>
      iam.createUser({
        UserName: "twice",
        Tags: [
          { Key: "team", Value: "a" },
          { Key: "Team", Value: "b" },
        ],
      }),
    error: ["InvalidInputException", /Duplicate tag keys/],
  },
  "tag-keys-of-aws": {
    broken: ({ iam }) => iam.createUser({ UserName: "reserved", Tags: [{ Key: "aws:team", Value: "a" }] }),
    error: ["InvalidInputException", /reserved prefix aws:/],
  },
  "tag-values-of-aws": {
    kept: ({ iam }) => iam.createUser({ UserName: "valued", Tags: [{ Key: "team", Value: "of:aws:a" }] }),
    broken: {
      "a new user": ({ iam }) =>
        iam.createUser({ UserName: "reserved", Tags: [{ Key: "team", Value: "AWS:a" }] }),
      "a user that exists": ({ iam }) =>
        iam.tagUser({ UserName: "valued", Tags: [{ Key: "team", Value: "aws:a" }] }),
    },
    error: ["InvalidInputException", /reserved prefix aws:/],
  },
  "account-alias-digits": {
    broken: ({ iam }) => iam.createAccountAlias({ AccountAlias: "123456789012" }),
    error: ["ValidationError", /12 digits/],
  },
  "identity-provider-https": {
    broken: {
      "without encryption": ({ iam }) => iam.createOpenIDConnectProvider({ Url: "http://id.example.com" }),
      "without a scheme": ({ iam }) => iam.createOpenIDConnectProvider({ Url: "id.example.com" }),
    },
    error: ["InvalidInputException", /https:/],
  },
  "password-policy": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "password" });
      await iam.createUser({ UserName: "other-password" });
      await assert.rejects(iam.createLoginProfile({ UserName: "password", Password: "Short1!" }), /of 8/);
      await assert.rejects(
        iam.createLoginProfile({ UserName: "password", Password: "eightsmall1" }),
        /three/,
      );
      await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 14, RequireSymbols: true });
      await iam.createLoginProfile({ UserName: "password", Password: "fourteen-long!" });
    },
    broken: {
      short: ({ iam }) => iam.createLoginProfile({ UserName: "other-password", Password: "thirteen-long" }),
      "without a symbol": ({ iam }) =>
        iam.updateLoginProfile({ UserName: "password", Password: "fourteenlong12" }),
    },
    error: ["PasswordPolicyViolationException", /Password should have/],
  },
  "managed-policy-size": {
    kept: ({ iam }) => iam.createPolicy({ PolicyName: "fits", PolicyDocument: sized(6144) }),
    broken: ({ iam }) => iam.createPolicy({ PolicyName: "large", PolicyDocument: sized(6145) }),
    error: [limit, /PolicySize: 6144/],
  },
  "inline-policies-of-user": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "inline" });
      await iam.putUserPolicy({ UserName: "inline", PolicyName: "a", PolicyDocument: sized(1000) });
    },
    kept: ({ iam }) =>
      iam.putUserPolicy({ UserName: "inline", PolicyName: "b", PolicyDocument: sized(1048) }),
    broken: ({ iam }) =>
      iam.putUserPolicy({ UserName: "inline", PolicyName: "b", PolicyDocument: sized(1049) }),
    error: [limit, /2048 bytes exceeded for user inline/],
  },
  "inline-policies-of-group": {
    prepare: ({ iam }) => iam.createGroup({ GroupName: "inline" }),
    kept: ({ iam }) =>
      iam.putGroupPolicy({ GroupName: "inline", PolicyName: "a", PolicyDocument: sized(5120) }),
    broken: ({ iam }) =>
      iam.putGroupPolicy({ GroupName: "inline", PolicyName: "a", PolicyDocument: sized(5121) }),
    error: [limit, /5120 bytes exceeded for group inline/],
  },
  "inline-policies-of-role": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "inline", AssumeRolePolicyDocument: trust }),
    kept: ({ iam }) =>
      iam.putRolePolicy({ RoleName: "inline", PolicyName: "a", PolicyDocument: sized(10240) }),
    broken: ({ iam }) =>
      iam.putRolePolicy({ RoleName: "inline", PolicyName: "a", PolicyDocument: sized(10241) }),
    error: [limit, /10240 bytes exceeded for role inline/],
  },
  "trust-policy-size": {
    kept: ({ iam }) => iam.createRole({ RoleName: "trusting", AssumeRolePolicyDocument: sizedTrust(2048) }),
    broken: ({ iam }) =>
      iam.updateAssumeRolePolicy({ RoleName: "trusting", PolicyDocument: sizedTrust(2049) }),
    error: [limit, /ACLSizePerRole: 2048/],
  },
  "policy-versions": {
    prepare: async ({ iam }) => {
      await iam.createPolicy({ PolicyName: "versions", PolicyDocument: document(reads) });
      await times(4, () =>
        iam.createPolicyVersion({ PolicyArn: policyArn("versions"), PolicyDocument: document(reads) }),
      );
    },
    broken: ({ iam }) =>
      iam.createPolicyVersion({ PolicyArn: policyArn("versions"), PolicyDocument: document(reads) }),
    error: [limit, /up to 5 versions/],
  },
  "access-keys-of-user": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "keys" });
      await times(2, () => iam.createAccessKey({ UserName: "keys" }));
    },
    broken: ({ iam }) => iam.createAccessKey({ UserName: "keys" }),
    error: [limit, /AccessKeysPerUser: 2/],
  },
  "policies-attached-to-user": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "attached" });
      await times(11, (index) =>
        iam.createPolicy({ PolicyName: `of-user-${index}`, PolicyDocument: document(reads) }),
      );
      await times(10, (index) =>
        iam.attachUserPolicy({ UserName: "attached", PolicyArn: policyArn(`of-user-${index}`) }),
      );
    },
    kept: ({ iam }) => iam.attachUserPolicy({ UserName: "attached", PolicyArn: policyArn("of-user-0") }),
    broken: ({ iam }) => iam.attachUserPolicy({ UserName: "attached", PolicyArn: policyArn("of-user-10") }),
    error: [limit, /PoliciesPerUser: 10/],
  },
  "policies-attached-to-group": {
    prepare: async ({ iam }) => {
      await iam.createGroup({ GroupName: "attached" });
      await times(11, (index) =>
        iam.createPolicy({ PolicyName: `of-group-${index}`, PolicyDocument: document(reads) }),
      );
      await times(10, (index) =>
        iam.attachGroupPolicy({ GroupName: "attached", PolicyArn: policyArn(`of-group-${index}`) }),
      );
    },
    broken: ({ iam }) =>
      iam.attachGroupPolicy({ GroupName: "attached", PolicyArn: policyArn("of-group-10") }),
    error: [limit, /PoliciesPerGroup: 10/],
  },
  "policies-attached-to-role": {
    prepare: async ({ iam }) => {
      await iam.createRole({ RoleName: "attached", AssumeRolePolicyDocument: trust });
      await times(11, (index) =>
        iam.createPolicy({ PolicyName: `of-role-${index}`, PolicyDocument: document(reads) }),
      );
      await times(10, (index) =>
        iam.attachRolePolicy({ RoleName: "attached", PolicyArn: policyArn(`of-role-${index}`) }),
      );
    },
    broken: ({ iam }) => iam.attachRolePolicy({ RoleName: "attached", PolicyArn: policyArn("of-role-10") }),
    error: [limit, /PoliciesPerRole: 10/],
  },
  "groups-of-user": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "joined" });
      await times(11, (index) => iam.createGroup({ GroupName: `joined-${index}` }));
      await times(10, (index) => iam.addUserToGroup({ UserName: "joined", GroupName: `joined-${index}` }));
    },
    kept: ({ iam }) => iam.addUserToGroup({ UserName: "joined", GroupName: "joined-0" }),
    broken: ({ iam }) => iam.addUserToGroup({ UserName: "joined", GroupName: "joined-10" }),
    error: [limit, /GroupsPerUser: 10/],
  },
  "devices-of-user": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "devices" });
      await times(9, (index) => iam.createVirtualMFADevice({ VirtualMFADeviceName: `devices-${index}` }));
      await times(8, (index) =>
        iam.enableMFADevice({ UserName: "devices", SerialNumber: deviceArn(`devices-${index}`), ...device }),
      );
    },
    broken: ({ iam }) =>
      iam.enableMFADevice({ UserName: "devices", SerialNumber: deviceArn("devices-8"), ...device }),
    error: [limit, /MFADevicesPerUser: 8/],
  },
  "user-with-belongings": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "owner" });
      await iam.createAccessKey({ UserName: "owner" });
    },
    broken: ({ iam }) => iam.deleteUser({ UserName: "owner" }),
    error: [conflict, /must delete access keys first/],
  },
  "user-with-policies": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "holder" });
      await iam.putUserPolicy({ UserName: "holder", PolicyName: "a", PolicyDocument: document(reads) });
    },
    broken: ({ iam }) => iam.deleteUser({ UserName: "holder" }),
    error: [conflict, /must delete policies first/],
  },
  "role-with-policies": {
    prepare: async ({ iam }) => {
      await iam.createRole({ RoleName: "holder", AssumeRolePolicyDocument: trust });
      await iam.putRolePolicy({ RoleName: "holder", PolicyName: "a", PolicyDocument: document(reads) });
    },
    broken: ({ iam }) => iam.deleteRole({ RoleName: "holder" }),
    error: [conflict, /must delete policies first/],
  },
  "group-with-contents": {
    prepare: async ({ iam }) => {
      await iam.createGroup({ GroupName: "holder" });
      await iam.putGroupPolicy({ GroupName: "holder", PolicyName: "a", PolicyDocument: document(reads) });
    },
    broken: ({ iam }) => iam.deleteGroup({ GroupName: "holder" }),
    error: [conflict, /must delete policies first/],
  },
  "policy-in-use": {
    prepare: async ({ iam }) => {
      await iam.createPolicy({ PolicyName: "used", PolicyDocument: document(reads) });
      await iam.createRole({ RoleName: "user-of-policy", AssumeRolePolicyDocument: trust });
      await iam.attachRolePolicy({ RoleName: "user-of-policy", PolicyArn: policyArn("used") });
    },
    broken: ({ iam }) => iam.deletePolicy({ PolicyArn: policyArn("used") }),
    error: [conflict, /attached to entities/],
  },
  "boundary-exists": {
    kept: async ({ iam }) => {
      await iam.createPolicy({ PolicyName: "limit", PolicyDocument: document(reads) });
      const PermissionsBoundary = policyArn("limit");
      await iam.createRole({ RoleName: "limited", AssumeRolePolicyDocument: trust, PermissionsBoundary });
    },
    broken: ({ iam }) =>
      iam.putRolePermissionsBoundary({ RoleName: "limited", PermissionsBoundary: policyArn("nowhere") }),
    error: ["NoSuchEntityException", /policy\/nowhere does not exist or is not attachable/],
  },
  "identity-provider-once": {
    prepare: ({ iam }) =>
      iam.createOpenIDConnectProvider({ Url: "https://token.example.com", ClientIDList: ["a"] }),
    broken: ({ iam }) =>
      iam.createOpenIDConnectProvider({ Url: "https://token.example.com", ClientIDList: ["b"] }),
    error: ["EntityAlreadyExistsException", /Provider with url https:\/\/token\.example\.com already exists/],
  },
  "boundary-in-use": {
    prepare: async ({ iam }) => {
      await iam.createPolicy({ PolicyName: "boundary", PolicyDocument: document(reads) });
      const PermissionsBoundary = policyArn("boundary");
      await iam.createRole({ RoleName: "bounded", AssumeRolePolicyDocument: trust, PermissionsBoundary });
    },
    broken: ({ iam }) => iam.deletePolicy({ PolicyArn: policyArn("boundary") }),
    error: [conflict, /permissions boundary/],
  },
  "boundary-of-user-in-use": {
    prepare: async ({ iam }) => {
      await iam.createPolicy({ PolicyName: "boundary-of-user", PolicyDocument: document(reads) });
      await iam.createUser({ UserName: "bounded" });
      const PermissionsBoundary = policyArn("boundary-of-user");
      await iam.putUserPermissionsBoundary({ UserName: "bounded", PermissionsBoundary });
    },
    broken: ({ iam }) => iam.deletePolicy({ PolicyArn: policyArn("boundary-of-user") }),
    error: [conflict, /permissions boundary/],
  },
  "default-version": {
    prepare: ({ iam }) => iam.createPolicy({ PolicyName: "default", PolicyDocument: document(reads) }),
    broken: ({ iam }) => iam.deletePolicyVersion({ PolicyArn: policyArn("default"), VersionId: "v1" }),
    error: [conflict, /default version/],
  },
  "device-in-use": {
    prepare: async ({ iam }) => {
      await iam.createUser({ UserName: "in-use" });
      await iam.createVirtualMFADevice({ VirtualMFADeviceName: "in-use" });
      await iam.enableMFADevice({ UserName: "in-use", SerialNumber: deviceArn("in-use"), ...device });
    },
    broken: ({ iam }) => iam.deleteVirtualMFADevice({ SerialNumber: deviceArn("in-use") }),
    error: [conflict, /Must deactivate first/],
  },
  "document-version": {
    broken: ({ iam }) =>
      iam.createPolicy({
        PolicyName: "old",
        PolicyDocument: document(reads).replace("2012-10-17", "2008-10-17"),
      }),
    error: [malformed, /must be version 2012-10-17 or greater/],
  },
  "document-elements": {
    broken: ({ iam }) =>
      iam.createPolicy({ PolicyName: "elements", PolicyDocument: document({ ...reads, Who: "me" }) }),
    error: [malformed, /Syntax errors in policy/],
  },
  "sid-once": {
    broken: ({ iam }) =>
      iam.createPolicy({
        PolicyName: "sids",
        PolicyDocument: document({ Sid: "A", ...reads }, { Sid: "A", ...reads }),
      }),
    error: [malformed, /must be unique/],
  },
  "sid-characters": {
    broken: ({ iam }) =>
      iam.createPolicy({ PolicyName: "sid", PolicyDocument: document({ Sid: "a b", ...reads }) }),
    error: [malformed, /must be alpha-numeric/],
  },
  "no-principal-in-identity-policy": {
    broken: ({ iam }) =>
      iam.createPolicy({ PolicyName: "principal", PolicyDocument: document({ Principal: "*", ...reads }) }),
    error: [malformed, /should not specify a principal/],
  },
  "trust-elements": {
    broken: ({ iam }) =>
      iam.createRole({
        RoleName: "resource",
        AssumeRolePolicyDocument: admits({ AWS: "*" }, { Resource: "*" }),
      }),
    error: [malformed, /prohibited field Resource/],
  },
  "trust-syntax": {
    kept: async ({ iam }) => {
      await iam.createRole({ RoleName: "syntax", AssumeRolePolicyDocument: trust });
      // IAM takes a trust of the older version, and one without any.
      for (const version of ['"Version":"2008-10-17",', ""]) {
        const older = trust.replace('"Version":"2012-10-17",', version);
        await iam.updateAssumeRolePolicy({ RoleName: "syntax", PolicyDocument: older });
      }
    },
    broken: trusted("syntax", {
      operator: admits(root, { Condition: { StringEqualz: { "aws:userid": "a" } } }),
      element: admits(root, { Who: "me" }),
      "action and its opposite": admits(root, { NotAction: "sts:TagSession" }),
      "older version that never was": trust.replace("2012-10-17", "2020-01-01"),
      "no JSON": "nobody",
    }),
    error: [malformed, /^Syntax errors in policy\.$/],
  },
  "trust-values": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "values", AssumeRolePolicyDocument: trust }),
    broken: trusted("values", {
      date: admits(root, { Condition: { DateLessThan: { "aws:CurrentTime": "tomorrow" } } }),
      effect: admits(root, { Effect: "allow" }),
    }),
    error: [malformed, /^The policy failed legacy parsing$/],
  },
  "trust-actions": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "actions", AssumeRolePolicyDocument: trust }),
    kept: ({ iam }) =>
      iam.updateAssumeRolePolicy({
        RoleName: "actions",
        PolicyDocument: admits(root, {
          Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        }),
      }),
    broken: trusted("actions", {
      "of another service": admits(root, { Action: "iam:GetUser" }),
      "that STS has not": admits(root, { Action: ["sts:AssumeRole", "sts:AssumeRolle"] }),
    }),
    error: [malformed, /may only specify STS AssumeRole actions/],
  },
  "trust-has-actions": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "no-actions", AssumeRolePolicyDocument: trust }),
    broken: trusted("no-actions", {
      none: document({ Effect: "Allow", Principal: root }),
      "an empty list": admits(root, { Action: [] }),
    }),
    error: [malformed, /must contain actions/],
  },
  "principal-forms": {
    kept: async ({ iam }) => {
      for (const [index, principal] of PRINCIPALS.entries()) {
        const AssumeRolePolicyDocument = admits(principal);
        await iam.createRole({ RoleName: `principal-${String(index)}`, AssumeRolePolicyDocument });
      }
    },
    broken: trusted("principal-0", {
      "of no kind": admits({ Foo: "x" }),
      service: admits({ Service: "foo" }),
      account: admits({ AWS: "123" }),
      "every user": admits({ AWS: "arn:aws:iam::999999999999:user/*" }),
      "every session": admits({ AWS: "arn:aws:sts::999999999999:assumed-role/x/*" }),
      group: admits({ AWS: "arn:aws:iam::999999999999:group/x" }),
      nobody: admits({}),
      "one of two": admits({ AWS: ["999999999999", "foo"] }),
    }),
    error: [malformed, /^Invalid principal in policy/],
  },
  "federated-principal-forms": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "federated", AssumeRolePolicyDocument: trust }),
    broken: trusted("federated", {
      text: admits({ Federated: "foo" }, { Action: "sts:AssumeRoleWithWebIdentity" }),
      role: admits({ Federated: `${roles}x` }, { Action: "sts:AssumeRoleWithSAML" }),
    }),
    error: [malformed, /valid domain names or SAML metadata ARNs/],
  },
  "saml-provider-exists": {
    prepare: ({ iam }) => iam.createRole({ RoleName: "saml", AssumeRolePolicyDocument: trust }),
    kept: async ({ iam }) => {
      await iam.createSAMLProvider({ Name: "directory", SAMLMetadataDocument: "a".repeat(1_024) });
      const Federated = `arn:aws:iam::${account}:saml-provider/directory`;
      const PolicyDocument = admits({ Federated }, { Action: "sts:AssumeRoleWithSAML" });
      await iam.updateAssumeRolePolicy({ RoleName: "saml", PolicyDocument });
    },
    broken: trusted("saml", {
      missing: admits(
        { Federated: `arn:aws:iam::${account}:saml-provider/nowhere` },
        { Action: "sts:AssumeRoleWithSAML" },
      ),
    }),
    error: [malformed, /^Invalid principal in policy: "FEDERATED":/],
  },
  "principals-exist": {
    broken: ({ iam }) =>
      iam.createRole({
        RoleName: "stranger",
        AssumeRolePolicyDocument: admits({ AWS: `arn:aws:iam::${account}:user/people/nobody` }),
      }),
    error: [malformed, /Invalid principal in policy/],
  },
  "session-within-role": {
    prepare: ({ iam }) =>
      iam.createRole({ RoleName: "hour", AssumeRolePolicyDocument: trust, MaxSessionDuration: 3600 }),
    broken: ({ sts }) =>
      sts.assumeRole({
        RoleArn: `arn:aws:iam::${account}:role/hour`,
        RoleSessionName: "long",
        DurationSeconds: 3601,
      }),
    error: ["ValidationError", /exceeds the MaxSessionDuration/],
  },
  "resource-policy-of-kms": {
    broken: ({ kms }) => kms.createKey({ Policy: document(reads) }),
    error: [malformed, /Missing required field Principal/],
  },
  "resource-policy-of-s3": {
    prepare: ({ s3 }) =>
      s3.createBucket({ Bucket: "a-bucket", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    broken: ({ s3 }) => s3.putBucketPolicy({ Bucket: "a-bucket", Policy: document(reads) }),
    error: ["MalformedPolicy", /Missing required field Principal/],
  },
  "resource-policy-of-sns": {
    prepare: ({ sns }) => sns.createTopic({ Name: "policy" }),
    broken: ({ sns }) =>
      sns.setTopicAttributes({
        TopicArn: `arn:aws:sns:eu-west-1:${account}:policy`,
        AttributeName: "Policy",
        AttributeValue: document(reads),
      }),
    error: ["InvalidParameterException", /Missing required field Principal/],
  },
  "resource-policy-of-secrets": {
    prepare: ({ secrets }) => secrets.createSecret({ Name: "policy" }),
    broken: ({ secrets }) =>
      secrets.putResourcePolicy({ SecretId: "policy", ResourcePolicy: document(reads) }),
    error: [malformed, /Missing required field Principal/],
  },
  "key-policy-lockout": {
    kept: ({ kms }) => kms.createKey({ Policy: document({ ...anybody, Action: "kms:Put*" }) }),
    broken: ({ kms }) => kms.createKey({ Policy: document({ ...anybody, Action: "kms:Decrypt" }) }),
    error: [malformed, /will not allow you to update the key policy/],
  },
  "trail-role-trust": {
    prepare: async ({ iam, logs, s3 }) => {
      const Principal = { Service: "cloudtrail.amazonaws.com" };
      const ours = { StringEquals: { "aws:SourceAccount": account } };
      await iam.createRole({
        RoleName: "trail",
        AssumeRolePolicyDocument: admits(Principal, { Condition: ours }),
      });
      await iam.createRole({ RoleName: "open-trail", AssumeRolePolicyDocument: admits(Principal) });
      await logs.createLogGroup({ logGroupName: "trail" });
      await s3.createBucket({
        Bucket: "trail",
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      });
      const statement = {
        Effect: "Allow",
        Principal,
        Action: ["s3:GetBucketAcl", "s3:PutObject"],
        Resource: "*",
      };
      await s3.putBucketPolicy({ Bucket: "trail", Policy: document(statement) });
    },
    kept: ({ cloudtrail }) =>
      cloudtrail.createTrail({ ...trail, CloudWatchLogsRoleArn: `${roles}open-trail` }),
    broken: ({ cloudtrail }) => cloudtrail.createTrail({ ...trail, CloudWatchLogsRoleArn: `${roles}trail` }),
    error: ["InvalidCloudWatchLogsRoleArnException", /Verify in IAM/],
  },
  "trail-log-group": {
    broken: ({ cloudtrail }) =>
      cloudtrail.createTrail({
        ...trail,
        CloudWatchLogsLogGroupArn: trail.CloudWatchLogsLogGroupArn.replace("trail", "none"),
      }),
    error: ["InvalidCloudWatchLogsLogGroupArnException", /Access denied/],
  },
  "trail-bucket-policy": {
    prepare: ({ s3 }) =>
      s3.createBucket({ Bucket: "bare", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    broken: ({ cloudtrail }) => cloudtrail.createTrail({ Name: "bare", S3BucketName: "bare" }),
    error: ["InsufficientS3BucketPolicyException", /bucket: bare/],
  },
  "trail-key": {
    broken: ({ cloudtrail }) =>
      cloudtrail.createTrail({ Name: "keyless", S3BucketName: "trail", KmsKeyId: `${keys}none` }),
    error: ["KmsKeyNotFoundException", /key\/none/],
  },
  "trail-key-policy": {
    kept: async ({ cloudtrail, kms }) => {
      const { KeyMetadata: key } = await kms.createKey({
        Policy: document(anybody, {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
        }),
      });
      await cloudtrail.createTrail({ Name: "encrypted", S3BucketName: "trail", KmsKeyId: key?.Arn });
      await cloudtrail.updateTrail({ Name: "encrypted", KmsKeyId: "" });
    },
    broken: async ({ cloudtrail, kms }) => {
      const { KeyMetadata: key } = await kms.createKey({ Policy: document(anybody) });
      await cloudtrail.createTrail({ Name: "unreadable", S3BucketName: "trail", KmsKeyId: key?.Arn });
    },
    error: ["InsufficientEncryptionPolicyException", /KMS key/],
  },
  "trail-name": {
    broken: Object.fromEntries(
      ["a--b", "a-_b", "a..b", "192.168.5.4"].map((Name) => [
        Name,
        ({ cloudtrail }: Clients) => cloudtrail.createTrail({ Name, S3BucketName: "none" }),
      ]),
    ),
    error: ["InvalidTrailNameException", /cannot/],
  },
  "bucket-name": {
    broken: Object.fromEntries(
      [
        ...["xn--logs", "sthree-logs", "amzn-s3-demo-logs"],
        // Not `.mrap` and `--x-s3`: the SDK itself asks for no bucket of these.
        ...["logs-s3alias", "logs--ol-s3", "logs--table-s3"],
        ...["foo..bar", "FooBar", "foo_bar", "-foo", "foo-", "192.168.5.4"],
      ].map((Bucket) => [
        Bucket,
        ({ s3 }: Clients) =>
          s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
      ]),
    ),
    error: ["InvalidBucketName", /not valid/],
  },
  "alarm-period": {
    kept: async ({ cloudwatch }) => {
      for (const Period of [10, 20, 30, 60, 300]) await cloudwatch.putMetricAlarm({ ...alarm, Period });
    },
    broken: {
      7: ({ cloudwatch }) => cloudwatch.putMetricAlarm({ ...alarm, Period: 7 }),
      90: ({ cloudwatch }) => cloudwatch.putMetricAlarm({ ...alarm, Period: 90 }),
    },
    error: ["ValidationException", /multiple of 60/],
  },
  "alarm-datapoints": {
    kept: ({ cloudwatch }) =>
      cloudwatch.putMetricAlarm({ ...alarm, EvaluationPeriods: 2, DatapointsToAlarm: 2 }),
    broken: ({ cloudwatch }) => cloudwatch.putMetricAlarm({ ...alarm, DatapointsToAlarm: 2 }),
    error: ["ValidationException", /less than or equal to EvaluationPeriods/],
  },
  "alarm-missing-data": {
    kept: ({ cloudwatch }) => cloudwatch.putMetricAlarm({ ...alarm, TreatMissingData: "notBreaching" }),
    broken: ({ cloudwatch }) => cloudwatch.putMetricAlarm({ ...alarm, TreatMissingData: "foo" }),
    error: ["ValidationException", /TreatMissingData: foo/],
  },
  "log-retention": {
    prepare: ({ logs }) => logs.createLogGroup({ logGroupName: "retention" }),
    kept: ({ logs }) => logs.putRetentionPolicy({ logGroupName: "retention", retentionInDays: 365 }),
    broken: ({ logs }) => logs.putRetentionPolicy({ logGroupName: "retention", retentionInDays: 17 }),
    error: ["InvalidParameterException", /17 is not one of/],
  },
  "key-deletion-window": {
    broken: async ({ kms }) => {
      const { KeyMetadata } = await kms.createKey({});
      return kms.scheduleKeyDeletion({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 5 });
    },
    error: ["ValidationException", /between 7 and 30/],
  },
  "key-alias-of-aws": {
    broken: async ({ kms }) => {
      const { KeyMetadata } = await kms.createKey({});
      return kms.createAlias({ AliasName: "alias/aws/x", TargetKeyId: KeyMetadata?.KeyId });
    },
    error: ["InvalidAliasNameException", /reserved/],
  },
  "security-group-name": {
    broken: ({ ec2 }) => ec2.createSecurityGroup({ GroupName: "sg-foo", Description: "x" }),
    error: ["InvalidParameterValue", /sg-\*/],
  },
  "subscription-endpoint": {
    prepare: ({ sns }) => sns.createTopic({ Name: "endpoint" }),
    broken: ({ sns }) =>
      sns.subscribe({
        TopicArn: `arn:aws:sns:eu-west-1:${account}:endpoint`,
        Protocol: "email",
        Endpoint: "security",
      }),
    error: ["InvalidParameterException", /email/],
  },
  "security-group-text": {
    broken: ({ ec2 }) => ec2.createSecurityGroup({ GroupName: "text", Description: "Łódź" }),
    error: ["InvalidParameterValue", /Łódź/],
  },
  "secret-name": {
    broken: ({ secrets }) => secrets.createSecret({ Name: "a secret" }),
    error: ["ValidationException", /Invalid name/],
  },
  "tags-of-topic": {
    kept: ({ sns }) => sns.createTopic({ Name: "tags", Tags: tags(50) }),
    broken: ({ sns }) => sns.createTopic({ Name: "more-tags", Tags: tags(51) }),
    error: ["TagLimitExceededException", /quota/],
  },
  "tags-of-key": {
    broken: ({ kms }) =>
      kms.createKey({ Tags: tags(51).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })) }),
    error: ["TagException", /Too many tags/],
  },
  "tags-of-alarm": {
    broken: ({ cloudwatch }) =>
      cloudwatch.putMetricAlarm({
        AlarmName: "tags",
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
        Tags: tags(51),
      }),
    error: ["InvalidParameterValueException", /Too many tags/],
  },
  "tags-of-bucket": {
    prepare: ({ s3 }) =>
      s3.createBucket({
        Bucket: "many-tags",
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      }),
    broken: ({ s3 }) => s3.putBucketTagging({ Bucket: "many-tags", Tagging: { TagSet: tags(51) } }),
    error: ["BadRequest", /greater than 50/],
  },
  "tags-of-trail": {
    broken: ({ cloudtrail }) =>
      cloudtrail.createTrail({ Name: "tags", S3BucketName: "none", TagsList: tags(51) }),
    error: ["TagsLimitExceededException", /Too many tags/],
  },
  "tags-of-security-group": {
    broken: ({ ec2 }) =>
      ec2.createSecurityGroup({
        GroupName: "tags",
        Description: "tags",
        TagSpecifications: [{ ResourceType: "security-group", Tags: tags(51) }],
      }),
    error: ["TagLimitExceeded", /Too many tags/],
  },
  "tags-of-secret": {
    broken: ({ secrets }) => secrets.createSecret({ Name: "tags", Tags: tags(51) }),
    error: ["InvalidParameterException", /Too many tags/],
  },
  "detectors-of-region": {
    prepare: ({ guardDuty }) => guardDuty.createDetector({ Enable: true }),
    broken: ({ guardDuty }) => guardDuty.createDetector({ Enable: true }),
    error: ["BadRequestException", /a detector already exists for the current account/],
  },
  "analyzers-of-name": {
    prepare: ({ accessAnalyzer }) =>
      accessAnalyzer.createAnalyzer({ analyzerName: "outside", type: "ACCOUNT" }),
    broken: ({ accessAnalyzer }) =>
      accessAnalyzer.createAnalyzer({ analyzerName: "outside", type: "ACCOUNT_UNUSED_ACCESS" }),
    error: ["ConflictException", /The analyzer outside exists already/],
  },
  "analyzers-of-kind": {
    kept: ({ accessAnalyzer }) =>
      accessAnalyzer.createAnalyzer({ analyzerName: "unused", type: "ACCOUNT_UNUSED_ACCESS" }),
    broken: ({ accessAnalyzer }) =>
      accessAnalyzer.createAnalyzer({ analyzerName: "unused-too", type: "ACCOUNT_UNUSED_ACCESS" }),
    error: ["ServiceQuotaExceededException", /limit of analyzers/],
  },
  "hub-switched-on": {
    broken: {
      "a standard": ({ securityHub }) =>
        securityHub.batchEnableStandards({ StandardsSubscriptionRequests: [{ StandardsArn: STANDARD }] }),
      "the end of a standard": ({ securityHub }) =>
        securityHub.batchDisableStandards({ StandardsSubscriptionArns: [STANDARD] }),
      "a look": ({ securityHub }) => securityHub.describeHub({}),
      "a look at standards": ({ securityHub }) => securityHub.getEnabledStandards({}),
      "a look at controls": ({ securityHub }) =>
        securityHub.listStandardsControlAssociations({ SecurityControlId: "IAM.2" }),
      "a control": ({ securityHub }) =>
        securityHub.batchUpdateStandardsControlAssociations({
          StandardsControlAssociationUpdates: [
            { SecurityControlId: "IAM.2", StandardsArn: STANDARD, AssociationStatus: "ENABLED" },
          ],
        }),
      settings: ({ securityHub }) => securityHub.updateSecurityHubConfiguration({ AutoEnableControls: true }),
      "the end of the hub": ({ securityHub }) => securityHub.disableSecurityHub({}),
    },
    error: ["InvalidAccessException", /is not subscribed to AWS Security Hub/],
  },
  // What an account may hold at most: the test's own quotas leave room for none, as thousands would take minutes.
  "groups-of-account": {
    broken: ({ full }) => full.createGroup({ GroupName: "one-more" }),
    error: [limit, /GroupsPerAccount: 0/],
  },
  "roles-of-account": {
    broken: ({ full }) => full.createRole({ RoleName: "one-more", AssumeRolePolicyDocument: trust }),
    error: [limit, /RolesPerAccount: 0/],
  },
  "policies-of-account": {
    broken: ({ full }) => full.createPolicy({ PolicyName: "one-more", PolicyDocument: document(reads) }),
    error: [limit, /PoliciesPerAccount: 0/],
  },
  "users-of-account": {
    broken: ({ full }) => full.createUser({ UserName: "one-more" }),
    error: [limit, /UsersPerAccount: 0/],
  },
};

/** The quotas of the account that is full. */
export const quotasOfFullAccount = {
  "111111111111": { GroupsPerAccount: 0, RolesPerAccount: 0, PoliciesPerAccount: 0, UsersPerAccount: 0 },
};
