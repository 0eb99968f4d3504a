import assert from "node:assert/strict";

import { admittedBy, groupsOf, trustOf } from "./support/live";
import { assertSucceeded } from "./support/outcome";
import { Workspace, type Sources } from "./support/workspace";

const COMPANY: Sources = {
  organization: {
    prefix: "acme",
    region: "eu-central-1",
    accounts: {
      dev: { id: "555555555555", kind: "workload", environment: "dev", identity: true },
      prod: { id: "666666666666", kind: "workload", environment: "prod" },
    },
    pipeline: { kind: "github", repository: "example/accounts" },
  },
  roster: {
    people: {
      "ada.devops": { email: "ada@example.com", category: "devops", access: { dev: "Admin", prod: "Ops" } },
      "sam.security": { email: "sam@example.com", category: "security", access: { dev: "Security" } },
    },
    power: ["ada.devops", "sam.security"],
  },
};

describe("A small company, whose dev account holds the people and which deploys from GitHub", function () {
  this.timeout(240_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await Workspace.open(COMPANY, ["dev"]);
  });

  after(async () => {
    await workspace.remove();
  });

  it("has users, groups and roles in one stack", async () => {
    assertSucceeded(await workspace.deploy("dev"));
    const iam = workspace.iam("dev");
    assert.deepEqual(await groupsOf(iam, "ada.devops"), [
      "acme-AssumeRoleG-dev",
      "acme-AssumeRoleG-prod",
      "acme-ManageOwnUserG",
      "acme-PowerG",
    ]);
    assert.deepEqual(await admittedBy(iam, "acme-AdminR-dev"), ["ada.devops"]);
    const { Role: role } = await iam.getRole({ RoleName: "acme-AdminR-dev" });
    assert.match(
      decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
      /555555555555:user\/people\/ada\.devops/,
    );
  });

  it("lets its repository deploy the account", async () => {
    const iam = workspace.iam("dev");
    const { OpenIDConnectProviderList: providers } = await iam.listOpenIDConnectProviders({});
    const provider = "arn:aws:iam::555555555555:oidc-provider/token.actions.githubusercontent.com";
    assert.deepEqual(providers, [{ Arn: provider }]);
    const [statement] = await trustOf(iam, "acme-DeployR-dev");
    assert.deepEqual(statement?.Principal, { Federated: provider });
  });

  it("changes nothing in a second run", async () => {
    assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
  });

  for (const { how, options } of [
    { how: "", options: [] },
    { how: ", with the policy pack too", options: ["--policy-pack", "policypack"] },
  ]) {
    it(`names the line of a roster that is not TypeScript${how}`, async () => {
      workspace.writeFile("src/roster.ts", "export const roster = {\n  people: [1 2],\n};\n");
      const { code, output } = await workspace.preview("dev", ...options);
      assert.notEqual(code, 0);
      assert.match(output, /^ +error: src\/roster\.ts:2:14: Expected "\]" but found "2"$/m);
      assert.doesNotMatch(output, /failed to run policy|node_modules|node:internal|dist\/policypack/);
    });
  }
});
