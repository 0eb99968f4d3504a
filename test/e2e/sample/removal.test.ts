import type { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";

import type { WrittenRoster } from "../../support/rosters";
import { giveCredentials, unlessMissing } from "../support/live";
import { assertSucceeded } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import type { Workspace } from "../support/workspace";

const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
const NOTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});

function withoutBreakGlass(): WrittenRoster {
  const roster = rosterToday();
  delete roster.breakGlass;
  return roster;
}

/** Puts on a role what Pulumi does not know of: IAM refuses to delete a role that has any. */
async function burden(iam: IAM, RoleName: string): Promise<void> {
  await iam.attachRolePolicy({ RoleName, PolicyArn: ADMINISTRATOR_ACCESS });
  await iam.putRolePolicy({ RoleName, PolicyName: "more", PolicyDocument: NOTHING });
}

/** The names of everything of Muster's that IAM has in an account. */
async function leftIn(iam: IAM): Promise<readonly string[]> {
  const { Users: users = [] } = await iam.listUsers({});
  const { Groups: groups = [] } = await iam.listGroups({});
  const { Roles: roles = [] } = await iam.listRoles({});
  const { Policies: policies = [] } = await iam.listPolicies({ Scope: "Local" });
  const { VirtualMFADevices: devices = [] } = await iam.listVirtualMFADevices({});
  return [
    ...users.map(({ UserName }) => UserName ?? ""),
    ...groups.map(({ GroupName }) => GroupName ?? ""),
    ...roles.map(({ RoleName }) => RoleName ?? ""),
    ...policies.map(({ PolicyName }) => PolicyName ?? ""),
    ...devices.map(({ SerialNumber }) => SerialNumber ?? ""),
  ];
}

describe("What the program no longer has", function () {
  this.timeout(240_000);
  let workspace: Workspace;

  before(async () => {
    workspace = await sampleWorkspace();
  });

  describe("BreakGlass, when the roster names no holder any more", () => {
    before(async () => {
      await workspace.bring(["users", "prod"], rosterToday());
      const prod = workspace.byHand("prod");
      await burden(prod, "infra-BreakGlassR-prod");
      const users = workspace.byHand("users");
      await users.attachGroupPolicy({
        GroupName: "infra-BreakGlassG-prod",
        PolicyArn: ADMINISTRATOR_ACCESS,
      });
      await users.addUserToGroup({ GroupName: "infra-BreakGlassG-prod", UserName: "john.developer" });
      workspace.write(withoutBreakGlass());
    });

    it("goes from its account with its alarm, in spite of what somebody attached", async () => {
      const deployment = await workspace.deploy("prod", "--refresh");
      assertSucceeded(deployment);
      assert.deepEqual(deployment.changes, [
        "delete cloudwatch.LogMetricFilter infra-BreakGlassUsed",
        "delete cloudwatch.MetricAlarm infra-BreakGlassUsed",
        "delete iam.Role infra-BreakGlassR-prod",
        "delete iam.RolePoliciesExclusive infra-BreakGlassR-prod",
        "delete iam.RolePolicyAttachment infra-BreakGlassR-prod/AdministratorAccess",
        "delete iam.RolePolicyAttachmentsExclusive infra-BreakGlassR-prod",
        "delete stacks.Role infra-BreakGlassR-prod",
      ]);
      const iam = workspace.iam("prod");
      assert.equal(await unlessMissing(iam.getRole({ RoleName: "infra-BreakGlassR-prod" })), undefined);
    });

    it("stays in the users' account while its group has a policy that somebody attached: IAM refuses", async () => {
      const deployment = await workspace.deploy("users", "--refresh");
      assert.notEqual(deployment.code, 0);
      assert.match(deployment.output, /DeleteConflict.*must detach all policies first/);
    });

    it("goes from the users' account with its group, in spite of who was added, once the policy is off", async () => {
      const GroupName = "infra-BreakGlassG-prod";
      const iam = workspace.iam("users");
      await workspace.byHand("users").detachGroupPolicy({ GroupName, PolicyArn: ADMINISTRATOR_ACCESS });
      assertSucceeded(await workspace.deploy("users", "--refresh"));
      assert.equal(await unlessMissing(iam.getGroup({ GroupName })), undefined);
    });
  });

  describe("a whole account", () => {
    /** Evidence outlives the program; whoever deploys again imports the bucket, or has no more need of it. */
    async function deleteEvidence(account: string): Promise<void> {
      const s3 = workspace.client(S3, account);
      const { Buckets: buckets = [] } = await s3.listBuckets({});
      assert.deepEqual(
        buckets.map(({ Name }) => Name),
        [`infra-trail-${workspace.organization.accounts[account]?.id ?? ""}`],
      );
      for (const { Name } of buckets) await s3.deleteBucket({ Bucket: Name });
    }

    it("is destroyed, roles with attachments of others included", async () => {
      await workspace.bring(["dev"], rosterToday());
      const iam = workspace.byHand("dev");
      await burden(iam, "infra-ReadR-dev");
      assertSucceeded(await workspace.destroy("dev"));
      assert.deepEqual(await leftIn(iam), []);
      await deleteEvidence("dev");
    });

    it("is destroyed, people with passwords, keys and MFA devices included", async () => {
      await workspace.bring(["users"], rosterToday());
      const iam = workspace.byHand("users");
      for (const person of ["chris.security", "alex.dba"]) await giveCredentials(iam, person);
      assertSucceeded(await workspace.destroy("users"));
      assert.deepEqual(await leftIn(iam), []);
      await deleteEvidence("users");
    });

    it("is brought up again", async () => {
      await workspace.bring(["dev"], rosterToday());
      assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
    });
  });
});
