import assert from "node:assert/strict";

import { blueprintsOf } from "../../../src/documents/blueprint";
import type { PipelineBlueprint } from "../../../src/documents/pipeline-blueprint";
import { buildModel } from "../../../src/model/model";
import { PIPELINE_ROLE_NAMES } from "../../../src/model/pipeline";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";

const REQUESTS = "project_path:example/accounts:ref_protected:false";
const MAIN = "project_path:example/accounts:ref_protected:true";

const pipelineIn = (key: string, pipeline: object): PipelineBlueprint => {
  const model = buildModel({ ...sampleOrganization(), pipeline }, sampleRoster(), SAMPLE_MOMENT);
  const found = blueprintsOf(model).find(({ account }) => account.key === key)?.pipeline;
  assert.ok(found);
  return found;
};

const trustsIn = (key: string, pipeline: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    pipelineIn(key, pipeline).roles.map(({ role, trust }) => [role, JSON.parse(trust.text) as unknown]),
  );

const admits = (issuer: string, account: string, audience: string, subjects: readonly string[]): object => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "PipelineJobs",
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subjects } },
    },
  ],
});

describe("a pipeline with tokens of another issuer", () => {
  const gitlab = {
    kind: "oidc",
    issuer: "https://gitlab.com",
    audience: "sts.amazonaws.com",
    subjects: { preview: [REQUESTS], deploy: [MAIN] },
  };

  it("admits the subjects of each role, for its audience alone, and compares both as a whole", () => {
    assert.deepEqual(trustsIn("prod", gitlab), {
      Preview: admits("gitlab.com", "444444444444", "sts.amazonaws.com", [REQUESTS, MAIN]),
      Review: admits("gitlab.com", "444444444444", "sts.amazonaws.com", [MAIN]),
      Deploy: admits("gitlab.com", "444444444444", "sts.amazonaws.com", [MAIN]),
    });
  });

  it("writes the account's key for {stack}, so that a job of one account opens no other", () => {
    const written = {
      kind: "oidc",
      issuer: "https://app.example.com/org/6f1C",
      audience: "aws.workload.identity",
      subjects: {
        preview: ["workspace:{stack}:run_phase:plan"],
        deploy: ["workspace:{stack}:run_phase:apply"],
      },
    };
    const issuer = "app.example.com/org/6f1C";
    assert.deepEqual(trustsIn("dev", written), {
      Preview: admits(issuer, "222222222222", "aws.workload.identity", [
        "workspace:dev:run_phase:plan",
        "workspace:dev:run_phase:apply",
      ]),
      Review: admits(issuer, "222222222222", "aws.workload.identity", ["workspace:dev:run_phase:apply"]),
      Deploy: admits(issuer, "222222222222", "aws.workload.identity", ["workspace:dev:run_phase:apply"]),
    });
  });

  it("has the issuer's identity provider in every account, for its audience alone, and no users", () => {
    const { identityProvider, users } = pipelineIn("users", gitlab);
    assert.deepEqual(identityProvider, {
      arn: "arn:aws:iam::111111111111:oidc-provider/gitlab.com",
      url: "https://gitlab.com",
      audiences: ["sts.amazonaws.com"],
    });
    assert.deepEqual(users, []);
  });

  it("may do what a pipeline on GitHub may", () => {
    const github = { kind: "github", repository: "example/accounts" };
    for (const role of PIPELINE_ROLE_NAMES) {
      const policiesOf = (pipeline: object): unknown =>
        pipelineIn("prod", pipeline).roles.find((candidate) => candidate.role === role)?.policies;
      assert.deepEqual(policiesOf(gitlab), policiesOf(github));
    }
  });
});
