import assert from "node:assert/strict";

import fc from "fast-check";

import { decideRequest } from "../../src/access/decide-request";
import { sessionPrincipal } from "../../src/access/can";
import { FRESH_MFA } from "../../src/access/circumstances";
import { Evaluator } from "../../src/access/evaluator";
import { accountIdOf } from "../../src/access/arn";
import { iamPolicy, type IamPolicy } from "../../src/access/iam/iam-policy";
import type { IamRole } from "../../src/access/iam/iam-account";
import { coversAction, matchesPattern } from "../../src/documents/patterns";
import { roleTitle } from "../../src/access/iam/iam-account";
import { readActionRequest } from "../../src/access/action-request";
import { formatRequirement, type Requirement } from "../../src/access/requirement";
import { isOfType } from "../../src/access/resource-types";
import { accountsOf, sample } from "./support";

const accounts = accountsOf(sample());
const AT = "2026-11-20T12:00:00Z";
const CIRCUMSTANCES = { at: AT, mfa: FRESH_MFA, context: {} };

/** Of each action some resources: ours, others', and those that Deny statements name or leave out. */
const RESOURCES: Readonly<Record<string, (account: string) => readonly string[]>> = {
  "iam:CreateRole": (id) => [
    `arn:aws:iam::${id}:role/anything`,
    `arn:aws:iam::${id}:role/infra-AdminR-prod`,
    `arn:aws:iam::${id}:role/workloads/infra-task-mw-worker-dev`,
  ],
  "iam:PassRole": (id) => [
    `arn:aws:iam::${id}:role/anything`,
    `arn:aws:iam::${id}:role/workloads/infra-task-mw-worker-dev`,
    `arn:aws:iam::${id}:role/workloads/infra-task-mw-ingress-prod`,
  ],
  "secretsmanager:GetSecretValue": (id) => [
    `arn:aws:secretsmanager:eu-west-1:${id}:secret:mw/prod/webhook-token-AbCdEf`,
    `arn:aws:secretsmanager:eu-west-1:${id}:secret:rds!db-AbCdEf`,
    `arn:aws:secretsmanager:eu-west-1:${id}:secret:other-AbCdEf`,
  ],
  "sqs:SendMessage": (id) => [
    `arn:aws:sqs:eu-west-1:${id}:mw-prod-events`,
    `arn:aws:sqs:eu-west-1:${id}:other`,
  ],
  "s3:DeleteBucket": (id) => ["arn:aws:s3:::example", `arn:aws:s3:::infra-trail-${id}`],
  "rds:DeleteDBInstance": (id) => [`arn:aws:rds:eu-west-1:${id}:db:one`],
};

/** What an answer about all resources says of one, conditions aside: they may hold. */
function admits(requirement: Requirement | undefined, resource: string): boolean {
  if (requirement === undefined) return true;
  switch (requirement.kind) {
    case "condition":
      return true;
    case "resource":
      return requirement.patterns.some((pattern) => matchesPattern(pattern, resource));
    case "not resource":
      return !requirement.patterns.some((pattern) => matchesPattern(pattern, resource));
    case "all":
      return requirement.of.every((one) => admits(one, resource));
    case "any":
      return requirement.of.some((one) => admits(one, resource));
  }
}

/** The resources that a role's statements about an action speak of, one for each pattern. */
function spokenOf(role: IamRole, action: string): readonly string[] {
  const policies = [...role.policies, ...(role.boundary ? [role.boundary] : [])];
  const patterns = policies
    .flatMap(({ statements }) => statements)
    .filter((statement) => coversAction(statement, action))
    .flatMap(({ resources, notResources }) => [...resources, ...notResources])
    .filter((pattern) => pattern !== "*" && !pattern.includes("${"));
  return [...new Set(patterns.map((pattern) => pattern.replaceAll("*", "one").replaceAll("?", "x")))];
}

const isOurs = ({ name }: IamPolicy): boolean => name.startsWith("infra-");

/**
 * Actions that the policies of our own name one by one; AWS's name hundreds. Where one of AWS's is beside them, only IAM's:
 * it takes the evaluator a tenth of a second to read ReadOnlyAccess.
 */
function namedBy({ policies, boundary }: IamRole): readonly string[] {
  const own = [...policies.filter(isOurs), ...(boundary ? [boundary] : [])];
  const actions = own
    .flatMap(({ statements }) => statements.flatMap((one) => [...one.actions, ...one.notActions]))
    .filter((action) => !/[*?]/.test(action));
  const some = policies.every(isOurs) ? actions : actions.filter((action) => action.startsWith("iam:"));
  return [...new Set(some)];
}

