import assert from "node:assert/strict";

import {
  policyDocument,
  type PermissionStatement,
  type PolicyDocument,
} from "../../src/documents/policy-document";
import { buildModel } from "../../src/model/model";
import type { HeldRole } from "../../src/model/roles";
import { Deployed } from "../support/deployed";
import type { MfaState } from "../../src/access/caller";
import {
  decide,
  decideAssumeRole,
  sessionCaller,
  userCaller,
  type Caller,
  type Decision,
} from "../support/evaluate";
import { mutate } from "../support/mutation";
import { newAddress } from "../support/address";

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
  email: newAddress(),
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

const incident = (from: string, until: string) => ({
  person: "paul.dev",
  account: "prod",
  role: "DbRead",
  from,
  until,
  reason: "INC-1",
  approvedBy: ["dana.dba"],
});

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
    incident("2026-11-23T12:00:00Z", "2026-11-23T14:00:00Z"),
    incident("2026-11-23T16:00:00Z", "2026-11-23T18:00:00Z"),
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

/** Each kind of admission: a role, how old MFA may be there, somebody who holds it, and somebody who does not. */
const ADMISSIONS: readonly Admission[] = [
  { account: "dev", role: "Admin", mfaSeconds: 3_600, holder: "olga.ops", other: "dana.dba" },
  { account: "dev", role: "Ops", mfaSeconds: 43_200, holder: "olga.ops", other: "dana.dba" },
  { account: "dev", role: "Read", mfaSeconds: 43_200, holder: "olga.ops", other: "dana.dba" },
  { account: "dev", role: "Read", mfaSeconds: 43_200, holder: "kim.contractor", other: "dana.dba" },
  { account: "prod", role: "Ops", mfaSeconds: 43_200, holder: "olga.ops", other: "dana.dba" },
  { account: "prod", role: "Read", mfaSeconds: 43_200, holder: "olga.ops", other: "dana.dba" },
  { account: "prod", role: "DbRead", mfaSeconds: 43_200, holder: "dana.dba", other: "olga.ops" },
  { account: "prod", role: "DbRead", mfaSeconds: 43_200, holder: "paul.dev", other: "olga.ops" },
  {
    account: "prod",
    role: "DbRead",
    mfaSeconds: 43_200,
    holder: "paul.dev",
    other: "olga.ops",
    at: "2026-11-23T16:00:00Z",
  },
  { account: "prod", role: "BreakGlass", mfaSeconds: 3_600, holder: "olga.ops", other: "dana.dba" },
];

interface Admission {
  readonly account: string;
  readonly role: HeldRole;
  readonly mfaSeconds: number;
  readonly holder: string;
  readonly other: string;
  /** `NOW` where it is left out. */
  readonly at?: string;
}

type Case = readonly [who: string, attempt: Attempt, expected: Decision];

const withContext = (caller: Caller, context: Caller["context"]): Caller => ({
  ...caller,
  context: { ...caller.context, ...context },
});

