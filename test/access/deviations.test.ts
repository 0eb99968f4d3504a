import assert from "node:assert/strict";

import { findDeviations as deviationsIn, hasDeviations, type Deviations } from "../../src/access/deviations";
import { Evaluator } from "../../src/access/evaluator";
import type { IamAccount, IamUser } from "../../src/access/iam/iam-account";
import { IamAccounts } from "../../src/access/iam/iam-accounts";
import { iamPolicy, withStatements } from "../../src/access/iam/iam-policy";
import { parseAccountId } from "../../src/model/names";
import { deviationsTable } from "../../src/access/report/deviations-table";
import { accountsOf, sample } from "./support";
import { roleOf, withRoles, withTrust, type WrittenRole } from "./written-roles";

const MODEL = sample();
const ROSTER = accountsOf(MODEL);
const NOTHING: Deviations = { access: [], trust: [], power: [], passedOver: [] };

const EVALUATOR = new Evaluator();
const deviationsOf = (byRoster: IamAccounts, asTheyAre: IamAccounts): Promise<Deviations> =>
  deviationsIn(byRoster, asTheyAre, MODEL, EVALUATOR);

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
        after:
          "always, if aws:MultiFactorAuthPresent is true and aws:MultiFactorAuthAge is less than 3600 and " +
          "sts:RoleSessionName is ${aws:username}",
      },
    ]);
  });

  const TRAIL_TRUST = { Sid: "TrailWritesLogs", ...allow({ Service: "cloudtrail.amazonaws.com" }) };
  const TRAIL_POLICY = "arn:aws:iam::222222222222:policy/infra-TrailR-permissions";
  const BOUNDARY = "arn:aws:iam::444444444444:policy/infra-OpsR-prod-boundary";
  const MANAGEMENT = "999999999999";
  const EVERYTHING = { Effect: "Allow", Action: "*", Resource: "*" };

  /** Roles that the roster does not have, whether they pass, and what else they are found to be. */
  const ROLES: readonly (readonly [what: string, title: string, role: WrittenRole, passes: boolean])[] = [
    ["the trail's", "dev/infra-TrailR", { trust: [TRAIL_TRUST], attached: [TRAIL_POLICY] }, true],
    [
      "the trail's, for another service",
      "dev/infra-TrailR",
      { trust: [{ ...TRAIL_TRUST, ...allow({ Service: "ec2.amazonaws.com" }) }] },
      false,
    ],
    [
      "the trail's, with another policy",
      "dev/infra-TrailR",
      { trust: [TRAIL_TRUST], attached: [TRAIL_POLICY, "arn:aws:iam::aws:policy/AdministratorAccess"] },
      false,
    ],
    [
      "the name of the trail's in another's",
      "dev/my-infra-TrailR",
      { trust: [TRAIL_TRUST], attached: [TRAIL_POLICY] },
      false,
    ],
    [
      "a service's own",
      "dev/AWSServiceRoleForSupport",
      {
        path: "aws-service-role/support.amazonaws.com/",
        trust: [allow({ Service: "support.amazonaws.com" })],
      },
      true,
    ],
    [
      "a service's own, for everybody",
      "dev/AWSServiceRoleForSupport",
      { path: "aws-service-role/support.amazonaws.com/", trust: [allow("*")] },
      false,
    ],
    [
      "a service's own, for another service",
      "dev/AWSServiceRoleForSupport",
      { path: "aws-service-role/support.amazonaws.com/", trust: [allow({ Service: "ec2.amazonaws.com" })] },
      false,
    ],
    [
      "Ops's own, within its boundary",
      "prod/feed",
      { path: "ops/", trust: [allow({ Service: "lambda.amazonaws.com" })], boundary: BOUNDARY },
      true,
    ],
    [
      "Ops's own, without a boundary",
      "prod/feed",
      { path: "ops/", trust: [allow({ Service: "lambda.amazonaws.com" })] },
      false,
    ],
    [
      "Ops's own, for a service on behalf of any account",
      "prod/feed",
      { path: "ops/", trust: [allow({ Service: "ecs-tasks.amazonaws.com" })], boundary: BOUNDARY },
      false,
    ],
    [
      "that of AWS Organizations, where nobody said which account manages",
      "dev/OrganizationAccountAccessRole",
      {
        trust: [allow({ AWS: `arn:aws:iam::${MANAGEMENT}:root` })],
        attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
      false,
    ],
  ];
  for (const [what, title, role, passes] of ROLES) {
    it(`${passes ? "pass over" : "name"} a role: ${what}`, async () => {
      const found = await deviationsOf(ROSTER, withRoles(ROSTER, { [title]: role }));
      assert.deepEqual(
        {
          trust: found.trust.map((one) => one.role),
          passedOver: found.passedOver.flatMap(({ names }) => names),
        },
        passes ? { trust: [], passedOver: [title] } : { trust: [title], passedOver: [] },
      );
    });
  }

  it("name a role within the boundary of Ops that may change what others may do all the same", async () => {
    const role = { path: "ops/", trust: [allow({ Service: "lambda.amazonaws.com" })], boundary: BOUNDARY };
    const { power, passedOver } = await deviationsOf(
      ROSTER,
      withRoles(ROSTER, { "prod/feed": { ...role, policy: [EVERYTHING] } }),
    );
    assert.deepEqual(
      power.map(({ who }) => who),
      ["prod/feed"],
    );
    assert.deepEqual(
      passedOver.map(({ names }) => names),
      [["prod/feed"]],
    );
  });

  it("pass over the role of AWS Organizations with its power, where the management account is known", async () => {
    const management = parseAccountId(MANAGEMENT);
    const organization = { ...MODEL.organization, ...(management && { management }) };
    const role: WrittenRole = {
      trust: [allow({ AWS: `arn:aws:iam::${MANAGEMENT}:root` })],
      attached: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    };
    const found = await deviationsIn(
      ROSTER,
      withRoles(ROSTER, { "dev/OrganizationAccountAccessRole": role }),
      { ...MODEL, organization },
      EVALUATOR,
    );
    assert.deepEqual(
      { ...found, passedOver: found.passedOver.map(({ names }) => names) },
      { ...NOTHING, passedOver: [["dev/OrganizationAccountAccessRole"]] },
    );
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
      {
        person: "mallory",
        account: "dev",
        environment: "dev",
        role: "backdoor",
        after: "always, without any condition",
      },
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

  const TERMS: readonly (readonly [what: string, condition: string])[] = [
    ["MFA", "Bool"],
    ["how long ago MFA was entered", "NumericLessThan"],
    ["the session's name", "StringEquals"],
  ];
  for (const [what, condition] of TERMS) {
    it(`name everybody whom a role admits without asking for ${what}`, async () => {
      const changed = new IamAccounts(withTrust(ROSTER.all, "prod/BreakGlass", { [condition]: undefined }));
      const deviations = await deviationsOf(ROSTER, changed);
      assert.deepEqual(
        deviations.access.map(({ person, role }) => [person, role]),
        [
          ["maria.cto", "BreakGlass"],
          ["sarah.devops", "BreakGlass"],
        ],
      );
      assert.ok(hasDeviations(deviations));
    });
  }

  it("name people who have their power without MFA", async () => {
    const changed = withUsers("users", (users) =>
      users.map((user) =>
        user.name === "sarah.devops"
          ? {
              ...user,
              policies: user.policies.map((one) =>
                withStatements(one, (_statement, { Condition: _condition, ...json }) => json),
              ),
            }
          : user,
      ),
    );
    const { power } = await deviationsOf(ROSTER, changed);
    assert.deepEqual(
      power.map(({ who }) => who),
      ["sarah.devops"],
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
  const SCOPE = `Compared with the roster in dev, users: whom the roles' trusts admit, directly and through other roles, and what they ask of users; and which users and roles may change what others may do, by IAM's own actions.
Not looked at: how long sessions may last, policies of resources, service and resource control policies, session policies, roles of accounts that are not in src/organization.ts, the root users, and what else roles may do (npm run drift).
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
        passedOver: [
          { kind: "service-linked roles", reason: "AWS's services make these.", names: ["dev/A", "dev/B"] },
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
      /^Not looked at: how long sessions may last, policies of resources/m,
      /^ {2}service-linked roles: dev\/A, dev\/B\. AWS's services make these\.$/m,
    ]) {
      assert.match(text, line);
    }
  });
});
