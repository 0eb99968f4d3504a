import assert from "node:assert/strict";

import { accountCredentialsFrom, type AccountCredentials } from "../../src/aws/account-credentials";
import { takeStep } from "../../src/credentials/enforcement";
import { heldCredentials } from "../../src/credentials/held-credential";
import { credentialHolders } from "../../src/credentials/credential-holder";
import { enforcementPlan, planSteps, type EnforcementStep } from "../../src/credentials/enforcement-plan";
import { credentialsText, formatOutcomes, formatPlan } from "../../src/credentials/credentials-report";
import { formatStanding } from "../../src/credentials/credential-standing";
import { renderDocument } from "../../src/documents/policy-document";
import { addSeconds } from "../../src/model/dates";
import { buildModel } from "../../src/model/model";
import {
  credentialNotices,
  credentialNoticesText,
  unreadReportNotices,
} from "../../src/notices/credential-notices";
import { denyUser } from "../../src/documents/offboarding-denial";
import { accessDenied, fakeIam, missing } from "../support/fake-iam";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { snapshotWith, TAKEN_AT } from "../support/snapshots";
import { daysBeforeSnapshot, sectionsOf, type WrittenUser } from "./fixture";

const roster = sampleRoster();
const model = buildModel(
  sampleOrganization(),
  {
    ...roster,
    people: {
      ...roster.people,
      "lena.leaver": { email: "lena@example.com", category: "analyst", access: {}, until: "2026-11-01" },
    },
  },
  new Date(TAKEN_AT),
);
const holders = credentialHolders(model);
const person = (name: string): string => `arn:aws:iam::111111111111:user/people/${name}`;

const readOf = (users: readonly WrittenUser[]): AccountCredentials =>
  accountCredentialsFrom(snapshotWith({ users: sectionsOf(users) }).accounts[0]!);
const heldOf = (users: readonly WrittenUser[]) => heldCredentials(readOf(users), holders, model.organization);

const DENIAL = "infra-offboarding-lena.leaver";

