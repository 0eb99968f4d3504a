import assert from "node:assert/strict";

import { alarmBlueprints } from "../../src/documents/alarms/alarm-blueprint";
import { blueprintsOf } from "../../src/documents/blueprint";
import { pipelineBlueprint, type PipelineBlueprint } from "../../src/documents/pipeline-blueprint";
import { stateAccess } from "../../src/documents/pipeline/state-access";
import { PERMISSIONS } from "../../src/documents/permissions";
import {
  policyDocument,
  type PolicyDocument,
  type TrustStatement,
} from "../../src/documents/policy-document";
import type { RolePermissions } from "../../src/documents/role-permissions";
import { rolesPlacedIn } from "../../src/model/categories";
import { buildModel } from "../../src/model/model";
import { roleArn } from "../../src/model/names";
import { PIPELINE_ROLE_NAMES, type PipelineRole } from "../../src/model/pipeline";
import { QUOTAS, TRUST_QUOTA } from "../../src/model/quotas";
import type { HeldRole } from "../../src/model/roles";
import {
  awsManagedDocument,
  decide,
  decideAssumeRole,
  sessionCaller,
  userCaller,
  type Decision,
} from "../support/evaluate";
import { matchesPattern } from "../support/filter-pattern";
import { mutate } from "../support/mutation";
import { iamCall, sessionOf, type TrailEvent } from "../support/trail-events";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { SAMPLE_MOMENT } from "../support/sample";
import { authorizationProblems } from "../support/service-authorization";
import { contextIn } from "./fixture";