const casesOf = ({ holder, other, mfaSeconds, at = NOW }: Admission): readonly Case[] => {
  const as = { person: holder, at };
  return [
    ["a holder with MFA", as, "allowed"],
    [
      "a holder with MFA that is just recent enough",
      { ...as, mfa: { ageSeconds: mfaSeconds - 1 } },
      "allowed",
    ],
    ["a holder with MFA too long ago", { ...as, mfa: { ageSeconds: mfaSeconds } }, "denied"],
    ["a holder in a console without MFA", { ...as, mfa: "console without MFA" }, "denied"],
    ["a holder with access keys alone", { ...as, mfa: "access keys" }, "denied"],
    [
      // AWS never sends it: it is here so that each of the two conditions is seen to hold by itself.
      "a holder with an age of MFA and no MFA",
      {
        ...as,
        caller: (tags) =>
          withContext(userCaller(userArn(holder), RECENT, tags), { "aws:MultiFactorAuthPresent": "false" }),
      },
      "denied",
    ],
    ["a holder under another session name", { ...as, sessionName: "maria.cto" }, "denied"],
    ["somebody else", { person: other, at }, "denied"],
    ["somebody else under a holder's session name", { person: other, at, sessionName: holder }, "denied"],
    [
      "somebody else who may try the role",
      { ...as, sessionName: other, caller: () => userCaller(userArn(other), RECENT) },
      "denied",
    ],
    [
      "a user of the same name in another account",
      { ...as, caller: (tags) => userCaller(userArn(holder, "555555555555"), RECENT, tags) },
      "denied",
    ],
    [
      "a user of the same name elsewhere in the identity account",
      { ...as, caller: (tags) => userCaller(userArn(holder, "111111111111", "/"), RECENT, tags) },
      "denied",
    ],
    [
      "a role's session with the same tags and name",
      {
        ...as,
        caller: (tags) =>
          withContext(sessionCaller("arn:aws:iam::111111111111:role/anything", holder, tags), {
            "aws:MultiFactorAuthPresent": "true",
            "aws:MultiFactorAuthAge": "60",
            "aws:username": holder,
          }),
      },
      "denied",
    ],
  ];
};

const at = (person: string, time: string): Attempt => ({ person, at: time });

/** By account and role: what a grant's dates let in. */
const DATED: Readonly<Record<string, readonly Case[]>> = {
  "dev/Read": [
    ["a contractor before the first day", at("kim.contractor", "2026-10-31T23:59:59Z"), "denied"],
    ["a contractor from its first second on", at("kim.contractor", "2026-11-01T00:00:00Z"), "allowed"],
    ["a contractor to the last second", at("kim.contractor", "2026-11-30T23:59:59Z"), "allowed"],
    ["a contractor after the last day", at("kim.contractor", "2026-12-01T00:00:00Z"), "denied"],
  ],
  "prod/DbRead": [
    ["a developer before an incident", at("paul.dev", "2026-11-23T11:59:59Z"), "denied"],
    ["a developer during it", at("paul.dev", "2026-11-23T13:59:59Z"), "allowed"],
    ["a developer after it", at("paul.dev", "2026-11-23T14:00:00Z"), "denied"],
    ["a developer before the next one", at("paul.dev", "2026-11-23T15:59:59Z"), "denied"],
    ["a developer during that", at("paul.dev", "2026-11-23T16:00:00Z"), "allowed"],
    ["a developer after that", at("paul.dev", "2026-11-23T18:00:00Z"), "denied"],
    ["a holder for good, at any time", at("dana.dba", "2026-11-23T15:00:00Z"), "allowed"],
  ],
};

interface Documents {
  readonly trust: PolicyDocument<unknown>;
  /** The caller's own. */
  readonly policies: readonly PolicyDocument[];
}

/** A trust has to hold whatever the caller's own policies allow. */
const ASSUME_ANYTHING = [
  policyDocument<PermissionStatement>({
    Sid: "Any",
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: "*",
  }),
];

