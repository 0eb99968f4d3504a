import assert from "node:assert/strict";

import type { CommandAnswer } from "../../src/doctor/run-command";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";
import {
  branchOutcome,
  codeOwnersOutcome,
  environmentOutcome,
  type AskGitHub,
} from "../../src/doctor/github-settings";
import type { GitHubPipeline } from "../../src/model/pipeline";
import { contextIn } from "../documents/fixture";

const pipeline: GitHubPipeline = { kind: "github", repository: "example/accounts", branch: "main" };

const found = (value: unknown): CommandAnswer => ({
  kind: "ended",
  code: 0,
  stdout: JSON.stringify(value),
  stderr: "",
});
const failed = (stderr: string): CommandAnswer => ({ kind: "ended", code: 1, stdout: "", stderr });
const ABSENT = failed("gh: Not Found (HTTP 404)");
const FORBIDDEN = failed("gh: Must have admin rights to Repository. (HTTP 403)");

/** GitHub, which has nothing but these answers. */
const gitHub =
  (answers: Readonly<Record<string, CommandAnswer>>): AskGitHub =>
  (path) =>
    Promise.resolve(answers[path] ?? ABSENT);

const SIGN_IN = "Install gh and run `gh auth login`, or look by hand: docs/pipelines.md, 'GitHub'.";

const UNREACHED: readonly (readonly [string, CommandAnswer, DoctorOutcome])[] = [
  ["where gh is not installed", { kind: "not found" }, unknownOutcome("gh is not installed", SIGN_IN)],
  ["where gh does not answer", { kind: "no answer" }, unknownOutcome("gh does not answer", SIGN_IN)],
  [
    "where nobody is signed in",
    failed("To get started with GitHub CLI, please run:  gh auth login\n"),
    unknownOutcome("gh: To get started with GitHub CLI, please run: gh auth login", SIGN_IN),
  ],
];

describe("the environment of an account on GitHub", () => {
  const REVIEWERS = {
    type: "required_reviewers",
    prevent_self_review: true,
    reviewers: [{ type: "Team", reviewer: { slug: "security" } }],
  };
  const ANY = null;
  const PROTECTED = { protected_branches: true, custom_branch_policies: false };
  const CUSTOM = { protected_branches: false, custom_branch_policies: true };

  interface Case {
    readonly says: string;
    readonly account: "dev" | "prod";
    readonly rules?: readonly object[];
    readonly policy?: object | null;
    readonly branches?: readonly string[];
    readonly tags?: readonly string[];
    /** Null where GitHub says nothing of it. */
    readonly adminsBypass?: boolean | null;
    readonly outcome: DoctorOutcome;
  }
  const cases: readonly Case[] = [
    {
      says: "is right in dev with one branch, in prod with people who approve",
      account: "dev",
      outcome: passedOutcome("main alone"),
    },
    {
      says: "is right in prod",
      account: "prod",
      rules: [REVIEWERS],
      outcome: passedOutcome("main alone, with approval"),
    },
    {
      says: "lets prod be deployed unseen",
      account: "prod",
      rules: [{ type: "wait_timer" }],
      outcome: missingOutcome("nobody has to approve", "Name people who approve deployments to prod."),
    },
    {
      says: "asks nobody by name",
      account: "prod",
      rules: [{ type: "required_reviewers", reviewers: [] }],
      outcome: missingOutcome("nobody has to approve", "Name people who approve deployments to prod."),
    },
    {
      says: "lets whoever deploys approve",
      account: "prod",
      rules: [{ ...REVIEWERS, prevent_self_review: false }],
      outcome: missingOutcome(
        "somebody who starts a deployment may approve it themselves",
        "Switch on 'Prevent self-review'.",
      ),
    },
    {
      says: "lets administrators go past those who approve",
      account: "prod",
      rules: [REVIEWERS],
      adminsBypass: true,
      outcome: missingOutcome(
        "administrators may deploy without approval",
        "Switch off 'Allow administrators to bypass configured protection rules'.",
      ),
    },
    {
      says: "does not say whether administrators go past those who approve",
      account: "prod",
      rules: [REVIEWERS],
      adminsBypass: null,
      outcome: unknownOutcome(
        "main alone, with approval; GitHub does not say whether administrators may deploy without it",
        "Look whether 'Allow administrators to bypass configured protection rules' is off.",
      ),
    },
    {
      says: "takes a tag that is called like the branch",
      account: "dev",
      branches: [],
      tags: ["main"],
      outcome: missingOutcome("the tag main may deploy", "Limit its branches to main."),
    },
    {
      says: "takes every branch",
      account: "dev",
      policy: ANY,
      outcome: missingOutcome("every branch may deploy", "Limit its branches to main."),
    },
    {
      says: "takes every protected branch",
      account: "dev",
      policy: PROTECTED,
      outcome: missingOutcome("every protected branch may deploy", "Limit its branches to main."),
    },
    {
      says: "takes another branch too",
      account: "dev",
      branches: ["main", "release/*"],
      outcome: missingOutcome("main, release/* may deploy", "Limit its branches to main."),
    },
    {
      says: "takes no branch",
      account: "dev",
      branches: [],
      outcome: missingOutcome("no branch may deploy", "Limit its branches to main."),
    },
  ];
  for (const { says, account, outcome, ...one } of cases) {
    const { rules = [], policy = CUSTOM, branches = ["main"], tags = [], adminsBypass = false } = one;
    it(says, async () => {
      const github = gitHub({
        [`environments/${account}`]: found({
          ...(adminsBypass !== null && { can_admins_bypass: adminsBypass }),
          protection_rules: rules,
          deployment_branch_policy: policy,
        }),
        [`environments/${account}/deployment-branch-policies`]: found({
          branch_policies: [
            ...branches.map((name) => ({ name, type: "branch" })),
            ...tags.map((name) => ({ name, type: "tag" })),
          ],
        }),
      });
      assert.deepEqual(await environmentOutcome(contextIn(account).account, pipeline, github), outcome);
    });
  }

  it("does not exist", async () => {
    assert.deepEqual(
      await environmentOutcome(contextIn("dev").account, pipeline, gitHub({})),
      missingOutcome(
        "does not exist, and its first job would make it without any protection",
        "Make it on GitHub, limited to main.",
      ),
    );
  });

  for (const [where, answer, outcome] of UNREACHED) {
    it(`is not known ${where}`, async () => {
      const github = gitHub({ "environments/dev": answer });
      assert.deepEqual(await environmentOutcome(contextIn("dev").account, pipeline, github), outcome);
    });
  }
});

