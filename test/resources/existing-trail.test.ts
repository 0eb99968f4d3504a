import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import { readSettings } from "../../src/resources/account-settings";
import { accountResources } from "../../src/resources/account-resources";
import { DependentResource, type DescribedResource } from "../../src/resources/described-resource";
import { sampleRoster } from "../support/rosters";
import { blueprintOf, organizationWithTrail, SAMPLE_MOMENT } from "../support/sample";

function resourcesWith(settings: Readonly<Record<string, string>>): readonly DescribedResource[] {
  const model = buildModel(organizationWithTrail("prod"), sampleRoster(), SAMPLE_MOMENT);
  return accountResources(
    model.organization,
    blueprintOf(model, "prod"),
    readSettings("prod", settings, model.now),
  );
}

describe("an account that has a trail already", () => {
  it("has none of Muster's: neither trail, log group, bucket, key nor role", () =>
    assert.deepEqual(
      resourcesWith({}).filter(({ parent }) => parent?.type === "muster:stacks:Trail"),
      [],
    ));

  it("has alarms that read the log group of that trail", () => {
    const groups = resourcesWith({}).flatMap(({ type, properties }) => {
      if (type !== "aws:cloudwatch/logMetricFilter:LogMetricFilter") return [];
      const { logGroupName } = properties as { readonly logGroupName: unknown };
      return [logGroupName instanceof DependentResource ? "a resource of Muster's" : logGroupName];
    });
    assert.ok(groups.length > 10);
    assert.deepEqual([...new Set(groups)], ["company-trail"]);
  });

  it("is refused settings of the trail that Muster does not make, all at once", () => {
    const key = "arn:aws:kms:eu-west-1:444444444444:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const advice = [
      "     With accounts.prod.trail in src/organization.ts Muster makes no trail, and this changes nothing.",
      "     To do: Remove this line.",
    ];
    assert.throws(
      () => resourcesWith({ "muster:keptTrailBucket": "infra-trail-444444444444", "muster:trailKey": key }),
      {
        name: "UserError",
        message: [
          "2 problems to solve first.",
          "",
          "Pulumi.prod.yaml",
          '  1. muster:keptTrailBucket = "infra-trail-444444444444"',
          ...advice,
          `  2. muster:trailKey = "${key}"`,
          ...advice,
        ].join("\n"),
      },
    );
  });
});
