import { blueprintsOf } from "../../../src/documents/blueprint";
import { buildModel } from "../../../src/model/model";
import { createAccount } from "../../../src/stacks/account";
import { readSettings } from "../../../src/stacks/settings";
import { registeredResources, type RegisteredResource } from "../../support/resources";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import type { Situation } from "./pack";

const SETTINGS = { "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]' };

/** All that the real program registers for an account at preview. */
export async function stackOf(
  key: string,
  { organization = sampleOrganization(), roster = sampleRoster(), workloads, moment = NOW }: Situation = {},
  config: Readonly<Record<string, string>> = SETTINGS,
): Promise<readonly RegisteredResource[]> {
  const model = buildModel(organization, roster, moment, workloads);
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === key);
  if (blueprint === undefined) throw new Error(`There is no account ${key}.`);
  return registeredResources(key, () =>
    createAccount(model.organization, blueprint, readSettings(key, config)),
  );
}
