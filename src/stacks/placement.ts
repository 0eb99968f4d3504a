import type { ComponentResourceOptions, ProviderResource } from "@pulumi/pulumi";

import type { Account, Organization } from "../model/account";

/** Where resources go: an account of the organization, through the provider that is bound to it. */
export interface Placement {
  readonly organization: Organization;
  readonly account: Account;
  readonly provider: ProviderResource;
}

/** Options for a component whose children all go to the account. */
export const into = ({ provider }: Placement): ComponentResourceOptions => ({ providers: { aws: provider } });

/** Tags of everything that Muster makes in the account. */
export const tagsOf = ({ account, organization }: Placement): Readonly<Record<string, string>> => ({
  ManagedBy: "muster",
  Environment: account.environment,
  ...(organization.repository !== undefined && { Repository: organization.repository }),
});
