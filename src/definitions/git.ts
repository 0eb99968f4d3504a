import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { buffer, text } from "node:stream/consumers";

import { UserError } from "../model/problems";

/** A commit's whole id, by SHA-1 or SHA-256. */
export const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

export interface GitOptions {
  /** What git reads from its standard input. */
  readonly input?: string | Buffer;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it goes on where Ctrl-C is pressed in the terminal. */
  readonly detached?: boolean;
}

/** What git itself says of why it did not do something: no repository, no right to write, no key to sign with. */
export class GitFailure extends UserError {
  constructor(
    command: string,
    /** Git's exit status; null where a signal ended it. */
    readonly code: number | null,
    errors: string,
  ) {
    super(
      errors.includes("not a git repository")
        ? "This folder is no git repository, and git's history is what is asked for: run this in a clone, not in an unpacked archive."
        : `git ${command} ended with ${String(code)}: ${errors.trim()}`,
    );
  }
}

/**
 * Runs git and answers its output as it is.
 * @throws UserError where git is not there; GitFailure where it fails
 */
export async function gitBytes(
  directory: string,
  args: readonly string[],
  { input, env = process.env, detached = false }: GitOptions = {},
): Promise<Buffer> {
  const child = spawn("git", args, { cwd: directory, env, detached, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.once("close", resolve).once("error", (error) => {
      reject(
        new UserError(
          Reflect.get(error, "code") === "ENOENT" && existsSync(directory)
            ? "git is not on the path, and its history is what is asked for. Install it: https://git-scm.com/install/"
            : `git cannot be run: ${error.message}`,
        ),
      );
    }),
  );
  // git may end before it has read everything; then its status and errors say why.
  child.stdin.on("error", () => undefined).end(input);
  const [output, errors, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new GitFailure(args[0] ?? "", code, errors);
  return output;
}

/** Runs git and answers its output, without white space around it. */
export async function runGit(
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
    return await runGit(directory, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${ref}^{commit}`,
    ]);
  } catch (error) {
    // With --quiet, git ends with 1 for a name that it does not know, and otherwise says what is wrong.
    if (!(error instanceof GitFailure) || error.code !== 1) throw error;
    if (ref === "HEAD") throw new UserError("This repository has no commit yet.");
    const isShallow = (await runGit(directory, ["rev-parse", "--is-shallow-repository"])) === "true";
    throw new UserError(
      `git knows no commit "${ref}" here.${isShallow ? " This clone is shallow and may lack it: `git fetch --unshallow`." : ""}`,
    );
  }
}

/** The address that git is set to in a folder; undefined where it is not, or is no program here. */
export async function gitEmail(directory: string): Promise<string | undefined> {
  try {
    return await runGit(directory, ["config", "user.email"]);
  } catch {
    return undefined;
  }
}
