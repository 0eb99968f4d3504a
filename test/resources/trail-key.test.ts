import assert from "node:assert/strict";

import { accountResources } from "../../src/resources/account-resources";
import { ComputedProperty, type DescribedResource } from "../../src/resources/described-resource";
import { readSettings } from "../../src/resources/account-settings";
import { blueprintOf, sampleModel } from "../support/sample";

const keyIn = (region: string): string =>
  `arn:aws:kms:${region}:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function resourcesOf(config: Readonly<Record<string, string>>): readonly DescribedResource[] {
  const model = sampleModel();
  const settings = readSettings("dev", config, model.now);
  return accountResources(model.organization, blueprintOf(model, "dev"), settings);
}

/** The key that dev's trail names, by these settings. */
function trailKey(config: Readonly<Record<string, string>>): unknown {
  const trails = resourcesOf(config).filter(({ type }) => type === "aws:cloudtrail/trail:Trail");
  assert.equal(trails.length, 1);
  return Object.entries(trails[0]?.properties ?? {}).find(([name]) => name === "kmsKeyId")?.[1];
}

/** How often Muster makes a key for the trail, and whether a destroyed stack leaves it. */
const ownKeys = (config: Readonly<Record<string, string>>): readonly unknown[] =>
  resourcesOf(config)
    .filter(({ type, name }) => type === "aws:kms/key:Key" && name === "infra-trail")
    .map(({ options }) => options);

describe("the key of the trail", () => {
  it("is one of its own by default, which outlives the stack as its bucket does", () => {
    assert.deepEqual(
      trailKey({}),
      new ComputedProperty({ type: "aws:kms/key:Key", name: "infra-trail" }, "arn"),
    );
    assert.deepEqual(ownKeys({}), [{ retainOnDelete: true }]);
  });

  it("is the one that the settings name, and then Muster makes none", () => {
    const settings = { "muster:trailKey": keyIn("eu-west-1") };
    assert.equal(trailKey(settings), keyIn("eu-west-1"));
    assert.deepEqual(ownKeys(settings), []);
  });

  it("is none of another region, which CloudTrail would refuse", () => {
    assert.throws(() => trailKey({ "muster:trailKey": keyIn("us-east-1") }), {
      name: "UserError",
      message: [
        `Pulumi.dev.yaml: muster:trailKey = "${keyIn("us-east-1")}"`,
        "The trail's bucket is in eu-west-1, and its key has to be there too. Name a key of eu-west-1.",
      ].join("\n"),
    });
  });
});
