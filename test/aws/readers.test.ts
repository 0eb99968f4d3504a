import { Account, ResourceNotFoundException } from "@aws-sdk/client-account";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";

import { readAccountFacts, readRootUser } from "../../src/aws/readers/account-facts-reader";
import { credentialReportRows, readCredentialReport } from "../../src/aws/readers/credential-report-reader";
import { readLastAccessedServices } from "../../src/aws/readers/last-accessed-services-reader";
import { readAlternateContacts, readRootManagement } from "../../src/aws/readers/owner-facts-reader";
import { readMfaDevices, readRootDevices } from "../../src/aws/readers/mfa-devices-reader";
import { activityFilters } from "../../src/aws/readers/trail-events-reader";
import { readTableLevels } from "../../src/aws/readers/table-levels-reader";
import { readUserCredentials } from "../../src/aws/readers/user-credentials-reader";
import { findMfaKind } from "../../src/aws/snapshot/mfa-device";
import { TrailEventCollection } from "../../src/aws/trail-event-lines";
import { UserError } from "../../src/model/problems";
import { withAnswers } from "../support/fake-client";
import { accessDenied, fakeIam, missing } from "../support/fake-iam";

const HEADER =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
  "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
  "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
  "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const NO_KEY = { isActive: false };

describe("the credential report", () => {
  const REST = "false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";
  const john =
    "arn:aws:iam::111111111111:user/people/john,2026-01-02T03:04:05+00:00,true,2026-11-19T08:00:00+00:00,2026-10-01T00:00:00+00:00,N/A,true," +
    `true,2026-09-01T00:00:00+00:00,2026-11-18T00:00:00+00:00,eu-west-1,sts,${REST}`;
  const root =
    "<root_account>,arn:aws:iam::111111111111:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported," +
    `true,false,N/A,N/A,N/A,N/A,${REST}`;

  it("has what is known, and leaves out what AWS says in words", () =>
    assert.deepEqual(credentialReportRows([HEADER, root, `john,${john}`, ""].join("\n")), [
      {
        user: "<root_account>",
        arn: "arn:aws:iam::111111111111:root",
        createdAt: "2020-01-01T00:00:00Z",
        hasMfa: true,
        accessKeys: [NO_KEY, NO_KEY],
        certificates: [NO_KEY, NO_KEY],
      },
      {
        user: "john",
        arn: "arn:aws:iam::111111111111:user/people/john",
        createdAt: "2026-01-02T03:04:05Z",
        hasPassword: true,
        passwordLastUsed: "2026-11-19T08:00:00Z",
        passwordLastChanged: "2026-10-01T00:00:00Z",
        hasMfa: true,
        accessKeys: [
          {
            isActive: true,
            lastRotated: "2026-09-01T00:00:00Z",
            lastUsed: "2026-11-18T00:00:00Z",
          },
          NO_KEY,
        ],
        certificates: [NO_KEY, NO_KEY],
      },
    ]));

  for (const [title, line] of [
    ["bare", `smith,john,${john.replace("/john", "/smith,john")}`],
    ["in quotes", `"smith,john","${john.replace("/john,", '/smith,john",')}`],
  ] as const) {
    it(`is read where a user's name has a comma, ${title}`, () => {
      const [row] = credentialReportRows(`${HEADER}\n${line}`);
      assert.deepEqual(
        { user: row?.user, arn: row?.arn, hasMfa: row?.hasMfa },
        { user: "smith,john", arn: "arn:aws:iam::111111111111:user/people/smith,john", hasMfa: true },
      );
    });
  }

  it("is refused without the columns that matter", () =>
    assert.throws(
      () => credentialReportRows("user,arn\na,b"),
      new UserError("The credential report has no column password_enabled, mfa_active, access_key_1_active."),
    ));

  it("is waited for", async () => {
    const states = ["STARTED", "INPROGRESS", "COMPLETE"];
    const pauses: number[] = [];
    const { iam } = fakeIam({
      generateCredentialReport: () => ({ State: states.shift() }),
      getCredentialReport: () => ({
        Content: Buffer.from(HEADER),
        GeneratedTime: new Date("2026-11-20T10:00:00Z"),
      }),
    });
    const pause = (seconds: number) => Promise.resolve(pauses.push(seconds));
    assert.deepEqual(await readCredentialReport(iam, pause), {
      generatedAt: "2026-11-20T10:00:00Z",
      rows: [],
    });
    assert.deepEqual(pauses, [2, 2]);
  });

  it("is given up after ten minutes", async () => {
    const { iam } = fakeIam({ generateCredentialReport: () => ({ State: "STARTED" }) });
    await assert.rejects(
      readCredentialReport(iam, () => Promise.resolve()),
      new UserError("IAM did not make the credential report within ten minutes."),
    );
  });
});