describe("an answer about any resource", function () {
  this.timeout(120_000);

  for (const { account, role } of accounts.roles.filter((placed) => namedBy(placed.role).length > 0)) {
    it(`${roleTitle(account, role)}: says of what its statements name what asking for that alone says`, async () => {
      const evaluator = new Evaluator();
      const { user } = accounts.user("kim.contractor");
      const principal = sessionPrincipal(role, user, CIRCUMSTANCES);
      for (const action of namedBy(role)) {
        const any = await readActionRequest(action).catch(() => undefined);
        if (any === undefined || any.resourceTypes.length === 0) continue;
        const whole = await decideRequest(evaluator, accounts, principal, any, CIRCUMSTANCES);
        for (const resource of spokenOf(role, action)) {
          const request = await readActionRequest(action, resource).catch(() => undefined);
          if (request === undefined || accountIdOf(resource) !== account.id) continue;
          const one = await decideRequest(evaluator, accounts, principal, request, CIRCUMSTANCES);
          if (one.kind === "unknown" || whole.kind === "unknown") continue;
          const foretold = whole.kind === "allowed" && admits(whole.requires, resource);
          assert.equal(foretold, one.kind === "allowed", `${action} on ${resource}`);
        }
      }
    });
  }

  for (const [action, resourcesOf] of Object.entries(RESOURCES)) {
    it(`${action}: says of each what asking for it alone says`, async () => {
      const evaluator = new Evaluator();
      const any = await readActionRequest(action);
      for (const { account, role } of accounts.roles) {
        for (const { user } of accounts.users) {
          const principal = sessionPrincipal(role, user, CIRCUMSTANCES);
          const whole = await decideRequest(evaluator, accounts, principal, any, CIRCUMSTANCES);
          for (const resource of resourcesOf(account.id)) {
            const one = await decideRequest(
              evaluator,
              accounts,
              principal,
              await readActionRequest(action, resource),
              CIRCUMSTANCES,
            );
            const foretold = whole.kind === "allowed" && admits(whole.requires, resource);
            const title = `${user.name} as ${roleTitle(account, role)} on ${resource}`;
            assert.equal(foretold, one.kind === "allowed", title);
          }
        }
      }
    });
  }
});

describe("a Deny about a resource of which the evaluator cannot tell the kind", () => {
  const PROJECT = "arn:aws:bedrock:eu-west-1:222222222222:data-automation-project/one";
  const action = "bedrock:UpdateDataAutomationProject";
  const allow = { Effect: "Allow", Action: action, Resource: "*" };

  const ask = async (statement: object) => {
    const { user } = accounts.user("sarah.devops");
    const { role } = accounts.role("dev/Admin");
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [allow, statement] });
    const principal = sessionPrincipal(
      { ...role, policies: [iamPolicy("policy", text)] },
      user,
      CIRCUMSTANCES,
    );
    return decideRequest(
      new Evaluator(),
      accounts,
      principal,
      await readActionRequest(action),
      CIRCUMSTANCES,
    );
  };

  it("is a requirement all the same", async () => {
    const decision = await ask({ Effect: "Deny", Action: action, Resource: PROJECT });
    assert.deepEqual(decision.kind === "allowed" && decision.requires, {
      kind: "not resource",
      patterns: [PROJECT],
    });
  });

  it("is one the other way round where it leaves that one out", async () => {
    const decision = await ask({ Effect: "Deny", Action: action, NotResource: PROJECT });
    assert.deepEqual(decision.kind === "allowed" && decision.requires, {
      kind: "resource",
      patterns: [PROJECT],
    });
  });
});

const ACCOUNT = "222222222222";
const iam = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;
const document = (name: string, statements: readonly object[]): IamPolicy =>
  iamPolicy(name, JSON.stringify({ Version: "2012-10-17", Statement: statements }));

/** What a session of a role with these policies may do; a boundary where there is one. */
async function decided(
  { policy, boundary }: { readonly policy: readonly object[]; readonly boundary?: readonly object[] },
  action: string,
  resource?: string,
) {
  const { user } = accounts.user("sarah.devops");
  const { kind, label, name, arn, trust } = accounts.role("dev/Admin").role;
  const principal = sessionPrincipal(
    {
      ...{ kind, label, name, arn, trust },
      policies: [document("policy", policy)],
      ...(boundary && { boundary: document("boundary", boundary) }),
    },
    user,
    CIRCUMSTANCES,
  );
  return decideRequest(
    new Evaluator(),
    accounts,
    principal,
    await readActionRequest(action, resource),
    CIRCUMSTANCES,
  );
}

