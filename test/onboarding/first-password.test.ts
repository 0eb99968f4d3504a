import { EntityAlreadyExistsException, EntityTemporarilyUnmodifiableException } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";

import { buildModel, type Model } from "../../src/model/model";
import type { Person } from "../../src/model/person";
import { UserError } from "../../src/model/problems";
import { giveFirstPassword, readyForFirstPassword } from "../../src/onboarding/first-password";
import type { Answers } from "../support/fake-client";
import { accessDenied, fakeIam, missing } from "../support/fake-iam";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";

const model = buildModel(sampleOrganization(), sampleRoster(), NOW);
const JOHN = "arn:aws:iam::111111111111:user/people/john.developer";

const READY: Answers = {
  getUser: ({ UserName }) => ({ User: { Arn: `arn:aws:iam::111111111111:user/people/${String(UserName)}` } }),
  getUserPolicy: missing,
  getLoginProfile: missing,
  listVirtualMFADevices: () => ({ VirtualMFADevices: [] }),
  listMFADevices: () => ({ MFADevices: [] }),
  listAccountAliases: () => ({ AccountAliases: [] }),
  getAccountPasswordPolicy: () => ({ PasswordPolicy: { MinimumPasswordLength: 14 } }),
};

function person(name: string, of: Model = model): Person {
  const found = of.people.find((one) => one.name === name);
  assert.ok(found);
  return found;
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UserError, String(error));
  return error.message;
}

const ready = (answers: Answers, name = "john.developer") =>
  readyForFirstPassword(fakeIam({ ...READY, ...answers }).iam, model, person(name));

describe("whether somebody can be given a first password", () => {
  it("they can, where the user is there and has none", async () => {
    const { iam, calls } = fakeIam(READY);
    assert.deepEqual(await readyForFirstPassword(iam, model, person("john.developer")), {
      passwordLength: 14,
    });
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      [
        "getUser",
        "getUserPolicy",
        "getLoginProfile",
        "listVirtualMFADevices",
        "listAccountAliases",
        "getAccountPasswordPolicy",
        "listMFADevices",
      ],
    );
  });

  it("by the account's alias, and IAM's own policy where it has none of its own", async () => {
    assert.deepEqual(
      await ready({
        listAccountAliases: () => ({ AccountAliases: ["example-people"] }),
        getAccountPasswordPolicy: missing,
      }),
      { alias: "example-people", passwordLength: 8 },
    );
  });

  it("with the devices that they have already", async () => {
    const answer = await ready({
      listMFADevices: () => ({ MFADevices: [{ SerialNumber: "GAHT12345678" }] }),
    });
    assert.deepEqual(answer, { ownDevices: ["GAHT12345678"], passwordLength: 14 });
  });

  it("not while a device that nobody has blocks the name of theirs", async () => {
    const device = (name: string) => ({ SerialNumber: `arn:aws:iam::111111111111:mfa/${name}` });
    const devices = ["other", "john.developer-phone", "John.Developer"].map(device);
    assert.equal(
      await refusal(
        ready({
          listVirtualMFADevices: ({ AssignmentStatus }) =>
            AssignmentStatus === "Unassigned" ? { VirtualMFADevices: devices } : {},
        }),
      ),
      `An MFA device that nobody has blocks the name under which john.developer will enrol theirs. Nothing was changed.
It is left from an enrolment that nobody finished, or from a user of that name. Delete it, and run this again:
  aws iam delete-virtual-mfa-device --serial-number arn:aws:iam::111111111111:mfa/John.Developer    (with credentials of users)`,
    );
  });

  it("not before the user is deployed", async () => {
    assert.equal(
      await refusal(ready({ getUser: missing })),
      "users has no user john.developer yet. Deploy it first: pulumi up -s users",
    );
  });

  it("not a user of the same name under another path", async () => {
    const byHand = "arn:aws:iam::111111111111:user/john.developer";
    assert.equal(
      await refusal(ready({ getUser: () => ({ User: { Arn: byHand } }) })),
      `users has ${byHand} where the roster's person would be ${JOHN}. Deploy with a refresh, which puts the path of a user of the stack back: pulumi up --refresh -s users\n` +
        "Where that says that the user exists already, the stack has none of this name, and docs/runbooks/drift.md says what to do with the other.",
    );
  });

  it("not who has a password, and says what to do if it is lost", async () => {
    assert.equal(
      await refusal(ready({ getLoginProfile: () => ({ LoginProfile: {} }) })),
      `john.developer has a console password already, and nobody can read it. Nothing was changed.
If they have lost it, make sure that it is they who ask, take the old one away, and run this again:
  aws iam delete-login-profile --user-name john.developer    (with credentials of users)
Their MFA device stays. If it is the device that is lost, see docs/runbooks/recovery.md.`,
    );
  });

  it("not whose access was closed at once, before that is undone", async () => {
    const closed = () => ({ PolicyDocument: "" });
    assert.equal(
      await refusal(ready({ getUserPolicy: closed })),
      `The user john.developer has the policy infra-offboarding-john.developer, with which offboarding closes somebody's access at once. If that is over:
  npm run offboard -- john.developer --undo    (with credentials of users)
The Denies on their roles end sessions that began before; see docs/runbooks/offboarding.md.`,
    );
  });

  it("not who has left", async () => {
    const { people, ...roster } = sampleRoster();
    assert.ok(people["alex.dba"]);
    const left = buildModel(
      sampleOrganization(),
      {
        ...roster,
        people: { ...people, "alex.dba": { ...people["alex.dba"], until: "2026-11-19" } },
        temporary: [],
      },
      NOW,
    );
    const { iam, calls } = fakeIam(READY);
    assert.equal(
      await refusal(readyForFirstPassword(iam, left, person("alex.dba", left))),
      "alex.dba left on 2026-11-20T00:00:00Z, as src/roster.ts says, and gets no password.",
    );
    assert.deepEqual(calls, []);
  });

  it("by somebody who may look", async () => {
    assert.match(
      await refusal(ready({ getUser: accessDenied })),
      /^These credentials of users may not do this for john\.developer\. Somebody in PowerG may, with MFA entered within the hour;/,
    );
  });
});

