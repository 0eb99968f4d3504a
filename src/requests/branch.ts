import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";

import { readCommit, type CommitToRead } from "../definitions/commit-definitions";
import { runGit, gitBytes } from "../definitions/git";
import type { FileEdit } from "../definitions/file-edits";
import { errorMessage, UserError } from "../model/problems";

export interface NewCommit {
  /** The commit that it follows. */
  readonly parent: CommitToRead;
  readonly edits: readonly FileEdit[];
  readonly message: string;
  /** What the edited files must come to. */
  readonly roster: unknown;
}

/** The definitions as JSON: another process runs the commit's files and answers with that. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * Makes a commit without touching branches, the working tree or its index; it has no effect until a branch names it.
 * @returns its id
 * @throws UserError where its files do not come to the roster that was checked
 */
export async function commitEdits(
  directory: string,
  { parent, edits, message, roster }: NewCommit,
): Promise<string> {
  const prefix = await runGit(directory, ["rev-parse", "--show-prefix"]);
  const folder = await mkdtemp(path.join(tmpdir(), "muster-index-"));
  try {
    const options = { env: { ...process.env, GIT_INDEX_FILE: path.join(folder, "index") } };
    await runGit(directory, ["read-tree", parent.id], options);
    for (const { file, text } of edits) {
      const entry = await runGit(directory, ["ls-files", "--stage", "--full-name", "--", file], options);
      const [mode = "100644"] = entry.split(" ");
      // The text is a commit's already: no filter for line ends or the like may touch it again.
      const blob = await runGit(directory, ["hash-object", "-w", "--stdin", "--no-filters"], { input: text });
      await runGit(directory, ["update-index", "--cacheinfo", `${mode},${blob},${prefix}${file}`], options);
    }
    const tree = await runGit(directory, ["write-tree"], options);
    const sign = await runGit(directory, ["config", "--type=bool", "--default=false", "commit.gpgSign"]);
    const id = (
      await gitBytes(
        directory,
        ["commit-tree", tree, "-p", parent.id, ...(sign === "true" ? ["-S"] : []), "-F", "-"],
        { input: message },
      )
    )
      .toString()
      .trim();
    await expectRoster(directory, id, roster);
    return id;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function expectRoster(directory: string, id: string, roster: unknown): Promise<void> {
  const { definitions } = await readCommit(directory, id);
  if (isDeepStrictEqual(asJson(definitions.roster), asJson(roster))) return;
  throw new UserError(
    "src/roster.ts does not come to what was checked once the entry is in its text: code there makes something else of " +
      "`temporary`. Nothing was changed; edit it by hand.",
  );
}

/**
 * Makes a branch, which must not exist yet.
 * @throws UserError where it does, or git does not take its name
 */
export async function createBranch(directory: string, branch: string, commit: string): Promise<void> {
  const ref = `refs/heads/${branch}`;
  // Git lists what is below the name as well.
  const refs = (await runGit(directory, ["for-each-ref", "--format=%(refname)", ref])).split("\n");
  if (refs.includes(ref)) {
    throw new UserError(
      `There is a branch ${branch} already, and it is left as it is. Open its pull request, or delete it first: ` +
        `\`git branch -D ${branch}\``,
    );
  }
  try {
    await runGit(directory, ["update-ref", "--create-reflog", ref, commit, "0".repeat(commit.length)]);
  } catch (error) {
    throw new UserError(`The branch ${branch} cannot be made: ${errorMessage(error)}`);
  }
}

/** Deletes a branch as long as it still names that commit. */
export async function deleteBranch(directory: string, branch: string, commit: string): Promise<void> {
  await runGit(directory, ["update-ref", "-d", `refs/heads/${branch}`, commit], { detached: true });
}
