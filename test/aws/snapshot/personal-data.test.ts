import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { Account } from "@aws-sdk/client-account";
import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import assert from "node:assert/strict";

import { readAccountFacts, readRootUser } from "../../../src/aws/readers/account-facts-reader";
import { readAlarms } from "../../../src/aws/readers/alarms-reader";
import { readAnalyzerFindings } from "../../../src/aws/readers/analyzer-findings-reader";
import { readAuthorizationDetails } from "../../../src/aws/readers/authorization-details-reader";
import { readCredentialReport } from "../../../src/aws/readers/credential-report-reader";
import { readLastAccessedServices } from "../../../src/aws/readers/last-accessed-services-reader";
import { readMfaDevices } from "../../../src/aws/readers/mfa-devices-reader";
import { readAlternateContacts, readRootManagement } from "../../../src/aws/readers/owner-facts-reader";
import { readSecrets } from "../../../src/aws/readers/secrets-reader";
import { readSignInObjects } from "../../../src/aws/readers/sign-in-objects-reader";
import { readTableLevels } from "../../../src/aws/readers/table-levels-reader";
import { readTrailEvents } from "../../../src/aws/readers/trail-events-reader";
import { readUserCredentials } from "../../../src/aws/readers/user-credentials-reader";
import { keptDetails, keptSecrets, keptTagKeys } from "../../../src/aws/snapshot/kept-tags";
import { SECTION_NAMES, type SectionName } from "../../../src/aws/snapshot/snapshot-section";
import type { Instant } from "../../../src/model/dates";
import { withAnswers, type Answers } from "../../support/fake-client";
import { fakeIam } from "../../support/fake-iam";
import { sampleModel } from "../../support/sample";

/** What nobody has asked for, wherever AWS may put it one day. */
const INVENTED = "jane.doe@example.com, 203.0.113.7";
const AT = new Date("2026-11-01T00:00:00Z");
const INSTANT = "2026-11-01T00:00:00Z" as Instant;
const TAGS = [
  { Key: "Category", Value: "dba" },
  { Key: "infra:prod", Value: "+DbRead+" },
  { Key: "owner", Value: INVENTED },
];
const KEPT = keptTagKeys(sampleModel().organization);

/** The same answer with a field more in each of its objects. */
function withInvented(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withInvented);
  if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array)
    return value;
  const parts = Object.entries(value).map(([key, part]): [string, unknown] => [key, withInvented(part)]);
  return { ...Object.fromEntries(parts), Invented: INVENTED, description: INVENTED, Description: INVENTED };
}

const inventing = (answers: Readonly<Record<string, object>>): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([operation, answer]) => [
      operation,
      () => withInvented(answer) as Readonly<Record<string, unknown>>,
    ]),
  );

const REGION = { region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };
const iam = (answers: Readonly<Record<string, object>>) => fakeIam(inventing(answers)).iam;

const REPORT = [
  "user,arn,password_enabled,mfa_active,access_key_1_active,access_key_1_last_used_region,invented",
  `john,arn:aws:iam::111111111111:user/john,true,true,true,${INVENTED.replace(",", "")},${INVENTED.replace(",", "")}`,
].join("\n");

const EVENT = JSON.stringify(
  withInvented({
    eventID: "1",
    eventTime: "2026-11-01T00:00:00Z",
    eventSource: "iam.amazonaws.com",
    eventName: "CreateUser",
    awsRegion: "us-east-1",
    sourceIPAddress: INVENTED,
    userAgent: INVENTED,
    userIdentity: {
      type: "IAMUser",
      arn: "arn:aws:iam::111111111111:user/john",
      userName: INVENTED,
      sessionContext: { attributes: { mfaAuthenticated: "true" } },
    },
    requestParameters: { userName: "eve", tags: [{ key: "owner", value: INVENTED }] },
    responseElements: { user: { userName: INVENTED } },
  }),
);

