import assert from "node:assert/strict";

import {
  closedRecordText,
  notesIn,
  rosterGrants,
  type TrailAccount,
} from "../../src/incidents/closed-record";
import { openRecordText, parseRecord, type IncidentRecord } from "../../src/incidents/incident-record";
import { sessionGrants, eventSubject } from "../../src/incidents/session-grants";
import { parseTrailEvent, type TrailEvent } from "../../src/aws/trail-event";
import { toInstant } from "../../src/model/dates";
import type { Grant } from "../../src/model/grants";
import type { UserName } from "../../src/model/names";
import { blueprintOf, sampleModel } from "../support/sample";
import { iamCall } from "../support/trail-events";

const instant = (text: string) => toInstant(new Date(text));
const { account } = blueprintOf(sampleModel(), "prod");

const event = (eventSource: string, eventName: string, request: object, more: object = {}): TrailEvent => {
  const written = iamCall(
    eventName,
    { ...request },
    {
      eventID: "00000000-0000-0000-0000-000000000002",
      eventTime: "2026-11-23T14:10:00Z",
      eventSource: `${eventSource}.amazonaws.com`,
      ...more,
    },
  );
  const parsed = parseTrailEvent(JSON.stringify(written));
  assert.ok(parsed);
  return parsed;
};

const GRANTS: readonly {
  readonly event: TrailEvent;
  readonly grant: readonly [action: string, back: string | undefined] | undefined;
}[] = [
  { event: event("iam", "AttachRolePolicy", {}), grant: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"] },
  { event: event("iam", "PutRolePolicy", {}), grant: ["iam:PutRolePolicy", undefined] },
  { event: event("iam", "UpdateAssumeRolePolicy", {}), grant: ["iam:UpdateAssumeRolePolicy", undefined] },
  { event: event("iam", "CreateAccessKey", {}), grant: ["iam:CreateAccessKey", "iam:DeleteAccessKey"] },
  { event: event("iam", "DetachRolePolicy", {}), grant: ["iam:DetachRolePolicy", undefined] },
  {
    event: event("iam", "DeleteRolePermissionsBoundary", {}),
    grant: ["iam:DeleteRolePermissionsBoundary", undefined],
  },
  { event: event("iam", "DeleteAccessKey", {}), grant: undefined },
  { event: event("ec2", "RevokeSecurityGroupIngress", {}), grant: undefined },
  { event: event("iam", "AttachRolePolicy", {}, { errorCode: "AccessDenied" }), grant: undefined },
  { event: event("iam", "GetRole", {}, { readOnly: true }), grant: undefined },
  { event: event("s3", "PutBucketPolicy", {}), grant: ["s3:PutBucketPolicy", undefined] },
  { event: event("kms", "CreateGrant", {}), grant: ["kms:CreateGrant", "kms:RevokeGrant"] },
  {
    event: event("lambda", "AddPermission20150331v2", {}),
    grant: ["lambda:AddPermission", "lambda:RemovePermission"],
  },
  {
    event: event("ec2", "AuthorizeSecurityGroupIngress", {}),
    grant: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
  },
  { event: event("ecs", "UpdateService", {}), grant: undefined },
  { event: event("monitoring", "PutMetricAlarm", {}), grant: undefined },
  { event: event("newservice", "PutThing", {}), grant: ["newservice:PutThing", undefined] },
];

describe("what a session granted", () => {
  for (const { event: one, grant } of GRANTS) {
    const title = `${one.eventSource} ${one.eventName}${one.errorCode === undefined ? "" : `, ${one.errorCode}`}`;
    it(`${title}: ${grant === undefined ? "nothing" : `take back with ${grant[1] ?? "what was there before"}`}`, async () => {
      const found = (await sessionGrants([one])).map(({ action, takenBackBy }) => [action, takenBackBy]);
      assert.deepEqual(found, grant === undefined ? [] : [grant]);
    });
  }

  it("is told by names, ARNs and ids alone: a request may hold a secret", () => {
    const made = event(
      "iam",
      "CreateAccessKey",
      { userName: "x", password: "hunter2", policyDocument: "{}", nested: { roleName: "y" } },
      {
        responseElements: { accessKey: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "no" } },
      },
    );
    assert.equal(eventSubject(made), "userName=x accessKeyId=AKIAEXAMPLE");
  });
});

