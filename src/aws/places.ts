import type { Account, Organization } from "../model/account";
import { errorMessage, UserError } from "../model/problems";
import { unreachable } from "./unreachable";
import { UnreadableAnswer, unreadableAnswer } from "./unreadable-answer";

/** An account to read, and the profile to read it with. */
export interface LivePlace {
  readonly account: Account;
  readonly profile: string;
}

/** @throws UserError where a profile has no credentials, or those of an account that is not the organization's */
async function accountOf(profile: string, { accounts, region }: Organization): Promise<Account> {
  const { STS } = await import("@aws-sdk/client-sts");
  const found = await new STS({ region, profile }).getCallerIdentity({}).catch((error: unknown) => {
    throw (
      unreachable(error) ??
      unreadableAnswer(error) ??
      new UserError(`The profile ${profile} has no credentials: ${errorMessage(error)}`)
    );
  });
  if (found.Account === undefined) throw new UnreadableAnswer("");
  const account = accounts.find(({ id }) => id === found.Account);
  if (account !== undefined) return account;
  throw new UserError(
    `The credentials of the profile ${profile} are those of ${found.Account}, which is no account of src/organization.ts.`,
  );
}

/**
 * The accounts to read, with the profile of each: all of them where the profile's name has `{stack}` in it.
 * @throws UserError where a profile without `{stack}` is not of an account
 */
export async function livePlaces(profile: string, organization: Organization): Promise<readonly LivePlace[]> {
  if (!profile.includes("{stack}")) return [{ account: await accountOf(profile, organization), profile }];
  return organization.accounts.map((account) => ({
    account,
    profile: profile.replaceAll("{stack}", account.key),
  }));
}
