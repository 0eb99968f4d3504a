import type { CommandAnswer } from "../doctor/run-command";
import { countNoun } from "../model/problems";
import {
  lastDeployment,
  OPERATIONS_READ,
  type RecordedDeployment,
  type UnknownDeployment,
} from "./deployment-history";
import { shortCommit, type CloneDepth, type GitRepository } from "./repository";
import { compareVersions, isVersionTag } from "./version-tag";

/** How far a checkout has gone on since a commit; undefined where the commit is no part of what is checked out. */
interface Distance {
  readonly behind?: number;
}

/** Which version an account has, as far as its stack's history and this clone tell. */
export type DeployedVersion =
  /** Nothing is deployed. */
  | { readonly kind: "none" }
  | UnknownDeployment
  | ({ readonly kind: "tag"; readonly tag: string } & RecordedDeployment & Distance)
  /** `nearest` as `git describe` writes it; undefined where no version came before. */
  | ({ readonly kind: "commit"; readonly nearest?: string } & RecordedDeployment & Distance)
  /** This folder does not have the commit. */
  | ({ readonly kind: "elsewhere"; readonly clone: CloneDepth } & RecordedDeployment);

/** Runs a pulumi command in the project. */
type Pulumi = (...args: readonly string[]) => Promise<CommandAnswer>;

/** The highest version among the tags of a commit. */
async function tagOf(repository: GitRepository, commit: string): Promise<string | undefined> {
  // Git would put v1.0.0-rc.1 above v1.0.0 (`versionsort.suffix`).
  const tags = await repository.ask("tag", "--points-at", commit);
  return tags?.split("\n").filter(isVersionTag).sort(compareVersions).at(-1);
}

async function distanceOf(repository: GitRepository, commit: string): Promise<Distance> {
  if (!(await repository.isPartOf(commit, "HEAD"))) return {};
  return { behind: Number(await repository.ask("rev-list", "--count", `${commit}..HEAD`)) };
}

async function named(repository: GitRepository, deployment: RecordedDeployment): Promise<DeployedVersion> {
  const { commit } = deployment;
  if ((await repository.commitOf(commit)) === undefined)
    return { kind: "elsewhere", clone: await repository.depth(), ...deployment };
  const distance = await distanceOf(repository, commit);
  const tag = await tagOf(repository, commit);
  if (tag !== undefined) return { kind: "tag", tag, ...deployment, ...distance };
  const nearest = await repository.ask("describe", "--tags", "--match", "v[0-9]*", commit);
  return { kind: "commit", ...(nearest !== undefined && { nearest }), ...deployment, ...distance };
}

/** Which version a stack has. */
export async function deployedVersion(
  stack: string,
  repository: GitRepository,
  pulumi: Pulumi,
): Promise<DeployedVersion> {
  const last = lastDeployment(
    await pulumi("stack", "history", "--stack", stack, "--json", "--page-size", String(OPERATIONS_READ)),
  );
  return last.kind === "known" ? named(repository, last.deployment) : last;
}

/** Whether somebody can get exactly this again: a tag, as it was committed, whole. */
export const isRelease = (version: DeployedVersion): version is Extract<DeployedVersion, { kind: "tag" }> =>
  version.kind === "tag" && !version.hasUncommittedChanges && !version.hasFailed;

const WITHOUT: Readonly<Record<CloneDepth, string>> = {
  whole: "which this clone does not have",
  shallow: "which this shallow clone does not have",
  none: "of which a folder without git's history does not know more",
};

function nameOf(version: Exclude<DeployedVersion, { kind: "none" | "unknown" }>): string {
  const commit = shortCommit(version.commit);
  switch (version.kind) {
    case "tag":
      return `${version.tag} (${commit})`;
    case "commit":
      return `${commit}, which is no version${version.nearest === undefined ? "" : ` (${version.nearest})`}`;
    case "elsewhere":
      return `${commit}, ${WITHOUT[version.clone]}`;
  }
}

function distanceWords({ behind }: Distance): string {
  if (behind === undefined) return ", which is no part of this checkout";
  return behind === 0 ? "" : `, ${countNoun(behind, "commit")} behind this checkout`;
}

/** A version in words that follow 'at': `v1.4.0 (1a2b3c4), 2 commits behind this checkout`. */
export function formatVersion(version: DeployedVersion): string {
  if (version.kind === "none") return "no version: nothing is deployed";
  if (version.kind === "unknown") return `an unknown version: ${version.reason}`;
  return [
    nameOf(version),
    version.hasUncommittedChanges ? ", with changes that nobody had committed" : "",
    version.hasFailed ? ", whose deployment failed before its end" : "",
    version.kind === "elsewhere" ? "" : distanceWords(version),
  ].join("");
}