describe("the standing of a credential", () => {
  const JOHN = person("john.developer"); // a developer: 60 days
  const SARAH = person("sarah.devops"); // a devops engineer: 45 days
  const LENA = person("lena.leaver");
  const cases: readonly {
    readonly title: string;
    readonly user: WrittenUser;
    readonly standings: readonly string[];
  }[] = [
    {
      title: "a key within its days, used today",
      user: { arn: JOHN, keys: { AKIA1: { made: 50, used: 0 } } },
      standings: ["access key: fine", "MFA device: missing"],
    },
    {
      title: "a key on the last of its days",
      user: { arn: JOHN, keys: { AKIA1: { made: 60, used: 0 } } },
      standings: ["access key: due 2026-11-20 (age)", "MFA device: missing"],
    },
    {
      title: "a key a day after",
      user: { arn: JOHN, keys: { AKIA1: { made: 61, used: 0 } } },
      standings: ["access key: too old: 61 days of 60", "MFA device: missing"],
    },
    {
      title: "the same age in another category",
      user: { arn: SARAH, keys: { AKIA1: { made: 50, used: 0 } } },
      standings: ["access key: too old: 50 days of 45", "MFA device: missing"],
    },
    {
      title: "a key that nobody has used for 45 days and a day",
      user: { arn: JOHN, keys: { AKIA1: { made: 55, used: 46 } } },
      standings: ["access key: unused for 46 days", "MFA device: missing"],
    },
    {
      title: "a key that nobody has ever used",
      user: { arn: JOHN, keys: { AKIA1: { made: 46 } } },
      standings: ["access key: unused for 46 days", "MFA device: missing"],
    },
    {
      title: "a key that is unused for too long in a week",
      user: { arn: JOHN, keys: { AKIA1: { made: 50, used: 40 } } },
      standings: ["access key: due 2026-11-25 (unused)", "MFA device: missing"],
    },
    {
      title: "a key that is inactive, however old",
      user: { arn: JOHN, keys: { AKIA1: { made: 900, inactive: true } } },
      standings: ["access key: inactive"],
    },
    {
      title: "an SSH key, of whose use nobody knows",
      user: { arn: JOHN, sshKeys: { APKA1: 59 } },
      standings: ["SSH key: due 2026-11-21 (age)"],
    },
    {
      title: "a password by its last change, whenever the user first had one",
      user: { arn: JOHN, password: { changed: 10, used: 1 }, mfa: "FIDO" },
      standings: ["password: fine", "MFA device: fine"],
    },
    {
      title: "a key that is inactive, which needs no device",
      user: { arn: JOHN, keys: { AKIA1: { made: 1, inactive: true } } },
      standings: ["access key: inactive"],
    },
    {
      title: "a password without MFA",
      user: { arn: JOHN, password: { changed: 61, used: 1 } },
      standings: ["password: too old: 61 days of 60", "MFA device: missing"],
    },
    {
      title: "a password that has expired already",
      user: { arn: JOHN, password: { changed: 900, used: 1, mustBeReset: true }, mfa: "virtual" },
      standings: ["password: fine", "MFA device: fine"],
    },
    {
      title: "a password that has to be replaced, and that nobody uses all the same",
      user: { arn: JOHN, password: { changed: 900, used: 46, mustBeReset: true }, mfa: "virtual" },
      standings: ["password: unused for 46 days", "MFA device: fine"],
    },
    {
      title: "a first password with which nobody has signed in",
      user: { arn: JOHN, password: { changed: 46, mustBeReset: true }, mfa: "virtual" },
      standings: ["password: unused for 46 days", "MFA device: fine"],
    },
    {
      title: "whatever is left of somebody who has left",
      user: {
        arn: LENA,
        password: { changed: 1, mustBeReset: true },
        keys: { AKIA1: { made: 1, used: 0 } },
        mfa: "virtual",
      },
      standings: [
        "password: of somebody who has left",
        "access key: of somebody who has left",
        "MFA device: fine",
      ],
    },
    {
      title: "a password of somebody who has left and is shut out",
      user: { arn: LENA, password: { changed: 1 }, inline: { [DENIAL]: renderDocument(denyUser()) } },
      standings: ["password: of somebody who has left, and whose user is denied everything"],
    },
    {
      title: "the same with another document by that name",
      user: { arn: LENA, password: { changed: 1 }, inline: { [DENIAL]: "{}" } },
      standings: ["password: of somebody who has left"],
    },
    {
      title: "a key some hours after the last of its days",
      user: { arn: JOHN, keys: { AKIA1: { made: 60.5, used: 0 } } },
      standings: ["access key: too old: more than 60 days", "MFA device: missing"],
    },
    {
      title: "a key that nobody has used for 45 days to the second",
      user: { arn: JOHN, keys: { AKIA1: { made: 55, used: 45 } } },
      standings: ["access key: unused for 45 days", "MFA device: missing"],
    },
    {
      title: "a user of a person's name on another path",
      user: { arn: "arn:aws:iam::111111111111:user/john.developer", keys: { AKIA1: { made: 1, used: 0 } } },
      standings: ["access key: see npm run drift"],
    },
  ];
  for (const { title, user, standings } of cases) {
    it(`is told of ${title}`, () =>
      assert.deepEqual(
        heldOf([user]).map(({ kind, standing }) => `${kind}: ${formatStanding(standing)}`),
        standings,
      ));
  }

  it("is not known of a password without a report", () => {
    const read: AccountCredentials = {
      ...readOf([{ arn: person("john.developer"), password: { changed: 1 }, mfa: "virtual" }]),
      report: { kind: "notAvailable", because: "AWS refused it" },
    };
    assert.deepEqual(heldCredentials(read, holders, model.organization)[0]?.standing, {
      kind: "not known",
      because: "AWS refused it",
    });
  });

  it("is told of pipelines' users by 90 days", () => {
    const withUsers = buildModel(
      { ...sampleOrganization(), pipeline: { kind: "users" } },
      sampleRoster(),
      new Date(TAKEN_AT),
    );
    const own = credentialHolders(withUsers);
    const [arn = ""] = [...own].flatMap(([key, { kind }]) => (kind === "pipeline" ? [key] : []));
    assert.deepEqual(
      heldCredentials(readOf([{ arn, keys: { AKIA1: { made: 91, used: 0 } } }]), own, model.organization).map(
        ({ standing }) => standing,
      ),
      [{ kind: "too old", days: 91, limit: 90 }],
    );
  });
});

