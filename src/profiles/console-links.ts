import type { Validity } from "../model/dates";
import type { Model } from "../model/model";
import { signInUrl, switchedRoleName, switchRoleUrl, type AccountId, type UserName } from "../model/names";
import type { HeldRole } from "../model/roles";
import { heldRoles } from "./held-roles";

/** A page that switches the console to a role. */
export interface ConsoleLink {
  /** As the console shows the role then: `Ops@prod`. */
  readonly name: string;
  readonly account: string;
  readonly accountId: AccountId;
  readonly role: HeldRole;
  readonly url: string;
  readonly validities: readonly Validity[];
}

/** The pages of a person. */
export interface ConsoleLinks {
  readonly person: UserName;
  /** The organization's prefix. */
  readonly organization: string;
  /** Where the person signs in first, with MFA. */
  readonly signIn: string;
  readonly links: readonly ConsoleLink[];
}

/** The pages of a person at the model's moment, one for each role that they hold then or later. */
export function buildConsoleLinks(model: Model, person: UserName): ConsoleLinks {
  const { organization } = model;
  return {
    person,
    organization: organization.prefix,
    signIn: signInUrl(organization.identity),
    links: heldRoles(model, person).map(({ account, role, validities }) => ({
      name: switchedRoleName(role, account),
      account: account.key,
      accountId: account.id,
      role,
      url: switchRoleUrl(organization, role, account),
      validities,
    })),
  };
}
