import { blueprintsOf } from "../documents/blueprint";
import { namedResources } from "../documents/resource-policies";
import { iamClient } from "../aws/aws-clients";
import { assertCredentialsForAccount } from "../aws/aws-credentials";
import { availableSection } from "../aws/snapshot/available-section";
import { livePlaces, type LivePlace } from "../aws/places";
import { readAuthorizationDetails } from "../aws/readers/authorization-details-reader";
import type { Snapshot } from "../aws/snapshot/reader";
import type { Organization } from "../model/account";
import type { Model } from "../model/model";
import { UserError } from "../model/problems";
import { IamAccounts } from "./iam/iam-accounts";
import type { IamAccount } from "./iam/iam-account";
import { iamAccountFromBlueprint } from "./iam/from-blueprints";
import { iamAccountFromDetails } from "./iam/from-details";
import { musterResource } from "./muster-resource";

/** The accounts that questions are about. */
export interface LoadedAccounts {
  readonly accounts: IamAccounts;
  /** Keys of the accounts that were read from AWS; the others are as the roster says. */
  readonly live: readonly string[];
}

/** Every account as the roster says. */
export function accountsByRoster(model: Model): IamAccounts {
  const blueprints = blueprintsOf(model);
  return new IamAccounts(
    blueprints.map((blueprint) => iamAccountFromBlueprint(model.organization, blueprint)),
    blueprints.flatMap((blueprint) => namedResources(model, blueprint)).map(musterResource),
  );
}

async function readAccount(
  { account, profile }: LivePlace,
  { region }: Organization,
  byRoster: IamAccount,
): Promise<IamAccount> {
  await assertCredentialsForAccount(account, { profile }, region);
  const details = await readAuthorizationDetails(await iamClient({ region, profile }));
  return iamAccountFromDetails(details, account, byRoster);
}

/** The accounts that were read in place of those by the roster. */
function withRead(byRoster: IamAccounts, read: ReadonlyMap<string, IamAccount>): LoadedAccounts {
  return {
    accounts: new IamAccounts(
      byRoster.all.map((account) => read.get(account.key) ?? account),
      byRoster.resources,
    ),
    live: [...read.keys()],
  };
}

/**
 * The accounts as they are as far as the profile reaches, and as the roster says beyond. A profile is the name of one, or
 * a pattern such as `example-{stack}` for all accounts.
 * @throws UserError where a profile has no credentials, or those of another account
 */
export async function accountsAsTheyAre(model: Model, profile: string): Promise<LoadedAccounts> {
  const { organization } = model;
  const byRoster = accountsByRoster(model);
  const places = await livePlaces(profile, organization);
  const read = new Map<string, IamAccount>();
  for (const place of places) {
    const { key } = place.account;
    read.set(key, await readAccount(place, organization, byRoster.account(key)));
  }
  return withRead(byRoster, read);
}

/** Accounts as a snapshot has them; of each that it does not have, as the roster says, with why. */
export interface SnapshotAccounts {
  readonly accounts: IamAccounts;
  /** By the account's key. */
  readonly notRead: ReadonlyMap<string, string>;
}

/** The accounts as far as a snapshot has who may do what in them. */
export function accountsAsFarAsRead(model: Model, { accounts }: Snapshot): SnapshotAccounts {
  const byRoster = accountsByRoster(model);
  const read = new Map<string, IamAccount>();
  const notRead = new Map<string, string>();
  for (const account of model.organization.accounts) {
    const { key } = account;
    const section = accounts.find((one) => one.key === key)?.sections.authorizationDetails;
    if (section?.kind !== "read") {
      notRead.set(key, section?.because ?? "the snapshot is not of this account");
      continue;
    }
    try {
      read.set(key, iamAccountFromDetails(section.data, account, byRoster.account(key)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      notRead.set(key, error.message.replace(/\s*\n\s*/g, " "));
    }
  }
  return { accounts: withRead(byRoster, read).accounts, notRead };
}

/**
 * The accounts as a snapshot has them, and as the roster says where it has none.
 * @throws UserError where the snapshot does not have who may do what in one of its accounts
 */
export function accountsOfSnapshot(model: Model, { accounts }: Snapshot): LoadedAccounts {
  const byRoster = accountsByRoster(model);
  return withRead(
    byRoster,
    new Map(
      model.organization.accounts.flatMap((account) => {
        const read = accounts.find(({ key }) => key === account.key);
        if (read === undefined) return [];
        const details = availableSection(read, "authorizationDetails");
        return [[account.key, iamAccountFromDetails(details, account, byRoster.account(account.key))]];
      }),
    ),
  );
}
