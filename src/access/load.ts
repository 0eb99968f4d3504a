import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";

import { blueprintsOf } from "../documents/blueprint";
import { assertCredentialsOf } from "../aws/credentials";
import type { Account, Organization } from "../model/account";
import type { Model } from "../model/model";
import { UserError } from "../model/problems";
import { IamAccounts } from "./iam/accounts";
import type { IamAccount } from "./iam/account";
import { readIamAccount } from "./iam/from-aws";
import { iamAccountOf } from "./iam/from-blueprints";

/** The accounts that questions are about. */
export interface Loaded {
  readonly accounts: IamAccounts;
  /** Keys of the accounts that were read from AWS; the others are as the roster says. */
  readonly live: readonly string[];
}

/** Every account as the roster says. */
export function accountsByRoster(model: Model): IamAccounts {
  return new IamAccounts(blueprintsOf(model).map((blueprint) => iamAccountOf(model.organization, blueprint)));
}

async function accountOf(profile: string, { accounts, region }: Organization): Promise<Account> {
  const found = await new STS({ region, profile }).getCallerIdentity({}).catch((error: unknown) => {
    throw new UserError(
      `The profile ${profile} has no credentials: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  const account = accounts.find(({ id }) => id === found.Account);
  if (account !== undefined) return account;
  throw new UserError(
    `The credentials of the profile ${profile} are those of ${String(found.Account)}, which is no account of src/organization.ts.`,
  );
}

/** The accounts to read, with the profile of each: all of them where the profile's name has `{stack}` in it. */
async function placesOf(
  profile: string,
  organization: Organization,
): Promise<readonly { readonly account: Account; readonly profile: string }[]> {
  if (!profile.includes("{stack}")) return [{ account: await accountOf(profile, organization), profile }];
  return organization.accounts.map((account) => ({
    account,
    profile: profile.replaceAll("{stack}", account.key),
  }));
}

async function readAccount(
  { account, profile }: { readonly account: Account; readonly profile: string },
  { region }: Organization,
  byRoster: IamAccount,
): Promise<IamAccount> {
  await assertCredentialsOf(account, { profile }, region);
  return readIamAccount(new IAM({ region, profile }), account, byRoster);
}

/**
 * The accounts as they are as far as the profile reaches, and as the roster says beyond. A profile is the name of one, or
 * a pattern such as `example-{stack}` for all accounts.
 * @throws UserError where a profile has no credentials, or those of another account
 */
export async function accountsAsTheyAre(model: Model, profile: string): Promise<Loaded> {
  const { organization } = model;
  const byRoster = accountsByRoster(model);
  const places = await placesOf(profile, organization);
  const read = new Map<string, IamAccount>();
  for (const place of places) {
    const { key } = place.account;
    read.set(key, await readAccount(place, organization, byRoster.account(key)));
  }
  return {
    accounts: new IamAccounts(byRoster.all.map((account) => read.get(account.key) ?? account)),
    live: [...read.keys()],
  };
}
