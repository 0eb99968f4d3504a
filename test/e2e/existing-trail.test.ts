import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { KMS } from "@aws-sdk/client-kms";
import { S3 } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";

import { trailRoleTrust } from "../../src/documents/detection/trail-delivery";
import type { WrittenAccount, WrittenOrganization, WrittenRoster } from "../support/rosters";
import { definition } from "./support/definition";
import { assertRefused, assertSucceeded } from "./support/outcome";
import { SETTINGS, Workspace } from "./support/workspace";

const ID = "555555555555";
const TRAIL = {
  name: "company-trail",
  logGroup: "company-trail",
  bucket: "company-logs",
  objectPrefix: "audit",
};

const DEV: WrittenAccount = { id: ID, kind: "workload", environment: "dev", identity: true };
const ORGANIZATION: WrittenOrganization = {
  prefix: "acme",
  region: "eu-central-1",
  accounts: { dev: { ...DEV, trail: TRAIL } },
};
const ROSTER: WrittenRoster = {
  people: {
    "ada.devops": { email: "ada@example.com", category: "devops", access: { dev: "Admin" } },
    "sam.security": { email: "sam@example.com", category: "security", access: { dev: "Security" } },
  },
  power: ["ada.devops", "sam.security"],
};

interface Report {
  readonly findings: readonly { readonly name: string; readonly status: string; readonly found: string }[];
}

const CLOUDTRAIL = { Service: "cloudtrail.amazonaws.com" };

const document = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });

