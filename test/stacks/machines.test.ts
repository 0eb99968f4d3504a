import assert from "node:assert/strict";
import { join } from "node:path";

import { blueprintsOf } from "../../src/documents/blueprint";
import { buildModel } from "../../src/model/model";
import { readSettings } from "../../src/resources/account-settings";
import { createAccount } from "../../src/stacks/create-account";
import { assertGolden } from "../support/golden";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { SAMPLE_MOMENT } from "../support/sample";

const WORKLOADS = {
  legacy: { runsOn: "ec2", environments: { prod: {} } },
  shop: {
    runsOn: "eks",
    environments: { prod: { pod: { cluster: "main", namespace: "shop", serviceAccount: "web" } } },
  },
};

const PARTNERS = {
  acme: {
    account: "999988887777",
    externalId: "acme-systems-7f3a",
    grants: { prod: "ExternalSystem" },
    resources: {
      prod: { instances: ["i-0123456789abcdef0"], documents: ["Manage-Linux-User-And-Keys"] },
    },
  },
};

function registered(machines: object | undefined, more: object = {}): Promise<readonly RegisteredResource[]> {
  const roster = { ...sampleRoster(), ...more };
  const model = buildModel(sampleOrganization(), roster, SAMPLE_MOMENT, machines && WORKLOADS);
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === "prod");
  assert.ok(blueprint);
  const config: Record<string, string> =
    machines === undefined ? {} : { "muster:machines": JSON.stringify(machines) };
  return registeredResources("prod", () =>
    createAccount(model.organization, blueprint, readSettings("prod", config, model.now)),
  );
}

const idOf = ({ type, name }: RegisteredResource): string => `${type} ${name}`;

describe("machines, where the settings of a stack ask for them", () => {
  it("are these resources beside the others", async () => {
    const without = new Set((await registered(undefined, { partners: PARTNERS })).map(idOf));
    const own = (await registered({}, { partners: PARTNERS })).filter((one) => !without.has(idOf(one)));
    assertGolden(join(__dirname, "golden", "prod-machines.json"), `${JSON.stringify(own, null, 2)}\n`);
  });

  it("hold sessions as the settings say", async () => {
    const all = await registered({ idleMinutes: 5, longestMinutes: 240, runAs: "operator" });
    const preferences = all.find(({ name }) => name === "SSM-SessionManagerRunShell");
    assert.deepEqual((JSON.parse(String(preferences?.inputs["content"])) as { inputs: unknown }).inputs, {
      s3BucketName: "infra-sessions-444444444444",
      s3KeyPrefix: "",
      s3EncryptionEnabled: true,
      cloudWatchLogGroupName: "infra-sessions",
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      kmsKeyId: "alias/infra-sessions",
      idleSessionTimeout: "5",
      maxSessionDuration: "240",
      runAsEnabled: true,
      runAsDefaultUser: "operator",
      shellProfile: { windows: "", linux: "" },
    });
  });
});
