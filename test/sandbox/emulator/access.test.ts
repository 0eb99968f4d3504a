import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import { recordAwsCalls } from "../../e2e/support/aws-calls";
import { EngineStandIn, type Resource } from "./engine-stand-in";
import { rememberEnvironment } from "../environment";
import { openEmulatedAccounts, type EmulatedAccounts } from "./emulated-accounts";

const dev = { region: "eu-west-1", allowedAccountIds: '["222222222222"]' };

describe("the provider in an account", function () {
  this.timeout(60_000);
  let accounts: EmulatedAccounts;
  before(async () => (accounts = await openEmulatedAccounts()));
  after(() => accounts.close());
  let restoreEnvironment: () => void;
  beforeEach(() => (restoreEnvironment = rememberEnvironment()));
  afterEach(() => restoreEnvironment());

  describe("credentials", () => {
    const engine = () => new EngineStandIn(accounts.endpoint);

    it("are those of the one allowed account, as an operator would choose them", async () => {
      const provider = engine();
      await provider.configure(dev);
      const role = await provider.create("aws:iam/group:Group", "whose", { name: "whose" });
      assert.equal(role.outputs["arn"], "arn:aws:iam::222222222222:group/whose");
    });

    it("are asked once whose they are", async () => {
      const recorder = await recordAwsCalls(accounts.endpoint);
      try {
        await new EngineStandIn(recorder.endpoint).configure(dev);
        assert.deepEqual(
          recorder.calls.filter((call) => call === "sts:GetCallerIdentity"),
          ["sts:GetCallerIdentity"],
        );
      } finally {
        await recorder.stop();
      }
    });

    it("of another account are refused, when AWS_PROFILE chooses them", async () => {
      process.env["AWS_PROFILE"] = "users";
      await assert.rejects(
        engine().configure(dev),
        /AWS account ID not allowed: 111111111111\. .*AWS_PROFILE=users.*222222222222/,
      );
    });

    it("of another account are refused, when AWS_ACCESS_KEY_ID chooses them", async () => {
      process.env["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";
      process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
      await assert.rejects(
        engine().configure(dev),
        /AWS account ID not allowed: 123456789012\. .*AWS_ACCESS_KEY_ID/,
      );
    });

    it("of the right account are used, when AWS_PROFILE chooses them", async () => {
      process.env["AWS_PROFILE"] = "dev";
      await engine().configure(dev);
    });

    it("of an account that the sandbox does not have are missing, and the way out is named", async () => {
      const unheard = { ...dev, allowedAccountIds: '["999999999999"]' };
      await assert.rejects(engine().configure(unheard), /profile 999999999999.*npm run sandbox/);
    });

    it("of a forbidden account are refused", async () => {
      const forbidden = { region: "eu-west-1", forbiddenAccountIds: '["111111111111"]' };
      await assert.rejects(engine().configure(forbidden), /AWS account ID forbidden: 111111111111/);
    });
  });

  describe("what it does not know", () => {
    let engine: EngineStandIn;
    before(async () => {
      engine = new EngineStandIn(accounts.endpoint);
      await engine.configure(dev);
    });

    it("is refused by name: a resource type", async () => {
      await assert.rejects(
        engine.check("aws:ec2/vpc:Vpc", "vpc", {}),
        /does not know aws:ec2\/vpc:Vpc\. It knows: aws:accessanalyzer/,
      );
    });

    it("is refused by name: a property", async () => {
      const { failures } = await engine.check("aws:iam/role:Role", "role", { managedPolicyArns: [] });
      assert.deepEqual(
        failures.map((failure) => failure.split(":")[0]),
        ["managedPolicyArns"],
      );
    });

    it("is refused by name: a function", async () => {
      await assert.rejects(
        engine.invoke("aws:ec2/getVpc:getVpc"),
        /does not know the function aws:ec2\/getVpc:getVpc/,
      );
      assert.equal(
        (await engine.invoke("aws:index/getCallerIdentity:getCallerIdentity"))["accountId"],
        "222222222222",
      );
    });

    it("is named when AWS refuses it", async () => {
      const twice = { name: "twice" };
      await engine.create("aws:iam/group:Group", "twice", twice);
      await assert.rejects(
        engine.create("aws:iam/group:Group", "twice", twice),
        /^Error: EntityAlreadyExists/,
      );
    });
  });

  describe("a person", () => {
    let engine: EngineStandIn;
    let iam: IAM;
    before(async () => {
      engine = new EngineStandIn(accounts.endpoint);
      await engine.configure(dev);
      iam = accounts.client(IAM, "dev");
    });

    /** A user with everything that people make for themselves. */
    async function equipped(name: string): Promise<Resource> {
      const user = await engine.create("aws:iam/user:User", name, {
        name,
        path: "/people/",
        forceDestroy: true,
      });
      const UserName = name;
      await iam.createAccessKey({ UserName });
      await iam.createLoginProfile({ UserName, Password: "correct horse battery staple 1A" });
      await iam.uploadSSHPublicKey({
        UserName,
        SSHPublicKeyBody: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC example",
      });
      const { VirtualMFADevice: device } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: name });
      const mfa = { UserName, SerialNumber: device?.SerialNumber };
      await iam.enableMFADevice({ ...mfa, AuthenticationCode1: "123456", AuthenticationCode2: "654321" });
      await iam.createGroup({ GroupName: `${name}-group` });
      await iam.addUserToGroup({ UserName, GroupName: `${name}-group` });
      await iam.attachUserPolicy({ UserName, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
      await iam.putUserPolicy({
        UserName,
        PolicyName: "inline",
        PolicyDocument:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
      });
      return user;
    }

    it("with keys, password, MFA device, groups and policies can be removed", async () => {
      const user = await equipped("leaver");
      await engine.delete(user);
      assert.equal(await engine.refresh(user), undefined);
      const { VirtualMFADevices: devices = [] } = await iam.listVirtualMFADevices({});
      assert.deepEqual(
        devices.filter(({ SerialNumber }) => SerialNumber?.endsWith("/leaver")),
        [],
      );
    });

    it("who is renamed keeps keys, MFA device and memberships", async () => {
      const user = await equipped("old.name");
      const membership = await engine.create("aws:iam/groupMembership:GroupMembership", "members", {
        name: "members",
        group: "old.name-group",
        users: ["old.name"],
      });
      const news = { ...user.inputs, name: "new.name" };
      assert.deepEqual((await engine.diff(user, news)).replaces, []);
      const renamed = await engine.update(user, news);
      assert.equal(renamed.outputs["arn"], "arn:aws:iam::222222222222:user/people/new.name");
      assert.deepEqual(await engine.refresh(renamed), renamed);

      const members = await engine.update(membership, { ...membership.inputs, users: ["new.name"] });
      assert.deepEqual(await engine.refresh(members), members);
      const UserName = "new.name";
      assert.equal((await iam.listAccessKeys({ UserName })).AccessKeyMetadata?.length, 1);
      assert.equal((await iam.listMFADevices({ UserName })).MFADevices?.length, 1);
      await engine.delete(renamed);
    });
  });

  it("keeps five versions of a policy, and makes room for the next", async () => {
    const engine = new EngineStandIn(accounts.endpoint);
    await engine.configure(dev);
    const document = (action: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
      });
    let policy = await engine.create("aws:iam/policy:Policy", "policy", {
      name: "versions",
      policy: document("s3:Get0"),
    });
    for (let edition = 1; edition < 8; edition += 1) {
      policy = await engine.update(policy, { ...policy.inputs, policy: document(`s3:Get${edition}`) });
    }
    const { Versions: versions } = await accounts
      .client(IAM, "dev")
      .listPolicyVersions({ PolicyArn: policy.id });
    assert.equal(versions?.length, 5);
    assert.deepEqual(await engine.refresh(policy), policy);
    await engine.delete(policy);
  });

  it("deletes a role with policies that somebody attached by hand", async () => {
    const engine = new EngineStandIn(accounts.endpoint);
    await engine.configure(dev);
    const role = await engine.create("aws:iam/role:Role", "role", {
      name: "attached",
      forceDetachPolicies: true,
      assumeRolePolicy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}]}',
    });
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await accounts.client(IAM, "dev").attachRolePolicy({ RoleName: "attached", PolicyArn });
    await engine.delete(role);
    assert.equal(await engine.refresh(role), undefined);
  });

  it("puts the provider's default tags on everything, and finds no drift in them", async () => {
    const engine = new EngineStandIn(accounts.endpoint);
    await engine.configure({ ...dev, defaultTags: '{"tags":{"managed-by":"muster"}}' });
    const user = await engine.create("aws:iam/user:User", "tagged", {
      name: "tagged",
      tags: { category: "dba" },
    });
    assert.deepEqual(user.outputs["tagsAll"], { category: "dba", "managed-by": "muster" });
    assert.deepEqual(user.outputs["tags"], { category: "dba" });
    assert.deepEqual(await engine.refresh(user), user);
    await accounts.client(IAM, "dev").untagUser({ UserName: "tagged", TagKeys: ["managed-by"] });
    const found = await engine.refresh(user);
    assert.ok(found);
    assert.deepEqual((await engine.diff(found, user.inputs)).changes, ["tags"]);
  });
});
