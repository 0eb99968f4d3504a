import path from "node:path";

import { z } from "zod";

import { UserError } from "../model/problems";
import {
  listBlobIds,
  BlobReader,
  compileToCommonJs,
  moduleReader,
  readModules,
  type BlobIds,
  type SourceModules,
} from "./commit-files";
import { commitId } from "./git";
import { runRestricted } from "./restricted-process";
import type { ReadFile } from "./folder-reader";
import { EDITED_FILES } from "./edited-files";

/** What the edited files of a commit export: unread. */
export interface CommitDefinitions {
  readonly organization: unknown;
  readonly roster: unknown;
  readonly workloads: unknown;
}

/** The values of a commit's files, that it has no roster, or why they are not known. */
export type CommitOutcome =
  | { readonly kind: "absent" }
  | { readonly kind: "read"; readonly definitions: CommitDefinitions }
  | { readonly kind: "failed"; readonly reason: string };

const DEFINITIONS = z.object({
  organization: z.unknown().optional(),
  roster: z.unknown().optional(),
  workloads: z.unknown().default({}),
});
const ANSWERS = z.array(z.union([z.object({ definitions: z.string() }), z.object({ failure: z.string() })]));

/** Commits with the same files, imports included, have the same values. */
const signatureOf = (modules: SourceModules): string =>
  [...modules]
    .map(([file, { blob }]) => `${file}:${blob}`)
    .sort()
    .join(" ");

function scriptsOf(all: readonly SourceModules[], blobs: BlobReader): Readonly<Record<string, string>> {
  const scripts = new Map<string, string>();
  for (const [file, { blob }] of all.flatMap((modules) => [...modules])) {
    const key = scriptKey(file, blob);
    if (!scripts.has(key)) scripts.set(key, compileToCommonJs(file, blobs.text(blob)));
  }
  return Object.fromEntries(scripts);
}

/** The same blob is another script as JSON than as TypeScript. */
const scriptKey = (file: string, blob: string): string => `${blob}${path.posix.extname(file)}`;

function outcomeOf(answer: z.output<typeof ANSWERS>[number] | undefined): CommitOutcome {
  if (answer === undefined) throw new Error("A commit was not answered.");
  if ("failure" in answer) return { kind: "failed", reason: answer.failure };
  const { organization, roster, workloads } = DEFINITIONS.parse(JSON.parse(answer.definitions));
  return { kind: "read", definitions: { organization, roster, workloads } };
}

/**
 * Evaluates the edited files of many commits, in their order. They run in one separate process with few rights, each in a context of its
 * own, and equal files once.
 */
export async function readCommits(
  blobs: BlobReader,
  commits: readonly BlobIds[],
): Promise<readonly CommitOutcome[]> {
  const modules = await readModules(blobs, commits);
  const signatures = modules.map(signatureOf);
  const distinct = new Map(modules.map((one, index) => [signatures[index] ?? "", one]));
  const scripts = scriptsOf([...distinct.values()], blobs);
  const programs = [...distinct.values()].map((one) =>
    Object.fromEntries(
      [...one].map(([file, { blob, imports }]) => [file, { script: scriptKey(file, blob), imports }]),
    ),
  );
  const answers = ANSWERS.parse(
    await runRestricted({
      script: path.join(__dirname, "run-definitions.ts"),
      args: [],
      directory: __dirname,
      readable: [],
      input: JSON.stringify({ scripts, programs, exported: EDITED_FILES }),
    }),
  );
  const outcomes = new Map(
    [...distinct.keys()].map((signature, index) => [signature, outcomeOf(answers[index])]),
  );
  return signatures.map((signature, index) => {
    if (modules[index]?.has(EDITED_FILES.roster) !== true) return { kind: "absent" };
    const outcome = outcomes.get(signature);
    if (outcome === undefined) throw new Error("A commit was not answered.");
    return outcome;
  });
}

/** One commit of a project. */
export interface CommitToRead {
  readonly id: string;
  /** Its edited files and what they import. */
  readonly read: ReadFile;
  readonly definitions: CommitDefinitions;
}

/**
 * What the edited files of a commit come to, and their text.
 * @throws UserError where there is no such commit, or its files do not run
 */
export async function readCommit(directory: string, ref: string): Promise<CommitToRead> {
  const id = await commitId(directory, ref);
  const blobs = new BlobReader(directory);
  const files = await listBlobIds(directory, id);
  const [modules] = await readModules(blobs, [files]);
  const [outcome] = await readCommits(blobs, [files]);
  if (modules === undefined || outcome === undefined) throw new Error("A commit was not answered.");
  if (outcome.kind === "absent") {
    throw new UserError(`${ref} (${id.slice(0, 12)}) has no ${EDITED_FILES.roster}.`);
  }
  if (outcome.kind === "failed") {
    throw new UserError(`The edited files of ${ref} (${id.slice(0, 12)}) do not run: ${outcome.reason}`);
  }
  return { id, read: moduleReader(modules, blobs), definitions: outcome.definitions };
}
