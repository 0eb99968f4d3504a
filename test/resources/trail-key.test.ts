import assert from "node:assert/strict";

import { accountResources } from "../../src/resources/account-resources";
import { readSettings } from "../../src/resources/settings";
import { blueprintOf, sampleModel } from "../support/sample";

const keyIn = (region: string): string =>
  `arn:aws:kms:${region}:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** The key that dev's trail names, by these settings. */
function trailKey(config: Readonly<Record<string, string>>): unknown {
  const model = sampleModel();
  const settings = readSettings("dev", config, model.now);
  const resources = accountResources(model.organization, blueprintOf(model, "dev"), settings);
  const trails = resources.filter(({ type }) => type === "aws:cloudtrail/trail:Trail");
  assert.equal(trails.length, 1);
  return Object.entries(trails[0]?.properties ?? {}).find(([name]) => name === "kmsKeyId")?.[1];
}

describe("the key of the trail", () => {
  it("is the one that the settings name, and none by default", () => {
    assert.equal(trailKey({}), undefined);
    assert.equal(trailKey({ "muster:trailKey": keyIn("eu-west-1") }), keyIn("eu-west-1"));
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
