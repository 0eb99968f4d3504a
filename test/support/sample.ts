import { blueprintsOf, type AccountBlueprint } from "../../src/documents/blueprint";
import type { ExistingTrail } from "../../src/model/existing-trail";
import { buildModel, type Model } from "../../src/model/model";
import { sampleOrganization, sampleRoster, type WrittenOrganization } from "./rosters";
import { sampleWorkloads } from "./workloads";

/** A time at which the sample's contractor has access and its temporary grant is over. */
export const SAMPLE_MOMENT = new Date("2026-11-23T12:00:00Z");

/** The model of the sample roster. */
export function sampleModel(): Model {
  return buildModel(sampleOrganization(), sampleRoster(), SAMPLE_MOMENT, sampleWorkloads());
}

/** A trail that an account has without Muster. */
export const COMPANY_TRAIL = {
  name: "company-trail",
  logGroup: "company-trail",
  bucket: "company-logs",
} as const satisfies ExistingTrail;

/** The sample's organization, of which one account has such a trail. */
export function organizationWithTrail(
  key: string,
  trail: ExistingTrail = COMPANY_TRAIL,
): WrittenOrganization {
  const organization = sampleOrganization();
  const account = organization.accounts[key];
  if (account === undefined) throw new Error(`There is no account ${key}.`);
  return { ...organization, accounts: { ...organization.accounts, [key]: { ...account, trail } } };
}

/** The blueprint of one account of a model. */
export function blueprintOf(model: Model, key: string): AccountBlueprint {
  const blueprint = blueprintsOf(model).find(({ account }) => account.key === key);
  if (blueprint === undefined) throw new Error(`There is no account ${key}.`);
  return blueprint;
}
