import { EC2, type SecurityGroup } from "@aws-sdk/client-ec2";
import { KMS } from "@aws-sdk/client-kms";
import { RDS } from "@aws-sdk/client-rds";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import assert from "node:assert/strict";

import type { PolicyName } from "../../policypack/index";
import { changing } from "./support/aws-calls";
import { oneWorkload, WORKLOAD_ID } from "./support/one-workload";
import { assertRefused, assertSucceeded, refusalsIn, type Outcome } from "./support/outcome";
import { withProgram, type ProgramChange } from "./support/program-change";
import { SETTINGS, Workspace } from "./support/workspace";

const COMPANY = oneWorkload("prod", "Ops");

const SECRET = "app/rds/main";

const PACK = ["--policy-pack", "policypack"];
const COMPONENT = "src/resources/database-access.ts";

/** What somebody may write into the program, and the pack refuses. */
const REFUSED: readonly {
  readonly what: string;
  readonly change: ProgramChange;
  readonly refusal: `${PolicyName}: ${string}`;
}[] = [
  {
    what: "a security group that does not say whose it is",
    change: {
      file: COMPONENT,
      text: "tags: { ...accountTags(context), Name: name },",
      instead: "",
    },
    refusal: "aws-iam-resource-tags: ec2.SecurityGroup acme-database",
  },
  {
    what: "one more of that kind",
    change: {
      file: COMPONENT,
      text: "securityGroup(context, settings),\n",
      instead:
        'securityGroup(context, settings),\n    describeResource("aws:ec2/securityGroup:SecurityGroup", "extra", { vpcId: settings.vpcId }, { parent }),\n',
    },
    refusal: "aws-iam-resource-tags: ec2.SecurityGroup extra",
  },
  {
    what: "a secret that does not say whose it is",
    change: { file: COMPONENT, text: "kmsKeyId: keyId, tags },", instead: "kmsKeyId: keyId }," },
    refusal: `aws-iam-resource-tags: secretsmanager.Secret ${SECRET}`,
  },
  {
    // The sandbox knows no secretsmanager.SecretVersion, which the pack refuses in test/policypack.
    what: "an access key in what it says of a secret",
    change: {
      file: COMPONENT,
      text: '"Its value is kept outside Pulumi."',
      instead: '`It is AKIA${"EXAMPLE0".repeat(2)}.`',
    },
    refusal: `aws-iam-resource-secret: secretsmanager.Secret ${SECRET}`,
  },
  {
    what: "a key for everybody who comes by way of Secrets Manager",
    change: {
      file: "src/documents/databases/database-key.ts",
      text: 'ArnEquals: { "aws:PrincipalArn": users },',
      instead: "",
    },
    refusal: "aws-iam-document-wildcard-principal: kms.Key acme-database",
  },
];

const RESOURCES = [
  "ec2.SecurityGroup acme-database",
  "kms.Alias acme-database",
  "kms.Key acme-database",
  "rds.SubnetGroup acme-database",
  `secretsmanager.Secret ${SECRET}`,
  "stacks.DatabaseAccess acme-database",
];

