import assert from "node:assert/strict";

import { breakGlassUses, sessionEvents, sessionPerson } from "../../src/incidents/break-glass-use";
import { sessionsPattern, usesPattern } from "../../src/incidents/filter-patterns";
import { parseTrailEvent, type TrailEvent } from "../../src/aws/trail-event";
import { roleArn } from "../../src/model/names";
import { matchesPattern } from "../support/filter-pattern";
import { blueprintOf, sampleModel } from "../support/sample";
import { assumeRole, iamCall, sessionOf, switchRole } from "../support/trail-events";

const model = sampleModel();
const { account } = blueprintOf(model, "prod");
const ROLE = roleArn(model.organization, "BreakGlass", account);
const NAME = "infra-BreakGlassR-prod";
const AT = { eventID: "00000000-0000-0000-0000-000000000001", eventTime: "2026-11-23T14:05:00Z" };

const read = (event: unknown): TrailEvent => {
  const parsed = parseTrailEvent(JSON.stringify(event));
  assert.ok(parsed);
  return parsed;
};

const use = {
  id: AT.eventID,
  time: AT.eventTime,
  person: "sarah.devops",
  way: "AssumeRole",
  isRefused: false,
};

const CASES: readonly {
  readonly what: string;
  readonly events: readonly unknown[];
  readonly uses: readonly unknown[];
}[] = [
  { what: "the command line's AssumeRole", events: [assumeRole(ROLE, AT)], uses: [use] },
  {
    what: "another case of the role's name",
    events: [assumeRole(ROLE.toUpperCase().replace("ARN:AWS:IAM", "arn:aws:iam"), AT)],
    uses: [use],
  },
  {
    what: "a role chained by a token of another",
    events: [assumeRole(ROLE, { ...AT, eventName: "AssumeRoleWithWebIdentity" })],
    uses: [use],
  },
  {
    what: "a refusal within the account",
    events: [assumeRole(ROLE, { ...AT, errorCode: "AccessDenied", responseElements: null })],
    uses: [{ ...use, isRefused: true }],
  },
  {
    what: "the console's switch, whose two events are one use",
    events: [
      assumeRole(ROLE, AT),
      switchRole(NAME, {
        eventID: "00000000-0000-0000-0000-000000000002",
        eventTime: "2026-11-23T14:05:02Z",
      }),
    ],
    uses: [use],
  },
  { what: "the console's switch alone", events: [switchRole(NAME, AT)], uses: [{ ...use, way: "console" }] },
  {
    what: "a switch that failed, beside a session that began",
    events: [
      assumeRole(ROLE, AT),
      switchRole(NAME, {
        eventID: "00000000-0000-0000-0000-000000000002",
        eventTime: "2026-11-23T14:05:02Z",
        responseElements: { SwitchRole: "Failure" },
      }),
    ],
    uses: [
      use,
      {
        ...use,
        id: "00000000-0000-0000-0000-000000000002",
        time: "2026-11-23T14:05:02Z",
        way: "console",
        isRefused: true,
      },
    ],
  },
  {
    what: "another role",
    events: [assumeRole("arn:aws:iam::444444444444:role/infra-OpsR-prod", AT)],
    uses: [],
  },
  { what: "the role of another account", events: [assumeRole(ROLE.replace("4444", "5555"), AT)], uses: [] },
  { what: "a role whose name goes on", events: [assumeRole(`${ROLE}-acme`, AT)], uses: [] },
  {
    what: "what is done in a session",
    events: [
      iamCall("CreateUser", { userName: "x" }, { ...AT, userIdentity: sessionOf(NAME, "sarah.devops") }),
    ],
    uses: [],
  },
];

describe("a use of BreakGlass", () => {
  for (const { what, events, uses } of CASES) {
    it(`${what}: ${uses.length === 0 ? "is none" : "is one"}`, () => {
      assert.deepEqual(breakGlassUses(events.map(read), ROLE), uses);
    });

    it(`${what}: the filter pattern leaves none out`, () => {
      const passed = events.filter((event) => matchesPattern(usesPattern(ROLE), event));
      assert.deepEqual(breakGlassUses(passed.map(read), ROLE), uses);
    });
  }

  it("comes in order of time, whatever the order of delivery", () => {
    const later = assumeRole(ROLE, {
      eventID: "00000000-0000-0000-0000-000000000009",
      eventTime: "2026-11-23T15:05:00Z",
    });
    const times = breakGlassUses([later, assumeRole(ROLE, AT)].map(read), ROLE).map(({ time }) => time);
    assert.deepEqual(times, ["2026-11-23T14:05:00Z", "2026-11-23T15:05:00Z"]);
  });
});

describe("what is done in sessions of BreakGlass", () => {
  const inSession = iamCall("CreateUser", {}, { ...AT, userIdentity: sessionOf(NAME, "sarah.devops") });
  const inOps = iamCall(
    "CreateUser",
    {},
    { ...AT, userIdentity: sessionOf("infra-OpsR-prod", "sarah.devops") },
  );

  it("is what the session's issuer tells, and the filter pattern agrees", () => {
    const events = [inSession, inOps, assumeRole(ROLE, AT)];
    assert.deepEqual(sessionEvents(events.map(read), ROLE), [read(inSession)]);
    assert.deepEqual(
      events.filter((event) => matchesPattern(sessionsPattern(ROLE), event)),
      [inSession],
    );
    assert.equal(sessionPerson(read(inSession)), "sarah.devops");
  });

  it("is no line that is no event", () => {
    assert.deepEqual(["", "no JSON", "null", "{}", '{"eventName":"AssumeRole"}'].map(parseTrailEvent), [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("an event of the trail", () => {
  const event = { ...iamCall("AttachRolePolicy", {}), ...AT };
  const NEEDED = ["eventID", "eventTime", "eventName", "eventSource"];
  for (const field of Object.keys(event))
    it(`is ${NEEDED.includes(field) ? "none" : "read all the same"} without ${field}`, () => {
      const { [field]: left, ...others }: Readonly<Record<string, unknown>> = event;
      assert.notEqual(left, undefined);
      const expected = NEEDED.includes(field) ? undefined : others;
      assert.deepEqual(parseTrailEvent(JSON.stringify(others)), expected);
    });

  it("is read where it says by a text that it reads", () => {
    assert.equal(read({ ...event, readOnly: "true" }).readOnly, true);
    assert.equal(read({ ...event, readOnly: "false" }).readOnly, false);
  });
});
