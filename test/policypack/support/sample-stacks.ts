import { blueprintsOf } from "../../../src/documents/blueprint";
import { buildModel } from "../../../src/model/model";
import { createAccount } from "../../../src/stacks/create-account";
import { readSettings } from "../../../src/resources/account-settings";
import { registrations, type Registration } from "../../support/resources";
import { NOW, sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_CONFIG, type Situation } from "./pack";

const registered = new Map<string, Promise<readonly Registration[]>>();

/** All that the real program registers for an account at preview; made once for each situation. */
export function stackOf(key: string, situation: Situation = {}): Promise<readonly Registration[]> {
  const { organization, roster, workloads, moment, config } = situation;
  const question = JSON.stringify([key, organization, roster, workloads, moment, config]);
  const known = registered.get(question);
  if (known !== undefined) return known;
  const resources = register(key, situation);
  registered.set(question, resources);
  return resources;
}

async function register(
  key: string,
  {
    organization = sampleOrganization(),
    roster = sampleRoster(),
    workloads,
    moment = NOW,
    config = SAMPLE_CONFIG,
  }: Situation,
): Promise<readonly Registration[]> {
  const model = buildModel(organization, roster, moment, workloads);
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === key);
  if (blueprint === undefined) throw new Error(`There is no account ${key}.`);
  return registrations(key, () =>
    createAccount(model.organization, blueprint, readSettings(key, config, model.now)),
  );
}