describe("An account whose settings ask for access to databases", function () {
  this.timeout(240_000);
  let workspace: Workspace;
  let application: string;
  let network: string;
  let subnets: readonly string[];

  const settings = (...more: readonly string[]): string =>
    [
      SETTINGS.trimEnd(),
      "  muster:databaseAccess:",
      `    vpcId: ${network}`,
      `    applicationSecurityGroup: ${application}`,
      `    secretNames: [${SECRET}]`,
      `    privateSubnets: [${subnets.join(", ")}]`,
      ...more,
      "",
    ].join("\n");

  async function databaseGroup(): Promise<SecurityGroup | undefined> {
    const named = [{ Name: "group-name", Values: ["acme-database"] }];
    const { SecurityGroups: groups = [] } = await workspace
      .client(EC2, "prod")
      .describeSecurityGroups({ Filters: named });
    return groups[0];
  }

  async function whoIsLetIn(): Promise<readonly unknown[]> {
    const group = await databaseGroup();
    return (group?.IpPermissions ?? []).map(({ FromPort, ToPort, IpRanges = [], UserIdGroupPairs = [] }) => ({
      ports: [FromPort, ToPort],
      groups: UserIdGroupPairs.map(({ GroupId }) => GroupId),
      addresses: IpRanges.map(({ CidrIp }) => CidrIp),
    }));
  }

  before(async () => {
    workspace = await Workspace.open(COMPANY, ["prod"]);
    const ec2 = workspace.client(EC2, "prod");
    const { Vpcs: [found] = [] } = await ec2.describeVpcs({});
    network = found?.VpcId ?? "";
    const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: "vpc-id", Values: [network] }] });
    subnets = Subnets.map(({ SubnetId = "" }) => SubnetId);
    const group = { GroupName: "application", Description: "Not made by Muster.", VpcId: network };
    application = (await ec2.createSecurityGroup(group)).GroupId ?? "";
    assertSucceeded(await workspace.deploy("prod"));
    workspace.writeFile("Pulumi.prod.yaml", settings());
  });

  after(async () => {
    await workspace.remove();
  });

  it("gets a security group, a subnet group, a key and secrets, and nothing else changes; the policy pack agrees", async () => {
    const deployment = await workspace.deploy("prod", ...PACK);
    assertSucceeded(deployment);
    assert.match(deployment.output, /muster@.* \(local: policypack\)/);
    const created = [...new Set(deployment.changes)];
    assert.deepEqual(
      created,
      RESOURCES.map((resource) => `create ${resource}`),
    );
  });

  it("lets the application in, and nothing out", async () => {
    assert.deepEqual(await whoIsLetIn(), [{ ports: [5432, 5432], groups: [application], addresses: [] }]);
    assert.deepEqual((await databaseGroup())?.IpPermissionsEgress, []);
  });

  it("has a secret without a value, under a key that is its own", async () => {
    const secrets = workspace.client(SecretsManager, "prod");
    const { KmsKeyId, VersionIdsToStages } = await secrets.describeSecret({ SecretId: SECRET });
    const { KeyMetadata: key } = await workspace
      .client(KMS, "prod")
      .describeKey({ KeyId: "alias/acme-database" });
    assert.equal(KmsKeyId, key?.KeyId);
    assert.equal(VersionIdsToStages, undefined);
  });

  it("has a subnet group of the subnets that are named", async () => {
    const { DBSubnetGroups: [group] = [] } = await workspace
      .client(RDS, "prod")
      .describeDBSubnetGroups({ DBSubnetGroupName: "acme-database" });
    assert.deepEqual(
      group?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier).sort(),
      [...subnets].sort(),
    );
  });

  it("changes nothing in a second run, when the secret has its value", async () => {
    const secrets = workspace.client(SecretsManager, "prod");
    await secrets.putSecretValue({ SecretId: SECRET, SecretString: "correct horse battery staple" });
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  it("rotates the secret once the settings say so, and opens the key to the function's role", async () => {
    const rotation = [
      "    rotation:",
      `      function: arn:aws:lambda:eu-central-1:${WORKLOAD_ID}:function:SecretsManagerRotation`,
      `      role: arn:aws:iam::${WORKLOAD_ID}:role/rotation`,
      "      days: 30",
      `      secrets: [${SECRET}]`,
    ];
    workspace.writeFile("Pulumi.prod.yaml", settings(...rotation));
    const deployment = await workspace.deploy("prod", ...PACK);
    assertSucceeded(deployment);
    assert.deepEqual(
      [...new Set(deployment.changes)],
      [`create secretsmanager.SecretRotation ${SECRET}`, "update kms.Key acme-database (policy)"],
    );
    const secrets = workspace.client(SecretsManager, "prod");
    const { RotationEnabled, RotationRules } = await secrets.describeSecret({ SecretId: SECRET });
    assert.deepEqual([RotationEnabled, RotationRules], [true, { AutomaticallyAfterDays: 30 }]);
    assertSucceeded(await workspace.preview("prod", "--refresh", "--expect-no-changes"));
  });

  describe("is refused by the policy pack before the update:", () => {
    let stateBefore: ReadonlyMap<string, string>;
    let outcome: Outcome;

    before(async () => {
      stateBefore = workspace.state();
      const changes = REFUSED.map(({ change }) => change);
      outcome = await withProgram(workspace, changes, () => workspace.up("prod", ...PACK));
    });

    for (const { what, refusal } of REFUSED) {
      it(what, () => {
        assert.ok(refusalsIn(outcome).has(refusal), outcome.output);
      });
    }

    it("and nothing changes", () => {
      assertRefused(outcome);
      assert.deepEqual(changing(outcome.calls), []);
      assert.deepEqual(workspace.state(), stateBefore);
    });
  });

  it("closes what somebody opened by hand", async () => {
    const { GroupId } = (await databaseGroup()) ?? {};
    const everywhere = {
      IpProtocol: "tcp",
      FromPort: 5432,
      ToPort: 5432,
      IpRanges: [{ CidrIp: "0.0.0.0/0" }],
    };
    await workspace
      .client(EC2, "prod")
      .authorizeSecurityGroupIngress({ GroupId, IpPermissions: [everywhere] });
    const deployment = await workspace.deploy("prod", "--refresh");
    assertSucceeded(deployment);
    assert.deepEqual(deployment.changes, ["update ec2.SecurityGroup acme-database (ingress)"]);
    assert.deepEqual(await whoIsLetIn(), [{ ports: [5432, 5432], groups: [application], addresses: [] }]);
  });

  it("loses all of it with the stack, and nothing of others", async () => {
    const destruction = await workspace.destroy("prod");
    assertSucceeded(destruction);
    for (const resource of RESOURCES) assert.ok(destruction.changes.includes(`delete ${resource}`), resource);
    assert.equal(await databaseGroup(), undefined);
    const left = await workspace.client(EC2, "prod").describeSecurityGroups({ GroupIds: [application] });
    assert.equal(left.SecurityGroups?.length, 1);
  });
});
