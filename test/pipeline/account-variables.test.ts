import assert from "node:assert/strict";

import { accountVariables, asLines } from "../../src/pipeline/account-variables";
import { contextIn } from "../documents/fixture";

describe("what a job has to know of its account", () => {
  it("is a name and a value a line", () => {
    const { organization, account } = contextIn("prod");
    assert.equal(
      asLines(accountVariables(organization, account)),
      [
        "account=444444444444",
        "region=eu-west-1",
        "preview_role=arn:aws:iam::444444444444:role/infra-PreviewR-prod",
        "deploy_role=arn:aws:iam::444444444444:role/infra-DeployR-prod",
        "",
      ].join("\n"),
    );
  });
});
