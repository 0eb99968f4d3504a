import { runGit } from "../definitions/git";
import { runCommand, type CommandAnswer } from "../doctor/run-command";
import { errorMessage, UserError } from "../model/problems";

const LIMIT_MS = 60_000;

/** Where branches go. */
export const REMOTE = "origin";

export async function hasRemote(directory: string): Promise<boolean> {
  return (await runGit(directory, ["remote"])).split("\n").includes(REMOTE);
}

/**
 * The commit on which a request is based: the branch that is deployed, as the remote has it, or the commit that is checked out
 * where there is no remote.
 */
export async function baseRef(directory: string): Promise<string> {
  const head = `refs/remotes/${REMOTE}/HEAD`;
  for (const ref of [head, `refs/remotes/${REMOTE}/main`]) {
    try {
      await runGit(directory, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
      return ref === head ? await runGit(directory, ["symbolic-ref", head]) : ref;
    } catch {
      // The next one may be there.
    }
  }
  return "HEAD";
}

/** `main` of `refs/remotes/origin/main`; undefined of anything else. */
export const remoteBranchName = (ref: string): string | undefined =>
  new RegExp(`^(?:refs/remotes/)?${REMOTE}/(.+)$`).exec(ref)?.[1];

/** Fetches from the remote; where the remote does not answer, says so and goes on with what is known. */
export async function fetchRemote(directory: string): Promise<void> {
  const answer = await runCommand("git", ["fetch", "--quiet", REMOTE], {
    directory,
    env: quiet(),
    limit: LIMIT_MS,
  });
  if (answer.kind === "ended" && answer.code === 0) return;
  process.stderr.write(`Could not fetch from ${REMOTE}: going on with what is known here.\n`);
}

/** Nobody is there to type a password or an answer. */
const quiet = (): NodeJS.ProcessEnv => ({
  ...process.env,
  GIT_TERMINAL_PROMPT: "0",
  GH_PROMPT_DISABLED: "1",
});

const gh = (directory: string, args: readonly string[]): Promise<CommandAnswer> =>
  runCommand("gh", args, { directory, env: quiet(), limit: LIMIT_MS });

/** Whether GitHub's command is there and somebody is signed in. */
export async function isSignedIn(directory: string): Promise<boolean> {
  const answer = await gh(directory, ["auth", "status"]);
  return answer.kind === "ended" && answer.code === 0;
}

/** @throws UserError where the remote does not take it */
export async function pushBranch(directory: string, commit: string, branch: string): Promise<void> {
  try {
    await runGit(directory, ["push", "--quiet", REMOTE, `${commit}:refs/heads/${branch}`], { env: quiet() });
  } catch (error) {
    throw new UserError(`${REMOTE} does not take the branch: ${errorMessage(error)}`);
  }
}

/** Deletes a branch of the remote's, if it has it. */
export async function deleteRemoteBranch(directory: string, branch: string): Promise<void> {
  const options = { env: quiet(), detached: true };
  const known = await runGit(directory, ["ls-remote", REMOTE, `refs/heads/${branch}`], options);
  if (known === "") return;
  await runGit(directory, ["push", "--quiet", REMOTE, "--delete", `refs/heads/${branch}`], options);
}

export interface PullRequest {
  readonly base: string;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/** The arguments that open a pull request, for `gh` and for people to type. */
export const pullRequestArguments = ({ base, branch, title, body }: PullRequest): readonly string[] => [
  "pr",
  "create",
  "--base",
  base,
  "--head",
  branch,
  "--title",
  title,
  "--body",
  body,
];

/**
 * Opens a pull request.
 * @returns its address
 * @throws UserError where GitHub does not take it
 */
export async function openPullRequest(directory: string, request: PullRequest): Promise<string> {
  const answer = await gh(directory, pullRequestArguments(request));
  if (answer.kind === "ended" && answer.code === 0) return answer.stdout.trim();
  const why = answer.kind === "ended" ? answer.stderr.trim() : answer.kind;
  throw new UserError(`gh did not open the pull request: ${why}`);
}

/** Asks people to review; where GitHub refuses, somebody has to ask them, and the pull request stays. */
export async function askForReviews(
  directory: string,
  address: string,
  handles: readonly string[],
): Promise<void> {
  if (handles.length === 0) return;
  const answer = await gh(directory, ["pr", "edit", address, "--add-reviewer", handles.join(",")]);
  if (answer.kind === "ended" && answer.code === 0) return;
  process.stderr.write(`gh could not ask ${handles.join(" and ")} to review: ask them yourself.\n`);
}
