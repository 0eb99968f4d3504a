import assert from "node:assert/strict";

import { deviationsOf, hasDeviations } from "../../src/access/deviations";
import type { IamAccount, IamUser } from "../../src/access/iam/account";
import { IamAccounts } from "../../src/access/iam/accounts";
import { iamPolicy } from "../../src/access/iam/policy";
import { deviationsTable } from "../../src/access/report/deviations-table";
import { accountsOf, sample } from "./support";
import { roleOf, withRoles, type WrittenRole } from "./written-roles";

const ROSTER = accountsOf(sample());
const NOTHING = { access: [], trust: [], power: [] };

const allow = (Principal: unknown, Action = "sts:AssumeRole") => ({ Effect: "Allow", Principal, Action });
const MAY = { Effect: "Allow", Action: ["sts:AssumeRole"], Resource: "*" };
const SARAH = "arn:aws:iam::111111111111:user/people/sarah.devops";

const admitting = (...trust: readonly object[]): Readonly<Record<string, WrittenRole>> => ({
  "dev/backdoor": { trust },
});

/** The accounts after a change of one account's users. */
const withUsers = (key: string, change: (users: readonly IamUser[]) => readonly IamUser[]): IamAccounts =>
  new IamAccounts(
    ROSTER.all.map((account): IamAccount =>
      account.key === key ? { ...account, users: change(account.users) } : account,
    ),
  );

const policy = (name: string, ...statements: readonly object[]) =>
  iamPolicy(name, JSON.stringify({ Version: "2012-10-17", Statement: statements }));

const MALLORY: IamUser = {
  kind: "other",
  name: "mallory",
  arn: "arn:aws:iam::111111111111:user/mallory",
  tags: {},
  groups: [],
  policies: [],
};

