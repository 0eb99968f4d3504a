import assert from "node:assert/strict";

import { renderDocument, type PolicyDocument } from "../../src/documents/policy-document";
import { parseDate } from "../../src/model/dates";
import { offboardingPolicyName, parseUserName } from "../../src/model/names";
import {
  denySessions,
  denyUser,
  isUserDenial,
  sessionDenialOf,
  sessionsBefore,
} from "../../src/documents/offboarding-denial";
import { decide, sessionCaller, userCaller } from "../support/evaluate";

const ROLE = "arn:aws:iam::222222222222:role/infra-DeveloperR-dev";
const USERS = "arn:aws:iam::111111111111:user/people/";
const john = parseUserName("john.developer")!;
const former = parseUserName("john.dev")!;
const kim = parseUserName("kim.contractor")!;
const CUTOFF = parseDate("2026-11-20T12:10:00Z", "from")!;

const EVERYTHING: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
};

describe("the Deny on a role", () => {
  const cases = [
    ["john.developer", "2026-11-20T11:59:59Z", "denied"],
    ["john.developer", "2026-11-20T12:09:59Z", "denied"],
    ["john.developer", "2026-11-20T12:10:00Z", "allowed"],
    ["john.dev", "2026-11-20T11:00:00Z", "denied"],
    ["kim.contractor", "2026-11-20T11:00:00Z", "allowed"],
    ["john.developer2", "2026-11-20T11:00:00Z", "allowed"],
    ["bjohn.developer", "2026-11-20T11:00:00Z", "allowed"],
    ["John.Developer", "2026-11-20T11:00:00Z", "allowed"],
    ["johnXdeveloper", "2026-11-20T11:00:00Z", "allowed"],
  ] as const;
  for (const [name, issued, expected] of cases) {
    it(`${name}'s session of ${issued} is ${expected}`, async () => {
      const decision = await decide({
        caller: sessionCaller(ROLE, name),
        policies: [EVERYTHING, denySessions([john, former], CUTOFF)],
        action: "s3:ListAllMyBuckets",
        resource: "*",
        resourceAccount: "222222222222",
        context: { "aws:TokenIssueTime": issued },
      });
      assert.equal(decision, expected);
    });
  }

  it("says nothing of who is in the role without a session of a person's: services, and the role's own tests", async () => {
    const decision = await decide({
      caller: sessionCaller(ROLE, "i-0123456789abcdef0"),
      policies: [EVERYTHING, denySessions([john], CUTOFF)],
      action: "s3:ListAllMyBuckets",
      resource: "*",
      resourceAccount: "222222222222",
      context: { "aws:TokenIssueTime": "2026-11-20T11:00:00Z" },
    });
    assert.equal(decision, "allowed");
  });
});

describe("the Deny on a user", () => {
  for (const mfa of ["access keys", "console without MFA", { ageSeconds: 60 }] as const) {
    it(`closes what they sign with: ${JSON.stringify(mfa)}`, async () => {
      for (const [action, resource] of [
        ["iam:ChangePassword", `${USERS}john.developer`],
        ["iam:CreateAccessKey", `${USERS}john.developer`],
        ["sts:AssumeRole", ROLE],
      ] as const) {
        const decision = await decide({
          caller: userCaller(`${USERS}john.developer`, mfa),
          policies: [EVERYTHING, denyUser()],
          action,
          resource,
        });
        assert.equal(decision, "denied", action);
      }
    });
  }
});

it("the policies carry the person's name, so that two people can be on their way out at once", () => {
  assert.equal(offboardingPolicyName({ prefix: "infra" }, john), "infra-offboarding-john.developer");
});

it("sessions count as old until IAM has told all its regions", () => {
  assert.equal(sessionsBefore(parseDate("2026-11-20T12:00:00Z", "from")!), CUTOFF);
});

describe("what offboarding leaves behind", () => {
  const NAMING = { prefix: "infra" };
  const name = offboardingPolicyName(NAMING, john);
  const spaced = (document: PolicyDocument): string => JSON.stringify(document, undefined, 2);
  const EXTENDED = { ...denyUser(), Statement: [...denyUser().Statement, ...EVERYTHING.Statement] };

  const onUsers = [
    ["its name and all that it says", { name, document: renderDocument(denyUser()) }, true],
    ["the same with white space", { name, document: spaced(denyUser()) }, true],
    [
      "another name",
      { name: "infra-offboarding-kim.contractor", document: renderDocument(denyUser()) },
      false,
    ],
    ["a statement more", { name, document: renderDocument(EXTENDED) }, false],
    ["less than everything", { name, document: renderDocument(denyUser()).replace('"*"', '"s3:*"') }, false],
    ["the Deny of a role", { name, document: renderDocument(denySessions([john], CUTOFF)) }, false],
    ["no document", { name, document: "" }, false],
  ] as const;
  for (const [what, policy, expected] of onUsers) {
    it(`is told on a user by ${what}: ${String(expected)}`, () =>
      assert.equal(isUserDenial(NAMING, john, policy), expected));
  }

  const told = { person: john, before: CUTOFF };
  const onRoles = [
    ["its name and all that it says", { name, document: renderDocument(denySessions([john], CUTOFF)) }, told],
    [
      "the name before a rename",
      { name, document: renderDocument(denySessions([john, former], CUTOFF)) },
      told,
    ],
    [
      "somebody else beside",
      { name, document: renderDocument(denySessions([john, kim], CUTOFF)) },
      undefined,
    ],
    [
      "another name",
      { name: "infra-offboarding-x", document: renderDocument(denySessions([john], CUTOFF)) },
      undefined,
    ],
    ["the Deny of a user", { name, document: renderDocument(denyUser()) }, undefined],
    [
      "a statement more",
      {
        name,
        document: renderDocument({
          ...EVERYTHING,
          Statement: [...denySessions([john], CUTOFF).Statement, ...EVERYTHING.Statement],
        }),
      },
      undefined,
    ],
  ] as const;
  for (const [what, policy, expected] of onRoles) {
    it(`is told on a role by ${what}: ${expected === undefined ? "no" : "yes"}`, () =>
      assert.deepEqual(sessionDenialOf(NAMING, policy, new Map([[john, former]])), expected));
  }
});
