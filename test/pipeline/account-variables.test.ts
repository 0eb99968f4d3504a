import assert from "node:assert/strict";

import { accountLists, accountVariables, asLines } from "../../src/pipeline/account-variables";
import type { Organization } from "../../src/model/account";
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
        "review_role=arn:aws:iam::444444444444:role/infra-ReviewR-prod",
        "deploy_role=arn:aws:iam::444444444444:role/infra-DeployR-prod",
        "",
      ].join("\n"),
    );
  });
});

describe("the accounts as a pipeline reads them", () => {
  const lists = (accounts: Organization["accounts"]): string =>
    asLines(
      accountLists({
        ...contextIn("prod").organization,
        accounts,
        identity: accounts.find(({ isIdentity }) => isIdentity)!,
      }),
    );
  const { account } = contextIn("prod");
  const people = { ...account, key: "people", environment: "identity", isIdentity: true } as const;

  it("are listed people first, then by environment, each in the order of the organization", () => {
    assert.equal(
      lists([
        account,
        { ...account, key: "data" },
        people,
        { ...account, key: "test", environment: "staging" },
        { ...account, key: "sandbox", environment: "dev" },
      ]),
      [
        'accounts=["people","sandbox","test","prod","data"]',
        'identity=["people"]',
        'dev=["sandbox"]',
        'staging=["test"]',
        'prod=["prod","data"]',
        "promoted=[]",
        "",
      ].join("\n"),
    );
  });

  it("are listed once where a workload account holds the people", () => {
    assert.equal(
      lists([{ ...account, key: "all", environment: "dev", isIdentity: true }, account]),
      [
        'accounts=["all","prod"]',
        'identity=["all"]',
        "dev=[]",
        "staging=[]",
        'prod=["prod"]',
        "promoted=[]",
        "",
      ].join("\n"),
    );
  });

  it("are in no stage where they follow tags: nobody deploys them but by promoting", () => {
    assert.equal(
      lists([people, { ...account, follows: "tags" }, { ...account, key: "data" }]),
      [
        'accounts=["people","prod","data"]',
        'identity=["people"]',
        "dev=[]",
        "staging=[]",
        'prod=["data"]',
        'promoted=["prod"]',
        "",
      ].join("\n"),
    );
  });
});