describe("deviations of accounts as they are from the roster", function () {
  this.timeout(60_000);

  it("are none where nothing was changed", async () => {
    const deviations = await deviationsOf(ROSTER, ROSTER);
    assert.deepEqual(deviations, NOTHING);
    assert.equal(hasDeviations(deviations), false);
  });

  const TRUSTED: readonly (readonly [what: string, statement: object, who: string])[] = [
    ["another account's root", allow({ AWS: "arn:aws:iam::999988887777:root" }), "account 999988887777"],
    [
      "a user of another account",
      allow({ AWS: "arn:aws:iam::999988887777:user/eve" }),
      "arn:aws:iam::999988887777:user/eve",
    ],
    ["* as an AWS principal", allow({ AWS: "*" }), "everybody"],
    ["* alone", allow("*"), "everybody"],
    [
      "a SAML provider",
      allow({ Federated: "arn:aws:iam::222222222222:saml-provider/Okta" }, "sts:AssumeRoleWithSAML"),
      "SAML provider Okta",
    ],
    [
      "an OIDC provider",
      allow(
        { Federated: "arn:aws:iam::222222222222:oidc-provider/example.com" },
        "sts:AssumeRoleWithWebIdentity",
      ),
      "example.com",
    ],
    [
      "a deleted user's id",
      allow({ AWS: "AIDAEXAMPLEEXAMPLE01" }),
      "AIDAEXAMPLEEXAMPLE01 (the id of a deleted user)",
    ],
    ["a service", allow({ Service: "ec2.amazonaws.com" }), "ec2.amazonaws.com"],
    [
      "a federated user",
      allow({ AWS: "arn:aws:sts::222222222222:federated-user/bob" }),
      "arn:aws:sts::222222222222:federated-user/bob",
    ],
    [
      "the own account",
      allow({ AWS: "222222222222" }),
      "any role of account 222222222222 that may assume it",
    ],
  ];
  for (const [what, statement, who] of TRUSTED) {
    it(`name ${what}, whom a role admits`, async () => {
      const deviations = await deviationsOf(ROSTER, withRoles(ROSTER, admitting(statement)));
      const [change, ...others] = deviations.trust;
      // A role that admits everybody admits those who get in through other roles too.
      const direct = change?.admits.filter((one) => !one.includes(" through "));
      assert.deepEqual(
        { ...change, admits: direct },
        { role: "dev/backdoor", kind: "other", admits: [who], admitsNoMore: [] },
      );
      assert.deepEqual(others, []);
      assert.equal(hasDeviations(deviations), true);
    });
  }

  it("name whom a role of the roster admits besides", async () => {
    const changed = new IamAccounts(
      ROSTER.all.map((account) => ({
        ...account,
        roles: account.roles.map((role) => {
          if (role.arn !== ROSTER.role("prod/Read").role.arn) return role;
          const { Statement: own } = JSON.parse(role.trust.text) as { readonly Statement: readonly object[] };
          return { ...role, trust: policy("trust", ...own, allow({ AWS: "999988887777" })) };
        }),
      })),
    );
    const { trust } = await deviationsOf(ROSTER, changed);
    assert.deepEqual(trust, [
      { role: "prod/Read", kind: "people", admits: ["account 999988887777"], admitsNoMore: [] },
    ]);
  });

  it("name a role of the same account, and who gets in through it", async () => {
    const { arn } = ROSTER.role("dev/Admin").role;
    const { access, trust } = await deviationsOf(ROSTER, withRoles(ROSTER, admitting(allow({ AWS: arn }))));
    assert.deepEqual(trust, [
      { role: "dev/backdoor", kind: "other", admits: ["dev/Admin"], admitsNoMore: [] },
    ]);
    assert.deepEqual(access, [
      {
        person: "sarah.devops",
        account: "dev",
        environment: "dev",
        role: "backdoor",
        through: ["dev/Admin"],
        after: "always",
      },
    ]);
  });

  it("leave out the trail's role, as long as its trust is the program's", async () => {
    const trail = (Service: string): IamAccounts =>
      withRoles(ROSTER, {
        "dev/infra-TrailR": { trust: [{ Sid: "TrailWritesLogs", ...allow({ Service }) }] },
      });
    assert.deepEqual(await deviationsOf(ROSTER, trail("cloudtrail.amazonaws.com")), NOTHING);
    assert.equal((await deviationsOf(ROSTER, trail("ec2.amazonaws.com"))).trust.length, 1);
  });

  it("leave out what AWS's services made for themselves, as long as their trust is theirs", async () => {
    const linked = (statement: object): IamAccounts =>
      withRoles(ROSTER, {
        "dev/AWSServiceRoleForSupport": {
          path: "aws-service-role/support.amazonaws.com/",
          trust: [statement],
        },
      });
    assert.deepEqual(
      await deviationsOf(ROSTER, linked(allow({ Service: "support.amazonaws.com" }))),
      NOTHING,
    );
    assert.equal((await deviationsOf(ROSTER, linked(allow("*")))).trust.length, 1);
  });

  it("name users who are not in the roster, with what they get into and may change", async () => {
    const changed = withUsers("users", (users) => [
      ...users,
      {
        ...MALLORY,
        policies: [policy("by-hand", MAY, { Effect: "Allow", Action: "iam:PutGroupPolicy", Resource: "*" })],
      },
    ]);
    const { dev, ...others } = Object.fromEntries(
      withRoles(changed, admitting(allow({ AWS: "arn:aws:iam::111111111111:user/mallory" }))).all.map(
        (one) => [one.key, one],
      ),
    );
    const { access, power } = await deviationsOf(ROSTER, new IamAccounts([dev!, ...Object.values(others)]));
    assert.deepEqual(access, [
      { person: "mallory", account: "dev", environment: "dev", role: "backdoor", after: "always" },
    ]);
    assert.deepEqual(power, [{ who: "mallory", kind: "user", after: "iam:PutGroupPolicy" }]);
  });

  it("name people whom a group's policy makes powerful", async () => {
    const changed = withUsers("users", (users) =>
      users.map((user) =>
        user.name === "john.developer"
          ? {
              ...user,
              policies: [
                ...user.policies,
                policy("group-by-hand", { Effect: "Allow", Action: "iam:CreateAccessKey", Resource: "*" }),
              ],
            }
          : user,
      ),
    );
    const { power } = await deviationsOf(ROSTER, changed);
    assert.deepEqual(
      power.map(({ who, kind, before }) => ({ who, kind, before })),
      [{ who: "john.developer", kind: "user", before: undefined }],
    );
    assert.match(power[0]?.after ?? "", /^iam:CreateAccessKey/);
  });

  it("name roles that became powerful", async () => {
    const powerful = {
      ...roleOf("prod/Read", { policy: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }] }),
    };
    const changed = new IamAccounts(
      ROSTER.all.map((account) => ({
        ...account,
        roles: account.roles.map((role) =>
          role.arn === ROSTER.role("prod/Read").role.arn
            ? { ...role, policies: [...role.policies, ...powerful.policies] }
            : role,
        ),
      })),
    );
    const { power } = await deviationsOf(ROSTER, changed);
    assert.deepEqual(
      power.map(({ who, kind, before }) => [who, kind, before]),
      [["prod/Read", "role", undefined]],
    );
  });

  it("name a role that admits a session by another name than the user's", async () => {
    const trust = {
      ...allow({ AWS: SARAH }),
      Condition: { StringEquals: { "sts:RoleSessionName": "deploy" } },
    };
    const { access } = await deviationsOf(
      ROSTER,
      withRoles(ROSTER, { "users/backdoor": { trust: [trust] } }),
    );
    assert.deepEqual(access, [
      {
        person: "sarah.devops",
        account: "users",
        environment: "identity",
        role: "backdoor",
        after: "sts:RoleSessionName is deploy",
      },
    ]);
  });
});

