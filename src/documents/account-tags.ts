import type { RoleContext } from "./role-permissions";

/** Tags of everything that Muster makes in the account. */
export const accountTags = ({ account, organization }: RoleContext): Readonly<Record<string, string>> => ({
  ManagedBy: "muster",
  Environment: account.environment,
  ...(organization.repository !== undefined && { Repository: organization.repository }),
});
