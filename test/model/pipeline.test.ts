import assert from "node:assert/strict";

import { accepts, modelWith, inOrganization, refuses, refusesValues } from "./cases";

const github = { kind: "github", repository: "example/accounts" };

const REQUESTS = "project_path:example/accounts:ref_protected:false";
const MAIN = "project_path:example/accounts:ref_protected:true";
const gitlab = {
  kind: "oidc",
  issuer: "https://gitlab.com",
  audience: "sts.amazonaws.com",
  subjects: { preview: [REQUESTS], deploy: [MAIN] },
};

const WHOLE = "Allowed: a text without wildcards, spaces and variables, of at most 255 characters";

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
    assert.deepEqual(modelWith(inOrganization(github, "pipeline")).organization.pipeline, {
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
    assert.deepEqual(modelWith(inOrganization(written, "pipeline")).organization.pipeline, written);
  });

  it("keeps what is written of another issuer, whose URL is one of https", () => {
    assert.deepEqual(modelWith(inOrganization(gitlab, "pipeline")).organization.pipeline, {
      ...gitlab,
      issuer: "gitlab.com",
      subjects: { preview: [REQUESTS, MAIN], deploy: [MAIN] },
      branch: "main",
    });
  });

  for (const written of [gitlab, { kind: "users" }]) {
    it(`keeps the branch of a pipeline by ${written.kind}`, () => {
      const { pipeline } = modelWith(
        inOrganization({ ...written, branch: "trunk" }, "pipeline"),
      ).organization;
      assert.equal(pipeline?.branch, "trunk");
    });
  }

  describe("accepts", () => {
    accepts([
      {
        rule: "an issuer with a path, subjects with the account's key, and a state",
        changes: [
          inOrganization(
            {
              ...gitlab,
              issuer: "https://oidc.example.com/org/6f1C",
              subjects: { preview: ["plan:{stack}"], deploy: ["apply:{stack}"] },
              state: { bucket: "example-state" },
            },
            "pipeline",
          ),
        ],
      },
      { rule: "users", changes: [inOrganization({ kind: "users" }, "pipeline")] },
      {
        rule: "names with every character that GitHub takes",
        changes: [inOrganization({ ...github, repository: "Ex-4mple/.git_hub-1.x" }, "pipeline")],
      },
    ]);
  });

  describe("refuses", () => {
    refuses([
      {
        rule: "a pipeline without a kind",
        changes: [inOrganization({}, "pipeline")],
        organization: [["pipeline.kind", "`pipeline` needs `kind`."]],
      },
      {
        rule: "another kind",
        changes: [inOrganization("gitlab", "pipeline"), inOrganization({ kind: "gitlab" }, "pipeline")],
        organization: [
          [
            'pipeline.kind = "gitlab"',
            `A pipeline deploys by GitHub's identity tokens, by those of another issuer such as GitLab ("oidc"), or as IAM users with keys.`,
            'Allowed: "github", "oidc", "users". Did you mean "github"?',
          ],
        ],
      },
      {
        rule: "GitHub without a repository: its jobs would have no subject",
        changes: [inOrganization({ kind: "github" }, "pipeline")],
        organization: [["pipeline.repository", "A pipeline on GitHub needs `repository`."]],
      },
      {
        rule: "users with a repository",
        changes: [inOrganization({ ...github, kind: "users" }, "pipeline")],
        organization: [
          [
            'pipeline.repository = "example/accounts"',
            "Unknown key of a pipeline of users.",
            'Allowed: "kind", "branch", "state"',
          ],
        ],
      },
      {
        rule: "one id without the other",
        changes: [inOrganization({ ...github, ids: { owner: 1 } }, "pipeline")],
        organization: [["pipeline.ids.repository", "`ids` needs `repository`."]],
      },
      {
        rule: "ids as texts, and below 1",
        changes: [inOrganization({ ...github, ids: { owner: "1", repository: 0 } }, "pipeline")],
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
      (value) => inOrganization({ ...github, repository: value }, "pipeline"),
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
          inOrganization({ kind: "users", state: { bucket: "s3://state", key: "alias/state" } }, "pipeline"),
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
      (value) => inOrganization({ ...github, branch: value }, "pipeline"),
      ["pipeline", "branch"],
      BRANCH,
      {
        "an empty branch": "",
        "every branch": "*",
        "branches of a beginning": "release/*",
        "a branch with a colon": "main:environment",
        "a branch that begins with a slash": "/main",
        "a branch with what it begins with in Git": "refs/heads/main",
      },
    );
    refusesValues(
      (value) => inOrganization({ ...gitlab, issuer: value }, "pipeline"),
      ["pipeline", "issuer"],
      [
        "An issuer is a URL of https in small letters whose host is a name on the internet, without a port, a query and a slash at its end.",
        'Allowed: a text such as "https://gitlab.com"',
      ],
      {
        "an empty issuer": "",
        "a host alone": "gitlab.com",
        "another scheme": "http://gitlab.com",
        "a slash at its end": "https://gitlab.com/",
        "a port": "https://gitlab.example.com:8443",
        "a query": "https://gitlab.com?tenant=1",
        "a wildcard": "https://*.example.com",
        "a host in capitals": "https://GitLab.com",
        "this machine": "https://127.0.0.1",
        "an address within AWS": "https://169.254.169.254",
        "this machine by name": "https://localhost",
        "a host of a network of one's own": "https://gitlab.local",
        "a host with an empty word": "https://gitlab..com",
        "a host that begins with a hyphen": "https://-gitlab.com",
        "a host with a dot at its end": "https://gitlab.com.",
        "a path that leads up": "https://gitlab.com/../evil",
        "a path with an empty folder": "https://gitlab.com//group",
      },
    );
    refuses([
      {
        rule: "GitHub by another name: its own form asks for the branch",
        changes: [
          inOrganization({ ...gitlab, issuer: "https://token.actions.githubusercontent.com" }, "pipeline"),
        ],
        organization: [
          [
            'pipeline.issuer = "https://token.actions.githubusercontent.com"',
            "GitHub's tokens have a form of their own here, which asks for the branch too.",
            'To do: Write `kind: "github"` with `repository`.',
          ],
        ],
      },
      {
        rule: "GitHub of one enterprise: its tokens' branch would not be asked for",
        changes: [
          inOrganization(
            { ...gitlab, issuer: "https://token.actions.githubusercontent.com/example" },
            "pipeline",
          ),
        ],
        organization: [
          [
            'pipeline.issuer = "https://token.actions.githubusercontent.com/example"',
            "GitHub's tokens have a form of their own here, which asks for the branch too.",
            'To do: Write `kind: "github"` with `repository`.',
          ],
        ],
      },
      {
        rule: "an issuer of everybody's tokens",
        changes: [inOrganization({ ...gitlab, issuer: "https://accounts.google.com" }, "pipeline")],
        organization: [
          [
            'pipeline.issuer = "https://accounts.google.com"',
            "Its tokens are those of people and apps, not of the jobs of a pipeline.",
            "To do: Name the issuer of the tokens of your pipeline's jobs.",
          ],
        ],
      },
      ...[
        { preview: [MAIN], deploy: [MAIN], both: MAIN },
        { preview: ["a", "mr"], deploy: ["mr", "b"], both: "mr" },
        { preview: ["a:{stack}"], deploy: ["a:dev", "a:staging", "a:prod", "a:users"], both: "a:{stack}" },
        { preview: ["a:dev"], deploy: ["a:{stack}"], both: "a:dev" },
      ].map(({ preview, deploy, both }) => ({
        rule: `jobs of requests that may deploy: ${preview.join()} and ${deploy.join()}`,
        changes: [inOrganization({ ...gitlab, subjects: { preview, deploy } }, "pipeline")],
        organization: [
          [
            `pipeline.subjects.preview = ${JSON.stringify(preview)}`,
            `Jobs of requests run code that nobody has read, and ${both} may deploy.`,
            "To do: Name in `preview` the subjects that requests alone have. Those of `deploy` may preview anyway.",
          ] as const,
        ],
      })),
      {
        rule: "nobody, as a subject",
        changes: [inOrganization({ ...gitlab, subjects: { preview: [], deploy: [MAIN] } }, "pipeline")],
        organization: [
          [
            "pipeline.subjects.preview = []",
            "`preview` is empty: nobody gets in, or everybody does.",
            "Allowed: one subject or more",
          ],
        ],
      },
      {
        rule: "another issuer without an audience and subjects",
        changes: [inOrganization({ kind: "oidc", issuer: "https://gitlab.com" }, "pipeline")],
        organization: [
          ["pipeline.audience", "A pipeline with tokens needs `audience`."],
          ["pipeline.subjects", "A pipeline with tokens needs `subjects`."],
        ],
      },
    ]);
    const patterns = {
      "an empty text": "",
      "a wildcard": "project_path:example/*",
      "any character": "project_path:example/account?",
      "a policy variable": "project_path:${aws:username}",
      "a space": "project_path:example /accounts",
      "a line break": "project_path:example/accounts\n",
      "a word in braces that stands for nothing": "plan:{Stack}",
      "another word in braces": "plan:{account}",
      "braces that do not close": "plan:{stack",
    };
    refusesValues(
      (value) => inOrganization({ ...gitlab, audience: value }, "pipeline"),
      ["pipeline", "audience"],
      ["An audience is compared as a whole.", WHOLE],
      patterns,
    );
    refuses(
      Object.entries(patterns).map(([rule, value]) => ({
        rule: `${rule} as a subject`,
        changes: [
          inOrganization({ ...gitlab, subjects: { preview: [REQUESTS], deploy: [value] } }, "pipeline"),
        ],
        organization: [
          [
            `pipeline.subjects.deploy[0] = ${JSON.stringify(value)}`,
            "A subject is compared as a whole.",
            `${WHOLE}; {stack} in it is the account's key`,
          ],
        ],
      })),
    );
    refuses([
      {
        rule: "more than 255 characters",
        changes: [inOrganization({ ...gitlab, audience: "x".repeat(256) }, "pipeline")],
        organization: [
          [`pipeline.audience = "${"x".repeat(78)}…`, "An audience is compared as a whole.", WHOLE],
        ],
      },
    ]);
  });
});
