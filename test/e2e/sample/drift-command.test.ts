import assert from "node:assert/strict";

import type { UnmanagedObject } from "../../../src/drift/unmanaged";
import { changing } from "../support/aws-calls";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
const READ_ONLY_ACCESS = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const READ_HOLDERS = "arn:aws:iam::222222222222:policy/infra-ReadR-dev-holders";
const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const trustOf = (Principal: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
const SERVICE = trustOf({ Service: "ec2.amazonaws.com" });

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
    readonly unmanaged: readonly UnmanagedObject[];
    readonly passedOver: readonly { readonly kind: string; readonly names: readonly string[] }[];
  }[];
}

const PROGRAM =
  "At an unknown version: the last deployment noted no commit; compared with the program of this checkout.";

/** Without hashes, and without the ids of what AWS names by chance. */
const plain = (all: readonly UnmanagedObject[] = []): readonly Partial<UnmanagedObject>[] =>
  all.map(({ fingerprint: _, name, ...one }) => (one.kind === "service credential" ? one : { ...one, name }));

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
      stdout.replace(/Compared: .*\nNot compared: .*\n$/, ""),
      `users (111111111111): nothing differs.\n${PROGRAM}\n\ndev (222222222222): nothing differs.\n${PROGRAM}\n\n` +
        "Nothing differs, as far as it was compared.\n",
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
      ["update infra-ReadR-dev-holders", "update infra-ReadR-dev"],
    );
  });

  describe("after changes by hand", () => {
    let report: Report;
    let code: number;
    let calls: readonly string[];
    let keys: { readonly sarah: string; readonly john: string };

    before(async () => {
      const dev = workspace.byHand("dev");
      await dev.attachRolePolicy({ RoleName: "infra-ReadR-dev", PolicyArn: ADMINISTRATOR_ACCESS });
      await dev.createRole({ RoleName: "backdoor", AssumeRolePolicyDocument: SERVICE });
      await dev.putRolePolicy({ RoleName: "backdoor", PolicyName: "all", PolicyDocument: EVERYTHING });
      await dev.createRole({ RoleName: "function", Path: "/workloads/", AssumeRolePolicyDocument: SERVICE });
      await dev.createServiceLinkedRole({ AWSServiceName: "autoscaling.amazonaws.com" });
      await dev.createRole({
        RoleName: "OrganizationAccountAccessRole",
        AssumeRolePolicyDocument: trustOf({ AWS: "arn:aws:iam::999999999999:root" }),
      });
      await dev.createRole({
        RoleName: "AWSServiceRoleForSupport",
        Path: "/aws-service-role/support.amazonaws.com/",
        AssumeRolePolicyDocument: trustOf({ AWS: "arn:aws:iam::999999999999:root" }),
      });
      await dev.createPolicy({ PolicyName: "spare", PolicyDocument: EVERYTHING });
      await dev.createInstanceProfile({ InstanceProfileName: "web" });
      await dev.addRoleToInstanceProfile({ InstanceProfileName: "web", RoleName: "infra-ReadR-dev" });
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
      // Sarah holds BreakGlass.
      const { AccessKey: sarahs } = await users.createAccessKey({ UserName: "sarah.devops" });
      const { AccessKey: johns } = await users.createAccessKey({ UserName: "john.developer" });
      keys = { sarah: sarahs?.AccessKeyId ?? "", john: johns?.AccessKeyId ?? "" };
      await users.tagUser({ UserName: "john.developer", Tags: [{ Key: keys.john, Value: "laptop" }] });
      await users.tagUser({ UserName: "kim.contractor", Tags: [{ Key: keys.john, Value: "laptop" }] });
      await users.createServiceSpecificCredential({
        UserName: "john.developer",
        ServiceName: "codecommit.amazonaws.com",
      });
      await users.createVirtualMFADevice({ VirtualMFADeviceName: "alex.dba" });
      ({ code, report, calls } = await drift("users", "dev"));
    });

    after(async () => {
      const dev = workspace.byHand("dev");
      await dev.removeRoleFromInstanceProfile({ InstanceProfileName: "web", RoleName: "infra-ReadR-dev" });
      await dev.deleteInstanceProfile({ InstanceProfileName: "web" });
      await dev.deleteRolePolicy({ RoleName: "backdoor", PolicyName: "all" });
      for (const RoleName of [
        "backdoor",
        "function",
        "AWSServiceRoleForAutoScaling",
        "AWSServiceRoleForSupport",
        "OrganizationAccountAccessRole",
      ])
        await dev.deleteRole({ RoleName });
      await dev.deletePolicy({ PolicyArn: "arn:aws:iam::222222222222:policy/spare" });
      await dev.deleteSAMLProvider({ SAMLProviderArn: "arn:aws:iam::222222222222:saml-provider/elsewhere" });
      const users = workspace.byHand("users");
      await users.detachUserPolicy({ UserName: "john.developer", PolicyArn: ADMINISTRATOR_ACCESS });
      await users.deleteUserPolicy({ UserName: "kim.contractor", PolicyName: "more" });
      await users.detachGroupPolicy({ GroupName: "friends", PolicyArn: ADMINISTRATOR_ACCESS });
      await users.removeUserFromGroup({ GroupName: "friends", UserName: "john.developer" });
      await users.deleteGroup({ GroupName: "friends" });
      await users.untagUser({ UserName: "john.developer", TagKeys: [keys.john] });
      await users.untagUser({ UserName: "kim.contractor", TagKeys: [keys.john] });
      await users.deleteAccessKey({ UserName: "sarah.devops", AccessKeyId: keys.sarah });
      await users.deleteAccessKey({ UserName: "john.developer", AccessKeyId: keys.john });
      await users.deleteVirtualMFADevice({ SerialNumber: "arn:aws:iam::111111111111:mfa/alex.dba" });
      const { ServiceSpecificCredentials: made = [] } = await users.listServiceSpecificCredentials({
        UserName: "john.developer",
      });
      for (const { ServiceSpecificCredentialId } of made)
        await users.deleteServiceSpecificCredential({
          UserName: "john.developer",
          ServiceSpecificCredentialId,
        });
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
              deployed: [READ_ONLY_ACCESS, READ_HOLDERS],
              found: [ADMINISTRATOR_ACCESS, READ_ONLY_ACCESS, READ_HOLDERS],
            },
          ],
        },
      ]);
      assert.deepEqual([users.notDeployed, dev.notDeployed], [[], []]);
    });

    it("names what it passed over", () => {
      const [users, dev] = report.accounts;
      assert.deepEqual(users?.passedOver, []);
      assert.deepEqual(
        dev?.passedOver.map(({ kind, names }) => [kind, ...names]),
        [["service-linked roles", "AWSServiceRoleForAutoScaling"]],
      );
    });

    it("names what Pulumi does not see", () => {
      const [users, dev] = report.accounts;
      assert.deepEqual(plain(users?.unmanaged), [
        { kind: "user", name: "ghost", details: [] },
        { kind: "attached policy", name: ADMINISTRATOR_ACCESS, of: "user john.developer" },
        {
          kind: "service credential",
          of: "user john.developer",
          details: ["people have a password, access keys and SSH keys alone"],
        },
        { kind: "inline policy", name: "more", of: "user kim.contractor" },
        {
          kind: "tag",
          name: keys.john,
          of: "user kim.contractor",
          details: ["it describes no access key of this user"],
        },
        {
          kind: "access key",
          name: keys.sarah,
          of: "user sarah.devops",
          details: ["who holds BreakGlass signs in to the console alone"],
        },
        {
          kind: "group",
          name: "friends",
          details: ["member john.developer", `attached ${ADMINISTRATOR_ACCESS}`],
        },
        {
          kind: "MFA device",
          name: "arn:aws:iam::111111111111:mfa/alex.dba",
          details: [
            "nobody has it: an enrolment that nobody finished, or a device left behind, which blocks its name",
          ],
        },
      ]);
      assert.deepEqual(plain(dev?.unmanaged), [
        {
          kind: "role",
          name: "AWSServiceRoleForSupport",
          details: [
            "path /aws-service-role/support.amazonaws.com/",
            "admits arn:aws:iam::999999999999:root, not support.amazonaws.com alone",
          ],
        },
        {
          kind: "role",
          name: "OrganizationAccountAccessRole",
          details: [
            "cannot be checked: src/organization.ts does not say which account is the `management` account",
            "admits arn:aws:iam::999999999999:root",
            "has other policies than AdministratorAccess alone",
          ],
        },
        { kind: "role", name: "backdoor", details: ["admits ec2.amazonaws.com", "inline all"] },
        { kind: "role", name: "function", details: ["path /workloads/", "admits ec2.amazonaws.com"] },
        { kind: "policy", name: "arn:aws:iam::222222222222:policy/spare", details: [] },
        { kind: "instance profile", name: "web", details: ["gives instances the role infra-ReadR-dev"] },
        { kind: "identity provider", name: "arn:aws:iam::222222222222:saml-provider/elsewhere" },
      ]);
    });
  });
});
