import assert from "node:assert/strict";

import { accountResources } from "../../src/resources/account-resources";
import type { DescribedResource } from "../../src/resources/described-resource";
import { readSettings } from "../../src/resources/account-settings";
import { blueprintOf, sampleModel } from "../support/sample";

function resourcesOf(
  account: string,
  settings: Readonly<Record<string, string>>,
): readonly DescribedResource[] {
  const model = sampleModel();
  return accountResources(
    model.organization,
    blueprintOf(model, account),
    readSettings(account, settings, model.now),
  );
}

describe("the trail's bucket that an earlier stack left behind", () => {
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
        "Only the bucket that an earlier stack of this account left behind is taken over, and it is called infra-trail-222222222222. Write that name, or take the setting away; for a trail with another bucket, name it in accounts.dev.trail of src/organization.ts.",
      ].join("\n"),
    });
  });
});
