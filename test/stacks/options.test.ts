import assert from "node:assert/strict";

import { createAccount } from "../../src/stacks/create-account";
import { readSettings } from "../../src/resources/account-settings";
import { databaseAccessConfig } from "../support/database-access";
import { registrations, type Registration } from "../support/resources";
import { blueprintOf, sampleModel } from "../support/sample";

const settingsOf = (accountId: string): Readonly<Record<string, string>> => ({
  "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
  ...databaseAccessConfig(accountId),
});

/** What the resources of a type tell the engine of themselves, the provider aside, each thing once. */
function optionsByType(all: readonly Registration[]): Readonly<Record<string, readonly unknown[]>> {
  const told = new Map<string, Set<string>>();
  for (const { type, options = {} } of all) {
    const { aliases, ...rest } = options;
    const others = Object.fromEntries(Object.entries(rest).filter(([option]) => option !== "provider"));
    // The former names of a type, which Pulumi's class brings; those of a person are in test/policypack.
    const former = aliases?.map((alias) => alias.slice(0, alias.indexOf("::")));
    const own = { ...others, ...(former && { aliases: former }) };
    told.set(type, (told.get(type) ?? new Set()).add(JSON.stringify(own)));
  }
  return Object.fromEntries(
    [...told].map(([type, each]) => [type, [...each].sort().map((one): unknown => JSON.parse(one))]),
  );
}

/**
 * All that the program says of how resources are managed, of every one of their type; of the other types nothing. A policy pack does
 * not see retainOnDelete and others; src/pipeline/unseen-options.ts does. A description that is reworded would replace what has it: terraform-provider-aws, ForceNew in
 * internal/service/iam/policy.go and internal/service/ec2/vpc_security_group.go.
 */
const OPTIONS: Readonly<Record<string, readonly unknown[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": [{ ignoreChanges: ["description"] }],
  "aws:iam/policy:Policy": [{ ignoreChanges: ["description"] }],
  // What the trail's key has encrypted outlives the stack.
  "aws:kms/key:Key": [{ retainOnDelete: true }, {}],
  "aws:s3/bucket:Bucket": [
    { retainOnDelete: true, aliases: Array(2).fill("muster:stacks:Trail$aws:s3/bucketV2:BucketV2") },
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [{ retainOnDelete: true }],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [{ retainOnDelete: true }],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    {
      retainOnDelete: true,
      aliases: [
        "muster:stacks:Trail$aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
      ],
    },
  ],
  "aws:s3/bucketVersioning:BucketVersioning": [
    {
      retainOnDelete: true,
      aliases: ["muster:stacks:Trail$aws:s3/bucketVersioningV2:BucketVersioningV2"],
    },
  ],
  "pulumi:providers:aws": [
    {
      additionalSecretOutputs: ["accessKey", "secretKey", "token"],
      // Its former name, the account's key.
      aliases: ["pulumi:providers:aws"],
    },
  ],
};

describe("how the program manages its resources", () => {
  const model = sampleModel();

  for (const { key, id } of model.organization.accounts) {
    let all: readonly Registration[];

    before(async () => {
      all = await registrations(key, () =>
        createAccount(
          model.organization,
          blueprintOf(model, key),
          readSettings(key, settingsOf(id), model.now),
        ),
      );
    });

    it(`in ${key}, with these options and no others`, () => {
      const types = [...new Set(all.map(({ type }) => type))];
      const expected = Object.fromEntries(types.map((type) => [type, OPTIONS[type] ?? [{}]]));
      assert.deepEqual(optionsByType(all), expected);
      for (const type of Object.keys(OPTIONS)) assert.ok(types.includes(type), type);
    });

    it(`in ${key}, through the account's own provider, whose name says no key`, () => {
      const made = all.filter(({ type }) => type.startsWith("aws:"));
      assert.deepEqual(new Set(made.map(({ options }) => options?.provider)), new Set(["account"]));
    });
  }

  it("by waiting for what they name, so that a role goes after what is attached to it", async () => {
    const all = await registrations("prod", () =>
      createAccount(
        model.organization,
        blueprintOf(model, "prod"),
        readSettings("prod", settingsOf("444444444444"), model.now),
      ),
    );
    const attachment = all.find(
      ({ type, name }) => type.endsWith(":RolePolicyAttachment") && name.includes("infra-ReadR-prod-limits"),
    );
    const inRole = "urn:pulumi:prod::muster::muster:stacks:Role$";
    assert.deepEqual(attachment?.propertyDependencies, {
      role: [`${inRole}aws:iam/role:Role::infra-ReadR-prod`],
      policyArn: [`${inRole}aws:iam/policy:Policy::infra-ReadR-prod-limits`],
    });
  });
});
