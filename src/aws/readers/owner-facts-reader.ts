import type { Account } from "@aws-sdk/client-account";
import type { IAM } from "@aws-sdk/client-iam";

import { isNamed } from "../iam-answers";
import {
  ALTERNATE_CONTACTS,
  ROOT_FEATURES,
  type AlternateContact,
  type RootManagement,
} from "../snapshot/owner-facts";

async function hasContact(client: Account, AlternateContactType: AlternateContact): Promise<boolean> {
  try {
    await client.getAlternateContact({ AlternateContactType });
    return true;
  } catch (error) {
    if (isNamed(error, "ResourceNotFoundException")) return false;
    throw error;
  }
}

/**
 * The contacts that are set.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html
 */
export async function readAlternateContacts(client: Account): Promise<AlternateContact[]> {
  const answers = await Promise.all(ALTERNATE_CONTACTS.map((contact) => hasContact(client, contact)));
  return ALTERNATE_CONTACTS.filter((_, index) => answers[index] === true);
}

/** What AWS's refusals say of central management: it takes all features of Organizations, and IAM's trusted access to it. */
const REFUSALS: Readonly<Record<string, RootManagement>> = {
  AccountNotManagementOrDelegatedAdministratorException: { kind: "told elsewhere" },
  OrganizationNotFoundException: { kind: "no organization" },
  OrganizationNotInAllFeaturesModeException: { kind: "told", features: [] },
  ServiceAccessNotEnabledException: { kind: "told", features: [] },
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html */
export async function readRootManagement(iam: IAM): Promise<RootManagement> {
  try {
    const { EnabledFeatures = [] } = await iam.listOrganizationsFeatures({});
    return { kind: "told", features: ROOT_FEATURES.filter((feature) => EnabledFeatures.includes(feature)) };
  } catch (error) {
    const refusal = error instanceof Error ? REFUSALS[error.name] : undefined;
    if (refusal === undefined) throw error;
    return refusal;
  }
}
