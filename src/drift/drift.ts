import { IAM } from "@aws-sdk/client-iam";

import type { Account, Organization } from "../model/account";
import { UserError } from "../model/problems";
import type { Comparison } from "./comparison";
import { assertCredentialsOf, credentialSource, environmentWith } from "../aws/credentials";
import { knownOthers } from "./known-others";
import { readLiveAccount } from "./live-account";
import { previewWithRefresh } from "./preview";
import type { AccountDrift, AccountReport } from "./report";
import { unmanagedIn } from "./unmanaged";

/** Where to look, and with what. */
export interface DriftOptions {
  readonly organization: Organization;
  /** The folder with Pulumi.yaml. */
  readonly directory: string;
  /** Profiles by stack, `example-{stack}`. */
  readonly profilePattern?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Exit statuses of `pulumi preview --expect-no-changes`: no changes, and some. */
const SUCCEEDED: readonly (number | null)[] = [0, 7];

async function compare({ key }: Account, directory: string, env: NodeJS.ProcessEnv): Promise<Comparison> {
  const flags = ["--expect-no-changes"];
  const { code, output, comparison } = await previewWithRefresh({ stack: key, directory, env, flags });
  if (SUCCEEDED.includes(code)) return comparison;
  throw new UserError(`The preview of ${key} failed (exit status ${String(code)}).\n${output}`);
}

async function lookAt(account: Account, options: DriftOptions): Promise<AccountDrift> {
  const { organization, directory, profilePattern, env } = options;
  const source = credentialSource(account, profilePattern, env);
  await assertCredentialsOf(account, source, organization.region);
  const { byHand, notDeployed, managed } = await compare(account, directory, environmentWith(source, env));
  const live = await readLiveAccount(new IAM({ region: organization.region, ...source }));
  return {
    stack: account.key,
    account: account.id,
    byHand,
    notDeployed,
    unmanaged: unmanagedIn(live, managed, knownOthers(organization, account)),
  };
}

/** What differs in an account from what the program says; changes nothing. */
export async function driftOf(account: Account, options: DriftOptions): Promise<AccountReport> {
  try {
    return await lookAt(account, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { stack: account.key, account: account.id, problem: error.message };
  }
}

/**
 * The accounts of these stacks, or all accounts where none are named.
 * @throws UserError for a stack that is no account
 */
export function accountsOf({ accounts }: Organization, stacks: readonly string[]): readonly Account[] {
  const unknown = stacks.filter((stack) => !accounts.some(({ key }) => key === stack));
  if (unknown.length > 0) {
    const all = accounts.map(({ key }) => key).join(", ");
    throw new UserError(
      `There is no account ${unknown.join(", ")} in src/organization.ts. Its stacks are: ${all}.`,
    );
  }
  return stacks.length === 0 ? accounts : accounts.filter(({ key }) => stacks.includes(key));
}
