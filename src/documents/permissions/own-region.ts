import type { Conditions } from "../policy-document";
import type { RoleContext } from "../role-permissions";

/** In the one region that the accounts work in. */
export const inOwnRegion = ({ organization }: RoleContext): Conditions => ({
  StringEquals: { "aws:RequestedRegion": organization.region },
});
