import assert from "node:assert/strict";

import { POLICIES } from "../../policypack/index";
import { sampleOrganization } from "../support/rosters";
import { Pack } from "./support/pack";

type Inputs = Readonly<Record<string, unknown>>;
type Pipeline = Inputs | undefined;

const ON_GITHUB = { kind: "github", repository: "example/accounts" };
const ON_GITLAB = {
  kind: "oidc",
  issuer: "https://gitlab.com",
  audience: "sts.amazonaws.com",
  subjects: {
    preview: ["project_path:example/accounts:ref_protected:false"],
    deploy: ["project_path:example/accounts:ref_protected:true"],
  },
};
const ON_BUILDKITE = {
  kind: "oidc",
  issuer: "https://agent.buildkite.com",
  audience: "sts.amazonaws.com",
  subjects: {
    preview: ["organization:example:pipeline:accounts-preview"],
    deploy: ["organization:example:pipeline:accounts"],
  },
};

const ENVIRONMENT = "github:index/repositoryEnvironment:RepositoryEnvironment";
const FILE = "github:index/repositoryFile:RepositoryFile";
const SUBJECTS =
  "github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate";
const GITLAB_VARIABLE = "gitlab:index/projectVariable:ProjectVariable";

const UNNAMED = "has to name in repository a repository other than the pipeline's";
const UNKNOWN = (host: string): string =>
  `is of the package ${host}, and the pipeline in src/organization.ts does not say which repository is this program's`;
const about = (name: string): string => `is about ${name} in repository, which is the pipeline's repository`;

const REFUSED: readonly (readonly [
  what: string,
  pipeline: Pipeline,
  type: string,
  inputs: Inputs,
  ...says: readonly string[],
])[] = [
  [
    "an environment",
    ON_GITHUB,
    ENVIRONMENT,
    { repository: "accounts", environment: "prod" },
    about("accounts"),
  ],
  [
    "a file, by the name in other letters",
    ON_GITHUB,
    FILE,
    { repository: "Accounts", file: "src/roster.ts", content: "x" },
    about("Accounts"),
  ],
  [
    "what its subjects say",
    ON_GITHUB,
    SUBJECTS,
    { repository: "accounts", useDefault: false },
    about("accounts"),
  ],
  [
    "the repository itself",
    ON_GITHUB,
    "github:index/repository:Repository",
    { name: "accounts", visibility: "public" },
    "is about accounts in name, which is the pipeline's repository",
  ],
  [
    "its owner, with all repositories",
    ON_GITHUB,
    "github:index/organizationRuleset:OrganizationRuleset",
    { name: "x" },
    UNNAMED,
  ],
  ["what is not known yet", ON_GITHUB, ENVIRONMENT, { repository: { __pulumiUnknown: true } }, UNNAMED],
  [
    "where it is copied to",
    ON_GITHUB,
    FILE,
    { repository: "web", content: "https://github.com/example/accounts" },
    "content names the pipeline's repository",
  ],
  [
    "a variable of the project",
    ON_GITLAB,
    GITLAB_VARIABLE,
    { project: "example/accounts", value: "x" },
    "is about example/accounts in project, which is the pipeline's repository",
    "project names the pipeline's repository",
  ],
  [
    "a variable of a project by its number",
    ON_GITLAB,
    GITLAB_VARIABLE,
    { project: "42", value: "x" },
    "has to name in project a repository other than the pipeline's",
  ],
  [
    "a repository, where it is not known",
    ON_BUILDKITE,
    ENVIRONMENT,
    { repository: "web" },
    UNKNOWN("github"),
  ],
  ["a repository, without a pipeline", undefined, ENVIRONMENT, { repository: "web" }, UNKNOWN("github")],
  [
    "a project, where it is not known",
    { kind: "users" },
    GITLAB_VARIABLE,
    { project: "a/b" },
    UNKNOWN("gitlab"),
  ],
];

const ADMITTED: readonly (readonly [what: string, pipeline: Pipeline, type: string, inputs: Inputs])[] = [
  ["another repository's environment", ON_GITHUB, ENVIRONMENT, { repository: "web", environment: "prod" }],
  ["another repository", ON_GITHUB, "github:index/repository:Repository", { name: "web" }],
  ["another project", ON_GITLAB, GITLAB_VARIABLE, { project: "example/web", value: "x" }],
  ["a project of the host where the pipeline is not", ON_GITHUB, GITLAB_VARIABLE, { project: "example/web" }],
  ["what is elsewhere", undefined, "pagerduty:index/service:Service", { name: "accounts" }],
];

describe("the repository that the accounts are deployed from", function () {
  this.timeout(60_000);

  const wrongOf = (pipeline: Pipeline, type: string, inputs: Inputs): readonly string[] =>
    new Pack(
      {
        organization: { ...sampleOrganization(), ...(pipeline && { pipeline }) },
        ownResources: [
          {
            ...{ stack: "prod", type, name: "extra", owner: "chris.security", reason: "Sent events." },
            expires: "2026-12-15",
          },
        ],
      },
      POLICIES.filter(({ name }) => name === "aws-resource-own-documents"),
    )
      .refusals("prod", [{ type, name: "extra", inputs, options: { provider: "default" } }])
      .map(({ wrong }) => wrong);

  for (const [what, pipeline, type, inputs, ...says] of REFUSED) {
    it(`is not changed from beside Muster: ${what}`, () => {
      assert.deepEqual(
        wrongOf(pipeline, type, inputs),
        says.map((one) => `extra: ${one}.`),
      );
    });
  }

  for (const [what, pipeline, type, inputs] of ADMITTED) {
    it(`is another than ${what}`, () => {
      assert.deepEqual(wrongOf(pipeline, type, inputs), []);
    });
  }
});