describe("giving a first password", () => {
  const give = async (
    answers: Answers,
    show: (password: string) => Promise<void>,
    name = "john.developer",
  ) => {
    const { iam, calls } = fakeIam({
      createLoginProfile: () => ({}),
      deleteLoginProfile: () => ({}),
      ...answers,
    });
    const message = await refusal(
      giveFirstPassword(iam, model, person(name).name, { passwordLength: 14 }, show).then(() => {
        throw new UserError("given");
      }),
    );
    return { message, calls };
  };
  const keep = (shown: string[]) => (password: string) => Promise.resolve(void shown.push(password));
  const fail = () => Promise.reject(new Error("EPIPE"));

  it("makes one that must be changed, and shows it once", async () => {
    const shown: string[] = [];
    const { message, calls } = await give({}, keep(shown));
    assert.equal(message, "given");
    assert.equal(shown.length, 1);
    assert.deepEqual(calls, [
      {
        operation: "createLoginProfile",
        input: { UserName: "john.developer", Password: shown[0], PasswordResetRequired: true },
      },
    ]);
  });

  it("takes it back where it cannot be shown", async () => {
    const { message, calls } = await give({}, fail);
    assert.equal(
      message,
      "The password of john.developer could not be shown (EPIPE), and was taken back. Run this again.",
    );
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ["createLoginProfile", "deleteLoginProfile"],
    );
  });

  it("takes it back when IAM is done creating it", async () => {
    let attempts = 0;
    const tooSoon = new EntityTemporarilyUnmodifiableException({ message: "being created", $metadata: {} });
    const { message } = await give({ deleteLoginProfile: () => (++attempts < 2 ? tooSoon : {}) }, fail);
    assert.match(message, /was taken back/);
    assert.equal(attempts, 2);
  });

  it("says that nobody knows it where it can be neither shown nor taken back", async () => {
    const { message, calls } = await give({ deleteLoginProfile: accessDenied }, fail);
    assert.match(message, /could not be shown \(EPIPE\), nor taken back \(User: .*\)\. Nobody knows it\./);
    assert.match(message, /\n {2}aws iam delete-login-profile --user-name john\.developer$/);
    const password = String(calls[0]?.input["Password"]);
    assert.ok(!message.includes(password));
  });

  for (const [name, why] of [
    [
      "sarah.devops",
      "sarah.devops holds power or BreakGlass, and PowerG cannot touch the credentials of those who do.",
    ],
    [
      "maria.cto",
      "maria.cto holds power or BreakGlass, and PowerG cannot touch the credentials of those who do.",
    ],
    ["john.developer", "Somebody in PowerG may, with MFA entered within the hour;"],
  ] as const) {
    it(`says who may where these credentials may not: ${name}`, async () => {
      const shown: string[] = [];
      const { message } = await give({ createLoginProfile: accessDenied }, keep(shown), name);
      assert.ok(
        message.startsWith(`These credentials of users may not do this for ${name}. ${why}`),
        message,
      );
      assert.deepEqual(shown, []);
    });
  }

  it("refuses where somebody else was quicker", async () => {
    const exists = new EntityAlreadyExistsException({ message: "exists", $metadata: {} });
    const { message } = await give({ createLoginProfile: () => exists }, fail);
    assert.match(message, /^john\.developer has a console password already/);
  });

  it("never repeats the password in what goes wrong", async () => {
    const { message, calls } = await give(
      { createLoginProfile: ({ Password }) => Object.assign(new Error("broken"), { request: Password }) },
      fail,
    );
    assert.equal(message, "IAM in users could not be asked about john.developer: broken");
    assert.equal(calls.length, 1);
  });
});