const ISSUER = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::444444444444:oidc-provider/${ISSUER}`;
const github = { kind: "github", repository: "example/accounts", ids: { owner: 1234, repository: 5678 } };

const parsed = (text: string): PolicyDocument => JSON.parse(text) as PolicyDocument;

const modelOf = (pipeline?: object) =>
  buildModel({ ...sampleOrganization(), ...(pipeline && { pipeline }) }, sampleRoster(), SAMPLE_MOMENT);

function pipelineIn(account: string, pipeline: object): PipelineBlueprint {
  const found = blueprintsOf(modelOf(pipeline)).find(
    (blueprint) => blueprint.account.key === account,
  )?.pipeline;
  assert.ok(found);
  return found;
}

function roleIn(account: string, role: PipelineRole, pipeline: object) {
  const found = pipelineIn(account, pipeline).roles.find((candidate) => candidate.role === role);
  assert.ok(found);
  return found;
}

/** What GitHub says of a job, in the token that the job shows to AWS. */
interface Job {
  readonly says: string;
  readonly sub: string;
  readonly ref?: string;
  readonly aud?: string;
  readonly provider?: string;
  readonly Preview: Decision;
  readonly Review: Decision;
  readonly Deploy: Decision;
}

const MAIN = "refs/heads/main";
const PULL_REQUEST = "refs/pull/7/merge";

const JOBS: readonly Job[] = [
  {
    says: "a pull request",
    sub: "repo:example/accounts:pull_request",
    ref: PULL_REQUEST,
    Preview: "allowed",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a pull request, by immutable ids",
    sub: "repo:example@1234/accounts@5678:pull_request",
    ref: PULL_REQUEST,
    Preview: "allowed",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "main, in no environment",
    sub: `repo:example/accounts:ref:${MAIN}`,
    ref: MAIN,
    Preview: "allowed",
    Review: "allowed",
    Deploy: "denied",
  },
  {
    says: "main, in the account's environment",
    sub: "repo:example/accounts:environment:prod",
    ref: MAIN,
    Preview: "denied",
    Review: "denied",
    Deploy: "allowed",
  },
  {
    says: "main, in the account's environment, by immutable ids",
    sub: "repo:example@1234/accounts@5678:environment:prod",
    ref: MAIN,
    Preview: "denied",
    Review: "denied",
    Deploy: "allowed",
  },
  {
    says: "main, in another account's environment",
    sub: "repo:example/accounts:environment:dev",
    ref: MAIN,
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "another branch, in the account's environment",
    sub: "repo:example/accounts:environment:prod",
    ref: "refs/heads/feature",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a pull request, in the account's environment",
    sub: "repo:example/accounts:environment:prod",
    ref: PULL_REQUEST,
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a job in the environment that does not tell its branch",
    sub: "repo:example/accounts:environment:prod",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "another branch",
    sub: "repo:example/accounts:ref:refs/heads/feature",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a branch that begins like main",
    sub: "repo:example/accounts:ref:refs/heads/main2",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a tag",
    sub: "repo:example/accounts:ref:refs/tags/main",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a fork, in its own workflow",
    sub: "repo:mallory/accounts:pull_request",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a fork, on its main, in an environment of that name",
    sub: "repo:mallory/accounts:environment:prod",
    ref: MAIN,
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "another repository of the owner",
    sub: "repo:example/website:pull_request",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a repository that begins like ours",
    sub: "repo:example/accounts2:pull_request",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "our names, taken over: other ids",
    sub: "repo:example@9999/accounts@8888:environment:prod",
    ref: MAIN,
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "our repository's name in other letters",
    sub: "repo:Example/Accounts:pull_request",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  { says: "an empty subject", sub: "", ref: MAIN, Preview: "denied", Review: "denied", Deploy: "denied" },
  {
    says: "a repository and nothing else",
    sub: "repo:example/accounts:",
    ref: MAIN,
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "a token that was meant for somebody else",
    sub: "repo:example/accounts:pull_request",
    aud: "https://github.com/example",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "main, in no environment, for somebody else",
    sub: `repo:example/accounts:ref:${MAIN}`,
    ref: MAIN,
    aud: "https://github.com/example",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "the same subject and environment, for somebody else",
    sub: "repo:example/accounts:environment:prod",
    ref: MAIN,
    aud: "https://github.com/example",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
  {
    says: "the same subject, signed by another issuer",
    sub: "repo:example/accounts:pull_request",
    provider: "arn:aws:iam::444444444444:oidc-provider/gitlab.example.com",
    Preview: "denied",
    Review: "denied",
    Deploy: "denied",
  },
];

/**
 * The evaluator matches federated principals, and then asks for policies of theirs, which they have none of; so a user
 * stands for the bearer of the provider's tokens, and needs none either, being named in the trust.
 */
const bearerOf = (provider: string): string => provider.replace(":oidc-provider/", ":user/");

/** The evaluator knows GitHub's own claims, and of every issuer's claims only those of AWS's own issuer. */
const knownClaim = (key: string): string =>
  key.replace(/^token[^:]+:(aud|sub)$/, "cognito-identity.amazonaws.com:$1");

function inKnownWords({
  Statement,
  ...document
}: PolicyDocument<TrustStatement>): PolicyDocument<TrustStatement> {
  const statements = Statement.map(({ Principal, Condition = {}, ...statement }) => ({
    ...statement,
    Principal: "Federated" in Principal ? { AWS: bearerOf(Principal.Federated) } : Principal,
    Condition: Object.fromEntries(
      Object.entries(Condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, value]) => [knownClaim(key), value])),
      ]),
    ),
  }));
  return { ...document, Statement: statements };
}

const githubTrust = (role: PipelineRole, pipeline: object): PolicyDocument<TrustStatement> =>
  JSON.parse(roleIn("prod", role, pipeline).trust.text) as PolicyDocument<TrustStatement>;

function decideJob(
  role: PipelineRole,
  { sub, ref, aud, provider = PROVIDER }: Job,
  pipeline: object = github,
  trust = githubTrust(role, pipeline),
): Promise<Decision> {
  const { arn } = roleIn("prod", role, pipeline);
  return decide({
    caller: { arn: bearerOf(provider), accountId: "444444444444", context: {} },
    policies: [],
    resourcePolicy: inKnownWords(trust),
    action: "sts:AssumeRoleWithWebIdentity",
    resource: arn,
    context: {
      "sts:RoleSessionName": "job",
      [knownClaim(`${ISSUER}:sub`)]: sub,
      [knownClaim(`${ISSUER}:aud`)]: aud ?? "sts.amazonaws.com",
      ...(ref !== undefined && { [`${ISSUER}:ref`]: ref }),
    },
  });
}

describe("the pipeline on GitHub", () => {
  for (const role of PIPELINE_ROLE_NAMES) {
    describe(`its ${role} role in prod`, () => {
      for (const job of JOBS) {
        it(`${job[role] === "allowed" ? "admits" : "refuses"} ${job.says}`, async () => {
          assert.equal(await decideJob(role, job), job[role]);
        });
      }
      for (const { without, document } of mutate(githubTrust(role, github))) {
        it(`a job gets in, or is kept out, without ${without}`, async () => {
          for (const job of JOBS) if ((await decideJob(role, job, github, document)) !== job[role]) return;
          assert.fail("Every job is answered as before.");
        });
      }
    });
  }

  it("knows classic subjects alone where the organization gives no ids", async () => {
    const withoutIds = { kind: "github", repository: "example/accounts" };
    const admitted = [];
    for (const job of JOBS)
      if ((await decideJob("Preview", job, withoutIds)) === "allowed") admitted.push(job.says);
    assert.deepEqual(admitted, ["a pull request", "main, in no environment"]);
  });

  it("deploys the branch that the organization names", async () => {
    const released = { ...github, branch: "release" };
    const onRelease = { ...JOBS[3]!, ref: "refs/heads/release" };
    assert.equal(await decideJob("Deploy", onRelease, released), "allowed");
    assert.equal(await decideJob("Deploy", JOBS[3]!, released), "denied");
  });

  it("asks for one provider and one audience in each account, the identity account included", () => {
    for (const { account, pipeline } of blueprintsOf(modelOf(github))) {
      assert.deepEqual(pipeline?.identityProvider, {
        arn: `arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`,
        url: `https://${ISSUER}`,
        audiences: ["sts.amazonaws.com"],
      });
      assert.deepEqual(pipeline.users, []);
      assert.deepEqual(
        pipeline.roles.map(({ name }) => name),
        [`infra-PreviewR-${account.key}`, `infra-ReviewR-${account.key}`, `infra-DeployR-${account.key}`],
      );
    }
  });

  it("has trusts that fit, however long the names are", () => {
    const longest = {
      kind: "github",
      repository: `${"o".repeat(39)}/${"r".repeat(100)}`,
      ids: { owner: Number.MAX_SAFE_INTEGER, repository: Number.MAX_SAFE_INTEGER },
      branch: "b".repeat(200),
    };
    for (const { pipeline } of blueprintsOf(modelOf(longest))) {
      for (const { trust } of pipeline?.roles ?? []) assert.ok(trust.text.length <= TRUST_QUOTA.standard);
    }
  });
});

