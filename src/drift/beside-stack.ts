import type { LiveAccount } from "../aws/live-account";
import { PassedOverCollector, type PassedOver } from "../aws/passed-over";
import type { Account, Organization } from "../model/account";
import { quarantinePolicyArn } from "../model/names";
import type { KnownOther } from "./known-others";
import type { ManagedResources } from "./managed";
import { RolesBeside } from "./roles-beside";
import type { UnmanagedObject } from "./unmanaged";
import type { CredentialOwners } from "./stray-credentials";
import { usersBeside } from "./users-beside";

/** What an account holds besides its stack. */
export interface BesideStack {
  /** In no stack, and not known to belong there. */
  readonly unmanaged: readonly UnmanagedObject[];
  /** In no stack either, but allowed by its content. */
  readonly passedOver: readonly PassedOver[];
}

/** What tells whether something may be in an account. */
export interface AccountContext {
  readonly organization: Organization;
  readonly account: Account;
  readonly managed: ManagedResources;
  readonly owners: CredentialOwners;
  /** The account's. */
  readonly knownOthers: readonly KnownOther[];
}

const isKnown = (one: UnmanagedObject, other: KnownOther): boolean =>
  other.kind === one.kind && other.name === one.name && other.fingerprint === one.fingerprint;

/** Compares what IAM holds in an account with what its stack has. Exempts by content, never by name alone. */
export function besideStack(
  live: LiveAccount,
  { organization, account, managed, owners, knownOthers }: AccountContext,
): BesideStack {
  const passed = new PassedOverCollector();
  const all = [
    ...usersBeside(live, managed, {
      naming: organization,
      owners,
      quarantine: quarantinePolicyArn(organization, account),
    }),
    ...new RolesBeside(live, managed, account, organization, passed).all(),
  ];
  const unmanaged = all.filter((one) => {
    const known = knownOthers.find((other) => isKnown(one, other));
    if (known !== undefined) passed.add({ kind: `known ${one.kind}`, reason: known.reason }, one.name);
    return known === undefined;
  });
  return { unmanaged, passedOver: passed.all };
}