describe("services that a role has used", () => {
  const ROLE = "arn:aws:iam::222222222222:role/infra-OpsR-dev";
  const pause = () => Promise.resolve();

  it("are read page by page once the job has ended", async () => {
    const pages = [
      { JobStatus: "IN_PROGRESS" },
      {
        JobStatus: "COMPLETED",
        IsTruncated: true,
        Marker: "second",
        ServicesLastAccessed: [
          { ServiceNamespace: "s3", LastAuthenticated: new Date("2026-11-01T00:00:00Z") },
        ],
      },
      {
        JobStatus: "COMPLETED",
        IsTruncated: false,
        ServicesLastAccessed: [
          { ServiceNamespace: "iam", TrackedActionsLastAccessed: [{ ActionName: "GetRole" }] },
        ],
      },
    ];
    const { iam, calls } = fakeIam({
      generateServiceLastAccessedDetails: () => ({ JobId: "job" }),
      getServiceLastAccessedDetails: () => pages.shift() ?? new Error("too many"),
    });
    assert.deepEqual(await readLastAccessedServices(iam, [ROLE], pause), [
      {
        role: ROLE,
        outcome: {
          kind: "read",
          services: [
            { namespace: "s3", lastAccessed: "2026-11-01T00:00:00Z", actions: [] },
            { namespace: "iam", actions: [{ name: "GetRole" }] },
          ],
        },
      },
    ]);
    assert.deepEqual(calls.at(-1)?.input, { JobId: "job", Marker: "second" });
  });

  it("are not available of a role that is not there, and of no other", async () => {
    const { iam } = fakeIam({
      generateServiceLastAccessedDetails: ({ Arn }) => (Arn === ROLE ? missing() : { JobId: "job" }),
      getServiceLastAccessedDetails: () => ({ JobStatus: "COMPLETED", ServicesLastAccessed: [] }),
    });
    assert.deepEqual(
      (await readLastAccessedServices(iam, [ROLE, `${ROLE}2`], pause)).map(({ outcome }) => outcome),
      [
        { kind: "notAvailable", because: "It cannot be found." },
        { kind: "read", services: [] },
      ],
    );
  });
});

describe("credentials of users", () => {
  const made = new Date("2026-11-01T00:00:00Z");
  const answers = {
    getLoginProfile: missing,
    listAccessKeys: ({ UserName }: Readonly<Record<string, unknown>>) =>
      UserName === "gone"
        ? missing()
        : { AccessKeyMetadata: [{ AccessKeyId: "AKIA1", Status: "Active", CreateDate: made }] },
    listSSHPublicKeys: () => ({}),
    listServiceSpecificCredentials: () => ({}),
    listSigningCertificates: () => ({}),
    getAccessKeyLastUsed: () => ({
      AccessKeyLastUsed: { LastUsedDate: made, ServiceName: "s3", Region: "N/A" },
    }),
  };

  it("have the last use of keys where it is asked for, and nobody who is gone", async () => {
    const { iam } = fakeIam(answers);
    assert.deepEqual(await readUserCredentials(iam, ["john", "gone"], { lastUse: true }), [
      {
        user: "john",
        accessKeys: [
          {
            id: "AKIA1",
            isActive: true,
            createdAt: "2026-11-01T00:00:00Z",
            lastUsed: { at: "2026-11-01T00:00:00Z", service: "s3" },
          },
        ],
        sshKeys: [],
        serviceCredentials: [],
        signingCertificates: [],
      },
    ]);
  });

  it("take no more requests where it is not", async () => {
    const { iam, calls } = fakeIam(answers);
    await readUserCredentials(iam, ["john"]);
    assert(!calls.some(({ operation }) => operation === "getAccessKeyLastUsed"));
  });

  it("are not taken for none where AWS refuses", async () => {
    const { iam } = fakeIam({ ...answers, listSSHPublicKeys: accessDenied });
    await assert.rejects(readUserCredentials(iam, ["john"]), /not authorized/);
  });
});

