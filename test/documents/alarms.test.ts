import assert from "node:assert/strict";

import { alarmBlueprints } from "../../src/documents/alarm-blueprint";
import { buildModel } from "../../src/model/model";
import { sampleOrganization } from "../support/rosters";
import { blueprintOf, SAMPLE_MOMENT, sampleModel } from "../support/sample";

const ALARMS: Readonly<Record<string, readonly string[]>> = {
  users: ["infra-RootUsed", "infra-RoleTagsChanged", "infra-PowerUsed"],
  dev: ["infra-RootUsed"],
  staging: ["infra-RootUsed"],
  prod: ["infra-RootUsed", "infra-BreakGlassUsed"],
};

describe("the alarms of an account", () => {
  for (const [key, names] of Object.entries(ALARMS)) {
    it(`${key}: ${names.join(", ")}`, () => {
      assert.deepEqual(
        blueprintOf(sampleModel(), key).alarms.map(({ name }) => name),
        names,
      );
    });
  }

  it("watch the root user and role tags where the roster names nobody yet", () => {
    const model = buildModel(sampleOrganization(), { people: {} }, SAMPLE_MOMENT);
    assert.deepEqual(
      model.organization.accounts.map((account) => alarmBlueprints(model, account).map(({ name }) => name)),
      [
        ["infra-RootUsed", "infra-RoleTagsChanged"],
        ["infra-RootUsed"],
        ["infra-RootUsed"],
        ["infra-RootUsed"],
      ],
    );
  });
});

describe("the alarm on the root user (seed: root-account-usage)", () => {
  const rootAlarm = (key: string) =>
    blueprintOf(sampleModel(), key).alarms.find(({ name }) => name === "infra-RootUsed");

  it("has CIS 4.3's filter to the letter, in every account", () => {
    for (const key of Object.keys(ALARMS)) {
      assert.equal(
        rootAlarm(key)?.pattern,
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      );
    }
  });

  it("says which account's", () => {
    assert.equal(
      rootAlarm("dev")?.description,
      "CRITICAL: somebody used or tried to use the root user of dev.",
    );
  });
});