describe("the branch that is deployed, on GitHub", () => {
  const REVIEW = {
    type: "pull_request",
    ruleset_id: 7,
    parameters: {
      require_code_owner_review: true,
      required_approving_review_count: 1,
      dismiss_stale_reviews_on_push: true,
    },
  };
  const CHECKS = {
    type: "required_status_checks",
    ruleset_id: 7,
    parameters: { required_status_checks: [{ context: "checks", integration_id: 15_368 }] },
  };
  const NO_FORCE = { type: "non_fast_forward", ruleset_id: 7 };
  const CLASSIC_REVIEWS = {
    require_code_owner_reviews: true,
    required_approving_review_count: 1,
    dismiss_stale_reviews: true,
  };
  const CLASSIC = {
    required_pull_request_reviews: CLASSIC_REVIEWS,
    required_status_checks: {
      checks: [
        { context: "checks", app_id: 15_368 },
        { context: "lint", app_id: -1 },
      ],
    },
    enforce_admins: { enabled: true },
    allow_force_pushes: { enabled: false },
  };
  const demanded = passedOutcome("reviews by code owners, again after each push, checks, no forced pushes");
  const exempts = (whom: string): DoctorOutcome =>
    missingOutcome(
      `does not hold for ${whom}`,
      "Take them out of its settings: nobody bypasses what docs/pipelines.md asks for.",
    );
  const lacks = (what: string): DoctorOutcome =>
    missingOutcome(`does not demand ${what}`, "Add a ruleset for main in the repository's settings.");

  const cases: readonly (readonly [string, readonly object[], CommandAnswer, DoctorOutcome])[] = [
    ["is protected by a ruleset", [REVIEW, CHECKS, NO_FORCE], ABSENT, demanded],
    ["is protected as branches were before rulesets", [], found(CLASSIC), demanded],
    [
      "is protected by both together",
      [REVIEW],
      found({ ...CLASSIC, required_pull_request_reviews: undefined }),
      demanded,
    ],
    [
      "is not protected",
      [],
      ABSENT,
      lacks(
        "a review by code owners, another review after another push, the check `checks` of GitHub Actions, no forced pushes",
      ),
    ],
    [
      "takes anybody's review",
      [
        { ...REVIEW, parameters: { ...REVIEW.parameters, require_code_owner_review: false } },
        CHECKS,
        NO_FORCE,
      ],
      ABSENT,
      lacks("a review by code owners"),
    ],
    [
      "takes nobody's review",
      [
        { ...REVIEW, parameters: { ...REVIEW.parameters, required_approving_review_count: 0 } },
        CHECKS,
        NO_FORCE,
      ],
      ABSENT,
      lacks("a review by code owners"),
    ],
    [
      "requires other checks",
      [REVIEW, NO_FORCE, { ...CHECKS, parameters: { required_status_checks: [{ context: "test" }] } }],
      ABSENT,
      lacks("the check `checks` of GitHub Actions"),
    ],
    [
      "takes the check from any app",
      [REVIEW, NO_FORCE, { ...CHECKS, parameters: { required_status_checks: [{ context: "checks" }] } }],
      ABSENT,
      lacks("the check `checks` of GitHub Actions"),
    ],
    [
      "keeps a review of what was there before",
      [
        { ...REVIEW, parameters: { ...REVIEW.parameters, dismiss_stale_reviews_on_push: false } },
        CHECKS,
        NO_FORCE,
      ],
      ABSENT,
      lacks("another review after another push"),
    ],
    [
      "does not bind administrators",
      [],
      found({ ...CLASSIC, enforce_admins: { enabled: false } }),
      exempts("administrators"),
    ],
    [
      "lets some people past pull requests",
      [],
      found({
        ...CLASSIC,
        required_pull_request_reviews: {
          ...CLASSIC_REVIEWS,
          bypass_pull_request_allowances: { users: [{ login: "somebody" }], teams: [], apps: [] },
        },
      }),
      exempts("those who may bypass pull requests"),
    ],
    [
      "can be pushed over",
      [],
      found({ ...CLASSIC, allow_force_pushes: { enabled: true } }),
      lacks("no forced pushes"),
    ],
    [
      "has a protection that is hidden",
      [REVIEW],
      FORBIDDEN,
      unknownOutcome(
        "no ruleset demands the check `checks` of GitHub Actions, no forced pushes, and its branch protection is hidden from you",
        "Ask an administrator of the repository to run this, or use a ruleset.",
      ),
    ],
  ];
  for (const [says, rules, protection, outcome] of cases) {
    it(says, async () => {
      const github = gitHub({
        "rules/branches/main": found(rules),
        "branches/main/protection": protection,
        "rulesets/7": found({ bypass_actors: [] }),
      });
      assert.deepEqual(await branchOutcome(pipeline, github), outcome);
    });
  }

  for (const [says, ruleset, outcome] of [
    [
      "has a ruleset that somebody may bypass",
      found({ bypass_actors: [{ actor_type: "RepositoryRole" }] }),
      exempts("those who may bypass a ruleset"),
    ],
    [
      "has a ruleset of which only administrators see who may bypass it",
      found({}),
      unknownOutcome(
        "reviews by code owners, again after each push, checks, no forced pushes; the list of those who may bypass its ruleset is hidden from you",
        "Ask an administrator of the repository to run this.",
      ),
    ],
  ] as const) {
    it(says, async () => {
      const github = gitHub({
        "rules/branches/main": found([REVIEW, CHECKS, NO_FORCE]),
        "rulesets/7": ruleset,
      });
      assert.deepEqual(await branchOutcome(pipeline, github), outcome);
    });
  }

  for (const [says, rules, protection] of [
    [
      "is protected although somebody may bypass a ruleset that demands nothing of this",
      [REVIEW, CHECKS, NO_FORCE, { type: "required_linear_history", ruleset_id: 8 }],
      ABSENT,
    ],
    [
      "is protected where one of two rulesets with the same demand binds everybody",
      [REVIEW, { ...REVIEW, ruleset_id: 8 }, CHECKS, NO_FORCE],
      ABSENT,
    ],
    [
      "is protected where its protection binds those who may bypass a ruleset",
      [{ ...REVIEW, ruleset_id: 8 }],
      found(CLASSIC),
    ],
  ] as const) {
    it(says, async () => {
      const github = gitHub({
        "rules/branches/main": found(rules),
        "branches/main/protection": protection,
        "rulesets/7": found({ bypass_actors: [] }),
        "rulesets/8": found({ bypass_actors: [{ actor_type: "RepositoryRole" }] }),
      });
      assert.deepEqual(await branchOutcome(pipeline, github), demanded);
    });
  }

  it("is asked for by its whole name", async () => {
    const asked: string[] = [];
    await branchOutcome({ ...pipeline, branch: "release/prod" }, (path) => {
      asked.push(path);
      return Promise.resolve(ABSENT);
    });
    assert.deepEqual(asked, ["rules/branches/release%2Fprod", "branches/release%2Fprod/protection"]);
  });

  for (const [where, answer, outcome] of UNREACHED) {
    it(`is not known ${where}`, async () => {
      assert.deepEqual(await branchOutcome(pipeline, gitHub({ "rules/branches/main": answer })), outcome);
    });
  }
});

describe("CODEOWNERS, as GitHub reads it", () => {
  const errors = (...lines: readonly object[]): AskGitHub =>
    gitHub({ "codeowners/errors?ref=main": found({ errors: lines }) });

  it("names people whom GitHub knows", async () => {
    assert.deepEqual(
      await codeOwnersOutcome(pipeline, errors()),
      passedOutcome("every line names somebody GitHub knows"),
    );
  });

  it("names teams that are not there, as those of the sample", async () => {
    assert.deepEqual(
      await codeOwnersOutcome(
        pipeline,
        errors({ line: 5, kind: "Unknown owner" }, { line: 7, kind: "Unknown owner" }),
      ),
      missingOutcome(
        "GitHub takes no notice of lines 5 (Unknown owner), 7 (Unknown owner)",
        "Name teams that exist, are visible and may write to the repository.",
      ),
    );
  });

  it("is not there", async () => {
    assert.deepEqual(
      await codeOwnersOutcome(pipeline, gitHub({})),
      missingOutcome("is not on GitHub", "Merge .github/CODEOWNERS into main: nobody is asked without it."),
    );
  });
});
