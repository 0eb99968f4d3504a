import assert from "node:assert/strict";

import { alarmBlueprints } from "../../src/documents/alarm-blueprint";
import { buildModel } from "../../src/model/model";
import { QUOTAS } from "../../src/model/quotas";
import { expressionsIn, matchesPattern } from "../support/filter-pattern";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { blueprintOf, SAMPLE_MOMENT, sampleModel } from "../support/sample";
import { assumeRole, iamCall, sessionOf, switchRole, userOf, type TrailEvent } from "../support/trail-events";

const ALARMS: Readonly<Record<string, readonly string[]>> = {
  users: ["infra-RootUsed", "infra-RoleTagsChanged", "infra-IamChanged", "infra-PowerUsed"],
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
        ["infra-RootUsed", "infra-RoleTagsChanged", "infra-IamChanged"],
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

type EventCase = readonly [says: string, event: TrailEvent, rings: boolean];

const patternIn = (account: string, alarm: string, model = sampleModel()): string => {
  const found = blueprintOf(model, account).alarms.find(({ name }) => name === alarm);
  assert.ok(found);
  return found.pattern;
};

function itRings(pattern: string, cases: readonly EventCase[]): void {
  for (const [says, event, rings] of cases) {
    it(`${rings ? "rings" : "does not ring"} for ${says}`, () => {
      assert.equal(matchesPattern(pattern, event), rings);
    });
  }
}

const BREAK_GLASS = "arn:aws:iam::444444444444:role/infra-BreakGlassR-prod";
const USERS = "111111111111";
const pipelineModel = () =>
  buildModel(
    { ...sampleOrganization(), pipeline: { kind: "github", repository: "example/accounts" } },
    sampleRoster(),
    SAMPLE_MOMENT,
  );
const ROOT = {
  type: "Root",
  principalId: "444444444444",
  arn: "arn:aws:iam::444444444444:root",
  accountId: "444444444444",
};

describe("the alarm on BreakGlass", () => {
  itRings(patternIn("prod", "infra-BreakGlassUsed"), [
    ["AssumeRole from a command line", assumeRole(BREAK_GLASS), true],
    [
      "AssumeRole that the console makes",
      assumeRole(BREAK_GLASS, { sourceIPAddress: "AWS Internal", userAgent: "AWS Internal" }),
      true,
    ],
    ["the console's switch", switchRole("infra-BreakGlassR-prod"), true],
    ["an ARN in another case", assumeRole("arn:aws:iam::444444444444:role/INFRA-breakglassr-Prod"), true],
    ["a switch in another case", switchRole("infra-breakglassr-PROD"), true],
    [
      "a session of another role that goes on to it",
      assumeRole(BREAK_GLASS, { userIdentity: sessionOf("infra-OpsR-prod", "sarah.devops") }),
      true,
    ],
    [
      "a refused attempt from within the account",
      assumeRole(BREAK_GLASS, {
        userIdentity: sessionOf("infra-OpsR-prod", "sarah.devops"),
        errorCode: "AccessDenied",
        responseElements: null,
      }),
      true,
    ],
    [
      "a web identity that its trust was changed for",
      assumeRole(BREAK_GLASS, { eventName: "AssumeRoleWithWebIdentity" }),
      true,
    ],
    ["another role", assumeRole("arn:aws:iam::444444444444:role/infra-ReadR-prod"), false],
    ["a role whose name goes on", assumeRole(`${BREAK_GLASS}-2`), false],
    [
      "a role whose name begins earlier",
      assumeRole("arn:aws:iam::444444444444:role/my-infra-BreakGlassR-prod"),
      false,
    ],
    [
      "the role of that name in another account",
      assumeRole("arn:aws:iam::333333333333:role/infra-BreakGlassR-prod"),
      false,
    ],
    ["a switch to another role", switchRole("infra-ReadR-prod"), false],
    ["a switch to a role whose name goes on", switchRole("infra-BreakGlassR-prod-2"), false],
    [
      "what its session does",
      { ...iamCall("ListUsers", {}), userIdentity: sessionOf("infra-BreakGlassR-prod", "sarah.devops") },
      false,
    ],
    ["somebody who looks at the role", iamCall("GetRole", { roleName: "infra-BreakGlassR-prod" }), false],
    [
      "somebody's file of that name",
      {
        eventSource: "s3.amazonaws.com",
        eventName: "AssumeRole",
        requestParameters: { roleArn: BREAK_GLASS },
      },
      false,
    ],
  ]);

  it("fits the longest names", () => {
    const key = `x${"y".repeat(31)}`;
    const model = buildModel(
      {
        ...sampleOrganization(),
        prefix: `z${"z".repeat(18)}`,
        accounts: {
          ...sampleOrganization().accounts,
          [key]: { id: "555555555555", kind: "workload", environment: "prod" },
        },
      },
      { ...sampleRoster(), breakGlass: { [key]: { primary: "sarah.devops" } } },
      SAMPLE_MOMENT,
    );
    const pattern = patternIn(key, `z${"z".repeat(18)}-BreakGlassUsed`, model);
    assert.ok(pattern.length <= QUOTAS.filterPatternCharacters, String(pattern.length));
  });
});

describe("the alarm on tags that grant roles, by events", () => {
  const KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  const tagging = (...keys: readonly string[]): TrailEvent =>
    iamCall("TagUser", { userName: "sarah.devops", tags: keys.map((key) => ({ key, value: "+Admin+" })) });
  const untagging = (...tagKeys: readonly string[]): TrailEvent =>
    iamCall("UntagUser", { userName: "sarah.devops", tagKeys });
  itRings(patternIn("users", "infra-RoleTagsChanged"), [
    ["a role", tagging("infra:prod"), true],
    ["a role in another case", tagging("Infra:prod"), true],
    ["a tag that grants nothing", tagging("Team"), true],
    ["a role that is taken away", untagging("infra:prod"), true],
    [
      "a user that is made with a role",
      iamCall("CreateUser", { userName: "x", tags: [{ key: "infra:prod", value: "+Admin+" }] }),
      true,
    ],
    ["a request without a list", iamCall("TagUser", { userName: "sarah.devops" }), true],
    ["the description of an access key", tagging(KEY_ID), false],
    ["a description that is taken away", untagging(KEY_ID), false],
    ["a role after a description", tagging(KEY_ID, "infra:prod"), true],
    ["a description after a role", tagging("infra:prod", KEY_ID), true],
    ["a role that is taken away after a description", untagging(KEY_ID, "infra:prod"), true],
    ["a user that is made without tags", iamCall("CreateUser", { userName: "x", tags: [] }), false],
    [
      "a role's tags",
      iamCall("TagRole", { roleName: "x", tags: [{ key: "infra:prod", value: "x" }] }),
      false,
    ],
  ]);
});

describe("the alarm on PowerG, by events", () => {
  itRings(patternIn("users", "infra-PowerUsed"), [
    ["a change by one of its holders", iamCall("CreateUser", { userName: "x" }), true],
    ["a look by one of its holders", iamCall("GetUser", { userName: "x" }, { readOnly: true }), false],
    [
      "a change by somebody else",
      iamCall("CreateAccessKey", {}, { userIdentity: userOf("john.developer") }),
      false,
    ],
  ]);
});

describe("the alarm on IAM where people's users are, by events", () => {
  const byPipeline = patternIn("users", "infra-IamChanged", pipelineModel());
  itRings(byPipeline, [
    [
      "a user that a role makes",
      iamCall("CreateUser", {}, { userIdentity: sessionOf("infra-AdminR-dev", "x", USERS) }),
      true,
    ],
    [
      "a key that a role makes",
      iamCall("CreateAccessKey", {}, { userIdentity: sessionOf("infra-AdminR-dev", "x", USERS) }),
      true,
    ],
    [
      "a role of the deploying role's name in another account",
      iamCall("CreateUser", {}, { userIdentity: sessionOf("infra-DeployR-users", "x") }),
      true,
    ],
    ["a policy that a user attaches", iamCall("AttachUserPolicy", {}), true],
    ["the root user", iamCall("CreateUser", {}, { userIdentity: ROOT }), true],
    [
      "the deploying role",
      iamCall("CreateUser", {}, { userIdentity: sessionOf("infra-DeployR-users", "x", USERS) }),
      false,
    ],
    ["a user's own key", iamCall("CreateAccessKey", {}), false],
    ["a user's own device", iamCall("EnableMFADevice", {}), false],
    ["a user's own password", iamCall("ChangePassword", {}), false],
    [
      "a look",
      iamCall("ListUsers", {}, { readOnly: true, userIdentity: sessionOf("infra-AdminR-dev", "x", USERS) }),
      false,
    ],
  ]);

  it("rings for every role's changes where no pipeline deploys", () => {
    const event = iamCall("CreateUser", {}, { userIdentity: sessionOf("infra-DeployR-users", "x", USERS) });
    assert.equal(matchesPattern(patternIn("users", "infra-IamChanged"), event), true);
  });
});

describe("the alarm on the root user, by events", () => {
  itRings(patternIn("prod", "infra-RootUsed"), [
    ["a call", iamCall("CreateUser", { userName: "x" }, { userIdentity: ROOT }), true],
    [
      "a sign-in",
      { ...iamCall("ConsoleLogin", {}, { userIdentity: ROOT }), eventType: "AwsConsoleSignIn" },
      true,
    ],
    [
      "what AWS does on its behalf",
      iamCall("CreateUser", {}, { userIdentity: { ...ROOT, invokedBy: "support.amazonaws.com" } }),
      false,
    ],
    [
      "an event of a service",
      iamCall("RotateKey", {}, { userIdentity: ROOT, eventType: "AwsServiceEvent" }),
      false,
    ],
    ["somebody else", iamCall("CreateUser", { userName: "x" }), false],
  ]);
});

describe("the filter patterns of all alarms", () => {
  for (const account of Object.keys(ALARMS)) {
    it(`have at most two regular expressions each, and at most five patterns have any: ${account}`, () => {
      const counts = blueprintOf(sampleModel(), account).alarms.map(({ pattern }) => expressionsIn(pattern));
      assert.ok(counts.every((count) => count <= 2));
      assert.ok(counts.filter((count) => count > 0).length <= 5);
    });
  }
});

describe("the evaluator of filter patterns", () => {
  const event = { a: "text", n: 5, yes: true, none: null, list: [{ x: "one" }] };
  const cases: readonly (readonly [pattern: string, expected: boolean])[] = [
    ['{ $.a = "text" }', true],
    ['{ $.a = "Text" }', false],
    ['{ $.a = "te*" }', true],
    ['{ $.a = "e*" }', false],
    ["{ $.a = %^t[eE]xt$% }", true],
    ["{ $.a = text }", true],
    ['{ $.a != "text" }', false],
    ['{ $.missing != "text" }', false],
    ["{ $.missing NOT EXISTS }", true],
    ["{ $.a NOT EXISTS }", false],
    ["{ $.n >= 5 }", true],
    ["{ $.n > 5 }", false],
    ["{ $.yes IS TRUE }", true],
    ["{ $.yes IS FALSE }", false],
    ["{ $.none IS NULL }", true],
    ['{ $.list[0].x = "one" }', true],
    ['{ $.list[1].x = "*" }', false],
    ['{ ($.a = "x" && $.n = 5) || $.yes IS TRUE }', true],
    ['{ $.a = "x" && ($.n = 5 || $.yes IS TRUE) }', false],
  ];
  for (const [pattern, expected] of cases) {
    it(`${pattern} is ${String(expected)}`, () => assert.equal(matchesPattern(pattern, event), expected));
  }
  for (const pattern of ['{ $.a = "x" ', "{ $.a IS MAYBE }", "{ ($.a = 1 }", "{ a = 1 }"]) {
    it(`refuses ${pattern}`, () => assert.throws(() => matchesPattern(pattern, event)));
  }
});
