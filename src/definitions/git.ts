import { spawn } from "node:child_process";
import { buffer, text } from "node:stream/consumers";

import { UserError } from "../model/problems";

/** A commit's whole id, by SHA-1 or SHA-256. */
export const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export interface GitOptions {
  /** What git reads from its standard input. */
  readonly input?: string | Buffer;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs git and answers its output as it is. */
export async function gitBytes(
  directory: string,
  args: readonly string[],
  { input, env = process.env }: GitOptions = {},
): Promise<Buffer> {
  const child = spawn("git", args, { cwd: directory, env, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once("close", resolve).once("error", reject),
  );
  // git may end before it has read everything; then its status and errors say why.
  child.stdin.on("error", () => undefined).end(input);
  const [output, errors, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`git ${args[0] ?? ""} ended with ${String(code)}: ${errors.trim()}`);
  return output;
}

/** Runs git and answers its output, without white space around it. */
export async function git(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  return (await gitBytes(directory, args, options)).toString().trim();
}

/**
 * The whole id of the commit that a name stands for.
 * @throws UserError where git knows no such commit
 */
export async function commitId(directory: string, ref: string): Promise<string> {
  try {
    return await git(directory, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  } catch {
    throw new UserError(
      `git knows no commit "${ref}" here. A shallow clone may lack it: git fetch --unshallow.`,
    );
  }
}

/** The address that git is set to in a folder; undefined where it is not, or is no program here. */
export async function emailOfGit(directory: string): Promise<string | undefined> {
  try {
    return await git(directory, ["config", "user.email"]);
  } catch {
    return undefined;
  }
}
