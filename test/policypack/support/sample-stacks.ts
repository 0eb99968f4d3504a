import { blueprintsOf } from "../../../src/documents/blueprint";
import { buildModel } from "../../../src/model/model";
import { createAccount } from "../../../src/stacks/account";
import { readSettings } from "../../../src/resources/settings";
import { registeredResources, type RegisteredResource } from "../../support/resources";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import type { Situation } from "./pack";

const SETTINGS = { "muster:alarmSubscriptions": '[{"protocol":"email","endpoint":"security@example.com"}]' };

type Config = Readonly<Record<string, string>>;

const registered = new Map<string, Promise<readonly RegisteredResource[]>>();

/** All that the real program registers for an account at preview; made once for each situation. */
export function stackOf(
  key: string,
  situation: Situation = {},
  config: Config = SETTINGS,
): Promise<readonly RegisteredResource[]> {
  const { organization, roster, workloads, moment } = situation;
  const question = JSON.stringify([key, organization, roster, workloads, moment, config]);
  const known = registered.get(question);
  if (known !== undefined) return known;
  const resources = register(key, situation, config);
  registered.set(question, resources);
  return resources;
}

async function register(
  key: string,
  { organization = sampleOrganization(), roster = sampleRoster(), workloads, moment = NOW }: Situation,
  config: Config,
): Promise<readonly RegisteredResource[]> {
  const model = buildModel(organization, roster, moment, workloads);
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === key);
  if (blueprint === undefined) throw new Error(`There is no account ${key}.`);
  return registeredResources(key, () =>
    createAccount(model.organization, blueprint, readSettings(key, config)),
  );
}
