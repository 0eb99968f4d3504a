import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import type { HeldRole } from "../../src/model/roles";
import { Deployed } from "../support/deployed";
import {
  decide,
  decideAssumeRole,
  sessionCaller,
  userCaller,
  type Caller,
  type Decision,
  type MfaState,
} from "../support/evaluate";

const NOW = "2026-11-23T12:00:00Z";
const RECENT: MfaState = { ageSeconds: 60 };

const organization = {
  prefix: "infra",
  region: "eu-west-1",
  accounts: {
    users: { id: "111111111111", kind: "identity" },
    dev: { id: "222222222222", kind: "workload", environment: "dev" },
    prod: { id: "444444444444", kind: "workload", environment: "prod" },
  },
};

const person = (category: string, access: object, more: object = {}) => ({
  email: "name@example.com",
  category,
  access,
  ...more,
});

/** Colleagues enough for names not to fit into a trust, so that the tag form is used. */
const crowd = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [
    `colleague.number-${index}`,
    person("devops", { dev: ["Admin", "Ops", "Read"], prod: ["Ops", "Read"] }),
  ]),
);

const roster = (colleagues: object) => ({
  people: {
    ...colleagues,
    "olga.ops": person("devops", { dev: ["Admin", "Ops", "Read"], prod: ["Ops", "Read"] }),
    "maria.cto": person("executive", { prod: "Dashboard" }),
    "dana.dba": person("dba", { prod: "DbRead" }),
    "paul.dev": person("developer", { dev: "Developer" }),
    "kim.contractor": person(
      "contractor",
      { dev: ["Developer", "Read"] },
      { project: "phoenix", sponsor: "olga.ops", from: "2026-11-01", until: "2026-11-30" },
    ),
  },
  breakGlass: { prod: { primary: "olga.ops", backup: "maria.cto" } },
  temporary: [
    {
      person: "paul.dev",
      account: "prod",
      role: "DbRead",
      from: "2026-11-23T10:00:00Z",
      until: "2026-11-23T14:00:00Z",
      reason: "INC-1",
      approvedBy: ["dana.dba"],
    },
  ],
});

interface Attempt {
  readonly person?: string;
  readonly mfa?: MfaState;
  readonly sessionName?: string;
  readonly at?: string;
  /** Somebody else in the person's place, with the policies and tags of the person. */
  readonly caller?: (tags: Readonly<Record<string, string>>) => Caller;
}

const userArn = (name: string, account = "111111111111", path = "/people/"): string =>
  `arn:aws:iam::${account}:user${path}${name}`;

const BASE_ROLES: readonly (readonly [string, HeldRole, number])[] = [
  ["dev", "Admin", 3_600],
  ["dev", "Ops", 43_200],
  ["dev", "Read", 43_200],
  ["prod", "Ops", 43_200],
  ["prod", "Read", 43_200],
  ["prod", "BreakGlass", 3_600],
];