describe("the pipeline's users", () => {
  const users = { kind: "users" };
  const PROD = "444444444444";

  const assume = (
    role: PipelineRole,
    user: string,
    path = "/pipeline/",
    account = PROD,
  ): Promise<Decision> => {
    const { arn, trust } = roleIn("prod", role, users);
    const own = pipelineIn("prod", users).users.find(({ name }) => name === user);
    return decideAssumeRole({
      caller: userCaller(`arn:aws:iam::${account}:user${path}${user}`, "access keys"),
      policies: (own?.group.policies ?? []).map(({ text }) => parsed(text)),
      roleArn: arn,
      trust: parsed(trust.text),
      sessionName: "job",
    });
  };

  it("are one for each role, alone in a group of their own, in each account", () => {
    for (const { account, pipeline } of blueprintsOf(modelOf(users))) {
      assert.equal(pipeline?.identityProvider, undefined);
      assert.deepEqual(
        pipeline?.users.map(({ name, group }) => [name, group.name, group.members]),
        [
          [
            `infra-PreviewU-${account.key}`,
            `infra-PreviewG-${account.key}`,
            [`infra-PreviewU-${account.key}`],
          ],
          [`infra-ReviewU-${account.key}`, `infra-ReviewG-${account.key}`, [`infra-ReviewU-${account.key}`]],
          [`infra-DeployU-${account.key}`, `infra-DeployG-${account.key}`, [`infra-DeployU-${account.key}`]],
        ],
      );
    }
  });

  it("assume their own role", async () => {
    assert.equal(await assume("Preview", "infra-PreviewU-prod"), "allowed");
    assert.equal(await assume("Review", "infra-ReviewU-prod"), "allowed");
    assert.equal(await assume("Deploy", "infra-DeployU-prod"), "allowed");
  });

  it("assume no other: a pull request does not deploy", async () => {
    assert.equal(await assume("Deploy", "infra-PreviewU-prod"), "denied");
    assert.equal(await assume("Review", "infra-PreviewU-prod"), "denied");
    assert.equal(await assume("Deploy", "infra-ReviewU-prod"), "denied");
    assert.equal(await assume("Preview", "infra-DeployU-prod"), "denied");
  });

  it("are told from others by name, path and account", async () => {
    assert.equal(await assume("Deploy", "infra-DeployU-prod", "/"), "denied");
    assert.equal(await assume("Deploy", "infra-DeployU-prod", "/people/"), "denied");
    assert.equal(await assume("Deploy", "infra-DeployU-prod", "/pipeline/", "222222222222"), "denied");
    assert.equal(await assume("Deploy", "sarah.devops", "/people/", "111111111111"), "denied");
  });
});

