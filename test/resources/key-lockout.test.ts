import assert from "node:assert/strict";

import { databaseKeyPolicy } from "../../src/documents/databases/database-key";
import { alarmKeyPolicy } from "../../src/documents/detection/alarm-channel";
import { trailKeyPolicy } from "../../src/documents/detection/trail-key";
import { accountResources } from "../../src/resources/account-resources";
import type { DescribedResource } from "../../src/resources/described-resource";
import { readSettings } from "../../src/resources/account-settings";
import { decide, sessionCaller } from "../support/evaluate";
import { contextIn } from "../documents/fixture";
import { blueprintOf, sampleModel } from "../support/sample";

const SETTINGS = {
  "muster:databaseAccess":
    '{"vpcId":"vpc-0123456789abcdef0","applicationSecurityGroup":"sg-0123456789abcdef0","secretNames":["app/rds/main"]}',
};

function resourcesOf(account: string): readonly DescribedResource[] {
  const model = sampleModel();
  return accountResources(
    model.organization,
    blueprintOf(model, account),
    readSettings(account, SETTINGS, model.now),
  );
}

describe("the policy of a key that is made without KMS's check", () => {
  const prod = contextIn("prod");
  const policies = {
    alarms: alarmKeyPolicy(prod),
    databases: databaseKeyPolicy(prod, []),
    "the trail": trailKeyPolicy(prod, []),
  };
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
      ["infra-trail", "infra-alarms", "infra-database"],
    );
  });
});