describe("MFA devices", () => {
  for (const [serial, kind] of [
    ["arn:aws:iam::111111111111:mfa/john", "virtual"],
    ["arn:aws:iam::111111111111:u2f/user/john/key-ABCDEFGHIJ", "FIDO"],
    ["GAHT12345678", "hardware TOTP"],
  ] as const) {
    it(`${serial} is ${kind}`, () => assert.equal(findMfaKind(serial), kind));
  }

  it("are those of users, of the root user, and of nobody", async () => {
    const mfa = (name: string) => `arn:aws:iam::111111111111:mfa/${name}`;
    const { iam } = fakeIam({
      listMFADevices: () => ({ MFADevices: [{ SerialNumber: "GAHT12345678" }] }),
      listVirtualMFADevices: ({ AssignmentStatus }) => ({
        VirtualMFADevices:
          AssignmentStatus === "Unassigned"
            ? [{ SerialNumber: mfa("left") }]
            : [
                { SerialNumber: mfa("john"), User: { Arn: "arn:aws:iam::111111111111:user/john" } },
                { SerialNumber: mfa("root"), User: { Arn: "arn:aws:iam::111111111111:root" } },
              ],
      }),
    });
    assert.deepEqual(await readMfaDevices(iam, ["john"]), [
      { user: "<root_account>", serial: mfa("root"), kind: "virtual" },
      { user: "john", serial: "GAHT12345678", kind: "hardware TOTP" },
      { serial: mfa("left"), kind: "virtual" },
    ]);
  });
});

describe("facts of an account", () => {
  it("are its aliases, and its password policy where it has one", async () => {
    const policy = {
      MinimumPasswordLength: 14,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
      RequireNumbers: true,
    };
    const { iam } = fakeIam({
      listAccountAliases: () => ({ AccountAliases: ["example"] }),
      getAccountPasswordPolicy: () => ({ PasswordPolicy: policy }),
    });
    assert.deepEqual(await readAccountFacts(iam), {
      aliases: ["example"],
      passwordPolicy: {
        minimumLength: 14,
        maxAgeDays: 90,
        requires: ["numbers"],
        isHardExpiry: false,
        usersMayChange: false,
      },
    });
    const without = fakeIam({ listAccountAliases: () => ({}), getAccountPasswordPolicy: missing });
    assert.deepEqual(await readAccountFacts(without.iam), { aliases: [] });
  });

  it("are the root user's state, and nothing of a password where IAM does not say", async () => {
    const { iam } = fakeIam({
      getAccountSummary: () => ({ SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 } }),
    });
    assert.deepEqual(await readRootUser(iam), {
      hasMfa: true,
      hasAccessKeys: true,
      hasSigningCertificates: false,
    });
  });
});

