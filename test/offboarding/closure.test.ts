import assert from "node:assert/strict";

import { parseDate } from "../../src/model/dates";
import { parseUserName } from "../../src/model/names";
import { UserError } from "../../src/model/problems";
import { closeAccount, closeSessions, closeUser, type ClosureOptions } from "../../src/offboarding/closure";
import { ACCOUNTS, contextIn } from "../documents/fixture";
import type { Answers } from "../support/fake-client";
import { accessDenied, fakeIam, missing } from "../support/fake-iam";

const john = parseUserName("john.developer")!;
const OPTIONS: ClosureOptions = {
  organization: contextIn("dev").organization,
  person: john,
  sessionNames: [john],
  sessionsBefore: parseDate("2026-11-20T12:10:00Z", "from")!,
  profileFlag: " --profile example-users",
};

const ACTIVE: Answers = {
  putUserPolicy: () => ({}),
  listAccessKeys: () => ({
    AccessKeyMetadata: [
      { AccessKeyId: "AKIAFIRST", Status: "Active" },
      { AccessKeyId: "AKIASECOND", Status: "Inactive" },
    ],
  }),
  updateAccessKey: () => ({}),
  deleteLoginProfile: () => ({}),
};

const POLICY = "infra-offboarding-john.developer";

describe("closing a user", () => {
  it("denies everything first, then takes keys and password", async () => {
    const { iam, calls } = fakeIam(ACTIVE);
    assert.deepEqual(await closeUser(iam, OPTIONS), [
      {
        outcome: "done",
        what: "The user john.developer is denied everything, whatever they sign in with.",
        undo: `aws iam delete-user-policy --user-name john.developer --policy-name ${POLICY} --profile example-users`,
      },
      {
        outcome: "done",
        what: "The access key AKIAFIRST is inactive.",
        undo: "aws iam update-access-key --user-name john.developer --access-key-id AKIAFIRST --status Active --profile example-users",
      },
      { outcome: "nothing to do", what: "The access key AKIASECOND was inactive already." },
      {
        outcome: "done",
        what: "The console password is deleted.",
        undo: "npm run onboard -- john.developer",
      },
    ]);
    assert.deepEqual(calls, [
      {
        operation: "putUserPolicy",
        input: {
          UserName: "john.developer",
          PolicyName: POLICY,
          PolicyDocument:
            '{"Version":"2012-10-17","Statement":[{"Sid":"Offboarded","Effect":"Deny","Action":"*","Resource":"*"}]}',
        },
      },
      { operation: "listAccessKeys", input: { UserName: "john.developer" } },
      {
        operation: "updateAccessKey",
        input: { UserName: "john.developer", AccessKeyId: "AKIAFIRST", Status: "Inactive" },
      },
      { operation: "deleteLoginProfile", input: { UserName: "john.developer" } },
    ]);
  });

  it("has nothing more to do where there are no keys and no password", async () => {
    const { iam } = fakeIam({
      ...ACTIVE,
      listAccessKeys: () => ({ AccessKeyMetadata: [] }),
      deleteLoginProfile: missing,
    });
    const steps = await closeUser(iam, OPTIONS);
    assert.deepEqual(steps.slice(1), [
      { outcome: "nothing to do", what: "There are no access keys." },
      { outcome: "nothing to do", what: "There is no console password." },
    ]);
  });

  it("looks for nothing where there is no user", async () => {
    const { iam, calls } = fakeIam({ putUserPolicy: missing });
    assert.deepEqual(await closeUser(iam, OPTIONS), [
      { outcome: "nothing to do", what: "There is no user john.developer." },
    ]);
    assert.equal(calls.length, 1);
  });

  const everything = ["putUserPolicy", "listAccessKeys", "updateAccessKey", "deleteLoginProfile"];
  const failures = [
    ["putUserPolicy", "Deny the user everything.", everything],
    [
      "listAccessKeys",
      "Deactivate the access keys.",
      everything.filter((name) => name !== "updateAccessKey"),
    ],
    ["updateAccessKey", "Deactivate the access key AKIAFIRST.", everything],
    ["deleteLoginProfile", "Delete the console password.", everything],
  ] as const;
  for (const [operation, what, operations] of failures) {
    it(`goes on where IAM refuses ${operation}`, async () => {
      const { iam, calls } = fakeIam({ ...ACTIVE, [operation]: accessDenied });
      const steps = await closeUser(iam, OPTIONS);
      assert.deepEqual(
        steps.filter(({ outcome }) => outcome === "failed"),
        [{ outcome: "failed", what, problem: accessDenied().message }],
      );
      assert.deepEqual(
        calls.map((call) => call.operation),
        operations,
      );
    });
  }
});

describe("closing sessions", () => {
  it("puts a Deny for this person on the role", async () => {
    const { iam, calls } = fakeIam({ putRolePolicy: () => ({}) });
    assert.deepEqual(await closeSessions(iam, ACCOUNTS.dev, "Developer", OPTIONS), [
      {
        outcome: "done",
        what: "The person's sessions in infra-DeveloperR-dev that began before 2026-11-20T12:10:00Z are denied everything.",
        undo: `aws iam delete-role-policy --role-name infra-DeveloperR-dev --policy-name ${POLICY} --profile example-users`,
      },
    ]);
    assert.deepEqual(calls, [
      {
        operation: "putRolePolicy",
        input: {
          RoleName: "infra-DeveloperR-dev",
          PolicyName: POLICY,
          PolicyDocument:
            '{"Version":"2012-10-17","Statement":[{"Sid":"SessionsOfOffboarded","Effect":"Deny","Action":"*","Resource":"*",' +
            '"Condition":{"StringLike":{"aws:userid":["*:john.developer"]},' +
            '"DateLessThan":{"aws:TokenIssueTime":"2026-11-20T12:10:00Z"}}}]}',
        },
      },
    ]);
  });

  it("has nothing to do where there is no such role", async () => {
    assert.deepEqual(
      await closeSessions(fakeIam({ putRolePolicy: missing }).iam, ACCOUNTS.dev, "Developer", OPTIONS),
      [{ outcome: "nothing to do", what: "There is no role infra-DeveloperR-dev." }],
    );
  });

  it("says which role could not be closed", async () => {
    assert.deepEqual(
      await closeSessions(fakeIam({ putRolePolicy: accessDenied }).iam, ACCOUNTS.dev, "Ops", OPTIONS),
      [{ outcome: "failed", what: "End the sessions in infra-OpsR-dev.", problem: accessDenied().message }],
    );
  });
});

describe("an account that cannot be reached", () => {
  it("is reported, and keeps nobody from the others", async () => {
    const problem = "There are no credentials for dev: none";
    assert.deepEqual(await closeAccount(ACCOUNTS.dev, () => Promise.reject(new UserError(problem))), {
      stack: "dev",
      account: "222222222222",
      problem,
    });
  });

  it("is no place to hide a bug", async () => {
    await assert.rejects(
      closeAccount(ACCOUNTS.dev, () => Promise.reject(new TypeError("bug"))),
      TypeError,
    );
  });
});
