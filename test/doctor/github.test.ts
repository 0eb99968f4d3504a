import assert from "node:assert/strict";

import type { Answer } from "../../src/doctor/command";
import { missing, ok, unknown, type Outcome } from "../../src/doctor/finding";
import {
  branchOutcome,
  environmentOutcome,
  type AskGitHub,
  type GitHubPipeline,
} from "../../src/doctor/github";
import { contextIn } from "../documents/fixture";

const pipeline: GitHubPipeline = { kind: "github", repository: "example/accounts", branch: "main" };

const found = (value: unknown): Answer => ({
  kind: "ended",
  code: 0,
  stdout: JSON.stringify(value),
  stderr: "",
});
const failed = (stderr: string): Answer => ({ kind: "ended", code: 1, stdout: "", stderr });
const ABSENT = failed("gh: Not Found (HTTP 404)");
const FORBIDDEN = failed("gh: Must have admin rights to Repository. (HTTP 403)");

/** GitHub, which has nothing but these answers. */
const gitHub =
  (answers: Readonly<Record<string, Answer>>): AskGitHub =>
  (path) =>
    Promise.resolve(answers[path] ?? ABSENT);

const SIGN_IN = "Install gh and run `gh auth login`, or look by hand: README, 'Enforce it in CI'.";

const UNREACHED: readonly (readonly [string, Answer, Outcome])[] = [
  ["where gh is not installed", { kind: "not found" }, unknown("gh is not installed", SIGN_IN)],
  ["where gh does not answer", { kind: "no answer" }, unknown("gh does not answer", SIGN_IN)],
  [
    "where nobody is signed in",
    failed("To get started with GitHub CLI, please run:  gh auth login\n"),
    unknown("gh: To get started with GitHub CLI, please run: gh auth login", SIGN_IN),
  ],
];

describe("the environment of an account on GitHub", () => {
  const REVIEWERS = {
    type: "required_reviewers",
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
    readonly outcome: Outcome;
  }
  const cases: readonly Case[] = [
    {
      says: "is right in dev with one branch, in prod with people who approve",
      account: "dev",
      outcome: ok("main alone"),
    },
    {
      says: "is right in prod",
      account: "prod",
      rules: [REVIEWERS],
      outcome: ok("main alone, with approval"),
    },
    {
      says: "lets prod be deployed unseen",
      account: "prod",
      rules: [{ type: "wait_timer" }],
      outcome: missing("nobody has to approve", "Name people who approve deployments to prod."),
    },
    {
      says: "asks nobody by name",
      account: "prod",
      rules: [{ type: "required_reviewers", reviewers: [] }],
      outcome: missing("nobody has to approve", "Name people who approve deployments to prod."),
    },
    {
      says: "takes every branch",
      account: "dev",
      policy: ANY,
      outcome: missing("every branch may deploy", "Limit its branches to main."),
    },
    {
      says: "takes every protected branch",
      account: "dev",
      policy: PROTECTED,
      outcome: missing("every protected branch may deploy", "Limit its branches to main."),
    },
    {
      says: "takes another branch too",
      account: "dev",
      branches: ["main", "release/*"],
      outcome: missing("main, release/* may deploy", "Limit its branches to main."),
    },
    {
      says: "takes no branch",
      account: "dev",
      branches: [],
      outcome: missing("no branch may deploy", "Limit its branches to main."),
    },
  ];
  for (const { says, account, rules = [], policy = CUSTOM, branches = ["main"], outcome } of cases) {
    it(says, async () => {
      const github = gitHub({
        [`environments/${account}`]: found({ protection_rules: rules, deployment_branch_policy: policy }),
        [`environments/${account}/deployment-branch-policies`]: found({
          branch_policies: branches.map((name) => ({ name })),
        }),
      });
      assert.deepEqual(await environmentOutcome(contextIn(account).account, pipeline, github), outcome);
    });
  }

  it("does not exist", async () => {
    assert.deepEqual(
      await environmentOutcome(contextIn("dev").account, pipeline, gitHub({})),
      missing(
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
    parameters: { require_code_owner_review: true, required_approving_review_count: 1 },
  };
  const CHECKS = {
    type: "required_status_checks",
    parameters: { required_status_checks: [{ context: "checks" }] },
  };
  const NO_FORCE = { type: "non_fast_forward" };
  const CLASSIC = {
    required_pull_request_reviews: { require_code_owner_reviews: true, required_approving_review_count: 1 },
    required_status_checks: { contexts: ["checks", "lint"] },
    allow_force_pushes: { enabled: false },
  };
  const demanded = ok("reviews by code owners, checks, no forced pushes");
  const lacks = (what: string): Outcome =>
    missing(`does not demand ${what}`, "Add a ruleset for main in the repository's settings.");

  const cases: readonly (readonly [string, readonly object[], Answer, Outcome])[] = [
    ["is protected by a ruleset", [REVIEW, CHECKS, NO_FORCE], ABSENT, demanded],
    ["is protected as branches were before rulesets", [], found(CLASSIC), demanded],
    [
      "is protected by both together",
      [REVIEW],
      found({ ...CLASSIC, required_pull_request_reviews: undefined }),
      demanded,
    ],
    ["is not protected", [], ABSENT, lacks("a review by code owners, the check `checks`, no forced pushes")],
    [
      "takes anybody's review",
      [{ ...REVIEW, parameters: { required_approving_review_count: 1 } }, CHECKS, NO_FORCE],
      ABSENT,
      lacks("a review by code owners"),
    ],
    [
      "takes nobody's review",
      [
        { ...REVIEW, parameters: { require_code_owner_review: true, required_approving_review_count: 0 } },
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
      lacks("the check `checks`"),
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
      unknown(
        "no ruleset demands the check `checks`, no forced pushes, and its branch protection is hidden from you",
        "Ask an administrator of the repository to run this, or use a ruleset.",
      ),
    ],
  ];
  for (const [says, rules, protection, outcome] of cases) {
    it(says, async () => {
      const github = gitHub({
        "rules/branches/main": found(rules),
        "branches/main/protection": protection,
      });
      assert.deepEqual(await branchOutcome(pipeline, github), outcome);
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