describe("the pipeline's state", () => {
  const BUCKET_OF_STATE = "arn:aws:s3:::example-state";
  const KEY_OF_STATE = "arn:aws:kms:eu-west-1:555555555555:key/1";
  const state = { bucket: "example-state", key: KEY_OF_STATE };
  const CASES: readonly (readonly [action: string, resource: string, Preview: Decision, Deploy: Decision])[] =
    [
      ["s3:ListBucket", BUCKET_OF_STATE, "allowed", "allowed"],
      ["s3:GetObject", `${BUCKET_OF_STATE}/.pulumi/stacks/muster/dev.json`, "allowed", "allowed"],
      ["s3:PutObject", `${BUCKET_OF_STATE}/.pulumi/stacks/muster/dev.json`, "denied", "allowed"],
      ["s3:DeleteObject", `${BUCKET_OF_STATE}/.pulumi/locks/dev/1.json`, "denied", "allowed"],
      ["s3:GetObject", "arn:aws:s3:::example-state-of-others/1", "denied", "denied"],
      ["s3:PutBucketPolicy", BUCKET_OF_STATE, "denied", "denied"],
      ["kms:Decrypt", KEY_OF_STATE, "allowed", "allowed"],
      ["kms:Encrypt", KEY_OF_STATE, "denied", "allowed"],
      ["kms:Decrypt", "arn:aws:kms:eu-west-1:555555555555:key/2", "denied", "denied"],
    ];

  for (const role of PIPELINE_ROLE_NAMES) {
    for (const [action, resource, ...decisions] of CASES) {
      const expected = role === "Review" ? "denied" : decisions[role === "Preview" ? 0 : 1];
      it(`${role} ${expected === "allowed" ? "may" : "may not"} ${action} on ${resource}`, async () => {
        const { policies } = roleIn("dev", role, { ...github, state });
        const decision = await decide({
          caller: sessionCaller(`arn:aws:iam::222222222222:role/infra-${role}R-dev`, "job"),
          policies: policies.flatMap((policy) => (policy.kind === "customer" ? [parsed(policy.text)] : [])),
          // The account that has the bucket lets everybody in here, so that the answer is the role's.
          resourcePolicy: policyDocument({
            Sid: "Everybody",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: action,
            Resource: "*",
          }),
          action,
          resource,
          resourceAccount: "555555555555",
        });
        assert.equal(decision, expected);
      });
    }

    if (role === "Review") continue;

    it(`AWS knows what ${role} may do with it`, async () => {
      assert.deepEqual(await authorizationProblems(stateAccess(role, state).document, "role"), []);
    });
  }

  it("is not reached unless the organization names it", () => {
    for (const { policies } of pipelineIn("dev", github).roles) {
      assert.deepEqual(
        policies.filter((policy) => policy.kind === "customer" && policy.purpose === "state"),
        [],
      );
    }
  });
});

