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

function registered(awsConfig?: object): Promise<readonly RegisteredResource[]> {
  const organization = { ...sampleOrganization(), otherRegions: ["eu-central-1"] };
  const model = buildModel(organization, sampleRoster(), SAMPLE_MOMENT);
  const blueprint = blueprintsOf(model).find(({ account }) => account.isIdentity);
  assert.ok(blueprint);
  const config: Record<string, string> =
    awsConfig === undefined ? {} : { "muster:awsConfig": JSON.stringify(awsConfig) };
  return registeredResources("users", () =>
    createAccount(model.organization, blueprint, readSettings("users", config, model.now)),
  );
}

const idOf = ({ type, name }: RegisteredResource): string => `${type} ${name}`;
const typesRecorded = (all: readonly RegisteredResource[]): readonly unknown[] =>
  all
    .filter(({ type }) => type === "aws:cfg/recorder:Recorder")
    .map(({ inputs }) => inputs["recordingGroup"]);

describe("AWS Config, where the settings of a stack ask for it", () => {
  it("is these resources beside the others", async () => {
    const without = new Set((await registered()).map(idOf));
    const own = (await registered({})).filter((one) => !without.has(idOf(one)));
    assertGolden(join(__dirname, "golden", "users-recorder.json"), `${JSON.stringify(own, null, 2)}\n`);
  });

  it("makes no role where the account has AWS's", async () => {
    const all = await registered({ serviceLinkedRole: "existing" });
    assert.deepEqual(
      all.filter(({ type }) => type === "aws:iam/serviceLinkedRole:ServiceLinkedRole"),
      [],
    );
  });

  it("records types that are named beside the list, IAM's in the first region alone", async () => {
    const before = typesRecorded(await registered({}));
    const after = typesRecorded(
      await registered({ alsoRecords: ["AWS::DynamoDB::Table", "AWS::IAM::SAMLProvider"] }),
    );
    const addedIn = (index: number): readonly unknown[] => {
      const listed = (groups: readonly unknown[]) =>
        (groups[index] as { resourceTypes: readonly string[] }).resourceTypes;
      return listed(after).filter((type) => !listed(before).includes(type));
    };
    assert.deepEqual(addedIn(0), ["AWS::DynamoDB::Table", "AWS::IAM::SAMLProvider"]);
    assert.deepEqual(addedIn(1), ["AWS::DynamoDB::Table"]);
  });
});