describe("deviations for a terminal", () => {
  const COMPARED = { live: ["dev", "users"], byRoster: ["staging", "prod"] };
  const SCOPE = `Compared with the roster in dev, users: whom the roles' trusts admit, directly and through other roles; and which
users and roles may change what others may do, by IAM's own actions. Service-linked roles, roles
under /ops/ and the trail's are passed over as long as they admit services of AWS alone.
Not looked at: policies of resources, service and resource control policies, session policies, roles of accounts that are
not in src/organization.ts, the root users, and what else roles may do (npm run drift).
`;

  it("say what was compared, and no more, where nothing differs", () => {
    assert.equal(
      deviationsTable(NOTHING, COMPARED),
      `Nothing differs in what was compared.\n${SCOPE.slice(0, -1)}\nNot read, and taken to be as the roster says: staging, prod.\n`,
    );
    assert.equal(
      deviationsTable(NOTHING, { ...COMPARED, byRoster: [] }),
      `Nothing differs in what was compared.\n${SCOPE}`,
    );
  });

  it("name everybody", () => {
    const text = deviationsTable(
      {
        access: [
          {
            person: "mallory",
            account: "dev",
            environment: "dev",
            role: "b",
            through: ["dev/a"],
            after: "always",
          },
        ],
        trust: [{ role: "dev/b", kind: "other", admits: ["everybody"], admitsNoMore: ["account 1"] }],
        power: [
          { who: "mallory", kind: "user", after: "iam:PutGroupPolicy" },
          { who: "prod/Ops", kind: "role", before: "iam:PutRolePolicy", after: "iam:*" },
        ],
      },
      COMPARED,
    );
    for (const line of [
      /│ mallory +│ dev\/b through dev\/a +│ no +│ always +│/,
      /│ everybody +│ dev\/b +│ no +│ yes +│/,
      /│ account 1 +│ dev\/b +│ yes +│ no +│/,
      /│ mallory +│ may change what others may do +│ no +│ yes +│/,
      /│ prod\/Ops +│ may change what others may do +│ yes +│ by other actions or conditions +│/,
      /^Not looked at: policies of resources/m,
    ]) {
      assert.match(text, line);
    }
  });
});
