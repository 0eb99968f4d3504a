import { COMMIT_ID, runGit } from "../definitions/git";
import { toInstant, type Instant } from "../model/dates";
import { commitPeople, type CommitPeople } from "./commit-people";

interface LoggedChange {
  readonly id: string;
  readonly at: Instant;
  readonly subject: string;
  /** Paths within the project. */
  readonly files: readonly string[];
}

/** A commit of the branch's own line that changed what is deployed, and the people behind it. */
export type PolicyCommit = LoggedChange & CommitPeople;

/** What decides what is deployed. */
const DEPLOYED = ["src", "policypack", "Pulumi.yaml", "Pulumi.*.yaml", "package-lock.json"];

async function loggedChanges(directory: string, ref: string): Promise<readonly LoggedChange[]> {
  const output = await runGit(directory, [
    "log",
    "-z",
    "--first-parent",
    "--diff-merges=first-parent",
    "--name-only",
    "--relative",
    "--format=%H%x00%cI%x00%s",
    ref,
    "--",
    ...DEPLOYED,
  ]);
  const changes: (LoggedChange & { readonly files: string[] })[] = [];
  const tokens = output.split("\0").values();
  const next = (): string => tokens.next().value ?? "";
  for (const token of tokens) {
    // A line feed stands between a commit's fields and its files, none of which is named like a commit.
    const word = token.replace(/^\n/, "");
    if (COMMIT_ID.test(word)) {
      const [date, subject] = [next(), next()];
      changes.push({ id: word, at: toInstant(new Date(date)), subject, files: [] });
    } else if (word !== "") changes.at(-1)?.files.push(word);
  }
  return changes;
}

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
  const [isShallow, changes, people] = await Promise.all([
    runGit(directory, ["rev-parse", "--is-shallow-repository"]),
    loggedChanges(directory, ref),
    commitPeople(directory, ref, DEPLOYED),
  ]);
  if (isShallow === "true" && !changes.some(({ at }) => at < from)) return undefined;
  return changes.flatMap((change): readonly PolicyCommit[] => {
    const behind = people.get(change.id);
    return behind === undefined || change.at < from || change.at >= until ? [] : [{ ...change, ...behind }];
  });
}
