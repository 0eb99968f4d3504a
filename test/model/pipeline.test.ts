import assert from "node:assert/strict";

import { accepts, modelWith, organization, refuses, refusesValues } from "./cases";

const github = { kind: "github", repository: "example/accounts" };

const REPOSITORY = [
  "A repository on GitHub is its owner's name, a slash and its own name, as GitHub spells them.",
  'Allowed: a text such as "example/accounts"',
];
const BRANCH = [
  "A branch is the name of one, without wildcards and without refs/heads/.",
  'Allowed: a text such as "main"',
];

describe("pipeline", () => {
  it("is absent unless the organization names one", () => {
    assert.equal(modelWith().organization.pipeline, undefined);
  });

  it("deploys main where it names no branch", () => {
    assert.deepEqual(modelWith(organization(github, "pipeline")).organization.pipeline, {
      ...github,
      branch: "main",
    });
  });

  it("keeps what is written", () => {
    const written = {
      ...github,
      ids: { owner: 1, repository: 2 },
      branch: "release/prod",
      state: { bucket: "example-state", key: "arn:aws:kms:eu-west-1:111111111111:key/1" },
    };
    assert.deepEqual(modelWith(organization(written, "pipeline")).organization.pipeline, written);
  });

  describe("accepts", () => {
    accepts([
      { rule: "users", changes: [organization({ kind: "users" }, "pipeline")] },
      {
        rule: "names with every character that GitHub takes",
        changes: [organization({ ...github, repository: "Ex-4mple/.git_hub-1.x" }, "pipeline")],
      },
    ]);
  });

  describe("refuses", () => {
    refuses([
      {
        rule: "a pipeline without a kind",
        changes: [organization({}, "pipeline")],
        organization: [["pipeline.kind", "`pipeline` needs `kind`."]],
      },
      {
        rule: "another kind",
        changes: [organization("gitlab", "pipeline"), organization({ kind: "gitlab" }, "pipeline")],
        organization: [
          [
            'pipeline.kind = "gitlab"',
            "A pipeline deploys by GitHub's identity tokens, or as IAM users with keys.",
            'Allowed: "github", "users"',
          ],
        ],
      },
      {
        rule: "GitHub without a repository: its jobs would have no subject",
        changes: [organization({ kind: "github" }, "pipeline")],
        organization: [["pipeline.repository", "A pipeline on GitHub needs `repository`."]],
      },
      {
        rule: "users with a repository",
        changes: [organization({ ...github, kind: "users" }, "pipeline")],
        organization: [
          [
            'pipeline.repository = "example/accounts"',
            "Unknown key of a pipeline of users.",
            'Allowed: "kind", "state"',
          ],
        ],
      },
      {
        rule: "one id without the other",
        changes: [organization({ ...github, ids: { owner: 1 } }, "pipeline")],
        organization: [["pipeline.ids.repository", "`ids` needs `repository`."]],
      },
      {
        rule: "ids as texts, and below 1",
        changes: [organization({ ...github, ids: { owner: "1", repository: 0 } }, "pipeline")],
        organization: [
          [
            'pipeline.ids.owner = "1"',
            "GitHub's ids are whole numbers.",
            "Allowed: a whole number from 1 to 9,007,199,254,740,991",
          ],
          [
            "pipeline.ids.repository = 0",
            "GitHub's ids are whole numbers.",
            "Allowed: a whole number from 1 to 9,007,199,254,740,991",
          ],
        ],
      },
    ]);
    refusesValues(
      (value) => organization({ ...github, repository: value }, "pipeline"),
      ["pipeline", "repository"],
      REPOSITORY,
      {
        "an empty repository": "",
        "an owner alone": "example",
        "an empty name": "example/",
        "an empty owner": "/accounts",
        "every repository of an owner": "example/*",
        "any character of a name": "example/account?",
        "a subject instead of a repository": "example/accounts:ref",
        "a URL": "https://github.com/example/accounts",
        "a folder": "example/..",
        "a policy variable": "example/${aws:username}",
      },
    );
    refuses([
      {
        rule: "state in what is no bucket, under a key's alias",
        changes: [
          organization({ kind: "users", state: { bucket: "s3://state", key: "alias/state" } }, "pipeline"),
        ],
        organization: [
          [
            'pipeline.state.bucket = "s3://state"',
            "This is not the name of a bucket.",
            'Allowed: a name such as "example-state"',
          ],
          [
            'pipeline.state.key = "alias/state"',
            "A key is named by its ARN; an alias could come to mean another one.",
            'Allowed: a text such as "arn:aws:kms:eu-west-1:111111111111:key/…"',
          ],
        ],
      },
    ]);
    refusesValues(
      (value) => organization({ ...github, branch: value }, "pipeline"),
      ["pipeline", "branch"],
      BRANCH,
      {
        "an empty branch": "",
        "every branch": "*",
        "branches of a beginning": "release/*",
        "a branch with a colon": "main:environment",
        "a branch that begins with a slash": "/main",
      },
    );
  });
});
