import { iamClient, type ClientSource } from "../aws/aws-clients";
import { assertCredentialsForAccount, credentialSource, environmentWith } from "../aws/aws-credentials";
import { liveAccountFrom, readLiveAccount, type LiveAccount } from "../aws/live-account";
import type { Snapshot } from "../aws/snapshot/reader";
import { unreachable } from "../aws/unreachable";
import { awsErrorMessage } from "../aws/unreadable-answer";
import type { Account, Organization } from "../model/account";
import type { Model } from "../model/model";
import { UserError } from "../model/problems";
import { runCommand } from "../doctor/run-command";
import { compareWithProgram } from "../releases/compared-program";
import { deployedVersion } from "../releases/deployed-version";
import { GitRepository } from "../releases/repository";
import { besideStack } from "./beside-stack";
import type { PreviewComparison } from "./comparison";
import { KNOWN_OTHERS } from "./known-others";
import { ManagedResources, managedByState } from "./managed";
import { previewWithRefresh } from "./drift-preview";
import type { AccountDrift, AccountReport } from "./drift-report";
import { credentialOwners } from "./stray-credentials";

/** Where to look, and with what. */
export interface DriftOptions {
  readonly model: Model;
  /** The folder with Pulumi.yaml. */
  readonly directory: string;
  /** Profiles by stack, `example-{stack}`. */
  readonly profilePattern?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where to look instead of AWS. */
  readonly snapshot?: Snapshot;
}

/** Pulumi's word for a stack that the backend does not have. */
const NO_STACK = /no stack named '[^']*' found/;

/** Exit statuses of `pulumi preview --expect-no-changes`: no changes, and some. */
const SUCCEEDED: readonly (number | null)[] = [0, 7];

async function compare(
  { key }: Account,
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<PreviewComparison> {
  const flags = ["--expect-no-changes"];
  const { code, output, comparison } = await previewWithRefresh({ stack: key, directory, env, flags });
  if (SUCCEEDED.includes(code)) return comparison;
  if (NO_STACK.test(output)) {
    throw new UserError(
      `The backend has no stack ${key}: the account was never deployed, has another key now, or Pulumi is logged in elsewhere (\`pulumi whoami -v\`). ` +
        `For a new account, \`pulumi stack init ${key}\`, then \`pulumi up -s ${key}\`; for another key, docs/runbooks/accounts.md.`,
    );
  }
  throw new UserError(`The preview of ${key} failed (exit status ${String(code)}).\n${output}`);
}

/** For a look at a stack's history, in milliseconds. */
const HISTORY_LIMIT = 60_000;

async function readIam(account: Account, source: ClientSource): Promise<LiveAccount> {
  try {
    return await readLiveAccount(await iamClient(source));
  } catch (error) {
    const reason = awsErrorMessage(error);
    throw unreachable(error) ?? new UserError(`IAM of ${account.key} could not be read: ${reason}`);
  }
}

async function lookAt(account: Account, options: DriftOptions): Promise<AccountDrift> {
  const { model, directory, profilePattern, env } = options;
  const { organization } = model;
  const source = credentialSource(account, profilePattern, env);
  await assertCredentialsForAccount(account, source, organization.region);
  const ownEnv = environmentWith(source, env);
  const { found, ...program } = await compareWithProgram(
    account,
    directory,
    (...args) =>
      runCommand("pulumi", [...args, "--non-interactive"], { directory, env: ownEnv, limit: HISTORY_LIMIT }),
    (project) => compare(account, project, ownEnv),
  );
  const { byHand, notDeployed, managed } = found;
  const live = await readIam(account, { region: organization.region, ...source });
  return {
    stack: account.key,
    account: account.id,
    follows: account.follows,
    program,
    byHand,
    notDeployed,
    ...besideStack(live, {
      organization,
      account,
      managed: new ManagedResources(managed),
      owners: credentialOwners(model),
      knownOthers: KNOWN_OTHERS[account.key] ?? [],
    }),
  };
}

/**
 * What a snapshot has besides the state of the account's stack, whose resources' inputs are the last deployment's. Whether AWS
 * still has those as they were deployed takes a refresh, which a snapshot cannot answer.
 */
async function lookAtSnapshot(
  account: Account,
  snapshot: Snapshot,
  { model, directory, env }: DriftOptions,
): Promise<AccountDrift> {
  const read = snapshot.accounts.find(({ key }) => key === account.key);
  if (read === undefined)
    throw new UserError(`The snapshot in ${snapshot.folder} does not have ${account.key}.`);
  const pulumi = (...args: readonly string[]) =>
    runCommand("pulumi", [...args, "--non-interactive"], { directory, env, limit: HISTORY_LIMIT });
  const managed = managedByState(await pulumi("stack", "export", "--stack", account.key));
  if (managed === undefined)
    throw new UserError(
      `The state of the stack ${account.key} could not be read: pulumi stack export -s ${account.key}`,
    );
  const version = await deployedVersion(account.key, new GitRepository(directory), pulumi);
  return {
    stack: account.key,
    account: account.id,
    follows: account.follows,
    program: { version, words: "nothing but the state of its stack" },
    snapshotOf: read.sections.authorizationDetails.at,
    byHand: [],
    notDeployed: [],
    ...besideStack(liveAccountFrom(read), {
      organization: model.organization,
      account,
      managed: new ManagedResources(managed),
      owners: credentialOwners(model),
      knownOthers: KNOWN_OTHERS[account.key] ?? [],
    }),
  };
}

/** Finds how an account differs from the program; changes nothing. */
export async function findDrift(account: Account, options: DriftOptions): Promise<AccountReport> {
  const { snapshot } = options;
  try {
    return snapshot === undefined
      ? await lookAt(account, options)
      : await lookAtSnapshot(account, snapshot, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { stack: account.key, account: account.id, problem: error.message };
  }
}

/**
 * The accounts of these stacks, or all accounts where none are named.
 * @throws UserError for a stack that is no account
 */
export function accountsOfStacks({ accounts }: Organization, stacks: readonly string[]): readonly Account[] {
  const unknown = stacks.filter((stack) => !accounts.some(({ key }) => key === stack));
  if (unknown.length > 0) {
    const all = accounts.map(({ key }) => key).join(", ");
    throw new UserError(
      `There is no account ${unknown.join(", ")} in src/organization.ts. Its stacks are: ${all}.`,
    );
  }
  return stacks.length === 0 ? accounts : accounts.filter(({ key }) => stacks.includes(key));
}
