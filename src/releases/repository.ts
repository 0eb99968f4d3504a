import { runGit } from "../definitions/git";

/** How much of a commit's name is shown. */
const SHOWN = 7;

export const shortCommit = (commit: string): string => commit.slice(0, SHOWN);

/** How much of a repository's history a folder has: all of it, some of it, or none, because it is no clone. */
export type CloneDepth = "whole" | "shallow" | "none";

/** The git repository of a folder, which need not be one. */
export class GitRepository {
  constructor(readonly directory: string) {}

  /** What a git command prints, without the white space around it; undefined where it fails. */
  async ask(...args: readonly string[]): Promise<string | undefined> {
    try {
      return await runGit(this.directory, args);
    } catch {
      return undefined;
    }
  }

  /** The commit that a name means; undefined where there is none in this clone. */
  commitOf(name: string): Promise<string | undefined> {
    return this.ask("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
  }

  async depth(): Promise<CloneDepth> {
    const answer = await this.ask("rev-parse", "--is-shallow-repository");
    if (answer === undefined) return "none";
    return answer === "true" ? "shallow" : "whole";
  }

  /** Whether a commit is another one or came before it. */
  async isPartOf(commit: string, other: string): Promise<boolean> {
    return (await this.ask("merge-base", "--is-ancestor", commit, other)) !== undefined;
  }
}
