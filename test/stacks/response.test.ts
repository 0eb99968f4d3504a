import assert from "node:assert/strict";
import { join } from "node:path";

import { blueprintsOf } from "../../src/documents/blueprint";
import { buildModel } from "../../src/model/model";
import { parseUserName } from "../../src/model/names";
import { UserError } from "../../src/model/problems";
import { accountResources } from "../../src/resources/account-resources";
import { readSettings } from "../../src/resources/account-settings";
import { createAccount } from "../../src/stacks/create-account";
import { assertGolden } from "../support/golden";
import { registeredResources, type RegisteredResource } from "../support/resources";
import { sampleOrganization, sampleRoster } from "../support/rosters";
import { SAMPLE_MOMENT } from "../support/sample";

function described(stack: string, isOn: boolean, roster = sampleRoster()) {
  const organization = { ...sampleOrganization(), otherRegions: ["eu-central-1"] };
  const model = buildModel(organization, roster, SAMPLE_MOMENT);
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === stack);
  assert.ok(blueprint);
  const config: Record<string, string> = isOn ? { "muster:emergency": '{"guardDuty":"HIGH"}' } : {};
  return { organization: model.organization, blueprint, settings: readSettings(stack, config, model.now) };
}

function registered(isOn: boolean): Promise<readonly RegisteredResource[]> {
  const { organization, blueprint, settings } = described("users", isOn);
  return registeredResources("users", () => createAccount(organization, blueprint, settings));
}

const refusal = (stack: string, roster = sampleRoster()): string => {
  const { organization, blueprint, settings } = described(stack, true, roster);
  try {
    accountResources(organization, blueprint, settings);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message;
  }
  return "nothing is refused";
};

const idOf = ({ type, name }: RegisteredResource): string => `${type} ${name}`;

describe("the response to findings, where the settings of a stack ask for it", () => {
  it("is these resources beside the others", async () => {
    const without = new Set((await registered(false)).map(idOf));
    const own = (await registered(true)).filter((one) => !without.has(idOf(one)));
    assertGolden(join(__dirname, "golden", "users-response.json"), `${JSON.stringify(own, null, 2)}\n`);
  });

  it("is refused where no people's users are", () => {
    assert.equal(
      refusal("prod"),
      "Pulumi.prod.yaml: muster:emergency\n" +
        "People's users are in another account. Write it into Pulumi.users.yaml, the identity account's.",
    );
  });

  it("is refused where nobody would be left who looks", () => {
    const { power, breakGlass, ...roster } = sampleRoster();
    assert.ok(power && breakGlass);
    assert.equal(
      refusal("users", roster),
      "Pulumi.users.yaml: muster:emergency\n" +
        "Nobody holds BreakGlass or is in PowerG. These are exempt, so that somebody is left who looks: name them in src/roster.ts first.",
    );
  });

  it("is refused where IAM would refuse a policy that names everyone who is exempt", () => {
    const { organization, blueprint, settings } = described("users", true);
    const { people } = blueprint;
    assert.ok(people);
    const names = Array.from({ length: 90 }, (_, index) =>
      parseUserName(`somebody.long.name.${String(index).padStart(2, "0")}`),
    );
    const exemptFromResponse = names.filter((name) => name !== undefined);
    assert.throws(
      () =>
        accountResources(organization, { ...blueprint, people: { ...people, exemptFromResponse } }, settings),
      {
        name: "UserError",
        message:
          "Pulumi.users.yaml: muster:emergency\n" +
          "The policy of infra-ResponderR names the 90 people who are exempt, and has 6,276 characters; IAM allows 6,144. Name fewer in `power` and `breakGlass` of src/roster.ts, or take the setting away.",
      },
    );
  });
});
