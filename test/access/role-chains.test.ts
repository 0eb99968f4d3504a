import assert from "node:assert/strict";

import { CanAnswers, sessionPrincipal } from "../../src/access/can";
import { FRESH_MFA } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { roleTitle, type IamRole } from "../../src/access/iam/iam-account";
import type { IamAccounts } from "../../src/access/iam/iam-accounts";
import { AccessMatrix } from "../../src/access/matrix";
import { canText } from "../../src/access/report/can-text";
import { readActionRequest } from "../../src/access/action-request";
import { lastRoleOf, RoleChains, rolesBeforeLast } from "../../src/access/role-chains";
import { combineDecisions } from "../../src/access/verdict";
import { verdictLines } from "../../src/access/report/verdict-text";
import { WhoCanAnswers } from "../../src/access/who-can";
import { accountsOf, sample } from "./support";
import { roleOf, withRoles, type WrittenRole } from "./written-roles";

const CIRCUMSTANCES = { at: "2026-11-20T12:00:00Z", mfa: FRESH_MFA, context: {} };
const SAMPLE = accountsOf(sample());

/** Chains from a role, each as `staging/B through dev/A: allowed`. */
async function chainsFrom(accounts: IamAccounts, first: string, as?: string): Promise<readonly string[]> {
  const placed = accounts.role(first);
  const session = as === undefined ? undefined : sessionPrincipal(placed.role, { name: as }, CIRCUMSTANCES);
  const chains = await new RoleChains(accounts, new Evaluator(), CIRCUMSTANCES).from(placed, session);
  return chains.map((chain) => {
    const { account, role } = lastRoleOf(chain);
    const verdict = verdictLines(combineDecisions(chain.decisions)).join("");
    return `${roleTitle(account, role)} through ${rolesBeforeLast(chain).join(", ")}: ${verdict}`;
  });
}

const chain = async (roles: Readonly<Record<string, WrittenRole>>, first = "dev/A", as?: string) =>
  chainsFrom(withRoles(SAMPLE, roles), first, as);