describe("what AWS alone knows of an account's owner", () => {
  const owned = (arn: string) => ({ SerialNumber: "arn:aws:iam::111111111111:mfa/x", User: { Arn: arn } });

  for (const [whose, arn, found] of [
    ["the root user", "arn:aws:iam::111111111111:root", true],
    ["a user called so", "arn:aws:iam::111111111111:user/people/root", false],
  ] as const)
    it(`is whether ${whose} has a virtual MFA device`, async () => {
      const { iam, calls } = fakeIam({
        listVirtualMFADevices: () => ({ IsTruncated: false, VirtualMFADevices: [owned(arn)] }),
      });
      assert.equal((await readRootDevices(iam)).length > 0, found);
      assert.deepEqual(
        calls.map(({ input }) => input["AssignmentStatus"]),
        ["Assigned"],
      );
    });

  const accountThat = (answer: (contact: unknown) => Record<string, unknown> | Error) =>
    withAnswers(
      new Account({
        region: "eu-west-1",
        credentials: { accessKeyId: "none", secretAccessKey: "none" },
      }),
      { getAlternateContact: ({ AlternateContactType }) => answer(AlternateContactType) },
    ).client;

  it("is which contacts are set", async () => {
    const none = new ResourceNotFoundException({ message: "No contact.", $metadata: {} });
    const account = accountThat((contact) => (contact === "SECURITY" ? {} : none));
    assert.deepEqual(await readAlternateContacts(account), ["SECURITY"]);
  });

  it("is not known where contacts are refused", async () => {
    await assert.rejects(readAlternateContacts(accountThat(accessDenied)), { name: "AccessDenied" });
  });

  it("is how each table is tagged, whatever page its tag is on", async () => {
    const tags = new Map([
      ["visits", [{ Key: "Team", Value: "web" }]],
      ["visits more", [{ Key: "AccessLevel", Value: "Public" }]],
      ["patients", [{ Key: "AccessLevel", Value: "Sensitive" }]],
      ["doctors", [{ Key: "AccessLevel", Value: "sensitive" }]],
    ]);
    const { client } = withAnswers(
      new DynamoDB({ region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } }),
      {
        listTables: () => ({ TableNames: ["visits", "patients", "sessions", "doctors"] }),
        listTagsOfResource: ({ ResourceArn, NextToken }) => {
          const table = String(ResourceArn).split("table/")[1] ?? "";
          assert.equal(ResourceArn, `arn:aws:dynamodb:eu-west-1:111111111111:table/${table}`);
          const page = typeof NextToken === "string" ? `${table} ${NextToken}` : table;
          return { Tags: tags.get(page), ...(page === "visits" && { NextToken: "more" }) };
        },
      },
    );
    assert.deepEqual(await readTableLevels(() => Promise.resolve(client), ["eu-west-1"], "111111111111"), [
      { region: "eu-west-1", table: "visits", level: "Public" },
      { region: "eu-west-1", table: "patients", level: "Sensitive" },
      { region: "eu-west-1", table: "sessions" },
      { region: "eu-west-1", table: "doctors" },
    ]);
  });

  it("is what the organization may do with root users", async () => {
    const { iam } = fakeIam({ listOrganizationsFeatures: () => ({ EnabledFeatures: ["RootSessions"] }) });
    assert.deepEqual(await readRootManagement(iam), { kind: "told", features: ["RootSessions"] });
  });

  const refusals = [
    ["AccountNotManagementOrDelegatedAdministratorException", { kind: "told elsewhere" }],
    ["OrganizationNotFoundException", { kind: "no organization" }],
    ["OrganizationNotInAllFeaturesModeException", { kind: "told", features: [] }],
    ["ServiceAccessNotEnabledException", { kind: "told", features: [] }],
  ] as const;
  for (const [name, answer] of refusals)
    it(`is ${answer.kind} by ${name}`, async () => {
      const refusal = Object.assign(new Error("refused"), { name });
      const { iam } = fakeIam({ listOrganizationsFeatures: () => refusal });
      assert.deepEqual(await readRootManagement(iam), answer);
    });

  it("is not known where that is refused", async () => {
    const { iam } = fakeIam({ listOrganizationsFeatures: accessDenied });
    await assert.rejects(readRootManagement(iam), { name: "AccessDenied" });
  });
});

