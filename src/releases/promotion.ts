import type { Account } from "../model/account";
import { DEFAULT_BRANCH, type Pipeline } from "../model/pipeline";
import { UserError } from "../model/problems";
import { formatVersion, type DeployedVersion } from "./deployed-version";
import { shortCommit, type GitRepository } from "./repository";
import { isVersionTag } from "./version-tag";

/** A version that may be deployed. */
export interface TaggedRelease {
  readonly tag: string;
  readonly commit: string;
}

/** The branch from which everything is deployed. */
export const deployedBranch = (pipeline: Pipeline | undefined): string => pipeline?.branch ?? DEFAULT_BRANCH;

/** The branch as the remote has it, because somebody may have commits of their own in the local one. */
async function tipOf(repository: GitRepository, branch: string): Promise<string> {
  for (const name of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    if ((await repository.commitOf(name)) !== undefined) return name;
  }
  throw new UserError(`There is no branch ${branch} in this clone: git fetch origin ${branch}`);
}

/**
 * The release that a tag names.
 * @throws UserError where the tag is no version, does not exist, or names a commit that is not on the branch
 */
export async function findRelease(
  repository: GitRepository,
  tag: string,
  branch: string,
): Promise<TaggedRelease> {
  if (!isVersionTag(tag)) {
    throw new UserError(`"${tag}" is no version. A version is a tag such as v1.4.0 or v1.4.0-rc.1.`);
  }
  const commit = await repository.commitOf(`refs/tags/${tag}`);
  if (commit === undefined) {
    throw new UserError(
      (await repository.depth()) === "none"
        ? `${repository.directory} is no clone of a git repository: versions are its tags.`
        : `There is no tag ${tag} in this clone. If it was made elsewhere: git fetch --tags`,
    );
  }
  const tip = await tipOf(repository, branch);
  if (await repository.isPartOf(commit, tip)) return { tag, commit };
  throw new UserError(
    `${tag} (${shortCommit(commit)}) is not on ${branch}, so nobody has reviewed it. If it was merged since: git fetch`,
  );
}

/** @throws UserError where the tag does not name the commit that was checked before: it was moved while approval was waited for */
export function assertTagUnmoved({ tag, commit }: TaggedRelease, checked: string): void {
  if (commit === checked) return;
  throw new UserError(
    `${tag} is ${shortCommit(commit)} by now; ${shortCommit(checked)} was checked. A version does not move: make another one.`,
  );
}

const CONSEQUENCE =
  "An older roster lets in again who has left since, and takes back what was put right. If that is meant: --even-if-older";

/** @throws UserError where the account would go back, or nobody can tell whether it would */
export async function assertNotOlder(
  repository: GitRepository,
  { key }: Account,
  version: DeployedVersion,
  { tag, commit }: TaggedRelease,
): Promise<void> {
  switch (version.kind) {
    case "none":
      return;
    case "unknown":
    case "elsewhere":
      throw new UserError(
        `${key} is at ${formatVersion(version)}, so nobody can tell whether ${tag} is older. ${CONSEQUENCE}`,
      );
    case "tag":
    case "commit":
      if (await repository.isPartOf(version.commit, commit)) return;
      throw new UserError(
        `${key} is at ${formatVersion(version)}, which is not part of ${tag} (${shortCommit(commit)}). ${CONSEQUENCE}`,
      );
  }
}
