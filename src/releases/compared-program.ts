import type { Account } from "../model/account";
import { withCommitCheckout } from "./commit-checkout";
import { deployedVersion, formatVersion, type DeployedVersion } from "./deployed-version";
import { GitRepository, shortCommit } from "./repository";

/** With which program an account is compared, and why. */
export interface ComparedProgram {
  readonly version: DeployedVersion;
  /** The commit of the program; undefined for the files as they stand here. */
  readonly commit?: string;
  /** In words that follow 'compared with'. */
  readonly words: string;
}

const HERE = "the program of this checkout";

/**
 * An account that follows the branch is compared with the program that stands here. One that follows tags is compared with the
 * program that was deployed to it: between that and the branch lies what nobody has promoted yet, which is no drift.
 */
export function comparedProgram({ follows }: Account, version: DeployedVersion): ComparedProgram {
  if (follows === "branch") return { version, words: HERE };
  switch (version.kind) {
    case "none":
      return { version, words: HERE };
    case "unknown":
    case "elsewhere":
      return { version, words: `${HERE}, for want of the one that was deployed` };
    case "tag":
    case "commit": {
      const { commit, hasUncommittedChanges } = version;
      const name = version.kind === "tag" ? version.tag : shortCommit(commit);
      const without = hasUncommittedChanges ? ", without what nobody had committed" : "";
      return { version, commit, words: `the program of ${name}${without}` };
    }
  }
}

/** What was found in the account's own program. */
interface Compared<T> extends ComparedProgram {
  readonly found: T;
}

/** Compares an account with its program, in a checkout of that where it is not the one that stands here. */
export async function compareWithProgram<T>(
  account: Account,
  directory: string,
  pulumi: Parameters<typeof deployedVersion>[2],
  compare: (project: string) => Promise<T>,
): Promise<Compared<T>> {
  const repository = new GitRepository(directory);
  const program = comparedProgram(account, await deployedVersion(account.key, repository, pulumi));
  const { commit } = program;
  const found = await (commit === undefined
    ? compare(directory)
    : withCommitCheckout(repository, commit, compare));
  return { ...program, found };
}

/** The version of an account and what it was compared with, in one line. */
export const programLine = ({ version, words }: ComparedProgram): string =>
  `At ${formatVersion(version)}; compared with ${words}.`;
