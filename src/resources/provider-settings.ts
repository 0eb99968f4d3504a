import type { RoleContext } from "../documents/role-permissions";
import { KEY_DESCRIPTION_PREFIX } from "../documents/self-service/key-description";

/** Without the account's key: a resource whose provider changes its name is replaced, a trail with its bucket too. */
export const PROVIDER_NAME = "account";

/** What the provider of an account is told. */
export interface ProviderSettings {
  readonly region: string;
  readonly allowedAccountIds: string[];
  readonly ignoreTags: { readonly keyPrefixes: string[] };
}

/**
 * Refuses credentials of any other account instead of writing there. It neither reports nor removes descriptions of access
 * keys, which are people's own; `npm run drift` asks IAM whether such a tag is one.
 */
export function providerSettings({ organization, account }: RoleContext): ProviderSettings {
  return {
    region: organization.region,
    allowedAccountIds: [account.id],
    ignoreTags: { keyPrefixes: [KEY_DESCRIPTION_PREFIX] },
  };
}