const USERS: readonly WrittenUser[] = [
  {
    arn: person("john.developer"),
    password: { changed: 70, used: 1 },
    keys: { AKIAJOHN00000000001: { made: 30, used: 2 }, AKIAJOHN00000000002: { made: 61, used: 1 } },
    mfa: "virtual",
  },
  {
    arn: person("lena.leaver"),
    password: { changed: 1 },
    keys: { AKIALENA00000000001: { made: 5, used: 3 } },
  },
  { arn: "arn:aws:iam::111111111111:user/stranger", keys: { AKIASTRANGER0000001: { made: 5 } } },
];

/** What IAM holds of one user when a step is about to be taken. */
interface IamNow {
  /** Null where there is none. */
  readonly password?: "must be reset" | null;
  /** The state of each key. */
  readonly keys?: Readonly<Record<string, "Active" | "Inactive">>;
  /** When a key was used. */
  readonly used?: string;
  /** The document of the policy by the Deny's name. */
  readonly policy?: string;
}

function denialsOf(inline: Readonly<Record<string, string>>) {
  const read = readOf([{ arn: person("lena.leaver"), password: { changed: 1 }, inline }]);
  return planSteps(
    heldCredentials(read, holders, model.organization),
    read,
    model.organization,
    " --profile 'my profile'",
  );
}

