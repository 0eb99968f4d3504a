import assert from "node:assert/strict";

import { changing } from "../support/aws-calls";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const SERVICE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

interface Report {
  readonly exitStatus: number;
  readonly accounts: readonly {
    readonly stack: string;
    readonly problem?: string;
    readonly byHand: readonly {
      readonly operation: string;
      readonly name: string;
      readonly properties: readonly unknown[];
    }[];
    readonly notDeployed: readonly { readonly operation: string; readonly name: string }[];
    readonly unmanaged: readonly unknown[];
  }[];
}

describe("npm run drift", function () {
  this.timeout(300_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
    await workspace.bring(["users", "dev"], rosterToday());
  });

  const drift = async (...args: readonly string[]) => {
    const { code, stdout, stderr, calls } = await workspace.script("drift", "--json", ...args);
    assert.notEqual(stdout, "", stderr);
    return { code, report: JSON.parse(stdout) as Report, calls };
  };

  it("exits 0 where every account is what the roster says", async () => {
    const { code, stdout } = await workspace.script("drift", "users", "dev");
    assert.equal(code, 0, stdout);
    assert.equal(
      stdout,
      "users (111111111111): nothing.\n\ndev (222222222222): nothing.\n\nEvery account is what the roster says.\n",
    );
  });

  it("exits 2 for a stack that there is not, and says which there are", async () => {
    const { code, stderr } = await workspace.script("drift", "nowhere");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /There is no account nowhere in src\/organization\.ts\. Its stacks are: users, dev, staging, prod\./,
    );
    assert.doesNotMatch(stderr, /^\s+at /m);
  });

  it("exits 2 with credentials of another account, and looks at nothing", async () => {
    const { code, report } = await drift("--profile", "users", "dev");
    assert.equal(code, 2);
    assert.match(report.accounts[0]?.problem ?? "", /are those of account 111111111111, not 222222222222/);
  });

  it("tells an edit of the roster from a change by hand", async () => {
    const { people, ...roster } = rosterToday();
    const nina = { email: "nina@example.com", category: "developer", access: { dev: "Read" } } as const;
    workspace.write({
      ...roster,
      people: { ...people, "nina.developer": { ...nina, access: { ...nina.access } } },
    });
    const { code, report } = await drift("dev");
    workspace.write(rosterToday());
    assert.equal(code, 1);
    const [dev] = report.accounts;
    assert.deepEqual([dev?.byHand, dev?.unmanaged], [[], []]);
    assert.deepEqual(
      dev?.notDeployed.map(({ operation, name }) => `${operation} ${name}`),
      ["update infra-ReadR-dev"],
    );
  });

  describe("after changes by hand", () => {
    let report: Report;
    let code: number;
    let calls: readonly string[];

    before(async () => {
      const dev = workspace.byHand("dev");
      await dev.attachRolePolicy({ RoleName: "infra-ReadR-dev", PolicyArn: ADMINISTRATOR_ACCESS });
      await dev.createRole({ RoleName: "backdoor", AssumeRolePolicyDocument: SERVICE });
      await dev.putRolePolicy({ RoleName: "backdoor", PolicyName: "all", PolicyDocument: EVERYTHING });
      await dev.createRole({ RoleName: "function", Path: "/workloads/", AssumeRolePolicyDocument: SERVICE });
      await dev.createServiceLinkedRole({ AWSServiceName: "autoscaling.amazonaws.com" });
      await dev.createPolicy({ PolicyName: "spare", PolicyDocument: EVERYTHING });
      await dev.createSAMLProvider({ Name: "elsewhere", SAMLMetadataDocument: "a".repeat(1_024) });
      const users = workspace.byHand("users");
      await users.createUser({ UserName: "ghost" });
      await users.createGroup({ GroupName: "friends" });
      await users.addUserToGroup({ GroupName: "friends", UserName: "john.developer" });
      await users.attachGroupPolicy({ GroupName: "friends", PolicyArn: ADMINISTRATOR_ACCESS });
      await users.attachUserPolicy({ UserName: "john.developer", PolicyArn: ADMINISTRATOR_ACCESS });
      await users.putUserPolicy({
        UserName: "kim.contractor",
        PolicyName: "more",
        PolicyDocument: EVERYTHING,
      });
      ({ code, report, calls } = await drift("users", "dev"));
    });

    after(async () => {
      const dev = workspace.byHand("dev");
      await dev.deleteRolePolicy({ RoleName: "backdoor", PolicyName: "all" });
      for (const RoleName of ["backdoor", "function", "AWSServiceRoleForAutoScaling"])
        await dev.deleteRole({ RoleName });
      await dev.deletePolicy({ PolicyArn: "arn:aws:iam::222222222222:policy/spare" });
      await dev.deleteSAMLProvider({ SAMLProviderArn: "arn:aws:iam::222222222222:saml-provider/elsewhere" });
      const users = workspace.byHand("users");
      await users.detachUserPolicy({ UserName: "john.developer", PolicyArn: ADMINISTRATOR_ACCESS });
      await users.deleteUserPolicy({ UserName: "kim.contractor", PolicyName: "more" });
      await users.detachGroupPolicy({ GroupName: "friends", PolicyArn: ADMINISTRATOR_ACCESS });
      await users.removeUserFromGroup({ GroupName: "friends", UserName: "john.developer" });
      await users.deleteGroup({ GroupName: "friends" });
      await users.deleteUser({ UserName: "ghost" });
    });

    it("exits 1, and has changed nothing", () => {
      assert.equal(code, 1);
      assert.equal(report.exitStatus, 1);
      assert.deepEqual(changing(calls), []);
    });

    it("names what Pulumi sees", () => {
      const [users, dev] = report.accounts;
      assert.deepEqual(users?.byHand, []);
      assert.deepEqual(dev?.byHand, [
        {
          operation: "update",
          type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
          name: "infra-ReadR-dev",
          properties: [
            {
              property: "policyArns",
              deployed: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
              found: [ADMINISTRATOR_ACCESS, "arn:aws:iam::aws:policy/ReadOnlyAccess"],
            },
          ],
        },
      ]);
      assert.deepEqual([users.notDeployed, dev.notDeployed], [[], []]);
    });

    it("names what Pulumi does not see", () => {
      const [users, dev] = report.accounts;
      assert.deepEqual(users?.unmanaged, [
        { kind: "user", name: "ghost", details: [] },
        { kind: "attached policy", name: ADMINISTRATOR_ACCESS, of: "user john.developer" },
        { kind: "inline policy", name: "more", of: "user kim.contractor" },
        {
          kind: "group",
          name: "friends",
          details: ["member john.developer", `attached ${ADMINISTRATOR_ACCESS}`],
        },
      ]);
      assert.deepEqual(dev?.unmanaged, [
        { kind: "role", name: "backdoor", details: ["inline all"] },
        { kind: "role", name: "function", details: [] },
        { kind: "policy", name: "arn:aws:iam::222222222222:policy/spare" },
        { kind: "identity provider", name: "arn:aws:iam::222222222222:saml-provider/elsewhere" },
      ]);
    });
  });
});
