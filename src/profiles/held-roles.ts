import type { Account } from "../model/account";
import type { Validity } from "../model/dates";
import { remainingValidities } from "../model/holdings";
import type { Model } from "../model/model";
import type { UserName } from "../model/names";
import { ROLE_NAMES, type HeldRole } from "../model/roles";

/** A role that a person may assume in an account, now or later. */
export interface HeldRoleIn {
  readonly account: Account;
  readonly role: HeldRole;
  /** When: one validity without ends, or dated ones in time order, none of them over. */
  readonly validities: readonly Validity[];
}

/** The roles of a person that have not expired, BreakGlass included, in the order of accounts and of the catalogue. */
export function heldRoles({ organization, holdings, now }: Model, person: UserName): readonly HeldRoleIn[] {
  const own = holdings.all.filter((holding) => holding.person === person);
  return organization.accounts.flatMap((account) =>
    own
      .filter((holding) => holding.account === account.key)
      .sort((one, other) => ROLE_NAMES.indexOf(one.role) - ROLE_NAMES.indexOf(other.role))
      .map((holding) => ({ account, role: holding.role, validities: remainingValidities(holding, now) }))
      .filter(({ validities }) => validities.length > 0),
  );
}

/** Whether BreakGlass is among a person's roles: their own policy then denies them to make access keys. */
export const holdsBreakGlass = (roles: readonly { readonly role: HeldRole }[]): boolean =>
  roles.some(({ role }) => role === "BreakGlass");

const datesOf = ({ from, until }: Validity): string =>
  [from && `from ${from}`, until && `until ${until}`].filter((part) => part !== undefined).join(" ");

/** "from 2026-11-20T10:00:00Z until 2026-11-20T14:00:00Z", several joined by "and"; `always` where there are no ends. */
export const whenHeld = (validities: readonly Validity[], always = ""): string =>
  validities.map(datesOf).join(" and ") || always;