describe("who may change the deploy role in prod", () => {
  const context = contextIn("prod");
  const DEPLOY = "arn:aws:iam::444444444444:role/infra-DeployR-prod";
  const PERMISSIONS_OF_DEPLOY = "arn:aws:iam::444444444444:policy/infra-DeployR-prod-permissions";
  const PROVIDER_CHANGES = "iam:AddClientIDToOpenIDConnectProvider";
  const CHANGES: readonly (readonly [action: string, resource: string])[] = [
    ["iam:UpdateAssumeRolePolicy", DEPLOY],
    ["iam:AttachRolePolicy", DEPLOY],
    ["iam:PutRolePolicy", DEPLOY],
    ["iam:DeleteRole", DEPLOY],
    ["iam:CreatePolicyVersion", PERMISSIONS_OF_DEPLOY],
    ["iam:PassRole", DEPLOY],
    ["sts:AssumeRole", DEPLOY],
    [PROVIDER_CHANGES, PROVIDER],
    ["iam:CreateOpenIDConnectProvider", PROVIDER],
  ];
  const documentsOf = ({ policies }: RolePermissions): readonly PolicyDocument[] =>
    policies.map((policy) =>
      policy.kind === "aws-managed" ? awsManagedDocument(policy.name) : policy.document,
    );

  for (const role of [...rolesPlacedIn("prod"), "BreakGlass"] satisfies HeldRole[]) {
    const mayChange = role === "Admin" || role === "BreakGlass";
    it(`${role} ${mayChange ? "may" : "may not"}`, async () => {
      const permissions = PERMISSIONS[role](context);
      for (const [action, resource] of CHANGES) {
        const decision = await decide({
          caller: sessionCaller(roleArn(context.organization, role, context.account), "sarah.devops"),
          policies: documentsOf(permissions),
          ...(permissions.boundary && { boundary: permissions.boundary.document }),
          action,
          resource,
        });
        assert.equal(decision, mayChange ? "allowed" : "denied", action);
      }
    });
  }
});

describe("the alarm on tags that grant roles", () => {
  const patternOf = (pipeline?: object): string | undefined => {
    const model = modelOf(pipeline);
    return alarmBlueprints(model, model.organization.identity).find(
      ({ name }) => name === "infra-RoleTagsChanged",
    )?.patterns[0];
  };
  const DEPLOYER = { userIdentity: sessionOf("infra-DeployR-users", "job", "111111111111") };
  const granted = (more = {}): TrailEvent =>
    iamCall("TagUser", { userName: "x", tags: [{ key: "infra:prod", value: "+Ops+" }] }, more);
  const rings = (event: TrailEvent, pipeline?: object): boolean =>
    matchesPattern(patternOf(pipeline) ?? "", event);

  it("rings for everybody where nothing deploys", () => {
    assert.ok(rings(granted()));
    assert.ok(rings(granted(DEPLOYER)));
  });

  it("does not ring for the deploy role", () => {
    for (const pipeline of [github, { kind: "users" }]) {
      assert.ok(!rings(granted(DEPLOYER), pipeline));
      assert.ok(rings(granted(), pipeline));
      const other = { userIdentity: sessionOf("infra-PreviewR-users", "job", "111111111111") };
      assert.ok(rings(granted(other), pipeline));
    }
  });

  it("fits, the deploy role's name being long", () => {
    assert.ok((patternOf(github) ?? "").length + 64 <= QUOTAS.filterPatternCharacters);
  });
});

describe("an organization without a pipeline", () => {
  it("has nothing of it in any account", () => {
    const model = modelOf();
    for (const account of model.organization.accounts)
      assert.equal(pipelineBlueprint(model, account), undefined);
  });
});
