import assert from "node:assert/strict";

import type { OwnResource } from "../../policypack/exemption";
import { POLICIES } from "../../policypack/index";
import { sampleOrganization } from "../support/rosters";
import { Pack } from "./support/pack";
import { ROLE } from "./support/types";

type Pipeline = { readonly kind: string } | undefined;

const GITHUB = "token.actions.githubusercontent.com";
const ON_GITHUB = { kind: "github", repository: "example/accounts" };
const WITH_IDS = { ...ON_GITHUB, ids: { owner: 7, repository: 77 } };
const AS_USERS = { kind: "users" };
const ON_GITLAB = {
  kind: "oidc",
  issuer: "https://gitlab.com",
  audience: "sts.amazonaws.com",
  subjects: {
    preview: ["project_path:example/accounts:ref_protected:false"],
    deploy: ["project_path:example/accounts:environment:{stack}"],
  },
};

const allowing = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

/** What the policy says of a resource of one's own, registered with these subjects of tokens. */
function wrongWith(
  pipeline: Pipeline,
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  subjects?: readonly string[],
): readonly string[] {
  const own: OwnResource = {
    ...{ stack: "prod", type, name: "extra", owner: "chris.security", reason: "Sent events." },
    expires: "2026-12-15",
    ...(subjects && { subjects }),
  };
  return new Pack(
    {
      organization: { ...sampleOrganization(), ...(pipeline && { pipeline }) },
      workloads: { web: { runsOn: "ecs", environments: { prod: {} } } },
      ownResources: [own],
    },
    POLICIES.filter(({ name }) => name === "aws-resource-own-documents"),
  )
    .refusals("prod", [{ type, name: "extra", inputs }])
    .map(({ wrong }) => wrong);
}

/** Roles and users of Muster's that no people hold. */
const MUSTERS: readonly (readonly [what: string, pipeline: Pipeline, principal: string])[] = [
  ["what previews", ON_GITHUB, "arn:aws:iam::444444444444:role/infra-PreviewR-prod"],
  ["what previews another account", ON_GITHUB, "arn:aws:iam::222222222222:role/infra-PreviewR-dev"],
  ["what reviews", ON_GITHUB, "arn:aws:iam::444444444444:role/infra-ReviewR-prod"],
  ["what deploys, in other letters", ON_GITHUB, "arn:aws:iam::444444444444:role/INFRA-deployR-prod"],
  [
    "one session of what previews",
    ON_GITLAB,
    "arn:aws:sts::444444444444:assumed-role/infra-PreviewR-prod/job",
  ],
  ["a user of the pipeline's", AS_USERS, "arn:aws:iam::444444444444:user/pipeline/infra-PreviewU-prod"],
  ["another account's", AS_USERS, "arn:aws:iam::222222222222:user/pipeline/infra-DeployU-dev"],
  ["a partner's role", undefined, "arn:aws:iam::444444444444:role/infra-DataShareR-prod-acme"],
  ["a service's role", undefined, "arn:aws:iam::444444444444:role/workloads/infra-task-web-prod"],
  ["the trail's role", undefined, "arn:aws:iam::444444444444:role/infra-TrailR"],
];

/** Whose tokens a trust may not admit, and what is said of them. */
const OTHERS =
  "which is neither of the owner of the pipeline's repository on GitHub nor among the `subjects` of its entry in the register";
