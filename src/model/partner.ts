import type { AccountId } from "./names";
import type { PartnerRole } from "./roles";

/** An external account that may assume partners' roles with its external id. */
export interface Partner {
  readonly name: string;
  readonly account: AccountId;
  readonly externalId: string;
  readonly grants: readonly { readonly account: string; readonly role: PartnerRole }[];
}
