import assert from "node:assert/strict";

import { alarmBlueprints, type AlarmBlueprint } from "../../../src/documents/alarms/alarm-blueprint";
import { ALARMS, type TunableAlarm } from "../../../src/documents/alarms/alarm-table";
import { keysOf } from "../../../src/model/keys-of";
import { buildModel, type Model } from "../../../src/model/model";
import type { AlarmSubject } from "../../../src/model/names";
import { QUOTAS } from "../../../src/model/quotas";
import { expressionsIn, matchesPattern } from "../../support/filter-pattern";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";
import { iamCall, sessionOf, type TrailEvent } from "../../support/trail-events";
import { ALARM_CASES } from "./alarm-cases";

/** The sample, in which somebody has left whose user is still there. */
function modelWith(organization: object = {}, roster: object = {}): Model {
  const { people, ...others } = sampleRoster();
  const leaver = { email: "left@example.com", category: "developer", access: {}, until: "2026-11-22" };
  return buildModel(
    { ...sampleOrganization(), ...organization },
    { ...others, people: { ...people, "left.yesterday": leaver }, ...roster },
    SAMPLE_MOMENT,
  );
}

const PIPELINE = { pipeline: { kind: "github", repository: "example/accounts" } };

function alarmsIn(model: Model, key: string): readonly AlarmBlueprint[] {
  const account = model.organization.accounts.find((one) => one.key === key);
  assert.ok(account);
  return alarmBlueprints(model, account);
}

function alarmIn(model: Model, key: string, subject: AlarmSubject): AlarmBlueprint {
  const alarm = alarmsIn(model, key).find((one) => one.subject === subject);
  assert.ok(alarm, `${key} has no alarm ${subject}.`);
  return alarm;
}

const rings = ({ patterns }: AlarmBlueprint, event: TrailEvent): boolean =>
  patterns.some((pattern) => matchesPattern(pattern, event));

/** By subject and severity. */
const EVERYWHERE = [
  "TrailChanged critical",
  "TrailBucketChanged critical",
  "KeyChanged critical",
  "OrganizationChanged critical",
  "OtherRegionUsed notice",
  "SignInWithoutMfa notice",
  "SignInFailed notice",
  "CallRefused notice",
  "IamPolicyChanged notice",
  "BucketPolicyChanged notice",
  "RecorderChanged notice",
];
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  users: [
    "RootUsed critical",
    "BreakGlassRefused critical",
    "RoleTagsChanged critical",
    "IamChanged critical",
    "PowerUsed critical",
    "LeaverActive critical",
    ...EVERYWHERE,
  ],
  dev: ["RootUsed critical", "RolesChanged notice", "CredentialsChanged critical", ...EVERYWHERE],
  staging: ["RootUsed critical", "RolesChanged notice", "CredentialsChanged critical", ...EVERYWHERE],
  prod: [
    "RootUsed critical",
    "BreakGlassUsed critical",
    "BreakGlassRefused critical",
    "RolesChanged critical",
    "CredentialsChanged critical",
    ...EVERYWHERE,
  ],
};

describe("the alarms of an account", () => {
  for (const [key, expected] of Object.entries(EXPECTED)) {
    it(`${key} has ${String(expected.length)}`, () => {
      assert.deepEqual(
        alarmsIn(modelWith(), key).map(({ subject, severity }) => `${subject} ${severity}`),
        expected,
      );
    });
  }

  it("are fewer where the roster names nobody", () => {
    const model = buildModel(sampleOrganization(), { people: {} }, SAMPLE_MOMENT);
    const subjects = (key: string): readonly AlarmSubject[] =>
      alarmsIn(model, key).map(({ subject }) => subject);
    for (const absent of ["PowerUsed", "LeaverActive"] as const)
      assert.ok(!subjects("users").includes(absent));
    for (const absent of ["BreakGlassUsed", "BreakGlassRefused"] as const)
      assert.ok(!subjects("prod").includes(absent));
  });

  it("watch both where a workload account has the users too", () => {
    const { dev, staging, prod } = sampleOrganization().accounts;
    const model = modelWith({ accounts: { dev: { ...dev, identity: true }, staging, prod } });
    const subjects = alarmsIn(model, "dev").map(({ subject }) => subject);
    assert.ok(subjects.includes("IamChanged"));
    // IamChanged rings for all that these ring for.
    assert.ok(!subjects.includes("RolesChanged") && !subjects.includes("CredentialsChanged"));
  });

  it("say what happened and where that is from", () => {
    const model = modelWith(PIPELINE);
    assert.deepEqual(
      [
        alarmIn(model, "dev", "RootUsed"),
        alarmIn(model, "prod", "RolesChanged"),
        alarmIn(model, "users", "BreakGlassRefused"),
      ].map(({ name, description }) => `${name}: ${description}`),
      [
        "infra-RootUsed: CRITICAL: somebody used or tried to use the root user of dev. (CIS 7.0.0 5.3, Security Hub CloudWatch.1)",
        "infra-RolesChanged: CRITICAL: somebody changed IAM in prod, such as what roles may do or who may be them, or tried to. The pipeline did not. (Break-glass procedure: tools and signals)",
        "infra-BreakGlassRefused: CRITICAL: somebody of users tried to assume BreakGlass and was refused. (Break-glass procedure: alerting)",
      ],
    );
  });

  it("have a threshold of the settings' where people make mistakes all day", () => {
    const tunable: readonly TunableAlarm[] = ["SignInFailed", "CallRefused"];
    assert.deepEqual(
      keysOf(ALARMS).filter((subject) => ALARMS[subject].threshold === "by setting"),
      tunable,
    );
  });
});

