import assert from "node:assert/strict";

import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";
import {
  detectorOutcome,
  examineDetectors,
  type DetectorSetting,
  type RegionState,
} from "../../src/doctor/examine-detectors";
import { detectorsLeftToOrganization } from "../../src/doctor/settings";
import { sampleModel, SAMPLE_MOMENT } from "../support/sample";
import { snapshotWith } from "../support/snapshots";

const HOME = "eu-west-1";
const SECOND = "eu-central-1";

describe("a detector that the settings leave to the organization, as doctor finds it", () => {
  const cases: readonly (readonly [DetectorSetting, readonly RegionState[], DoctorOutcome])[] = [
    [
      "guardDuty",
      [
        [HOME, "on"],
        [SECOND, "on"],
      ],
      passedOutcome("on in eu-west-1, on in eu-central-1"),
    ],
    [
      "guardDuty",
      [
        [HOME, "on"],
        [SECOND, "suspended"],
      ],
      missingOutcome(
        "on in eu-west-1, suspended in eu-central-1",
        "Have it switched on where the organization administers GuardDuty, or take managedBy: organization out of muster:guardDuty.",
      ),
    ],
    [
      "securityHub",
      [[HOME, "on without the CIS standard"]],
      missingOutcome(
        "on without the CIS standard in eu-west-1",
        "Have it switched on where the organization administers Security Hub, or take managedBy: organization out of muster:securityHub.",
      ),
    ],
    ["accessAnalyzer", [[HOME, "on"]], passedOutcome("on in eu-west-1")],
    [
      "accessAnalyzer",
      [[HOME, "off"]],
      unknownOutcome(
        "off in eu-west-1 by the account's own list, which leaves out an analyzer of the organization",
        "Look in the account that administers Access Analyzer for the organization.",
      ),
    ],
  ];
  for (const [setting, states, expected] of cases)
    it(`${setting}: ${states.map(([region, state]) => `${state} in ${region}`).join(", ")}`, () =>
      assert.deepEqual(detectorOutcome(setting, states), expected));
});

describe("the detectors that the settings leave to the organization", () => {
  const place = { key: "prod", project: "muster", now: SAMPLE_MOMENT };
  const left = (config: object, code = 0): readonly DetectorSetting[] =>
    detectorsLeftToOrganization(place, { kind: "ended", code, stdout: JSON.stringify(config), stderr: "" });
  const OF_ORGANIZATION = { value: '{"managedBy":"organization"}', secret: false };

  it("are none by default", () => assert.deepEqual(left({}), []));
  it("are each that is managed so", () =>
    assert.deepEqual(
      left({ "muster:guardDuty": OF_ORGANIZATION, "muster:accessAnalyzer": OF_ORGANIZATION }),
      ["guardDuty", "accessAnalyzer"],
    ));
  it("are not known without the settings, of which another line tells", () => {
    assert.deepEqual(left({ "muster:guardDuty": OF_ORGANIZATION }, 1), []);
    assert.deepEqual(left({ "muster:guardDuty": OF_ORGANIZATION, "muster:nothing": OF_ORGANIZATION }), []);
    assert.deepEqual(detectorsLeftToOrganization(place, undefined), []);
  });
});

describe("doctor's look at them", () => {
  const { organization } = sampleModel();
  const prod = organization.accounts.find(({ key }) => key === "prod");
  assert.ok(prod);
  const options = {
    directory: "",
    organization: {},
    roster: {},
    workloads: {},
    warnings: [],
    now: SAMPLE_MOMENT,
    env: {},
    nodeVersion: "",
    ownerFacts: false,
    limit: 1_000,
    snapshot: snapshotWith({}),
  };

  it("is a line each, and knows nothing by a snapshot", async () =>
    assert.deepEqual(
      await Promise.all(examineDetectors(["guardDuty", "securityHub"], prod, organization, options)),
      ["GuardDuty of prod", "Security Hub of prod"].map((name) => ({
        name,
        status: "unknown",
        found: "not readable, because a snapshot does not say it",
        fix: "Ask AWS: npm run doctor without --snapshot.",
      })),
    ));
});
