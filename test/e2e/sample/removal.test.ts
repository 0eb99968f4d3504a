import type { IAM } from "@aws-sdk/client-iam";
import { S3, type Bucket } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";
import { z } from "zod";

import type { WrittenRoster } from "../../support/rosters";
import { giveCredentials, unlessMissing } from "../support/live";
import { assertSucceeded, type Outcome } from "../support/outcome";
import { rosterToday, sampleWorkspace } from "../support/sample";
import { SETTINGS, type Workspace } from "../support/workspace";

const POLICY = z.object({
  Statement: z.array(z.object({ Principal: z.object({ Service: z.string().optional() }) })),
});

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

/** What may become of a bucket that no stack has: everything that protects it is off, and another's policy is on it. */
async function neglect(s3: S3, Bucket: string): Promise<void> {
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Suspended" } });
  await s3.deletePublicAccessBlock({ Bucket });
  await s3.putBucketEncryption({
    Bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" } }],
    },
  });
  await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: "Owner", Value: "somebody" }] } });
  await s3.putBucketPolicy({
    Bucket,
    Policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*` }],
    }),
  });
}

async function protectionOf(s3: S3, Bucket: string): Promise<unknown> {
  const { Status: versioning } = await s3.getBucketVersioning({ Bucket });
  const { PublicAccessBlockConfiguration: block = {} } = await s3.getPublicAccessBlock({ Bucket });
  const { ServerSideEncryptionConfiguration: encryption } = await s3.getBucketEncryption({ Bucket });
  const { TagSet: tags = [] } = await s3.getBucketTagging({ Bucket });
  const { Policy: policy = "{}" } = await s3.getBucketPolicy({ Bucket });
  const { Statement: statements } = POLICY.parse(JSON.parse(policy));
  return {
    versioning,
    isClosed: Object.values(block).every(Boolean),
    encryption: encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault,
    tag: tags.find(({ Key }) => Key === "ManagedBy")?.Value,
    services: statements.map(({ Principal }) => Principal.Service),
  };
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
        "delete cloudwatch.EventRule infra-BreakGlassRefused",
        "delete cloudwatch.EventRule infra-BreakGlassRefused-us-east-1",
        "delete cloudwatch.EventRule infra-BreakGlassUsed",
        "delete cloudwatch.EventRule infra-BreakGlassUsed-us-east-1",
        "delete cloudwatch.EventTarget infra-BreakGlassRefused",
        "delete cloudwatch.EventTarget infra-BreakGlassRefused-us-east-1",
        "delete cloudwatch.EventTarget infra-BreakGlassUsed",
        "delete cloudwatch.EventTarget infra-BreakGlassUsed-us-east-1",
        "delete cloudwatch.LogMetricFilter infra-BreakGlassRefused",
        "delete cloudwatch.LogMetricFilter infra-BreakGlassUsed",
        "delete cloudwatch.MetricAlarm infra-BreakGlassRefused",
        "delete cloudwatch.MetricAlarm infra-BreakGlassUsed",
        "delete iam.Policy infra-BreakGlassR-prod-holders",
        "delete iam.Role infra-BreakGlassR-prod",
        "delete iam.RolePoliciesExclusive infra-BreakGlassR-prod",
        "delete iam.RolePolicyAttachment infra-BreakGlassR-prod/AdministratorAccess",
        "delete iam.RolePolicyAttachment infra-BreakGlassR-prod/infra-BreakGlassR-prod-holders",
        "delete iam.RolePolicyAttachmentsExclusive infra-BreakGlassR-prod",
        "delete stacks.Role infra-BreakGlassR-prod",
        // It opens to those who read the trail, BreakGlass among them.
        "update kms.Key infra-trail (policy)",
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
    });

    it("is destroyed, people with passwords, keys and MFA devices included", async () => {
      await workspace.bring(["users"], rosterToday());
      const iam = workspace.byHand("users");
      for (const person of ["chris.security", "alex.dba"]) await giveCredentials(iam, person);
      assertSucceeded(await workspace.destroy("users"));
      assert.deepEqual(await leftIn(iam), []);
      await deleteEvidence("users");
    });

    it("is not brought up again over the bucket that it left behind", async () => {
      const deployment = await workspace.deploy("dev");
      assert.notEqual(deployment.code, 0);
      assert.match(deployment.output, /BucketAlreadyOwnedByYou/);
      assertSucceeded(await workspace.destroy("dev"));
    });

    describe("with the setting that names the bucket", () => {
      const BUCKET = "infra-trail-222222222222";
      let left: readonly Bucket[] | undefined;
      let adoption: Outcome;

      before(async () => {
        left = (await workspace.client(S3, "dev").listBuckets({})).Buckets;
        await neglect(workspace.client(S3, "dev"), BUCKET);
        workspace.writeFile("Pulumi.dev.yaml", `${SETTINGS}  muster:keptTrailBucket: ${BUCKET}\n`);
        adoption = await workspace.up("dev", "--policy-pack", "policypack");
      });

      after(() => {
        workspace.writeFile("Pulumi.dev.yaml", SETTINGS);
      });

      it("is brought up again and takes the bucket over, with the policy pack", () => {
        assertSucceeded(adoption);
        assert.deepEqual(
          adoption.changes.filter((change) => change.includes(BUCKET)),
          [
            `create s3.BucketPolicy ${BUCKET}`,
            `create s3.BucketPublicAccessBlock ${BUCKET}`,
            `create s3.BucketServerSideEncryptionConfiguration ${BUCKET}`,
            `create s3.BucketVersioning ${BUCKET}`,
            `import s3.Bucket ${BUCKET}`,
            `update s3.Bucket ${BUCKET} (tags)`,
          ],
        );
      });

      it("protects the bucket again, which is still the same", async () => {
        const s3 = workspace.client(S3, "dev");
        assert.deepEqual((await s3.listBuckets({})).Buckets, left);
        assert.deepEqual(await protectionOf(s3, BUCKET), {
          versioning: "Enabled",
          isClosed: true,
          encryption: { SSEAlgorithm: "AES256" },
          tag: "muster",
          services: ["cloudtrail.amazonaws.com", "cloudtrail.amazonaws.com", undefined, undefined],
        });
      });

      it("has nothing to do afterwards, with the setting and without", async () => {
        assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
        workspace.writeFile("Pulumi.dev.yaml", SETTINGS);
        assertSucceeded(await workspace.preview("dev", "--refresh", "--expect-no-changes"));
      });
    });
  });
});
