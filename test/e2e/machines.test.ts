import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { KMS } from "@aws-sdk/client-kms";
import { S3 } from "@aws-sdk/client-s3";
import { SSM } from "@aws-sdk/client-ssm";
import assert from "node:assert/strict";

import { assertSucceeded } from "./support/outcome";
import { SETTINGS, Workspace, type Sources } from "./support/workspace";

const COMPANY: Sources = {
  organization: {
    prefix: "acme",
    region: "eu-central-1",
    accounts: {
      users: { id: "555555555555", kind: "identity" },
      prod: { id: "666666666666", kind: "workload", environment: "prod" },
    },
  },
  roster: {
    people: {
      "ada.devops": { email: "ada@example.com", category: "devops", access: { prod: "Ops" } },
      "sam.security": { email: "sam@example.com", category: "security", access: { prod: "Security" } },
    },
    power: ["ada.devops", "sam.security"],
    partners: {
      systems: {
        account: "999988887777",
        externalId: "systems-7f3a",
        grants: { prod: "ExternalSystem" },
        resources: {
          prod: { instances: ["i-0123456789abcdef0"], documents: ["Manage-Linux-User-And-Keys"] },
        },
      },
    },
  },
  workloads: {
    legacy: { runsOn: "ec2", environments: { prod: {} } },
    shop: {
      runsOn: "eks",
      environments: { prod: { pod: { cluster: "main", namespace: "shop", serviceAccount: "web" } } },
    },
  },
};

const PREFERENCES = "SSM-SessionManagerRunShell";
const DOCUMENTS = [
  "Manage-Linux-User-And-Keys",
  "Manage-Linux-User-And-Keys-Command",
  "Manage-Linux-User-And-Keys-for-systems",
  PREFERENCES,
];
const PROFILE = "acme-instance-legacy-prod";

describe("An account whose settings ask for machines", function () {
  this.timeout(240_000);
  let workspace: Workspace;
  const ssm = (): SSM => workspace.client(SSM, "prod");

  const documents = async (): Promise<readonly (string | undefined)[]> => {
    const { DocumentIdentifiers = [] } = await ssm().listDocuments({
      Filters: [{ Key: "Owner", Values: ["Self"] }],
    });
    return DocumentIdentifiers.map(({ Name }) => Name).sort();
  };
  const idleMinutes = async (): Promise<string> => {
    const { Content = "" } = await ssm().getDocument({ Name: PREFERENCES });
    return (JSON.parse(Content) as { inputs: { idleSessionTimeout: string } }).inputs.idleSessionTimeout;
  };
  const settings = (minutes: number): void =>
    workspace.writeFile(
      "Pulumi.prod.yaml",
      [SETTINGS.trimEnd(), "  muster:machines:", `    idleMinutes: ${String(minutes)}`, ""].join("\n"),
    );

  before(async () => {
    workspace = await Workspace.open(COMPANY, ["prod"]);
    settings(20);
  });
  after(async () => {
    await workspace.remove();
  });

  it("is made whole, and the policy pack agrees", async () => {
    assertSucceeded(await workspace.deploy("prod", "--policy-pack", "policypack"));
    assert.deepEqual(await documents(), DOCUMENTS);
    assert.equal(await idleMinutes(), "20");
    const { InstanceProfile } = await workspace
      .iam("prod")
      .getInstanceProfile({ InstanceProfileName: PROFILE });
    assert.deepEqual(
      InstanceProfile?.Roles?.map(({ RoleName }) => RoleName),
      [PROFILE],
    );
    const { logGroups: [group] = [] } = await workspace
      .client(CloudWatchLogs, "prod")
      .describeLogGroups({ logGroupNamePrefix: "acme-sessions" });
    const { KeyMetadata: key } = await workspace
      .client(KMS, "prod")
      .describeKey({ KeyId: "alias/acme-sessions" });
    assert.equal(group?.kmsKeyId, key?.Arn);
  });

  it("changes nothing in a second run", async () => {
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  it("makes the preferences anew where the settings change, and nothing else", async () => {
    settings(10);
    const { changes, ...outcome } = await workspace.deploy("prod");
    assertSucceeded({ changes, ...outcome });
    const document = `ssm.Document ${PREFERENCES}`;
    assert.deepEqual(
      changes.filter((change) => !change.endsWith(document)),
      [],
    );
    assert.equal(await idleMinutes(), "10");
  });

  it("puts back what somebody changed by hand", async () => {
    const { Content = "" } = await ssm().getDocument({ Name: PREFERENCES });
    await ssm().updateDocument({
      Name: PREFERENCES,
      Content: Content.replace('"idleSessionTimeout":"10"', '"idleSessionTimeout":"60"'),
      DocumentVersion: "$LATEST",
    });
    await ssm().updateDocumentDefaultVersion({ Name: PREFERENCES, DocumentVersion: "2" });
    assert.equal(await idleMinutes(), "60");
    await ssm().modifyDocumentPermission({
      Name: "Manage-Linux-User-And-Keys",
      PermissionType: "Share",
      AccountIdsToAdd: ["999988887777"],
    });
    const iam = workspace.byHand("prod");
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName: PROFILE, RoleName: PROFILE });
    await iam.updateAssumeRolePolicy({
      RoleName: "acme-LinuxUsersR-prod",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: "arn:aws:iam::666666666666:root" }, Action: "sts:AssumeRole" },
        ],
      }),
    });
    await workspace.client(S3, "prod").deletePublicAccessBlock({ Bucket: "acme-sessions-666666666666" });
    assertSucceeded(await workspace.deploy("prod", "--refresh"));
    assert.equal(await idleMinutes(), "10");
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  it("makes again what somebody took away", async () => {
    for (const Name of DOCUMENTS) await ssm().deleteDocument({ Name });
    const iam = workspace.byHand("prod");
    await iam.removeRoleFromInstanceProfile({ InstanceProfileName: PROFILE, RoleName: PROFILE });
    await iam.deleteInstanceProfile({ InstanceProfileName: PROFILE });
    await workspace.client(CloudWatchLogs, "prod").deleteLogGroup({ logGroupName: "acme-sessions" });
    await workspace.client(KMS, "prod").deleteAlias({ AliasName: "alias/acme-sessions" });
    assertSucceeded(await workspace.deploy("prod", "--refresh"));
    assert.deepEqual(await documents(), DOCUMENTS);
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  it("takes the kept bucket over after it was switched off", async () => {
    workspace.writeFile("Pulumi.prod.yaml", SETTINGS);
    assertSucceeded(await workspace.deploy("prod"));
    assert.deepEqual(await documents(), []);
    await workspace.client(S3, "prod").headBucket({ Bucket: "acme-sessions-666666666666" });
    workspace.writeFile(
      "Pulumi.prod.yaml",
      [SETTINGS.trimEnd(), "  muster:machines:", "    keptBucket: true", ""].join("\n"),
    );
    assertSucceeded(await workspace.deploy("prod"));
    assert.deepEqual(await documents(), DOCUMENTS);
  });
});
