import type { Account, AlternateContactType } from "@aws-sdk/client-account";
import type { FeatureType, IAM } from "@aws-sdk/client-iam";

import { isNamed } from "../iam-answers";

export const ALTERNATE_CONTACTS = [
  "SECURITY",
  "BILLING",
  "OPERATIONS",
] as const satisfies readonly AlternateContactType[];
export type AlternateContact = (typeof ALTERNATE_CONTACTS)[number];

/** Root users without credentials of their own, and sessions of theirs that the management account begins. */
export const ROOT_FEATURES = [
  "RootCredentialsManagement",
  "RootSessions",
] as const satisfies readonly FeatureType[];
export type RootFeature = (typeof ROOT_FEATURES)[number];

/**
 * Whether a virtual MFA device is the root user's. Other devices of theirs nobody but they may list.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
 */
export async function readRootHasVirtualMfa(iam: IAM): Promise<boolean> {
  const { paginateListVirtualMFADevices } = await import("@aws-sdk/client-iam");
  for await (const page of paginateListVirtualMFADevices({ client: iam }, { AssignmentStatus: "Assigned" }))
    if (page.VirtualMFADevices?.some(({ User }) => User?.Arn?.endsWith(":root") === true) === true)
      return true;
  return false;
}

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
 * The contacts that AWS tells of something beside the root user's address.
 * https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html
 */
export async function readAlternateContacts(client: Account): Promise<ReadonlySet<AlternateContact>> {
  const answers = await Promise.all(ALTERNATE_CONTACTS.map((contact) => hasContact(client, contact)));
  return new Set(ALTERNATE_CONTACTS.filter((_, index) => answers[index] === true));
}

/**
 * What the organization's management account may do with the root users of its members. The management account, or one that
 * it has delegated IAM to, may ask.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
 */
export async function readRootManagement(iam: IAM): Promise<ReadonlySet<RootFeature>> {
  const { EnabledFeatures = [] } = await iam.listOrganizationsFeatures({});
  return new Set(ROOT_FEATURES.filter((feature) => EnabledFeatures.includes(feature)));
}
