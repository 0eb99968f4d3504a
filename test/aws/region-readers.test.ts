import assert from "node:assert/strict";

import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { CloudWatch, CloudWatchServiceException } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";

import { readAlarms } from "../../src/aws/readers/alarms-reader";
import { readAnalyzerFindings } from "../../src/aws/readers/analyzer-findings-reader";
import { readSecrets } from "../../src/aws/readers/secrets-reader";
import { readTrailEvents } from "../../src/aws/readers/trail-events-reader";
import { recordedReason } from "../../src/aws/recorded-reason";
import { ALARMS_SCHEMA } from "../../src/aws/snapshot/alarm-section";
import { ANALYZER_FINDINGS } from "../../src/aws/snapshot/analyzer-findings";
import { SECRET_SCHEMA } from "../../src/aws/snapshot/secret-section";
import type { Instant } from "../../src/model/dates";
import { UserError } from "../../src/model/problems";
import { withAnswers, type Answers } from "../support/fake-client";
import { matchesPattern } from "../support/filter-pattern";
import { assumeRole, consoleLogin, iamCall, serviceCall, type TrailEvent } from "../support/trail-events";

const NOWHERE = { region: "eu-west-1", credentials: { accessKeyId: "none", secretAccessKey: "none" } };
const instant = (text: string): Instant => text as Instant;

/** Answers page after page; a page but for the first is asked for by the token of the one before. */
const pages =
  (token: string, ...all: readonly Readonly<Record<string, unknown>>[]) =>
  (input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const page = Number(input[token] ?? 0);
    return { ...all[page], ...(page + 1 < all.length && { [token]: String(page + 1) }) };
  };

describe("findings of Access Analyzer", () => {
  const ACCOUNT = "arn:aws:access-analyzer:eu-west-1:444444444444:analyzer/account";
  const UNUSED = "arn:aws:access-analyzer:eu-west-1:444444444444:analyzer/unused";
  const finding = (id: string, more: object) => ({
    id,
    findingType: "ExternalAccess",
    status: "ACTIVE",
    resourceType: "AWS::IAM::Role",
    createdAt: new Date("2026-11-01T10:00:00Z"),
    updatedAt: new Date("2026-11-02T10:00:00Z"),
    ...more,
  });
  const read = {
    type: "ExternalAccess",
    status: "ACTIVE",
    resourceType: "AWS::IAM::Role",
    createdAt: "2026-11-01T10:00:00Z",
    updatedAt: "2026-11-02T10:00:00Z",
  };

  it("are those of each analyzer, page by page, but for resolved ones", async () => {
    const { client, calls } = withAnswers(new AccessAnalyzer(NOWHERE), {
      listAnalyzers: pages(
        "nextToken",
        {
          analyzers: [{ arn: ACCOUNT, name: "account", type: "ACCOUNT", status: "ACTIVE", tags: { a: "b" } }],
        },
        { analyzers: [{ arn: UNUSED, name: "unused", type: "ACCOUNT_UNUSED_ACCESS", status: "ACTIVE" }] },
      ),
      listFindingsV2: (input) =>
        input["analyzerArn"] === UNUSED
          ? {
              findings: [
                finding("3", { findingType: "UnusedIAMRole", resourceOwnerAccount: "444444444444" }),
              ],
            }
          : pages(
              "nextToken",
              { findings: [finding("1", { resource: "arn:aws:iam::444444444444:role/open" })] },
              { findings: [finding("2", { status: "ARCHIVED", error: "access denied" })] },
            )(input),
    });
    const found = await readAnalyzerFindings(client);
    assert.deepEqual(found, {
      analyzers: [
        { arn: ACCOUNT, name: "account", type: "ACCOUNT", status: "ACTIVE" },
        { arn: UNUSED, name: "unused", type: "ACCOUNT_UNUSED_ACCESS", status: "ACTIVE" },
      ],
      findings: [
        { ...read, id: "1", analyzer: ACCOUNT, resource: "arn:aws:iam::444444444444:role/open" },
        { ...read, id: "2", analyzer: ACCOUNT, status: "ARCHIVED" },
        { ...read, id: "3", analyzer: UNUSED, type: "UnusedIAMRole" },
      ],
    });
    assert.deepEqual(ANALYZER_FINDINGS.parse(found), found);
    assert.deepEqual(
      calls.filter(({ operation }) => operation === "listFindingsV2").map(({ input }) => input["filter"]),
      Array.from({ length: 3 }, () => ({ status: { eq: ["ACTIVE", "ARCHIVED"] } })),
    );
  });

  it("are none where there is no analyzer, which then is in the section", async () => {
    const { client } = withAnswers(new AccessAnalyzer(NOWHERE), { listAnalyzers: () => ({ analyzers: [] }) });
    assert.deepEqual(await readAnalyzerFindings(client), { analyzers: [], findings: [] });
  });
});