describe("who gets in", () => {
  for (const [form, colleagues] of [
    ["named", {}],
    ["tagged", crowd],
  ] as const) {
    const deployed = new Deployed(buildModel(organization, roster(colleagues), new Date(NOW)));

    function attempt(
      account: string,
      role: HeldRole,
      options: Attempt,
      { trust = deployed.trust(account, role), policies }: Partial<Documents> = {},
    ): Promise<Decision> {
      const name = options.person ?? "olga.ops";
      const tags = deployed.userTags(name);
      return decideAssumeRole({
        caller: options.caller?.(tags) ?? userCaller(userArn(name), options.mfa ?? RECENT, tags),
        policies: policies ?? deployed.userPolicies(name),
        roleArn: deployed.role(account, role).arn,
        trust,
        sessionName: options.sessionName ?? name,
        at: options.at ?? NOW,
      });
    }

    const roles = new Map(ADMISSIONS.map(({ account, role }) => [`${account}/${role}`, { account, role }]));
    for (const [key, { account, role }] of roles) {
      const actualForm = deployed.role(account, role).trust.form;

      describe(`${key}, ${actualForm} (${form} elsewhere)`, () => {
        const cases = [
          ...ADMISSIONS.filter((one) => one.account === account && one.role === role).flatMap(casesOf),
          ...(DATED[key] ?? []),
        ];

        for (const [who, options, expected] of cases) {
          it(`${who} (${options.person ?? ""}, ${options.at ?? NOW}): ${expected}`, async () => {
            assert.equal(await attempt(account, role, options), expected);
            assert.equal(await attempt(account, role, options, { policies: ASSUME_ANYTHING }), expected);
          });
        }

        for (const { without, document } of mutate(deployed.role(account, role).trust.document)) {
          it(`a case fails without ${without}`, async () => {
            for (const [, options, expected] of cases) {
              const documents = { trust: document, policies: ASSUME_ANYTHING };
              if ((await attempt(account, role, options, documents)) !== expected) return;
            }
            assert.fail("Every case still holds.");
          });
        }
      });
    }

    it(`has BreakGlass, and roles of few people, named (${form} elsewhere)`, () => {
      const forms = [...roles].map(([key, { account, role }]) => [
        key,
        deployed.role(account, role).trust.form,
      ]);
      assert.deepEqual(Object.fromEntries(forms), {
        "dev/Admin": form,
        "dev/Ops": form,
        "dev/Read": form,
        "prod/Ops": form,
        "prod/Read": form,
        "prod/DbRead": "named",
        "prod/BreakGlass": "named",
      });
    });
  }
});

describe("a session that outlives its grant", () => {
  const deployed = new Deployed(buildModel(organization, roster({}), new Date(NOW)));

  /** DbRead may describe databases; the question is for how long a session may. */
  const cases: readonly (readonly [string, string, string, Decision])[] = [
    ["the dated holder, during the grant", "paul.dev", "2026-11-23T13:59:59Z", "allowed"],
    ["the dated holder, once it is over", "paul.dev", "2026-11-23T14:00:00Z", "denied"],
    ["the dated holder, before the next", "paul.dev", "2026-11-23T15:59:59Z", "denied"],
    ["the dated holder, during the next", "paul.dev", "2026-11-23T16:00:00Z", "allowed"],
    ["the dated holder, once that is over", "paul.dev", "2026-11-23T18:00:00Z", "denied"],
    ["an undated holder, between the two", "dana.dba", "2026-11-23T14:00:00Z", "allowed"],
    ["an undated holder, after both", "dana.dba", "2026-11-23T18:00:00Z", "allowed"],
    ["somebody who holds the role no more", "kim.contractor", "2026-11-23T14:00:00Z", "denied"],
  ];
  const deployedPolicies = deployed.rolePolicies("prod", "DbRead");
  const ask = (policies: readonly PolicyDocument[], name: string, at: string): Promise<Decision> =>
    decide({
      caller: sessionCaller(deployed.role("prod", "DbRead").arn, name),
      policies,
      action: "rds:DescribeDBInstances",
      resource: "arn:aws:rds:eu-west-1:444444444444:db:any",
      at,
    });

  for (const [who, name, at, expected] of cases) {
    it(`${who}: ${expected}`, async () => {
      assert.equal(await ask(deployedPolicies, name, at), expected);
    });
  }

  const [permissions, holders, sessionEnd, ...more] = deployedPolicies;
  assert.ok(permissions && holders && sessionEnd);
  assert.deepEqual(more, []);
  const mutants = [
    ...mutate(holders).map(({ without, document }) => ({ without, policies: [document, sessionEnd] })),
    ...mutate(sessionEnd).map(({ without, document }) => ({ without, policies: [holders, document] })),
  ];
  for (const { without, policies } of mutants) {
    it(`a case fails without ${without}`, async () => {
      for (const [, name, at, expected] of cases) {
        if ((await ask([permissions, ...policies], name, at)) !== expected) return;
      }
      assert.fail("Every case still holds.");
    });
  }
});
