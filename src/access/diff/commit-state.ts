import { rmSync } from "node:fs";
import { mkdtemp, readFile, realpath, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

import { commitId, gitBytes, runGit } from "../../definitions/git";
import { parseSource } from "../../definitions/imports";
import { isOnlyData } from "../../definitions/only-data";
import { repeatedKeys } from "../../definitions/repeated-keys";
import { EDITED_FILES } from "../../definitions/edited-files";
import { errorMessage, type Problem, UserError } from "../../model/problems";
import { judgedProgram, stateOfProgram, type JudgedProgram } from "./program-state";
import type { ProgramState } from "./state";

/** The exit status that a shell expects of a program that an interrupt ended. */
const INTERRUPTED = 130;

/**
 * Writes a commit's program into a folder, by an index of its own: the working tree and its index stay as they are. A symbolic link
 * becomes a file with its text: Node.js's permission model follows links, wherever they lead.
 */
async function checkOut(directory: string, commit: string, target: string): Promise<void> {
  const env = { ...process.env, GIT_INDEX_FILE: join(target, "index") };
  await runGit(directory, ["read-tree", commit], { env });
  await runGit(
    directory,
    ["-c", "core.symlinks=false", "checkout-index", "--all", `--prefix=${target}${sep}`],
    { env },
  );
}

/** The state of a commit's program, and the keys that its files write twice: the second wins, and its own commands refuse them. */
export interface CommitProgramState extends ProgramState {
  readonly repeatedKeys: readonly Problem[];
}

/** Reads a commit's program in a folder of its own, with the packages that are installed now. */
async function inFolderOf<T>(
  directory: string,
  ref: string,
  read: (folder: string) => Promise<T>,
): Promise<T> {
  const commit = await commitId(directory, ref);
  const top = await runGit(directory, ["rev-parse", "--show-prefix"]);
  const target = await mkdtemp(join(await realpath(tmpdir()), "muster-commit-"));
  // An interrupt runs no `finally`.
  const interrupted = (): void => {
    rmSync(target, { recursive: true, force: true });
    process.exit(INTERRUPTED);
  };
  process.once("SIGINT", interrupted);
  try {
    await checkOut(directory, commit, target);
    const folder = join(target, top);
    await symlink(join(directory, "node_modules"), join(folder, "node_modules"), "dir");
    return await read(folder);
  } catch (error) {
    const reason = errorMessage(error);
    throw new UserError(
      `The program of ${ref} (${commit.slice(0, 12)}) cannot be read by this one:\n${reason}`,
    );
  } finally {
    process.off("SIGINT", interrupted);
    rmSync(target, { recursive: true, force: true });
  }
}

/**
 * What the program of a commit deploys at a moment, by its own code, in a process of its own, with the packages that are
 * installed now.
 * @throws UserError where there is no such commit, or its program does not run or answers in a form of another time
 */
export const stateOfCommit = (directory: string, ref: string, now: Date): Promise<CommitProgramState> =>
  inFolderOf(directory, ref, async (folder) => {
    const repeated = repeatedKeys(folder).filter(({ severity }) => severity === "error");
    return { ...(await stateOfProgram(folder, now)), repeatedKeys: repeated };
  });

/**
 * The program of a commit, for this one to judge: its documents as its own code makes them, its roster as this code reads it.
 * @throws UserError as `stateOfCommit`, and where this program refuses the roster
 */
export const judgedCommit = (directory: string, ref: string, now: Date): Promise<JudgedProgram> =>
  inFolderOf(directory, ref, (folder) => judgedProgram(folder, now));

/** The files that a comparison reads as data. Everything else is code of the program, and decides the answer. */
const DATA: readonly string[] = Object.values(EDITED_FILES);
/** Prose for people, which nothing here runs. */
const PROSE = ".md";

/** Whether a file is one that people edit, is there, and has only data in it. */
async function isData(directory: string, file: string, commit: string | undefined): Promise<boolean> {
  if (!DATA.includes(file)) return false;
  try {
    const text =
      commit === undefined
        ? await readFile(join(directory, file))
        : await gitBytes(directory, ["cat-file", "blob", `${commit}:./${file}`]);
    return isOnlyData(parseSource(file, text.toString()));
  } catch {
    return false;
  }
}

/**
 * The files that differ between a commit and another one, or the working tree: all but Markdown and those of the three that people
 * edit that are data alone, whether or not they are code.
 * @throws UserError where git knows no such commit
 */
export async function changedCode(
  directory: string,
  ref: string,
  other?: string,
): Promise<readonly string[]> {
  const commits = [
    await commitId(directory, ref),
    ...(other === undefined ? [] : [await commitId(directory, other)]),
  ];
  const changed = await runGit(directory, [
    "diff",
    "--name-only",
    "--no-renames",
    "-z",
    "--relative",
    ...commits,
  ]);
  const added =
    other === undefined ? await runGit(directory, ["ls-files", "--others", "--exclude-standard", "-z"]) : "";
  const files = [...changed.split("\0"), ...added.split("\0")].filter(
    (file) => file !== "" && !file.endsWith(PROSE),
  );
  const read = await Promise.all(files.map((file) => isData(directory, file, commits[1])));
  return files.filter((_, index) => read[index] !== true).sort();
}