const BUCKET_POLICY = document({
  Principal: CLOUDTRAIL,
  Action: ["s3:GetBucketAcl", "s3:PutObject"],
  Resource: [`arn:aws:s3:::${TRAIL.bucket}`, `arn:aws:s3:::${TRAIL.bucket}/*`],
});
const KEY_POLICY = document(
  { Principal: { AWS: `arn:aws:iam::${ID}:root` }, Action: "kms:*", Resource: "*" },
  { Principal: CLOUDTRAIL, Action: ["kms:DescribeKey", "kms:GenerateDataKey*"], Resource: "*" },
);
const ROLE_POLICY = document({ Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" });

describe("An account that has a trail already", function () {
  this.timeout(300_000);
  let workspace: Workspace;
  let cloudTrail: CloudTrail;
  let s3: S3;

  /** What `npm run doctor` says of the trail. */
  async function doctor(): Promise<string> {
    const { stdout, stderr } = await workspace.shell("npm run --silent doctor -- --json");
    assert.notEqual(stdout, "", stderr);
    const { findings } = JSON.parse(stdout) as Report;
    const lines = findings.filter(({ name }) => name === "trail of dev");
    return lines.map(({ status, found }) => `${status}: ${found}`).join("\n");
  }

  before(async () => {
    workspace = await Workspace.open({ organization: ORGANIZATION, roster: ROSTER });
    cloudTrail = workspace.client(CloudTrail, "dev");
    s3 = workspace.client(S3, "dev");
  });

  after(async () => {
    await workspace.remove();
  });

  it("is told by doctor that there is none of the name yet", async () =>
    assert.equal(await doctor(), "missing: dev has no trail company-trail in eu-central-1"));

  it("is told what the trail lacks that somebody made by hand", async () => {
    await s3.createBucket({
      Bucket: TRAIL.bucket,
      CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
    });
    await s3.putBucketPolicy({ Bucket: TRAIL.bucket, Policy: BUCKET_POLICY });
    await cloudTrail.createTrail({ Name: TRAIL.name, S3BucketName: TRAIL.bucket });
    assert.equal(
      await doctor(),
      "missing: company-trail does not log, is of one region (CIS 4.1), is not validated (CIS 4.2), " +
        "is encrypted by no key of KMS (CIS 4.5), writes to no log group instead of " +
        `arn:aws:logs:eu-central-1:${ID}:log-group:company-trail:*, ` +
        "writes objects under no prefix instead of audit, writes to the bucket company-logs, which may be public",
    );
  });

  it("is told that it is in order once it is", async () => {
    const { KeyMetadata: { Arn: KmsKeyId } = {} } = await workspace
      .client(KMS, "dev")
      .createKey({ Policy: KEY_POLICY });
    await workspace.client(CloudWatchLogs, "dev").createLogGroup({ logGroupName: TRAIL.logGroup });
    const iam = workspace.iam("dev");
    await iam.createRole({
      RoleName: TRAIL.name,
      AssumeRolePolicyDocument: JSON.stringify(trailRoleTrust()),
    });
    await iam.putRolePolicy({
      RoleName: TRAIL.name,
      PolicyName: "write",
      PolicyDocument: ROLE_POLICY,
    });
    const all = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    await s3.putPublicAccessBlock({ Bucket: TRAIL.bucket, PublicAccessBlockConfiguration: all });
    await cloudTrail.updateTrail({
      Name: TRAIL.name,
      S3KeyPrefix: TRAIL.objectPrefix,
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
      KmsKeyId,
      CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-central-1:${ID}:log-group:company-trail:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${ID}:role/company-trail`,
    });
    await cloudTrail.startLogging({ Name: TRAIL.name });
    assert.equal(
      await doctor(),
      "ok: company-trail logs all regions, validated and encrypted, to company-trail and the bucket company-logs, which is closed to the public",
    );
  });

  it("gets no trail of Muster's, and its alarms read the other's log group", async () => {
    const outcome = await workspace.up("dev", "--policy-pack", "policypack");
    assertSucceeded(outcome);
    assert.deepEqual(
      outcome.changes.filter((change) => /Trail |acme-trail/.test(change)),
      [],
    );
    const logs = workspace.client(CloudWatchLogs, "dev");
    const { metricFilters = [] } = await logs.describeMetricFilters({ logGroupName: TRAIL.logGroup });
    assert.ok(metricFilters.some(({ filterName }) => filterName === "acme-RootUsed"));
    assertSucceeded(
      await workspace.preview("dev", "--refresh", "--expect-no-changes", "--policy-pack", "policypack"),
    );
  });

  it("lets Security read the trail's objects, and no others of the bucket", async () => {
    const may = async (path: string): Promise<number> => {
      const can = `npm run --silent access -- can sam.security dev/Security s3:GetObject arn:aws:s3:::company-logs/${path}`;
      return (await workspace.shell(can)).code;
    };
    assert.equal(await may(`audit/AWSLogs/${ID}/CloudTrail/1.json.gz`), 0);
    assert.equal(await may("audit/AWSLogs/999999999999/CloudTrail/1.json.gz"), 1);
    assert.equal(await may("payroll.csv"), 1);
  });

  it("is told by doctor when somebody stops it, or has it write less", async () => {
    await cloudTrail.stopLogging({ Name: TRAIL.name });
    await cloudTrail.putEventSelectors({
      TrailName: TRAIL.name,
      EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }],
    });
    assert.equal(await doctor(), "missing: company-trail does not log, leaves out management events");
  });

  it("is refused settings of the trail that Muster does not make", async () => {
    workspace.writeFile("Pulumi.dev.yaml", `${SETTINGS}  muster:keptTrailBucket: acme-trail-${ID}\n`);
    assertRefused(
      await workspace.preview("dev"),
      `muster:keptTrailBucket = "acme-trail-${ID}"`,
      "With accounts.dev.trail in src/organization.ts Muster makes no trail, and this changes nothing.",
    );
    workspace.writeFile("Pulumi.dev.yaml", SETTINGS);
  });

  it("has a trail of Muster's again without the entry, and keeps its own", async () => {
    writeOrganization({ ...ORGANIZATION, accounts: { dev: DEV } });
    assertSucceeded(await workspace.deploy("dev", "--policy-pack", "policypack"));
    assert.deepEqual(await trails(), ["acme-trail", "company-trail"]);
  });

  it("loses Muster's trail and log group with the entry, and keeps Muster's bucket", async () => {
    writeOrganization(ORGANIZATION);
    assertSucceeded(await workspace.deploy("dev", "--policy-pack", "policypack"));
    assert.deepEqual(await trails(), ["company-trail"]);
    const { logGroups = [] } = await workspace.client(CloudWatchLogs, "dev").describeLogGroups({});
    assert.deepEqual(
      logGroups.map(({ logGroupName }) => logGroupName),
      ["company-trail"],
    );
    const { Buckets: buckets = [] } = await s3.listBuckets({});
    assert.deepEqual(buckets.map(({ Name }) => Name).sort(), [`acme-trail-${ID}`, "company-logs"]);
  });

  const trails = async (): Promise<readonly (string | undefined)[]> =>
    ((await cloudTrail.describeTrails({})).trailList ?? []).map(({ Name }) => Name).sort();

  const writeOrganization = (organization: WrittenOrganization): void =>
    workspace.writeFile(
      "src/organization.ts",
      definition("organization", "defineOrganization", [organization]),
    );
});