describe("who gets in", () => {
  for (const [form, colleagues] of [
    ["named", {}],
    ["tagged", crowd],
  ] as const) {
    const deployed = new Deployed(buildModel(organization, roster(colleagues), new Date(NOW)));

    function attempt(account: string, role: HeldRole, options: Attempt): Promise<Decision> {
      const name = options.person ?? "olga.ops";
      const tags = deployed.userTags(name);
      return decideAssumeRole({
        caller: options.caller?.(tags) ?? userCaller(userArn(name), options.mfa ?? RECENT, tags),
        policies: deployed.userPolicies(name),
        roleArn: deployed.role(account, role).arn,
        trust: deployed.trust(account, role),
        sessionName: options.sessionName ?? name,
        at: options.at ?? NOW,
      });
    }

    for (const [account, role, mfaSeconds] of BASE_ROLES) {
      const expectedForm = role === "BreakGlass" ? "named" : form;

      describe(`${account}/${role}, ${expectedForm} (${form} elsewhere)`, () => {
        it(`has its trust in the ${expectedForm} form`, () => {
          assert.equal(deployed.role(account, role).trust.form, expectedForm);
        });

        const cases: readonly (readonly [string, Attempt, Decision])[] = [
          ["a holder with MFA", {}, "allowed"],
          [
            "a holder with MFA that is just recent enough",
            { mfa: { ageSeconds: mfaSeconds - 1 } },
            "allowed",
          ],
          ["a holder with MFA too long ago", { mfa: { ageSeconds: mfaSeconds } }, "denied"],
          ["a holder in a console without MFA", { mfa: "no MFA" }, "denied"],
          ["a holder with access keys alone", { mfa: "access keys" }, "denied"],
          ["a holder under another session name", { sessionName: "maria.cto" }, "denied"],
          ["somebody else", { person: "dana.dba" }, "denied"],
          [
            "somebody else under a holder's session name",
            { person: "dana.dba", sessionName: "olga.ops" },
            "denied",
          ],
          [
            "a user of the same name in another account",
            { caller: (tags) => userCaller(userArn("olga.ops", "555555555555"), RECENT, tags) },
            "denied",
          ],
          [
            "a user of the same name elsewhere in the identity account",
            { caller: (tags) => userCaller(userArn("olga.ops", "111111111111", "/"), RECENT, tags) },
            "denied",
          ],
          [
            "a role's session with the same tags and name",
            {
              caller: (tags) => {
                const session = sessionCaller("arn:aws:iam::111111111111:role/anything", "olga.ops", tags);
                const mfa = { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "60" };
                return { ...session, context: { ...session.context, ...mfa, "aws:username": "olga.ops" } };
              },
            },
            "denied",
          ],
        ];

        for (const [who, options, expected] of cases) {
          it(`${who}: ${expected}`, async () => {
            assert.equal(await attempt(account, role, options), expected);
          });
        }
      });
    }

    describe(`dated holders (${form} elsewhere)`, () => {
      const contractor = { person: "kim.contractor" };
      const incident = { person: "paul.dev" };
      const cases: readonly (readonly [string, string, HeldRole, Attempt, Decision])[] = [
        ["a contractor during the contract", "dev", "Read", contractor, "allowed"],
        ["… before the first day", "dev", "Read", { ...contractor, at: "2026-10-31T23:59:59Z" }, "denied"],
        [
          "… from its first second on",
          "dev",
          "Read",
          { ...contractor, at: "2026-11-01T00:00:00Z" },
          "allowed",
        ],
        ["… to the last second", "dev", "Read", { ...contractor, at: "2026-11-30T23:59:59Z" }, "allowed"],
        ["… after the last day", "dev", "Read", { ...contractor, at: "2026-12-01T00:00:00Z" }, "denied"],
        ["… without MFA", "dev", "Read", { ...contractor, mfa: "no MFA" }, "denied"],
        ["a developer during an incident", "prod", "DbRead", incident, "allowed"],
        ["… after it", "prod", "DbRead", { ...incident, at: "2026-11-23T14:00:00Z" }, "denied"],
      ];
      for (const [who, account, role, options, expected] of cases) {
        it(`${who}: ${expected}`, async () => {
          assert.equal(await attempt(account, role, options), expected);
        });
      }
    });
  }
});

describe("a session that outlives its grant", () => {
  const deployed = new Deployed(buildModel(organization, roster({}), new Date(NOW)));

  /** DbRead may describe databases; the question is for how long a session may. */
  const cases: readonly (readonly [string, string, string, Decision])[] = [
    ["the dated holder, during the grant", "paul.dev", "2026-11-23T13:59:59Z", "allowed"],
    ["the dated holder, once it is over", "paul.dev", "2026-11-23T14:00:00Z", "denied"],
    ["an undated holder, at any time", "dana.dba", "2026-11-23T14:00:00Z", "allowed"],
  ];
  for (const [who, name, at, expected] of cases) {
    it(`${who}: ${expected}`, async () => {
      const decision = await decide({
        caller: sessionCaller(deployed.role("prod", "DbRead").arn, name),
        policies: deployed.rolePolicies("prod", "DbRead"),
        action: "rds:DescribeDBInstances",
        resource: "arn:aws:rds:eu-west-1:444444444444:db:any",
        at,
      });
      assert.equal(decision, expected);
    });
  }
});
