import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, realpath, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { errorMessage, UserError } from "../model/problems";
import { isInstalledAsLocked, LOCKFILE } from "./installed-packages";
import { shortCommit, type GitRepository } from "./repository";

const run = promisify(execFile);

/** The exit status that a shell expects of a program that an interrupt ended. */
const INTERRUPTED = 130;

const sameText = (one: string, other: string): boolean =>
  existsSync(one) && existsSync(other) && readFileSync(one, "utf8") === readFileSync(other, "utf8");

/**
 * Gives a checkout the packages that its lockfile names: those that are installed already, where the lockfiles are the same and what is
 * installed is what they name. They lie beside the checkout, where Node.js looks for them too, so that git sees nothing that was not
 * committed.
 */
async function installPackages(project: string, beside: string, installed: string): Promise<void> {
  if (sameText(join(project, LOCKFILE), join(installed, LOCKFILE)) && isInstalledAsLocked(installed)) {
    await symlink(join(installed, "node_modules"), join(beside, "node_modules"), "dir");
    return;
  }
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: project });
}

/**
 * Does something in a clean checkout of a commit, which is gone afterwards. It is a worktree of the repository, so that Pulumi
 * notes the commit of what is deployed from it.
 * @param use gets the folder with Pulumi.yaml
 * @throws UserError where the commit cannot be checked out, or its packages not be installed
 */
export async function withCommitCheckout<T>(
  repository: GitRepository,
  commit: string,
  use: (project: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "muster-checkout-"));
  const checkout = join(folder, "checkout");
  // The terminal interrupts the command in the checkout too, which then needs its files until it ends by itself.
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once("SIGINT", interrupt);
  try {
    const added = await repository.ask("worktree", "add", "--detach", "--quiet", checkout, commit);
    if (added === undefined) throw new UserError(`git cannot check out ${shortCommit(commit)}.`);
    const project = join(checkout, (await repository.ask("rev-parse", "--show-prefix")) ?? "");
    await installPackages(project, folder, repository.directory).catch((error: unknown) => {
      const reason = errorMessage(error);
      throw new UserError(`The packages of ${shortCommit(commit)} could not be installed: ${reason}`);
    });
    return await use(project);
  } finally {
    process.off("SIGINT", interrupt);
    rmSync(folder, { recursive: true, force: true });
    await repository.ask("worktree", "prune");
    if (interruption.signal.aborted) process.exit(INTERRUPTED);
  }
}