describe("events of the trail", () => {
  const JOHN = "arn:aws:iam::111111111111:user/people/john.developer";
  const ROLE = "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod";
  const line = (id: string, more: object) =>
    JSON.stringify({
      eventID: id,
      eventTime: "2026-11-20T10:00:00Z",
      eventSource: "sts.amazonaws.com",
      eventName: "AssumeRole",
      awsRegion: "eu-west-1",
      readOnly: true,
      sourceIPAddress: "192.0.2.1",
      userAgent: "a browser",
      userIdentity: { type: "IAMUser", arn: JOHN, accountId: "111111111111" },
      requestParameters: { roleArn: `${ROLE}x`, roleSessionName: "john.developer" },
      ...more,
    });
  const collected = (lines: readonly string[], countedNames: readonly string[] = []) => {
    const collection = new TrailEventCollection({ listedRoles: [ROLE], countedNames });
    for (const one of lines) collection.add(one);
    return collection.result;
  };

  it("count AssumeRole by principal, role and outcome", () => {
    const { assumptions, events } = collected([
      line("1", {}),
      line("2", { eventTime: "2026-11-20T09:00:00Z" }),
      line("3", { errorCode: "AccessDenied" }),
    ]);
    assert.deepEqual(
      assumptions.map(({ error, times, first, last, sessionNames }) => ({
        error,
        times,
        first,
        last,
        sessionNames,
      })),
      [
        {
          error: undefined,
          times: 2,
          first: "2026-11-20T09:00:00Z",
          last: "2026-11-20T10:00:00Z",
          sessionNames: ["john.developer"],
        },
        {
          error: "AccessDenied",
          times: 1,
          first: "2026-11-20T10:00:00Z",
          last: "2026-11-20T10:00:00Z",
          sessionNames: ["john.developer"],
        },
      ],
    );
    assert.deepEqual(events, []);
  });

  it("list each use of break-glass, each change of IAM and each sign-in, without addresses and documents", () => {
    const change = {
      eventSource: "iam.amazonaws.com",
      eventName: "PutUserPolicy",
      readOnly: false,
      requestParameters: { userName: "john", policyName: "own", policyDocument: "{}" },
    };
    const { events } = collected([
      line("1", { requestParameters: { roleArn: ROLE, roleSessionName: "maria.cto" } }),
      line("2", change),
      line("3", { eventSource: "iam.amazonaws.com", eventName: "GetUser" }),
      line("4", {
        eventSource: "signin.amazonaws.com",
        eventName: "ConsoleLogin",
        requestParameters: null,
        responseElements: { ConsoleLogin: "Failure" },
        additionalEventData: { MFAUsed: "No" },
      }),
    ]);
    assert.deepEqual(
      events.map(({ name, about, error, principal }) => ({ name, about, error, hasMfa: principal.hasMfa })),
      [
        {
          name: "AssumeRole",
          about: { roleArn: ROLE, roleSessionName: "maria.cto" },
          error: undefined,
          hasMfa: undefined,
        },
        {
          name: "PutUserPolicy",
          about: { userName: "john", policyName: "own" },
          error: undefined,
          hasMfa: undefined,
        },
        { name: "ConsoleLogin", about: {}, error: "Failure", hasMfa: false },
      ],
    );
    assert.doesNotMatch(JSON.stringify(events), /192\.0\.2|browser/);
  });

  it("count what contractors did once a day, whichever filter found it", () => {
    const ec2 = line("1", { eventSource: "ec2.amazonaws.com", eventName: "RunInstances", readOnly: false });
    const next = {
      ...JSON.parse(ec2),
      eventID: "3",
      eventTime: "2026-11-30T23:59:59Z",
      errorCode: "Denied",
    } as object;
    const { activity } = collected(
      [JSON.stringify(next), ec2, ec2, line("2", { eventName: "GetCallerIdentity" })],
      ["john.developer"],
    );
    const day = (JSON.parse(ec2) as { eventTime: string }).eventTime.slice(0, 10);
    assert.deepEqual(
      activity.map(({ name, days, isReadOnly }) => ({ name, days, isReadOnly })),
      [
        {
          name: "RunInstances",
          days: [
            { day, times: 1, errors: 0 },
            { day: "2026-11-30", times: 1, errors: 1 },
          ],
          isReadOnly: false,
        },
        { name: "GetCallerIdentity", days: [{ day, times: 1, errors: 0 }], isReadOnly: true },
      ],
    );
  });

  it("say how many lines are none", () => assert.equal(collected(["no JSON", "{}"]).unread, 2));

  it("are asked for in filters that CloudWatch takes", () => {
    const names = Array.from({ length: 60 }, (_, index) => `contractor-${String(index)}.of.a.long.name`);
    const filters = activityFilters(names);
    assert(filters.every(({ length }) => length <= 1_024));
    for (const name of names)
      assert(
        filters.some((filter) => filter.includes(`$.userIdentity.arn = "*/${name}"`)),
        name,
      );
  });
});
