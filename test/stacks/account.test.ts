import assert from "node:assert/strict";
import { join } from "node:path";

import { createAccount } from "../../src/stacks/create-account";
import { readSettings } from "../../src/resources/account-settings";
import { assertGolden } from "../support/golden";
import { recorded, registeredResources } from "../support/resources";
import { blueprintOf, sampleModel } from "../support/sample";

const SETTINGS = { "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]' };

describe("the stacks of the sample roster, at preview", () => {
  const model = sampleModel();

  for (const { key } of model.organization.accounts) {
    it(`${key} registers exactly these resources`, async () => {
      const settings = readSettings(key, SETTINGS, model.now);
      const resources = await registeredResources(key, () =>
        createAccount(model.organization, blueprintOf(model, key), settings),
      );
      assertGolden(join(__dirname, "golden", `${key}.json`), `${JSON.stringify(resources, null, 2)}\n`);
    });
  }

  const warningsOf = async (config: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const settings = readSettings("dev", config, model.now);
    const { warnings } = await recorded("dev", () =>
      createAccount(model.organization, blueprintOf(model, "dev"), settings),
    );
    return warnings;
  };

  it("warn where nobody hears their alarms, and of nothing where somebody does", async () => {
    assert.deepEqual(await warningsOf({}), [
      "Nobody hears the 14 alarms of dev. Add muster:alarmSubscriptions to Pulumi.dev.yaml.",
    ]);
    assert.deepEqual(await warningsOf(SETTINGS), []);
  });
});