/** How each section is read, from answers with invented fields. */
const SECTIONS: { readonly [Name in SectionName]: () => Promise<unknown> } = {
  accountFacts: () =>
    readAccountFacts(
      iam({
        listAccountAliases: { AccountAliases: ["example"] },
        getAccountPasswordPolicy: { PasswordPolicy: { MinimumPasswordLength: 14 } },
      }),
    ),
  rootUser: () => readRootUser(iam({ getAccountSummary: { SummaryMap: { AccountMFAEnabled: 1 } } })),
  alternateContacts: () =>
    readAlternateContacts(
      withAnswers(new Account(REGION), inventing({ getAlternateContact: { AlternateContact: {} } })).client,
    ),
  rootManagement: () =>
    readRootManagement(iam({ listOrganizationsFeatures: { EnabledFeatures: ["RootSessions"] } })),
  authorizationDetails: async () =>
    keptDetails(
      await readAuthorizationDetails(
        iam({
          getAccountAuthorizationDetails: {
            UserDetailList: [{ UserName: "john", Arn: "arn", Tags: TAGS }],
            GroupDetailList: [{ GroupName: "g", Arn: "arn" }],
            RoleDetailList: [{ RoleName: "r", Arn: "arn", Tags: TAGS, AssumeRolePolicyDocument: "{}" }],
            Policies: [
              { Arn: "arn:aws:iam::111111111111:policy/p", PolicyVersionList: [{ VersionId: "v1" }] },
            ],
          },
        }),
      ),
      KEPT,
    ),
  signInObjects: () =>
    readSignInObjects(
      iam({
        listInstanceProfiles: {
          InstanceProfiles: [{ InstanceProfileName: "i", Roles: [{ RoleName: "r" }] }],
        },
        listOpenIDConnectProviders: { OpenIDConnectProviderList: [{ Arn: "oidc" }] },
        getOpenIDConnectProvider: { ClientIDList: ["sts.amazonaws.com"] },
        listSAMLProviders: { SAMLProviderList: [{ Arn: "saml" }] },
        getSAMLProvider: { SAMLMetadataDocument: `<EmailAddress>${INVENTED}</EmailAddress>` },
        listServerCertificates: { ServerCertificateMetadataList: [{ ServerCertificateName: "c" }] },
      }),
    ),
  credentialReport: () =>
    readCredentialReport(
      iam({
        generateCredentialReport: { State: "COMPLETE" },
        getCredentialReport: { Content: Buffer.from(REPORT), GeneratedTime: AT },
      }),
    ),
  userCredentials: () =>
    readUserCredentials(
      iam({
        getLoginProfile: { LoginProfile: { CreateDate: AT } },
        listAccessKeys: { AccessKeyMetadata: [{ AccessKeyId: "AKIA1", Status: "Active" }] },
        getAccessKeyLastUsed: { AccessKeyLastUsed: { LastUsedDate: AT, ServiceName: "sts" } },
        listSSHPublicKeys: { SSHPublicKeys: [{ SSHPublicKeyId: "APKA1" }] },
        listServiceSpecificCredentials: {
          ServiceSpecificCredentials: [{ ServiceName: "s", ServiceUserName: INVENTED }],
        },
        listSigningCertificates: { Certificates: [{ CertificateId: "c", CertificateBody: INVENTED }] },
      }),
      ["john"],
      { lastUse: true },
    ),
  mfaDevices: () =>
    readMfaDevices(
      iam({
        listMFADevices: { MFADevices: [{ SerialNumber: "arn:aws:iam::111111111111:mfa/john" }] },
        listVirtualMFADevices: { VirtualMFADevices: [{ SerialNumber: "arn", User: { Arn: "a:root" } }] },
      }),
      ["john"],
    ),
  lastAccessedServices: () =>
    readLastAccessedServices(
      iam({
        generateServiceLastAccessedDetails: { JobId: "1" },
        getServiceLastAccessedDetails: {
          JobStatus: "COMPLETED",
          ServicesLastAccessed: [
            { ServiceNamespace: "s3", ServiceName: INVENTED, LastAuthenticatedEntity: INVENTED },
          ],
        },
      }),
      ["arn:aws:iam::111111111111:role/r"],
    ),
  analyzerFindings: () =>
    readAnalyzerFindings(
      withAnswers(
        new AccessAnalyzer(REGION),
        inventing({
          listAnalyzers: { analyzers: [{ arn: "arn", name: "n" }] },
          listFindingsV2: { findings: [{ id: "1", findingType: "ExternalAccess", resource: "arn" }] },
        }),
      ).client,
    ),
  trailEvents: () =>
    readTrailEvents(
      withAnswers(
        new CloudWatchLogs(REGION),
        inventing({
          describeLogGroups: { logGroups: [{ logGroupName: "trail", creationTime: 0 }] },
          filterLogEvents: { events: [{ message: EVENT }] },
        }),
      ).client,
      {
        logGroup: "trail",
        from: INSTANT,
        until: "2026-11-02T00:00:00Z" as Instant,
        now: "2026-11-02T00:00:00Z" as Instant,
        listedRoles: [],
        countedNames: ["john"],
      },
    ),
  alarms: () =>
    readAlarms(
      withAnswers(
        new CloudWatch(REGION),
        inventing({
          describeAlarms: {
            MetricAlarms: [{ AlarmName: "a", StateValue: "OK", AlarmDescription: INVENTED }],
          },
          describeAlarmHistory: { AlarmHistoryItems: [{ AlarmName: "a", HistorySummary: INVENTED }] },
        }),
      ).client,
      { from: INSTANT, until: INSTANT, now: INSTANT },
    ),
  secrets: async () =>
    keptSecrets(
      await readSecrets(
        withAnswers(
          new SecretsManager(REGION),
          inventing({
            listSecrets: { SecretList: [{ Name: "s", ARN: "arn", Tags: TAGS }] },
            getResourcePolicy: {},
          }),
        ).client,
      ),
      KEPT,
    ),
  tableLevels: () =>
    readTableLevels(
      () =>
        Promise.resolve(
          withAnswers(
            new DynamoDB(REGION),
            inventing({
              listTables: { TableNames: ["visits"] },
              listTagsOfResource: { Tags: [...TAGS, { Key: "AccessLevel", Value: INVENTED }] },
            }),
          ).client,
        ),
      ["eu-west-1"],
      "111111111111",
    ),
};

describe("what a snapshot keeps", () => {
  for (const name of SECTION_NAMES) {
    it(`leaves out what nobody has asked for: ${name}`, async () => {
      const text = JSON.stringify(await SECTIONS[name]());
      assert.ok(text.length > 10, text);
      assert.doesNotMatch(text, /jane|203\.0\.113/);
    });
  }

  it("has of tags the values that the program writes, and of others whether they change", () => {
    const tags = Object.fromEntries(TAGS.map(({ Key, Value }) => [Key, Value]));
    const [secret] = keptSecrets([{ name: "s", arn: "arn", tags }], KEPT);
    assert.deepEqual(secret?.tags, {
      Category: "dba",
      "infra:prod": "+DbRead+",
      owner: "sha256:1fd222b194a8227a",
    });
    assert.deepEqual(keptSecrets([secret], KEPT), [secret]);
  });
});
