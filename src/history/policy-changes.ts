import { runGit } from "../definitions/git";
import { toInstant, type Instant } from "../model/dates";

/** A commit of the branch's own line that changed what is deployed. */
export interface PolicyCommit {
  readonly id: string;
  readonly at: Instant;
  /** Who wrote the commit; for a merge, who merged. */
  readonly author: string;
  readonly subject: string;
  /** Paths within the project. */
  readonly files: readonly string[];
}

/** What decides what is deployed. */
const DEPLOYED = ["src", "policypack", "Pulumi.yaml", "Pulumi.*.yaml", "package-lock.json"];

/** Begins a commit, and parts its fields: neither is in a name or a path that git prints. */
const [BEGIN, NEXT] = ["\x1e", "\x1f"];
const FORMAT = `--format=${BEGIN}%H${NEXT}%cI${NEXT}%an${NEXT}%s`;

/**
 * The commits between two instants that changed what is deployed, the newest first, by a branch's own line, which pull requests
 * join. Undefined where the clone does not reach as far.
 */
export async function policyCommits(
  directory: string,
  ref: string,
  from: Instant,
  until: Instant,
): Promise<readonly PolicyCommit[] | undefined> {
  const isShallow = await runGit(directory, ["rev-parse", "--is-shallow-repository"]);
  const output = await runGit(directory, [
    "log",
    "--first-parent",
    "--diff-merges=first-parent",
    "--name-only",
    "--relative",
    FORMAT,
    ref,
    "--",
    ...DEPLOYED,
  ]);
  const commits = output.split(BEGIN).flatMap((part): readonly PolicyCommit[] => {
    const [fields = "", ...files] = part.trim().split("\n");
    const [id = "", date = "", author = "", subject = ""] = fields.split(NEXT);
    if (id === "") return [];
    return [
      { id, at: toInstant(new Date(date)), author, subject, files: files.filter((file) => file !== "") },
    ];
  });
  if (isShallow === "true" && !commits.some(({ at }) => at < from)) return undefined;
  return commits.filter(({ at }) => at >= from && at < until);
}

/** The addresses of the authors of a branch's own line, by the commits' ids. */
export async function commitAuthors(directory: string, ref: string): Promise<ReadonlyMap<string, string>> {
  const output = await runGit(directory, [
    "log",
    "--first-parent",
    `--format=%H${NEXT}%ae`,
    ref,
    "--",
    "src",
  ]);
  return new Map(
    output.split("\n").flatMap((line) => {
      const [id, address] = line.split(NEXT);
      return id === undefined || address === undefined ? [] : [[id, address] as const];
    }),
  );
}
