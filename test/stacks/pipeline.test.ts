import assert from "node:assert/strict";
import { join } from "node:path";

import { buildModel } from "../../src/model/model";
import { createAccount } from "../../src/stacks/create-account";
import { readSettings } from "../../src/resources/account-settings";
import { assertGolden } from "../support/golden";
import { recordedRequests } from "../support/recorded-requests";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { databaseAccessConfig } from "../support/database-access";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { blueprintOf, SAMPLE_MOMENT } from "../support/sample";

const settingsOf = (accountId: string): Readonly<Record<string, string>> => ({
  "muster:machines": "{}",
  "muster:awsConfig": "{}",
  "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]',
  "muster:accountAlias": "example",
  "muster:securityContact":
    '{"name":"Security","title":"On call","email":"security@example.com","phone":"+49 30 1234567"}',
  ...databaseAccessConfig(accountId),
});

const PIPELINES = {
  github: { kind: "github", repository: "example/accounts", ids: { owner: 1234, repository: 5678 } },
  users: { kind: "users" },
};

function registered(
  key: string,
  pipeline?: object,
  otherRegions: readonly string[] = [],
): Promise<readonly RegisteredResource[]> {
  const organization = { ...sampleOrganization(), otherRegions, ...(pipeline && { pipeline }) };
  const workloads = { legacy: { runsOn: "ec2", environments: { dev: {} } } };
  const model = buildModel(organization, sampleRoster(), SAMPLE_MOMENT, workloads);
  const blueprint = blueprintOf(model, key);
  return registeredResources(key, () =>
    createAccount(
      model.organization,
      blueprint,
      readSettings(key, settingsOf(blueprint.account.id), model.now),
    ),
  );
}

const isIn = (all: readonly RegisteredResource[]) => (one: RegisteredResource) =>
  all.some(({ type, name }) => type === one.type && name === one.name);

describe("the pipeline's resources, at preview", () => {
  for (const [kind, pipeline] of Object.entries(PIPELINES)) {
    it(`${kind}: dev registers exactly these beside its others`, async () => {
      const withIt = await registered("dev", pipeline);
      const without = await registered("dev");
      const own = withIt.filter((resource) => !isIn(without)(resource));
      assert.deepEqual(
        without.filter((resource) => !isIn(withIt)(resource)),
        [],
      );
      assertGolden(
        join(__dirname, "golden", `dev-pipeline-${kind}.json`),
        `${JSON.stringify(own, null, 2)}\n`,
      );
    });
  }
});

describe("what the pipeline's roles are proven to be allowed", () => {
  it("is the creation, the reading and the deletion of every type that the stacks register", async function () {
    this.timeout(60_000);
    const types = new Set<string>();
    for (const key of Object.keys(sampleOrganization().accounts)) {
      for (const pipeline of Object.values(PIPELINES)) {
        for (const { type } of await registered(key, pipeline, ["eu-central-1"])) types.add(type);
      }
    }
    const recorded = Object.entries(recordedRequests());
    assert.deepEqual(
      recorded.map(([type]) => type),
      [...types].sort(),
    );
    for (const [type, { create, read, delete: deletion }] of recorded) {
      assert.ok(create && read, type);
      // The trail's bucket outlives the program; exclusive lists, features and controls have nothing to delete.
      assert.ok(deletion ?? /Bucket|Exclusive$|DetectorFeature$|ControlAssociation$/.test(type), type);
    }
  });
});