const without = (field: string, event: TrailEvent): TrailEvent =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== field));

for (const subject of keysOf(ALARM_CASES)) {
  const cases = ALARM_CASES[subject];
  describe(`the alarm ${subject}, by events`, () => {
    const alarm = alarmIn(modelWith(cases.pipeline ? PIPELINE : {}), cases.account, subject);

    it("has two events at least that it rings for, and two that it does not", () => {
      assert.ok(cases.rings.length >= 2 && cases.stays.length >= 2);
    });
    for (const [says, event] of cases.rings) it(`rings for ${says}`, () => assert.ok(rings(alarm, event)));
    it("rings all the same where CloudTrail does not say whether a call only reads", () => {
      const silent = cases.rings
        .filter(([, event]) => !rings(alarm, without("readOnly", event)))
        .map(([says]) => says);
      assert.deepEqual(silent, []);
    });
    for (const [says, event] of cases.stays)
      it(`does not ring for ${says}`, () => assert.ok(!rings(alarm, event)));
  });
}

describe("alarms on changes of IAM, where no pipeline deploys,", () => {
  for (const [account, subject, id] of [
    ["users", "IamChanged", "111111111111"],
    ["prod", "RolesChanged", "444444444444"],
  ] as const) {
    it(`${subject} rings for a role of that name too`, () => {
      const event = iamCall(
        "PutRolePolicy",
        {},
        { userIdentity: sessionOf(`infra-DeployR-${account}`, "x", id) },
      );
      assert.ok(rings(alarmIn(modelWith(), account, subject), event));
      assert.ok(!rings(alarmIn(modelWith(PIPELINE), account, subject), event));
    });
  }
});

describe("the filter patterns of all alarms", () => {
  const LONG = "z".repeat(20);
  const KEY = `x${"y".repeat(31)}`;
  const longest = (): Model =>
    modelWith(
      {
        ...PIPELINE,
        prefix: LONG,
        accounts: {
          ...sampleOrganization().accounts,
          [KEY]: { id: "555555555555", kind: "workload", environment: "prod" },
        },
      },
      { breakGlass: { [KEY]: { primary: "sarah.devops" } } },
    );

  /** 5,000 people of the longest names, of whom hundreds have left and dozens are in PowerG. */
  function crowd(): Model {
    const name = (kind: string, index: number): string => `${kind}.${String(index)}`.padEnd(64, "x");
    const people = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        name("person", index),
        {
          email: `p${String(index)}@example.com`,
          category: "devops",
          access: {},
          ...(index >= 4_700 && { until: "2026-11-22" }),
        },
      ]),
    );
    const power = Array.from({ length: 40 }, (_, index) => name("person", index));
    return buildModel(sampleOrganization(), { people, power }, SAMPLE_MOMENT);
  }

  for (const [says, model] of [
    ["the sample", modelWith(PIPELINE)],
    ["the longest names", longest()],
    ["5,000 people", crowd()],
  ] as const) {
    it(`keep to the limits of CloudWatch Logs: ${says}`, () => {
      for (const { key } of model.organization.accounts) {
        const patterns = alarmsIn(model, key).flatMap((alarm) => alarm.patterns);
        const expressions = patterns.map(expressionsIn);
        assert.ok(patterns.every(({ length }) => length <= QUOTAS.filterPatternCharacters));
        assert.ok(patterns.length <= QUOTAS.filtersPerLogGroup, `${key}: ${String(patterns.length)}`);
        assert.ok(expressions.every((count) => count <= 2));
        assert.ok(expressions.filter((count) => count > 0).length <= 5);
      }
    });
  }

  it("name everybody where one pattern is too short for all", () => {
    const model = crowd();
    const power = alarmIn(model, "users", "PowerUsed");
    assert.ok(power.patterns.length > 1);
    const unheard = model.power.filter(
      (userName) => !rings(power, iamCall("CreateUser", {}, { userIdentity: { type: "IAMUser", userName } })),
    );
    assert.deepEqual(unheard, []);
  });
});