describe("alarms", () => {
  const [from, until] = [instant("2026-08-22T14:00:00Z"), instant("2026-11-20T14:00:00Z")];
  const alarm = (AlarmName: string, more: object) => ({
    AlarmName,
    AlarmArn: `arn:aws:cloudwatch:eu-west-1:444444444444:alarm:${AlarmName}`,
    StateValue: "OK",
    ActionsEnabled: true,
    AlarmActions: ["arn:aws:sns:eu-west-1:444444444444:infra-alarms"],
    ...more,
  });
  const read = (name: string) => ({
    name,
    arn: `arn:aws:cloudwatch:eu-west-1:444444444444:alarm:${name}`,
    state: "OK",
    isHeard: true,
  });
  const change = (AlarmName: string, at: string, stateValue: string) => ({
    AlarmName,
    Timestamp: new Date(at),
    HistoryData: JSON.stringify({
      version: "1.0",
      oldState: { stateValue: "OK" },
      newState: { stateValue, stateReason: "Threshold Crossed", stateReasonData: "{}" },
    }),
  });
  const answers: Answers = {
    describeAlarms: pages(
      "NextToken",
      {
        MetricAlarms: [
          alarm("b", { StateValue: "ALARM", StateTransitionedTimestamp: new Date("2026-11-20T10:00:00Z") }),
          alarm("d", { ActionsEnabled: false }),
        ],
      },
      {
        MetricAlarms: [alarm("c", { AlarmActions: [] })],
        CompositeAlarms: [alarm("a", { AlarmDescription: "Both" })],
      },
    ),
    describeAlarmHistory: pages(
      "NextToken",
      { AlarmHistoryItems: [change("b", "2026-11-20T10:00:00Z", "ALARM")] },
      { AlarmHistoryItems: [change("b", "2026-11-01T10:00:00Z", "INSUFFICIENT_DATA"), { AlarmName: "b" }] },
    ),
  };

  it("are those of metrics and composite ones, with their changes by time", async () => {
    const { client, calls } = withAnswers(new CloudWatch(NOWHERE), answers);
    const alarms = await readAlarms(client, { from, until, now: until });
    assert.deepEqual(alarms, {
      alarms: [
        read("a"),
        { ...read("b"), state: "ALARM", since: "2026-11-20T10:00:00Z" },
        { ...read("c"), isHeard: false },
        { ...read("d"), isHeard: false },
      ],
      changes: [
        { alarm: "b", at: "2026-11-01T10:00:00Z", state: "INSUFFICIENT_DATA" },
        { alarm: "b", at: "2026-11-20T10:00:00Z", state: "ALARM" },
      ],
      changesFrom: "2026-10-21T14:00:00Z",
    });
    assert.deepEqual(ALARMS_SCHEMA.parse(alarms), alarms);
    const history = calls.find(({ operation }) => operation === "describeAlarmHistory")?.input;
    assert.deepEqual(
      [history?.["HistoryItemType"], history?.["StartDate"], history?.["EndDate"]],
      ["StateUpdate", new Date("2026-10-21T14:00:00Z"), new Date(until)],
    );
  });

  it("have changes of the last 30 days before the question, which comes later where a snapshot is resumed", async () => {
    const { client } = withAnswers(new CloudWatch(NOWHERE), answers);
    const now = instant("2026-11-25T14:00:00Z");
    assert.equal((await readAlarms(client, { from, until, now })).changesFrom, "2026-10-26T14:00:00Z");
  });

  for (const [title, answer, reason] of [
    [
      "AWS refuses them",
      new CloudWatchServiceException({
        name: "AccessDenied",
        message: "User: x is not authorized",
        $fault: "client",
        $metadata: {},
      }),
      "User: x is not authorized",
    ],
    [
      "one has another form",
      { AlarmHistoryItems: [{ AlarmName: "a", Timestamp: new Date(until), HistoryData: '{"secret":1}' }] },
      "ZodError",
    ],
  ] as const) {
    it(`have no changes, with the reason, where ${title}`, async () => {
      const { client } = withAnswers(new CloudWatch(NOWHERE), {
        ...answers,
        describeAlarmHistory: () => answer,
      });
      const { changes, changesNotAvailable, alarms } = await readAlarms(client, { from, until, now: until });
      assert.deepEqual([changes, changesNotAvailable, alarms.length], [[], reason, 4]);
    });
  }
});

const LISTED_ROLE = "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod";