const arnOf = (title: string): string => roleOf(title, {}).arn;
const MAY = [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }];
const admitting = (AWS: string | readonly string[], Condition?: object) => [
  { Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole", ...(Condition && { Condition }) },
];
const account = (id: string): string => `arn:aws:iam::${id}:root`;
const DEV = account("222222222222");

const CASES: readonly {
  readonly what: string;
  readonly roles: Readonly<Record<string, WrittenRole>>;
  readonly as?: string;
  readonly expected: readonly string[];
}[] = [
  {
    what: "across accounts, where both sides allow",
    roles: { "dev/A": { policy: MAY }, "staging/B": { trust: admitting(arnOf("dev/A")) } },
    expected: ["staging/B through dev/A: allowed"],
  },
  {
    what: "not across accounts by the trust alone",
    roles: { "dev/A": {}, "staging/B": { trust: admitting(arnOf("dev/A")) } },
    expected: [],
  },
  {
    what: "not across accounts by the policy alone",
    roles: { "dev/A": { policy: MAY }, "staging/B": { trust: admitting(arnOf("dev/Other")) } },
    expected: [],
  },
  {
    what: "within an account, where the trust names the role",
    roles: { "dev/A": {}, "dev/B": { trust: admitting(arnOf("dev/A")) } },
    expected: ["dev/B through dev/A: allowed"],
  },
  {
    what: "within an account, where the trust leaves it to policies and one allows it",
    roles: { "dev/A": { policy: MAY }, "dev/B": { trust: admitting(DEV) } },
    expected: ["dev/B through dev/A: allowed"],
  },
  {
    what: "not within an account, where the trust leaves it to policies and none allows it",
    roles: { "dev/A": {}, "dev/B": { trust: admitting(DEV) } },
    expected: [],
  },
  {
    what: "where the trust names one session, as far as that is its name",
    roles: {
      "dev/A": { policy: MAY },
      "staging/B": { trust: admitting("arn:aws:sts::222222222222:assumed-role/A/build") },
    },
    expected: ["staging/B through dev/A: allowed if:  - sts:RoleSessionName is build"],
  },
  {
    what: "everybody",
    roles: { "dev/A": { policy: MAY }, "staging/B": { trust: admitting("*") } },
    expected: ["staging/B through dev/A: allowed"],
  },
  {
    what: "not where the trust asks for MFA: sessions of roles have none",
    roles: {
      "dev/A": { policy: MAY },
      "staging/B": { trust: admitting(DEV, { Bool: { "aws:MultiFactorAuthPresent": "true" } }) },
    },
    expected: [],
  },
  {
    what: "not where the trust asks for a session named like the user: roles have no user name",
    roles: {
      "dev/A": { policy: MAY },
      "staging/B": { trust: admitting(DEV, { StringEquals: { "sts:RoleSessionName": "${aws:username}" } }) },
    },
    expected: [],
  },
  {
    what: "under what the trust asks for: a source identity, a tag, a name",
    roles: {
      "dev/A": { policy: MAY },
      "staging/B": {
        trust: admitting(DEV, {
          StringEquals: {
            "aws:SourceIdentity": "kim",
            "aws:PrincipalTag/team": "one",
            "sts:RoleSessionName": "b",
          },
        }),
      },
    },
    expected: [
      "staging/B through dev/A: allowed if:  - aws:SourceIdentity is kim  - aws:PrincipalTag/team is one  - sts:RoleSessionName is b",
    ],
  },
  {
    what: "through several roles, as far as five steps",
    roles: {
      "dev/A": {},
      ...Object.fromEntries(
        ["A", "B", "C", "D", "E", "F"].map((name, index) => [
          `dev/${"BCDEFG"[index]!}`,
          { trust: admitting(arnOf(`dev/${name}`)) },
        ]),
      ),
    },
    expected: ["B", "C", "D", "E", "F"].map(
      (name, index) =>
        `dev/${name} through ${["A", "B", "C", "D", "E"]
          .slice(0, index + 1)
          .map((one) => `dev/${one}`)
          .join(", ")}: allowed`,
    ),
  },
  {
    what: "around in a circle once",
    roles: { "dev/A": { trust: admitting(arnOf("dev/B")) }, "dev/B": { trust: admitting(arnOf("dev/A")) } },
    expected: ["dev/B through dev/A: allowed"],
  },
  {
    what: "not where a Deny closes it for the session that asks",
    roles: {
      "dev/A": {
        policy: [
          ...MAY,
          {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { StringLike: { "aws:userid": "*:kim" } },
          },
        ],
      },
      "staging/B": { trust: admitting(arnOf("dev/A")) },
    },
    as: "kim",
    expected: [],
  },
  {
    what: "by the name of the session where that decides and nobody knows it",
    roles: {
      "dev/A": {
        policy: [
          ...MAY,
          {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { StringLike: { "aws:userid": "*:kim" } },
          },
        ],
      },
      "staging/B": { trust: admitting(arnOf("dev/A")) },
    },
    expected: ["staging/B through dev/A: allowed if:  - aws:userid is not like *:kim"],
  },
];

describe("roles that are assumed one from another", () => {
  for (const { what, roles, as, expected } of CASES) {
    it(what, async () => assert.deepEqual(await chain(roles, "dev/A", as), expected));
  }

  it("lead a service to its databases, and nobody else of the sample anywhere", async () => {
    const found = await Promise.all(
      SAMPLE.roles.map(({ account: { key }, role }) => chainsFrom(SAMPLE, `${key}/${role.label}`)),
    );
    assert.deepEqual(found.flat(), [
      "dev/database-mw-worker through dev/task-mw-worker: allowed",
      "prod/database-mw-worker through prod/task-mw-worker: allowed",
    ]);
  });

  it("are found from their end too", async () => {
    const roles: Readonly<Record<string, WrittenRole>> = {
      "dev/A": {},
      "dev/B": { trust: admitting(arnOf("dev/A")) },
      "dev/C": { trust: admitting(arnOf("dev/B")) },
    };
    const accounts = withRoles(SAMPLE, roles);
    const firsts = await new RoleChains(accounts, new Evaluator(), CIRCUMSTANCES).leadingTo(
      accounts.role("dev/C"),
    );
    assert.deepEqual(
      firsts.map((one): IamRole["label"] => one.role.label),
      ["A", "B"],
    );
  });
});

describe("answers by way of several roles", function () {
  this.timeout(30_000);
  const NEXT: Readonly<Record<string, WrittenRole>> = {
    "dev/helper": { policy: MAY, trust: admitting(SAMPLE.role("dev/Admin").role.arn) },
    "prod/target": {
      trust: admitting(arnOf("dev/helper")),
      policy: [{ Effect: "Allow", Action: "s3:DeleteBucket", Resource: "*" }],
    },
  };
  const accounts = withRoles(SAMPLE, NEXT);
  const PATH = ["dev/Admin", "dev/helper"];

  it("show the path of a person", async () => {
    const answer = await new CanAnswers(accounts, new Evaluator()).answer({
      user: accounts.user("sarah.devops").user,
      account: accounts.account("prod"),
      role: accounts.role("prod/target").role,
      request: await readActionRequest("s3:DeleteBucket", "arn:aws:s3:::example"),
      circumstances: CIRCUMSTANCES,
    });
    assert.equal(answer.verdict.kind, "allowed");
    assert.deepEqual(answer.ways[0]?.through, PATH);
    assert.deepEqual(
      answer.ways[0].steps.map(({ step }) => step),
      [
        "sarah.devops assumes dev/Admin",
        "dev/Admin assumes dev/helper",
        "dev/helper assumes prod/target",
        "prod/target may s3:DeleteBucket on arn:aws:s3:::example",
      ],
    );
    const text = canText({ asked: "Can", assumptions: [] }, answer);
    assert.match(text, /^As prod\/target through dev\/Admin, dev\/helper: allowed$/m);
    assert.match(text, /^A session that is opened from a role's session lasts one hour at most/m);
  });

  it("find people at the end of a chain, and nobody else there", async () => {
    const ables = await new WhoCanAnswers(accounts, new Evaluator()).answer(
      await readActionRequest("s3:DeleteBucket", "arn:aws:s3:::example"),
      CIRCUMSTANCES,
      accounts.account("prod"),
    );
    assert.deepEqual(
      ables.filter(({ role }) => role === "prod/target").map(({ who, through }) => ({ who, through })),
      [
        { who: ["dev/helper"], through: undefined },
        { who: ["sarah.devops"], through: PATH },
        { who: ["dev/Admin"], through: ["dev/helper"] },
      ],
    );
  });

  it("find a service at the end of a chain", async () => {
    const ables = await new WhoCanAnswers(SAMPLE, new Evaluator()).answer(
      await readActionRequest("rds-db:connect"),
      CIRCUMSTANCES,
      SAMPLE.account("dev"),
    );
    const [able] = ables.filter(({ through }) => through !== undefined);
    assert.deepEqual(able?.through, ["dev/task-mw-worker"]);
    assert.match(able.who.join(), /^ecs-tasks\.amazonaws\.com if /);
  });

  it("stand in the matrix, marked", async () => {
    const rows = await new AccessMatrix(accounts, new Evaluator()).rows(CIRCUMSTANCES);
    const sarah = rows.find(({ user }) => user.name === "sarah.devops");
    assert.deepEqual(
      sarah?.roles.flatMap(({ title, through, verdict }) =>
        through ? [{ title, through, kind: verdict.kind }] : [],
      ),
      [
        { title: "dev/helper", through: ["dev/Admin"], kind: "allowed" },
        { title: "prod/target", through: PATH, kind: "allowed" },
      ],
    );
  });
});