const allow = (resource: string | readonly string[], condition?: object) => ({
  Effect: "Allow",
  Action: "*",
  Resource: resource,
  ...(condition && { Condition: condition }),
});
const EVERYTHING = [allow("*")];
const IN_REGION = { StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
const IN_ANOTHER_REGION = { StringEquals: { "aws:RequestedRegion": "us-east-1" } };

describe("an answer where no resource is named", () => {
  const cases: readonly {
    readonly what: string;
    readonly of: Parameters<typeof decided>[0];
    readonly action: string;
    readonly expected: string;
  }[] = [
    {
      what: "is no where statements allow other kinds of resources alone",
      of: { policy: [allow([iam("role/*"), iam("policy/*")])] },
      action: "iam:CreateUser",
      expected: "denied by nothing but identity",
    },
    {
      what: "is no where the boundary allows other kinds of resources alone",
      of: { policy: EVERYTHING, boundary: [allow([iam("role/*")])] },
      action: "iam:CreateUser",
      expected: "denied by nothing but boundary",
    },
    {
      what: "is no where a Deny closes the whole kind",
      of: { policy: [...EVERYTHING, { Effect: "Deny", Action: "*", Resource: iam("user/*") }] },
      action: "iam:CreateUser",
      expected: "denied by number 2",
    },
    {
      what: "asks for nothing where a statement allows the whole kind, of the account",
      of: { policy: [allow(iam("*"))] },
      action: "iam:CreateUser",
      expected: "always",
    },
    {
      what: "is no where a statement allows another account's",
      of: { policy: [allow("arn:aws:iam::999988887777:user/*")] },
      action: "iam:CreateUser",
      expected: "denied by nothing but identity",
    },
    {
      what: "is no further than the boundary",
      of: { policy: EVERYTHING, boundary: [allow([iam("role/ops/*"), iam("user/*")])] },
      action: "iam:PassRole",
      expected: `the resource is like ${iam("role/ops/*")}`,
    },
    {
      what: "is where both of two patterns hold that cross",
      of: { policy: [allow(iam("role/a*"))], boundary: [allow(iam("role/*z"))] },
      action: "iam:PassRole",
      expected: `the resource is like ${iam("role/a*")} and the resource is like ${iam("role/*z")}`,
    },
    {
      what: "does not take a few resources without a condition for all of them",
      of: { policy: [allow("*", IN_REGION), allow(iam("role/ops/*"))] },
      action: "iam:PassRole",
      expected: `aws:RequestedRegion is eu-west-1 or the resource is like ${iam("role/ops/*")}`,
    },
    {
      what: "names the kinds that are allowed, of several",
      of: { policy: [allow([iam("role/*"), iam("user/people/*")])] },
      action: "iam:GenerateServiceLastAccessedDetails",
      expected: `the resource is like ${iam("role/*")} or ${iam("user/people/*")}`,
    },
    {
      what: "knows AWS's own policies as something to read",
      of: { policy: [allow("arn:aws:iam::aws:policy/*")] },
      action: "iam:GetPolicy",
      expected: "the resource is like arn:aws:iam::aws:policy/*",
    },
    {
      what: "knows AWS's own policies as nothing to change",
      of: { policy: [allow("arn:aws:iam::aws:policy/*")] },
      action: "iam:DeletePolicy",
      expected: "denied by nothing but identity",
    },
    {
      what: "tells a request without a resource from one with",
      of: {
        policy: [...EVERYTHING, { Effect: "Deny", Action: "*", Resource: "arn:aws:account::*" }],
      },
      action: "account:GetContactInformation",
      expected: "no resource is named",
    },
    {
      what: "passes over what depends on a user's name, in a session of a role",
      of: { policy: [allow(iam("user/${aws:username}"))] },
      action: "iam:CreateUser",
      expected: "denied by nothing but identity",
    },
    {
      what: "takes a question mark for one character",
      of: { policy: EVERYTHING, boundary: [allow(iam("role/?"))] },
      action: "iam:PassRole",
      expected: `the resource is like ${iam("role/?")}`,
    },
    {
      what: "is no where several Denies close the kind together",
      of: {
        policy: [
          ...EVERYTHING,
          { Effect: "Deny", Action: "*", Resource: iam("role/a*") },
          { Effect: "Deny", Action: "*", NotResource: iam("role/a*") },
        ],
      },
      action: "iam:PassRole",
      expected: "denied by number 2,number 3",
    },
    {
      what: "names the Deny that closes the kind, where nothing allows it either",
      of: {
        policy: [
          { Effect: "Deny", Action: "*", Resource: "*" },
          { Effect: "Deny", Action: "*", Resource: iam("role/a*") },
        ],
      },
      action: "iam:PassRole",
      expected: "denied by number 1",
    },
    {
      what: "is no where policies and the boundary ask for different values",
      of: { policy: [allow("*", IN_REGION)], boundary: [allow("*", IN_ANOTHER_REGION)] },
      action: "iam:PassRole",
      expected: "denied by nothing but boundary",
    },
    {
      what: "asks for nothing where statements allow the kind together",
      of: {
        policy: [allow(iam("role/a*")), { Effect: "Allow", Action: "*", NotResource: iam("role/a*") }],
      },
      action: "iam:PassRole",
      expected: "always",
    },
    {
      what: "knows types with several ARNs",
      of: { policy: EVERYTHING },
      action: "lex:CreateBot",
      expected: "always",
    },
    {
      what: "tells the ARNs of a type apart",
      of: { policy: [allow("arn:aws:lex:*:*:bot/*")] },
      action: "lex:CreateBot",
      expected: `the resource is like arn:aws:lex:*:${ACCOUNT}:bot/*`,
    },
  ];
  for (const { what, of, action, expected } of cases) {
    it(what, async () => {
      const decision = await decided(of, action);
      const said =
        decision.kind === "allowed"
          ? decision.requires === undefined
            ? "always"
            : formatRequirement(decision.requires)
          : decision.kind === "denied"
            ? `denied by ${decision.by.map(({ statement }) => statement).join() || `nothing but ${decision.missing.join()}`}`
            : decision.reason;
      assert.equal(said, expected);
    });
  }

  it("is given of one resource too, of a type with several ARNs", async () => {
    const bot = `arn:aws:lex:eu-west-1:${ACCOUNT}:bot/one`;
    const denied = { Effect: "Deny", Action: "*", Resource: bot };
    const answers = await Promise.all([
      decided({ policy: EVERYTHING }, "lex:CreateBot", bot),
      decided({ policy: [allow("*", IN_ANOTHER_REGION)] }, "lex:CreateBot", bot),
      decided({ policy: [...EVERYTHING, denied] }, "lex:CreateBot", bot),
      decided({ policy: [...EVERYTHING, denied] }, "lex:CreateBot", `${bot}s`),
    ]);
    assert.deepEqual(
      answers.map((answer) => [answer.kind, "requires" in answer]),
      [
        ["allowed", false],
        ["denied", false],
        ["denied", false],
        ["allowed", false],
      ],
    );
  });

  it("stands as patterns read it, and says so, where a statement is not understood", async () => {
    const odd = { "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "Project" } };
    const decision = await decided({ policy: [allow("*", odd)] }, "iam:CreateUser");
    assert.ok(decision.kind === "allowed");
    assert.match(decision.unproven ?? "", /number 1.*ForAnyValue:StringEqualsIfExists is not modelled/);
  });

  const SOME = ["user/sarah", "user/people/sarah", "role/ops/a", "role/z", "policy/a", "group/a"].map(iam);
  const pattern = fc.constantFrom(
    "*",
    "arn:aws:iam::*:user/*",
    ...[
      "*",
      "user/*",
      "user/people/*",
      "role/*",
      "role/ops/?",
      "role/*a",
      "role/?",
      "policy/*",
      "group/a",
    ].map(iam),
  );
  const statement = fc
    .record({
      Effect: fc.constantFrom("Allow", "Allow", "Deny"),
      patterns: fc.array(pattern, { minLength: 1, maxLength: 2 }),
      isLeftOut: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
    })
    .map(({ Effect, patterns, isLeftOut }) => ({
      Effect,
      Action: "*",
      ...(isLeftOut ? { NotResource: patterns } : { Resource: patterns }),
    }));
  const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

  it("says of each resource what asking for that one says, whatever the documents", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ policy: statements, boundary: fc.option(statements, { nil: undefined }) }),
        fc.constantFrom("iam:CreateUser", "iam:PassRole", "iam:GenerateServiceLastAccessedDetails"),
        async ({ policy, boundary }, action) => {
          const of = { policy, ...(boundary && { boundary }) };
          const whole = await decided(of, action);
          assert.notEqual(whole.kind, "unknown");
          const { resourceTypes } = await readActionRequest(action);
          const taken = SOME.filter((resource) => resourceTypes.some((type) => isOfType(resource, type)));
          for (const resource of taken) {
            const one = await decided(of, action, resource);
            const foretold = whole.kind === "allowed" && admits(whole.requires, resource);
            assert.equal(foretold, one.kind === "allowed", `${resource}: ${JSON.stringify(whole)}`);
          }
        },
      ),
      {
        numRuns: 300,
        examples: [
          [
            {
              policy: [
                { Effect: "Allow", Action: "*", NotResource: [iam("role/*a")] },
                { Effect: "Allow", Action: "*", Resource: ["*"] },
              ],
              boundary: [
                { Effect: "Allow", Action: "*", Resource: [iam("role/?")] },
                { Effect: "Allow", Action: "*", Resource: [iam("role/*a")] },
              ],
            },
            "iam:PassRole",
          ],
        ],
      },
    );
  }).timeout(120_000);
});