describe("events of the trail's log group", () => {
  const group = {
    logGroupName: "infra-trail",
    retentionInDays: 30,
    creationTime: Date.parse("2026-01-01T00:00:00Z"),
  };
  const question = {
    logGroup: "infra-trail",
    from: instant("2026-11-01T00:00:00Z"),
    until: instant("2026-11-20T00:00:00Z"),
    listedRoles: [],
    countedNames: [],
  };
  const answers: Answers = {
    describeLogGroups: () => ({ logGroups: [{ logGroupName: "infra-trail-2" }, group] }),
    filterLogEvents: () => ({ events: [] }),
  };

  it("say from when on they are known, by the time of the question", async () => {
    const { client, calls } = withAnswers(new CloudWatchLogs(NOWHERE), answers);
    const { from, until, notAvailable } = await readTrailEvents(client, {
      ...question,
      now: instant("2026-12-05T00:00:00Z"),
    });
    assert.deepEqual(
      { from, until, notAvailable },
      {
        from: "2026-11-05T00:00:00Z",
        until: question.until,
        notAvailable: {
          from: question.from,
          until: "2026-11-05T00:00:00Z",
          because: "the log group keeps events for 30 days",
        },
      },
    );
    assert.equal(calls.at(-1)?.input["startTime"], Date.parse("2026-11-05T00:00:00Z"));
  });

  const EVENTS: readonly (readonly [what: string, event: TrailEvent, isListed: boolean])[] = [
    ["a change of IAM", iamCall("PutRolePolicy", {}), true],
    ["one of which CloudTrail does not say so", iamCall("PutRolePolicy", {}, { readOnly: undefined }), true],
    ["a look at IAM", iamCall("GetRole", {}, { readOnly: true }), false],
    ["a sign-in", consoleLogin(), true],
    ["a role assumed that the review lists", assumeRole(LISTED_ROLE), true],
    ["a change of another service", serviceCall("s3", "PutBucketPolicy"), false],
  ];
  for (const [what, event, isListed] of EVENTS)
    it(`${isListed ? "are asked for and listed" : "are neither asked for nor listed"}: ${what}`, async () => {
      const message = JSON.stringify({ ...event, eventID: "1", eventTime: "2026-11-19T10:00:00Z" });
      const { client } = withAnswers(new CloudWatchLogs(NOWHERE), {
        ...answers,
        filterLogEvents: ({ filterPattern }) => ({
          events: matchesPattern(String(filterPattern), JSON.parse(message)) ? [{ message }] : [],
        }),
      });
      const { events } = await readTrailEvents(client, {
        ...question,
        listedRoles: [LISTED_ROLE],
        now: question.until,
      });
      assert.equal(events.length, isListed ? 1 : 0);
    });

  it("are not read where there is no such group", async () => {
    const { client } = withAnswers(new CloudWatchLogs(NOWHERE), {
      ...answers,
      describeLogGroups: () => ({ logGroups: [{ logGroupName: "infra-trail-2" }] }),
    });
    await assert.rejects(
      readTrailEvents(client, { ...question, now: question.until }),
      new UserError("There is no log group infra-trail"),
    );
  });
});

describe("secrets", () => {
  it("are read without values, and by their names", async () => {
    const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:444444444444:secret:${name}`;
    const { client, calls } = withAnswers(new SecretsManager(NOWHERE), {
      listSecrets: pages(
        "NextToken",
        {
          SecretList: [
            { ARN: arn("b"), Name: "b", Tags: [{ Key: "Team", Value: "data" }], Description: "mine" },
          ],
        },
        { SecretList: [{ ARN: arn("a"), Name: "a", LastChangedDate: new Date("2026-11-01T10:00:00Z") }] },
      ),
      getResourcePolicy: ({ SecretId }) => (SecretId === arn("a") ? { ResourcePolicy: "{}" } : {}),
    });
    const secrets = await readSecrets(client);
    assert.deepEqual(secrets, [
      { name: "a", arn: arn("a"), tags: {}, resourcePolicy: "{}", lastChanged: "2026-11-01T10:00:00Z" },
      { name: "b", arn: arn("b"), tags: { Team: "data" } },
    ]);
    assert.deepEqual(SECRET_SCHEMA.array().parse(secrets), secrets);
    assert.deepEqual(
      [...new Set(calls.map(({ operation }) => operation))],
      ["listSecrets", "getResourcePolicy"],
    );
  });
});

describe("a reason that a snapshot keeps", () => {
  const program = Object.assign(new Error("Command failed: /opt/sign-in --token hunter2"), {
    name: "CredentialsProviderError",
  });
  for (const [title, error, reason] of [
    ["is no message of a program that hands out credentials", program, "CredentialsProviderError"],
    [
      "has the code of a network that fails",
      Object.assign(new Error("connect ECONNREFUSED 192.0.2.1:443"), { code: "ECONNREFUSED" }),
      "AWS could not be reached (ECONNREFUSED)",
    ],
    [
      "says that an answer was none",
      new SyntaxError(`Unexpected token '<', "<!doctype "... is not valid JSON`),
      "The answer could not be read (SyntaxError)",
    ],
    ["is ours", new UserError("There is no log group infra-trail"), "There is no log group infra-trail"],
  ] as const) {
    it(title, () => assert.equal(recordedReason(error), reason));
  }
});