describe("a record that is closed", () => {
  const open: IncidentRecord = {
    name: "2026-11-23-prod-inc-1042",
    kind: "emergency",
    account: "prod",
    holder: "sarah.devops",
    reason: "INC-1042",
    opened: instant("2026-11-23T14:02:00Z"),
    expectedEnd: instant("2026-11-23T15:02:00Z"),
    sessions: [],
  };
  const closed = instant("2026-11-23T14:40:00Z");
  const ID = "00000000-0000-0000-0000-000000000001";
  const temporary = (more: Partial<Grant>): Grant => ({
    person: "omar.devops" as UserName,
    account: "prod",
    role: "Ops",
    source: "temporary",
    validity: { from: instant("2026-11-23T14:15:00Z"), until: instant("2026-11-23T18:15:00Z") },
    reason: "INC-1042",
    ...more,
  });

  it("says what the trail tells and people add, and keeps their notes", async () => {
    const attached = event("iam", "AttachRolePolicy", {
      roleName: "app",
      policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    });
    const events = [
      attached,
      event("ecs", "UpdateService", { service: "api" }, { errorCode: "AccessDenied" }),
      event("iam", "GetRole", {}, { readOnly: true }),
    ];
    const trail: TrailAccount = {
      account,
      logGroup: "infra-trail",
      from: open.opened,
      until: closed,
      readAt: instant("2026-11-23T14:45:00Z"),
      uses: [
        { id: ID, time: "2026-11-23T14:05:00Z", person: "sarah.devops", way: "AssumeRole", isRefused: false },
      ],
      events,
      grants: await sessionGrants(events),
      unread: 0,
    };
    const text = closedRecordText(
      { ...open, closed },
      trail,
      {
        closedBy: "chris.security",
        changed: ["Rolled the service back"],
        prevention: ["A canary, omar, 2026-12-01"],
      },
      rosterGrants([temporary({})], open, closed),
      notesIn(openRecordText(open)),
    );
    assert.equal(
      text,
      [
        "# Break-glass: prod, 2026-11-23",
        "",
        "- Account: prod",
        "- Kind: emergency",
        "- Holder: sarah.devops",
        "- Reason: INC-1042",
        "- Told: not yet",
        "- Opened: 2026-11-23T14:02:00Z",
        "- Expected end: 2026-11-23T15:02:00Z",
        "- Closed: 2026-11-23T14:40:00Z",
        "- Closed by: chris.security",
        "",
        "## Sessions",
        "",
        "`infra-trail` of prod (444444444444), read at 2026-11-23T14:45:00Z from 2026-11-23T14:02:00Z until 2026-11-23T14:40:00Z: 1 session, 0 refused attempts, 3 events in sessions of the holder. CloudTrail delivers most events within 15 minutes: later ones of the time before are not here.",
        "",
        "| began (UTC) | by | event |",
        "| --- | --- | --- |",
        `| \`2026-11-23T14:05:00Z\` | AssumeRole | \`${ID}\` |`,
        "",
        "## What happened",
        "",
        "2 events that may have changed something; 1 event only read, and is left out.",
        "",
        "| time (UTC) | action | region | on | outcome |",
        "| --- | --- | --- | --- | --- |",
        "| `2026-11-23T14:10:00Z` | `iam:AttachRolePolicy` | `us-east-1` | `roleName=app policyArn=arn:aws:iam::aws:policy/AmazonS3FullAccess` | done |",
        "| `2026-11-23T14:10:00Z` | `ecs:UpdateService` | `us-east-1` |  | refused: `AccessDenied` |",
        "",
        "## Grants to take back",
        "",
        "- [ ] 2026-11-23T14:10:00Z `iam:AttachRolePolicy` `roleName=app policyArn=arn:aws:iam::aws:policy/AmazonS3FullAccess`: take it back with `iam:DetachRolePolicy`",
        "- [ ] src/roster.ts: Ops of omar.devops in prod until 2026-11-23T18:15:00Z (INC-1042): remove it if it was for this",
        "",
        "## What was changed",
        "",
        "- Rolled the service back",
        "",
        "## What prevents it next time",
        "",
        "- [ ] A canary, omar, 2026-12-01",
        "",
        "## Notes",
        "",
        "- Write each command and its time here, and why: the trail knows the rest.",
        "",
        "## Review",
        "",
        "- Led by somebody who did not hold the role:",
        "- Heard: who heard the alarm, at what time:",
        "- Touched: secrets and data that were read or could have been, and what was changed for it:",
        "",
      ].join("\n"),
    );
    assert.deepEqual(parseRecord(open.name, text), { ...open, closed, sessions: [ID] });
  });

  const ROSTER: readonly { readonly what: string; readonly grant: Grant; readonly listed: boolean }[] = [
    { what: "a temporary grant that began since", grant: temporary({}), listed: true },
    { what: "one of another account", grant: temporary({ account: "dev" }), listed: false },
    {
      what: "one that began before",
      grant: temporary({ validity: { from: instant("2026-11-23T14:01:59Z") } }),
      listed: false,
    },
    {
      what: "one that is over",
      grant: temporary({ validity: { from: instant("2026-11-23T14:15:00Z"), until: closed } }),
      listed: false,
    },
    { what: "a shift on call", grant: temporary({ source: "onCall" }), listed: false },
  ];
  for (const { what, grant, listed } of ROSTER)
    it(`${listed ? "lists" : "leaves out"} ${what}`, () =>
      assert.deepEqual(rosterGrants([grant], open, closed), listed ? [grant] : []));
});
