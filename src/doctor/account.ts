import { assertCredentialsOf, credentialSource, CredentialsProblem } from "../aws/credentials";
import type { Account, Organization } from "../model/account";
import { deployedVersion } from "../releases/deployed-version";
import { Repository } from "../releases/repository";
import type { Answer } from "./command";
import { missing, ok, onOneLine, type Finding, type Outcome } from "./finding";
import { look } from "./look";
import type { ExaminationOptions, Pulumi } from "./options";
import {
  alarmsOutcome,
  listedStacks,
  shortName,
  stackOf,
  stackOutcome,
  stackState,
  type KnownStack,
  wantedAddresses,
} from "./stack";
import { versionOutcome } from "./version";

async function credentialsOutcome(
  account: Account,
  region: string,
  options: ExaminationOptions,
): Promise<Outcome> {
  const source = credentialSource(account, options.profilePattern, options.env);
  try {
    await assertCredentialsOf(account, source, region);
    return ok(
      `${account.id} by ${source.profile === undefined ? "the environment" : `profile ${source.profile}`}`,
    );
  } catch (error) {
    if (!(error instanceof CredentialsProblem)) throw error;
    return missing(onOneLine(error.fault).replace(/\.$/, ""), error.remedy);
  }
}

/** What the backend knows of an account's stack; undefined where it could not be asked. */
async function knownStack(
  key: string,
  keys: readonly string[],
  listing: Promise<Answer>,
  pulumi: Pulumi,
): Promise<KnownStack | undefined> {
  const stacks = listedStacks(await listing);
  if (stacks === undefined) return undefined;
  const listed = stackOf(stacks, key);
  const state = listed && stackState(await pulumi("stack", "export", "--stack", listed.name));
  const wanted = listed && wantedAddresses(await pulumi("config", "--json", "--stack", listed.name));
  const unexplained = stacks.map(shortName).filter((name) => !keys.includes(name));
  return { key, listed, state, wanted, unexplained };
}

const NO_BACKEND = missing("not known without the backend", "Put the backend right first.");

/** Looks at an account: its credentials, its stack, its version, and who hears its alarms. */
export async function examineAccount(
  account: Account,
  { region, accounts }: Organization,
  options: ExaminationOptions,
  listing: Promise<Answer>,
  pulumi: Pulumi,
): Promise<readonly Finding[]> {
  const { key } = account;
  const keys = accounts.map((one) => one.key);
  const { limit } = options;
  const known = knownStack(key, keys, listing, pulumi);
  const ofStack = (outcome: (stack: KnownStack) => Outcome) => async (): Promise<Outcome> => {
    const stack = await known;
    return stack === undefined ? NO_BACKEND : outcome(stack);
  };
  return Promise.all([
    look(`credentials of ${key}`, limit, () => credentialsOutcome(account, region, options)),
    // Three commands after one another.
    look(`stack ${key}`, 4 * limit, ofStack(stackOutcome)),
    look(`version of ${key}`, 5 * limit, async () => {
      const stack = await known;
      if (stack === undefined) return NO_BACKEND;
      if (stack.listed === undefined) return versionOutcome(account, { kind: "none" });
      const repository = new Repository(options.directory);
      return versionOutcome(account, await deployedVersion(stack.listed.name, repository, pulumi));
    }),
    look(`alarms of ${key}`, 4 * limit, ofStack(alarmsOutcome)),
  ]);
}
