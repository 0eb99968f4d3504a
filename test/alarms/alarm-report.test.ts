import assert from "node:assert/strict";

import { allTold, testReport, type TopicHearers } from "../../src/alarms/alarm-report";
import type { AlarmTest } from "../../src/alarms/alarm-test";
import type { LiveSubscription } from "../../src/aws/live-alarms";
import { alarmBlueprints } from "../../src/documents/alarms/alarm-blueprint";
import { blueprintOf, sampleModel } from "../support/sample";

const TOPIC = "arn:aws:sns:eu-west-1:222222222222:infra-alarms";
const MODEL = sampleModel();
const ALARMS = alarmBlueprints(MODEL, blueprintOf(MODEL, "dev").account);

const HEARER: LiveSubscription = { protocol: "email", endpoint: "security@example.com", isConfirmed: true };
const HEARD: readonly TopicHearers[] = [{ arn: TOPIC, subscriptions: [HEARER] }];

/** Outcomes of the first alarms of the table: RootUsed and those behind it. */
const tests = (...outcomes: readonly AlarmTest["outcome"][]): readonly AlarmTest[] =>
  outcomes.flatMap((outcome, index): readonly AlarmTest[] => {
    const alarm = ALARMS[index];
    if (alarm === undefined) return [];
    return [outcome === "fired" ? { alarm, outcome, topics: [TOPIC] } : { alarm, outcome }];
  });

const names = ALARMS.map(({ name }) => name);

describe("the report on a test of alarms", () => {
  it("says of each alarm what became of it, and how many were fired", () => {
    assert.equal(
      testReport("dev", tests("fired", "ringing", "switched off", "tells nobody", "missing"), HEARD),
      `Alarms of dev, 1 of 5 fired and put back:
  ✔ ${names[0] ?? ""} told infra-alarms.
  ✖ ${names[1] ?? ""} was not fired: it rings already.
    To do: look why it does not end, then test it again.
  ✖ ${names[2] ?? ""} is switched off and tells nobody.
    To do: \`pulumi up --refresh -s dev\`.
  ✖ ${names[3] ?? ""} has nobody to tell.
    To do: \`pulumi up --refresh -s dev\`.
  ✖ ${names[4] ?? ""} is not in the account.
    To do: \`pulumi up --refresh -s dev\`.

Who hears them, by AWS's list of subscriptions:
  ✔ infra-alarms: security@example.com.

Ask them whether the notice arrived: AWS tells nobody here. Metric filters and rules of EventBridge were not tried: AWS takes no events in the name of its services.
`,
    );
  });

  const cases: readonly (readonly [
    what: string,
    told: readonly AlarmTest[],
    topics: readonly TopicHearers[],
    all: boolean,
  ])[] = [
    ["each was fired, and somebody confirmed", tests("fired", "fired"), HEARD, true],
    ["one rings already, and was not tried", tests("fired", "ringing"), HEARD, false],
    ["one is switched off", tests("fired", "switched off"), HEARD, false],
    ["one has nobody to tell", tests("fired", "tells nobody"), HEARD, false],
    ["one is missing", tests("fired", "missing"), HEARD, false],
    ["nobody is subscribed", tests("fired"), [{ arn: TOPIC, subscriptions: [] }], false],
    ["there is no topic", tests("fired"), [{ arn: TOPIC, subscriptions: undefined }], false],
    [
      "somebody did not confirm",
      tests("fired"),
      [{ arn: TOPIC, subscriptions: [HEARER, { ...HEARER, isConfirmed: false }] }],
      false,
    ],
  ];
  for (const [what, told, topics, all] of cases)
    it(`${all ? "passes" : "does not pass"} where ${what}`, () => assert.equal(allTold(told, topics), all));
});