describe("npm run credentials", () => {
  const read = readOf(USERS);
  const held = heldCredentials(read, holders, model.organization);
  const steps = planSteps(held, read, model.organization, " --profile example-users");
  const plan = enforcementPlan(steps);

  it("lists every credential in 80 columns", () =>
    assert.equal(credentialsText(held, [read], 80), EXPECTED_LIST));

  it("shows a plan with the undo of each step", () => assert.equal(formatPlan(plan, 80), EXPECTED_PLAN));

  it("says that there is nothing to do", () =>
    assert.equal(formatPlan(enforcementPlan([]), 80), "Nothing to enforce.\n"));

  it("has a hash that reasons do not change, and steps do", () => {
    const tomorrow = steps.map((step) => ({ ...step, because: "too old: 71 days of 60" }));
    assert.equal(enforcementPlan(tomorrow).hash, plan.hash);
    assert.equal(enforcementPlan([...steps].reverse()).hash, plan.hash);
    assert.notEqual(enforcementPlan(steps.slice(1)).hash, plan.hash);
  });

  it("denies somebody who has left once", () => {
    assert.deepEqual(denialsOf({ [DENIAL]: renderDocument(denyUser()) }), []);
  });

  it("denies somebody who has left and has another policy by that name, which the undo puts back", () => {
    const weak = '{"Statement":[{"Sid":"It\'s","Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    assert.deepEqual(
      denialsOf({ [DENIAL]: weak.replaceAll(",", ",\n") }).map(({ undo }) => undo),
      [
        `aws iam put-user-policy --user-name lena.leaver --policy-name ${DENIAL} --policy-document ` +
          `'${weak.replace("'", "'\\''")}' --profile 'my profile'`,
      ],
    );
  });

  const iamNow = (now: IamNow = {}): Parameters<typeof fakeIam>[0] => ({
    getLoginProfile: () =>
      now.password === null
        ? missing()
        : { LoginProfile: { PasswordResetRequired: now.password === "must be reset" } },
    listAccessKeys: () => ({
      AccessKeyMetadata: Object.entries(now.keys ?? {}).map(([AccessKeyId, Status]) => ({
        AccessKeyId,
        Status,
      })),
    }),
    getAccessKeyLastUsed: () => ({
      AccessKeyLastUsed: now.used === undefined ? {} : { LastUsedDate: new Date(now.used) },
    }),
    listSSHPublicKeys: () => ({}),
    listServiceSpecificCredentials: () => ({}),
    listSigningCertificates: () => ({}),
    getUserPolicy: () =>
      now.policy === undefined ? missing() : { PolicyDocument: encodeURIComponent(now.policy) },
    updateLoginProfile: () => ({}),
    updateAccessKey: () => ({}),
    putUserPolicy: () => ({}),
  });
  const isChange = ({ operation }: { readonly operation: string }): boolean =>
    /^(update|put)/.test(operation);

  it("takes the steps, deletes nothing, and goes on where one fails", async () => {
    const { iam, calls } = fakeIam({
      ...iamNow({ keys: { AKIAJOHN00000000002: "Active", AKIALENA00000000001: "Active" } }),
      updateLoginProfile: accessDenied,
    });
    const outcomes = [];
    for (const step of steps) outcomes.push(await takeStep(iam, step));
    assert.deepEqual(
      calls
        .filter(isChange)
        .map(({ operation, input }) => [
          operation,
          input["UserName"],
          input["AccessKeyId"] ?? input["PasswordResetRequired"],
        ]),
      [
        ["updateLoginProfile", "john.developer", true],
        ["updateAccessKey", "john.developer", "AKIAJOHN00000000002"],
        ["putUserPolicy", "lena.leaver", undefined],
        ["updateAccessKey", "lena.leaver", "AKIALENA00000000001"],
      ],
    );
    assert(calls.every(({ input }) => !("Password" in input)));
    assert.match(
      formatOutcomes(outcomes, 0, "record.json", 80),
      /3 steps taken, 1 failed\. The record: record\.json\n$/,
    );
  });

  describe("does not take a step", () => {
    const [expire, deactivate, deny] = steps;
    const unused = readOf([{ arn: person("john.developer"), keys: { AKIA1: { made: 50, used: 46 } } }]);
    const [idle] = planSteps(
      heldCredentials(unused, holders, model.organization),
      unused,
      model.organization,
      "",
    );
    const weak = '{"Statement":[]}';
    const [replace] = denialsOf({ [DENIAL]: weak });
    const cases: readonly (readonly [string, EnforcementStep | undefined, IamNow, string])[] = [
      [
        "about a key that somebody used since",
        idle,
        { keys: { AKIA1: "Active" }, used: "2026-11-20T14:01:00Z" },
        "it was used at 2026-11-20T14:01:00Z",
      ],
      [
        "about a key that another run deactivated",
        deactivate,
        { keys: { AKIAJOHN00000000002: "Inactive" } },
        "it is inactive already",
      ],
      ["about a key that is gone", deactivate, {}, "it is there no more"],
      ["about a password that is gone", expire, { password: null }, "it is there no more"],
      [
        "about a password that another run expired",
        expire,
        { password: "must be reset" },
        "its owner has to choose another already",
      ],
      [
        "where the Deny is there already",
        deny,
        { policy: renderDocument(denyUser()) },
        "they are denied everything already",
      ],
      [
        "where somebody wrote another policy by the Deny's name",
        deny,
        { policy: weak },
        `somebody changed the policy ${DENIAL}, which its undo would put back as it was before`,
      ],
      [
        "where somebody took away the policy that its undo would put back",
        replace,
        {},
        `somebody changed the policy ${DENIAL}, which its undo would put back as it was before`,
      ],
    ];
    for (const [title, step, now, because] of cases) {
      it(title, async () => {
        assert(step !== undefined);
        const { iam, calls } = fakeIam(iamNow(now));
        assert.deepEqual(await takeStep(iam, step), { outcome: "not taken", step, because });
        assert.deepEqual(calls.filter(isChange), []);
      });
    }

    it("about a user who is gone", async () => {
      const { iam } = fakeIam({ ...iamNow(), listAccessKeys: missing });
      const outcome = await takeStep(iam, deactivate!);
      assert.equal(outcome.outcome === "not taken" && outcome.because, "the user is there no more");
    });

    it("twice, whichever of two runs is first", async () => {
      const policies: string[] = [];
      const { iam, calls } = fakeIam({
        ...iamNow(),
        getUserPolicy: () =>
          policies[0] === undefined ? missing() : { PolicyDocument: encodeURIComponent(policies[0]) },
        putUserPolicy: ({ PolicyDocument }) => {
          policies.push(String(PolicyDocument));
          return {};
        },
      });
      const outcomes = [await takeStep(iam, deny!), await takeStep(iam, deny!)];
      assert.deepEqual(
        outcomes.map(({ outcome }) => outcome),
        ["done", "not taken"],
      );
      assert.equal(calls.filter(isChange).length, 1);
    });
  });

  it("takes a step about a key that nobody used since, and one that replaces what was there", async () => {
    const unused = readOf([{ arn: person("john.developer"), keys: { AKIA1: { made: 50, used: 46 } } }]);
    const [idle] = planSteps(
      heldCredentials(unused, holders, model.organization),
      unused,
      model.organization,
      "",
    );
    const [replace] = denialsOf({ [DENIAL]: "{}" });
    const { iam } = fakeIam(
      iamNow({ keys: { AKIA1: "Active" }, used: daysBeforeSnapshot(46), policy: "{}" }),
    );
    const outcomes = [await takeStep(iam, idle!), await takeStep(iam, replace!)];
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ["done", "done"],
    );
  });

  const NOT_TAKEN =
    "  not taken: deactivate the access key AKIAJOHN00000000002 of users/john.developer: too old: 61 days of 60\n" +
    "    it is inactive already\n0 steps taken, 0 failed, 1 not taken any more. The record: record.json\n";
  const NOT_BEGUN: readonly (readonly [string, number, string])[] = [
    ["counts steps that are not taken any more", 0, ""],
    [
      "says that an interrupt left one",
      1,
      "Interrupted before 1 step: nothing of it was begun. For the plan of what is left: --dry-run.\n",
    ],
    [
      "says how many an interrupt left",
      2,
      "Interrupted before 2 steps: nothing of them was begun. For the plan of what is left: --dry-run.\n",
    ],
  ];
  for (const [name, notBegun, more] of NOT_BEGUN) {
    it(name, () => {
      const outcome = { outcome: "not taken", step: steps[1]!, because: "it is inactive already" } as const;
      assert.equal(formatOutcomes([outcome], notBegun, "record.json"), NOT_TAKEN + more);
    });
  }

  it("tells nobody of what is due after the days that were asked for", () => {
    const held = heldOf([
      { arn: person("john.developer"), keys: { AKIA1: { made: 54, used: 0 } }, mfa: "FIDO" },
    ]);
    assert.deepEqual(credentialNotices(held, addSeconds(TAKEN_AT, 5 * 86_400)), []);
  });

  it("tells of which time a snapshot is, and of which account it has no report", () => {
    const unread: AccountCredentials = {
      ...readOf([]),
      report: { kind: "notAvailable", because: "AWS refused it" },
    };
    assert.equal(
      credentialNoticesText(unreadReportNotices([unread, readOf([])]), TAKEN_AT),
      "Passwords, keys and devices, as the snapshot of 2026-11-20T14:00:00Z has them:\n" +
        "- users: ages of passwords are not known, for want of IAM's report: AWS refused it",
    );
    assert.equal(credentialNoticesText([], TAKEN_AT), undefined);
  });

  it("tells people from a week before", () =>
    assert.deepEqual(
      credentialNotices(
        heldOf([
          {
            arn: person("john.developer"),
            keys: { AKIA1: { made: 54, used: 0 } },
            password: { changed: 1, used: 0 },
          },
        ]),
        addSeconds(TAKEN_AT, 7 * 86_400),
      ),
      [
        {
          at: "2026-11-26T14:00:00Z",
          text: "john.developer: the access key AKIA1 in users is too old from 2026-11-26 on. Replace or remove it.",
        },
        { text: "john.developer can sign in and has no MFA device: enrol one." },
      ],
    ));
});
const EXPECTED_LIST = `┌─────────────────┬─────────────────────┬──────┬────────────┬─────────────────┐
│ User            │ Credential          │ Age  │ Last used  │ Standing        │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ john.developer  │ password            │ 70 d │ 2026-11-19 │ too old: 70     │
│ users:          │                     │      │            │ days of 60      │
│ developer       │                     │      │            │                 │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ john.developer  │ access key          │ 30 d │ 2026-11-18 │ fine            │
│ users:          │ AKIAJOHN00000000001 │      │            │                 │
│ developer       │                     │      │            │                 │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ john.developer  │ access key          │ 61 d │ 2026-11-19 │ too old: 61     │
│ users:          │ AKIAJOHN00000000002 │      │            │ days of 60      │
│ developer       │                     │      │            │                 │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ john.developer  │ MFA device: virtual │      │ not known  │ fine            │
│ users:          │                     │      │            │                 │
│ developer       │                     │      │            │                 │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ lena.leaver     │ password            │ 1 d  │ never      │ of somebody who │
│ users: analyst, │                     │      │            │ has left        │
│ has left        │                     │      │            │                 │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ lena.leaver     │ access key          │ 5 d  │ 2026-11-17 │ of somebody who │
│ users: analyst, │ AKIALENA00000000001 │      │            │ has left        │
│ has left        │                     │      │            │                 │
├─────────────────┼─────────────────────┼──────┼────────────┼─────────────────┤
│ stranger        │ access key          │ 5 d  │ never      │ see npm run     │
│ users: not in   │ AKIASTRANGER0000001 │      │            │ drift           │
│ the roster      │                     │      │            │                 │
└─────────────────┴─────────────────────┴──────┴────────────┴─────────────────┘
7 credentials: 5 findings, 0 due within a week.
users: read 2026-11-20T14:00:00Z; passwords by IAM's report of
2026-11-20T12:00:00Z, 2 hours earlier.
Days by category: src/model/categories.ts; 90 for pipelines' users; unused for
45 days. Not looked at: the root users' credentials (npm run snapshot),
sessions, credentials of partners and of workloads elsewhere. When SSH keys,
service credentials, certificates and devices were used last, AWS does not say.
`;

const EXPECTED_PLAN = `4 steps to take. Nothing was changed.
  have users/john.developer choose another password at the next sign-in: too
  old: 70 days of 60
    Undo: aws iam update-login-profile --user-name john.developer --no-password-reset-required --profile example-users
  deactivate the access key AKIAJOHN00000000002 of users/john.developer: too
  old: 61 days of 60
    Undo: aws iam update-access-key --user-name john.developer --access-key-id AKIAJOHN00000000002 --status Active --profile example-users
  deny users/lena.leaver everything, since IAM cannot deactivate a password: of
  somebody who has left
    Undo: aws iam delete-user-policy --user-name lena.leaver --policy-name infra-offboarding-lena.leaver --profile example-users
  deactivate the access key AKIALENA00000000001 of users/lena.leaver: of
  somebody who has left
    Undo: aws iam update-access-key --user-name lena.leaver --access-key-id AKIALENA00000000001 --status Active --profile example-users
To take them: --enforce --plan a33690065c82ff06
`;
