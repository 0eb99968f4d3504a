import assert from "node:assert/strict";

import { alarmBlueprints } from "../../../src/documents/alarms/alarm-blueprint";
import {
  eventRuleBlueprints,
  listeningRegions,
} from "../../../src/documents/detection/event-rule-blueprints";
import { buildModel, type Model } from "../../../src/model/model";
import { matchesEventPattern } from "../../support/event-pattern";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT, sampleModel } from "../../support/sample";
import { onTheBus, type TrailEvent } from "../../support/trail-events";
import { ALARM_CASES } from "../alarms/alarm-cases";

function rulesIn(model: Model, key: string) {
  const account = model.organization.accounts.find((one) => one.key === key);
  assert.ok(account);
  return eventRuleBlueprints(model.organization, account, alarmBlueprints(model, account));
}

/** No operator of EventBridge looks for a part of a text whatever its case. */
const LATER = ["another case of its name"];

describe("EventBridge's rules", () => {
  for (const [key, names] of Object.entries({
    users: ["infra-RootUsed", "infra-BreakGlassRefused"],
    dev: ["infra-RootUsed"],
    prod: ["infra-RootUsed", "infra-BreakGlassUsed", "infra-BreakGlassRefused"],
  })) {
    it(`${key} has ${names.join(" and ")}`, () => {
      assert.deepEqual(
        rulesIn(sampleModel(), key).map(({ name }) => name),
        names,
      );
    });
  }

  it("listen where AWS's global services are told of, too", () => {
    assert.deepEqual(listeningRegions(sampleModel().organization), ["eu-west-1", "us-east-1"]);
    const there = buildModel({ ...sampleOrganization(), region: "us-east-1" }, sampleRoster(), SAMPLE_MOMENT);
    assert.deepEqual(listeningRegions(there.organization), ["us-east-1"]);
    const more = buildModel(
      { ...sampleOrganization(), otherRegions: ["eu-central-1"] },
      sampleRoster(),
      SAMPLE_MOMENT,
    );
    assert.deepEqual(listeningRegions(more.organization), ["eu-west-1", "eu-central-1", "us-east-1"]);
  });

  for (const subject of ["RootUsed", "BreakGlassUsed", "BreakGlassRefused"] as const) {
    describe(`${subject}, by the events of the alarm`, () => {
      const { account, rings, stays } = ALARM_CASES[subject];
      const rule = rulesIn(sampleModel(), account).find(({ name }) => name === `infra-${subject}`);
      const hears = (event: TrailEvent): boolean =>
        matchesEventPattern(JSON.parse(rule?.pattern ?? ""), onTheBus(event));
      for (const [says, event] of rings)
        if (LATER.includes(says)) it(`leaves to the alarm ${says}`, () => assert.ok(!hears(event)));
        else it(`hears ${says}`, () => assert.ok(hears(event)));
      for (const [says, event] of stays) it(`does not hear ${says}`, () => assert.ok(!hears(event)));
    });
  }
});
