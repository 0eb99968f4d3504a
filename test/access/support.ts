import type { IamAccounts } from "../../src/access/iam/iam-accounts";
import { accountsByRoster } from "../../src/access/load";
import { buildModel, type Model } from "../../src/model/model";
import {
  sampleOrganization,
  sampleRoster,
  type WrittenOrganization,
  type WrittenRoster,
} from "../support/rosters";
import { sampleWorkloads } from "../support/workloads";

/** While john.developer's temporary grant of the sample runs. */
export const MOMENT = new Date("2026-11-20T12:00:00Z");

export function modelOf(
  organization: WrittenOrganization,
  roster: WrittenRoster,
  workloads: unknown = {},
): Model {
  return buildModel(organization, roster, MOMENT, workloads);
}

export const accountsOf = (model: Model): IamAccounts => accountsByRoster(model);

/** The sample of DESIGN section 2, with services. */
export const sample = (): Model => modelOf(sampleOrganization(), sampleRoster(), sampleWorkloads());