const PIPELINES = "which is the pipeline's";
const SUBJECTS_REFUSED: readonly (readonly [
  pipeline: Pipeline,
  issuer: string,
  subject: string,
  says: string,
  registered?: true,
])[] = [
  [ON_GITHUB, GITHUB, "repo:attacker/evil:ref:refs/heads/main", OTHERS],
  [ON_GITHUB, GITHUB, "repo:example-evil/accounts:ref:refs/heads/main", OTHERS],
  [ON_GITHUB, GITHUB, "repo:example/accounts:pull_request", PIPELINES],
  [ON_GITHUB, GITHUB, "repo:example/accounts:pull_request", PIPELINES, true],
  [ON_GITHUB, GITHUB, "repo:Example/Accounts:environment:own", PIPELINES],
  [ON_GITHUB, `${GITHUB}/example`, "repo:example/web:ref:refs/heads/main", OTHERS],
  [ON_GITHUB, GITHUB, "repository_owner:example", OTHERS],
  [ON_GITHUB, GITHUB, "repo:example@8/web@1:ref:refs/heads/main", OTHERS],
  [WITH_IDS, GITHUB, "repo:example@8/web@1:ref:refs/heads/main", OTHERS],
  [WITH_IDS, GITHUB, "repo:example@7/renamed@77:pull_request", PIPELINES],
  [ON_GITLAB, "gitlab.com", "project_path:example/accounts:ref_protected:false", PIPELINES, true],
  [ON_GITLAB, "gitlab.com", "project_path:example/accounts:environment:dev", PIPELINES, true],
  [ON_GITLAB, "gitlab.com", "project_path:example/web:ref_protected:true", OTHERS],
  [ON_GITLAB, GITHUB, "repo:example/web:ref:refs/heads/main", OTHERS],
  [AS_USERS, GITHUB, "repo:example/web:ref:refs/heads/main", OTHERS],
  [undefined, GITHUB, "repo:example/web:ref:refs/heads/main", OTHERS],
];

const SUBJECTS_ADMITTED: readonly (readonly [
  pipeline: Pipeline,
  issuer: string,
  subject: string,
  registered?: true,
])[] = [
  [ON_GITHUB, GITHUB, "repo:example/web:ref:refs/heads/main"],
  [ON_GITHUB, GITHUB, "repo:EXAMPLE/web:environment:prod"],
  [WITH_IDS, GITHUB, "repo:example@7/web@78:environment:prod"],
  [ON_GITHUB, GITHUB, "repo:supplier/web:environment:prod", true],
  [ON_GITLAB, "gitlab.com", "project_path:example/web:ref_protected:true", true],
  [undefined, "oidc.eks.eu-west-1.amazonaws.com/id/0123", "system:serviceaccount:shop:web", true],
];

const trustOf = (issuer: string, subject: string): Readonly<Record<string, unknown>> => ({
  name: "extra",
  assumeRolePolicy: allowing({
    Principal: { Federated: `arn:aws:iam::444444444444:oidc-provider/${issuer}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
  }),
});

describe("a resource of an adopter's own", function () {
  this.timeout(60_000);

  for (const [what, pipeline, principal] of MUSTERS) {
    it(`admits nothing of Muster's: ${what}`, () => {
      const says = `admits ${principal}, which is Muster's and may do what src/documents says, and no more`;
      const trust = allowing({ Sid: "S", Principal: { AWS: principal }, Action: "sts:AssumeRole" });
      const bucket = allowing({ Sid: "S", Principal: { AWS: principal }, Action: "s3:*", Resource: "*" });
      assert.deepEqual(
        [
          ...wrongWith(pipeline, ROLE, { name: "extra", assumeRolePolicy: trust }),
          ...wrongWith(pipeline, "aws:s3/bucketPolicy:BucketPolicy", { bucket: "own", policy: bucket }),
          ...wrongWith(pipeline, "aws:eks/accessEntry:AccessEntry", { principalArn: principal }),
        ],
        [
          `extra: assumeRolePolicy ${says} by the statement "S".`,
          `extra: policy ${says} by the statement "S".`,
          `extra: principalArn ${says}.`,
        ],
      );
    });
  }

  for (const [pipeline, issuer, subject, says, isRegistered] of SUBJECTS_REFUSED) {
    const kind = pipeline?.kind ?? "no";
    it(`with a ${kind} pipeline trusts no ${subject} of ${issuer}${isRegistered ? ", whatever the register says" : ""}`, () => {
      const wrong = wrongWith(pipeline, ROLE, trustOf(issuer, subject), isRegistered && [subject]);
      assert.deepEqual(wrong, [
        `extra: assumeRolePolicy admits the subject ${subject} of ${issuer}, ${says} by the statement number 1.`,
      ]);
    });
  }

  for (const [pipeline, issuer, subject, isRegistered] of SUBJECTS_ADMITTED) {
    const kind = pipeline?.kind ?? "no";
    it(`with a ${kind} pipeline may trust ${subject} of ${issuer}${isRegistered ? " by the register" : ""}`, () => {
      assert.deepEqual(wrongWith(pipeline, ROLE, trustOf(issuer, subject), isRegistered && [subject]), []);
    });
  }
});
