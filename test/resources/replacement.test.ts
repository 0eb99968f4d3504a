import assert from "node:assert/strict";

import { databaseKeyPolicy } from "../../src/documents/databases/key";
import { alarmKeyPolicy } from "../../src/documents/detection/alarm-channel";
import { accountResources } from "../../src/resources/account-resources";
import type { DescribedResource } from "../../src/resources/resource";
import { readSettings } from "../../src/resources/settings";
import { decide, sessionCaller } from "../support/evaluate";
import { contextIn } from "../documents/fixture";
import { blueprintOf, sampleModel } from "../support/sample";

const SETTINGS = {
  "muster:databaseAccess":
    '{"vpcId":"vpc-0123456789abcdef0","applicationSecurityGroup":"sg-0123456789abcdef0","secretNames":["app/rds/main"]}',
};

/**
 * Texts that people reword and that AWS cannot change in what exists: the provider replaces the resource.
 * terraform-provider-aws, ForceNew of `description` in internal/service/iam/policy.go and internal/service/ec2/vpc_security_group.go.
 */
const FIXED_TEXTS: Readonly<Record<string, string>> = {
  "aws:iam/policy:Policy": "description",
  "aws:ec2/securityGroup:SecurityGroup": "description",
};

function resourcesOf(
  account: string,
  more: Readonly<Record<string, string>> = {},
): readonly DescribedResource[] {
  const model = sampleModel();
  const settings = readSettings(account, { ...SETTINGS, ...more });
  return accountResources(model.organization, blueprintOf(model, account), settings);
}

describe("a text that AWS cannot change", () => {
  for (const account of ["users", "dev", "staging", "prod"]) {
    it(`replaces nothing in ${account} when somebody rewords it`, () => {
      const resources = resourcesOf(account).filter(({ type }) => type in FIXED_TEXTS);
      assert.ok(resources.length > 0);
      for (const { type, name, options } of resources) {
        assert.deepEqual(options.ignoreChanges, [FIXED_TEXTS[type]], `${type} ${name}`);
      }
    });
  }
});

describe("the policy of a key that is made without KMS's check", () => {
  const prod = contextIn("prod");
  const policies = { alarms: alarmKeyPolicy(prod), databases: databaseKeyPolicy(prod, []) };
  for (const [of, resourcePolicy] of Object.entries(policies)) {
    it(`leaves the key of ${of} with its account`, async () => {
      const administrator = sessionCaller("arn:aws:iam::444444444444:role/infra-AdminR-prod", "sarah.devops");
      const everything = { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" } as const;
      const decision = await decide({
        caller: administrator,
        policies: [{ Version: "2012-10-17", Statement: [everything] }],
        resourcePolicy,
        action: "kms:PutKeyPolicy",
        resource: "arn:aws:kms:eu-west-1:444444444444:key/11111111-2222-3333-4444-555555555555",
      });
      assert.equal(decision, "allowed");
    });
  }

  it("belongs to the only keys that are made so", () => {
    const keys = resourcesOf("prod").filter(({ type }) => type === "aws:kms/key:Key");
    assert.deepEqual(
      keys.map(({ name }) => name),
      ["infra-alarms", "infra-database"],
    );
  });
});

describe("the evidence that a stack leaves behind", () => {
  for (const account of ["users", "dev", "staging", "prod"]) {
    it(`is the trail's bucket with all that protects it, in ${account}`, () => {
      const resources = resourcesOf(account);
      const kept = resources.filter(({ options }) => options.retainOnDelete === true);
      assert.deepEqual(
        kept.map(({ type }) => type),
        [
          "aws:s3/bucket:Bucket",
          "aws:s3/bucketVersioning:BucketVersioning",
          "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
          "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
          "aws:s3/bucketPolicy:BucketPolicy",
        ],
      );
      assert.equal(resources.filter(({ type }) => type.startsWith("aws:s3/")).length, kept.length);
    });
  }

  it("is taken over where the settings name it, and only the bucket itself has to be", () => {
    const resources = resourcesOf("dev", { "muster:keptTrailBucket": "infra-trail-222222222222" });
    assert.deepEqual(
      resources.flatMap(({ type, name, options: { takesOver } }) =>
        takesOver === undefined ? [] : [{ type, name, takesOver }],
      ),
      [
        {
          type: "aws:s3/bucket:Bucket",
          name: "infra-trail-222222222222",
          takesOver: "infra-trail-222222222222",
        },
      ],
    );
  });

  it("is no bucket of another name, whose policy would be replaced", () => {
    assert.throws(() => resourcesOf("dev", { "muster:keptTrailBucket": "organization-trail" }), {
      name: "UserError",
      message: [
        'Pulumi.dev.yaml: muster:keptTrailBucket = "organization-trail"',
        "Only the bucket that an earlier stack of this account left behind is taken over, and it is called infra-trail-222222222222. Write that name, or take the setting away; for a trail with another bucket, name its log group in muster:trailLogGroup.",
      ].join("\n"),
    });
  });
});
