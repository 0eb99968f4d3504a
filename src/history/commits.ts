import { blobOf, listBlobIds, BlobReader, type BlobIds } from "../definitions/commit-files";
import { readCommits, type CommitOutcome } from "../definitions/commit-definitions";
import { COMMIT_ID, commitId, runGit } from "../definitions/git";
import { toInstant, type Instant } from "../model/dates";

/** A commit of the branch's own line, which pull requests join. */
export interface CommitRecord {
  readonly id: string;
  /** When its committer's clock said that it was made; never before the commit that it follows. */
  readonly at: Instant;
  readonly author: string;
  /** The first line of its message. */
  readonly subject: string;
}

/** What the edited files came to from one commit on. */
export interface EditedFilesState {
  readonly commit: CommitRecord;
  readonly outcome: CommitOutcome;
}

/** The history of a project's edited files. */
export interface DefinitionsHistory {
  /** The commit that was asked about. */
  readonly head: string;
  /** Whether the clone lacks what was before. */
  readonly isShallow: boolean;
  /** The oldest first; commits that change nothing of what the files come to are left out. */
  readonly states: readonly EditedFilesState[];
}

interface LoggedCommit extends CommitRecord {
  /** What it changes below `src`: a blob by path, or undefined where the file goes. */
  readonly changes: ReadonlyMap<string, string | undefined>;
}

const RAW = /^:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/;

/** The mode of a file that a commit takes out. */
const ABSENT = "000000";

/** What `git log --raw -z` prints with these fields before the changes of each commit, all of it in tokens. */
const FIELDS = "--format=%H%x00%cI%x00%an%x00%s";

function parseLog(output: string): readonly LoggedCommit[] {
  const commits: (CommitRecord & { changes: Map<string, string | undefined> })[] = [];
  const tokens = output.split("\0").values();
  const next = (): string => tokens.next().value ?? "";
  for (const token of tokens) {
    // A line feed stands between a commit's fields and its changes.
    const word = token.replace(/^\n/, "");
    const [, mode = "", blob] = RAW.exec(word) ?? [];
    if (blob !== undefined) {
      commits.at(-1)?.changes.set(next(), mode === ABSENT ? undefined : blobOf(mode, blob));
    } else if (COMMIT_ID.test(word)) {
      const [date, author, subject] = [next(), next(), next()];
      commits.push({ id: word, at: toInstant(new Date(date)), author, subject, changes: new Map() });
    }
  }
  return commits;
}

const CHANGES = [
  "--first-parent",
  "--diff-merges=first-parent",
  "--root",
  "--no-renames",
  "--raw",
  "--no-abbrev",
];

async function loggedCommits(directory: string, head: string): Promise<readonly LoggedCommit[]> {
  const output = await runGit(directory, [
    "log",
    ...CHANGES,
    "-z",
    "--relative",
    "--reverse",
    FIELDS,
    head,
    "--",
    "src",
  ]);
  return parseLog(output);
}

/** The files after each commit, from what each changes. */
function filesAfterEach(commits: readonly LoggedCommit[]): readonly BlobIds[] {
  const files = new Map<string, string>();
  return commits.map(({ changes }) => {
    for (const [file, blob] of changes) {
      if (blob === undefined) files.delete(file);
      else files.set(file, blob);
    }
    return new Map(files);
  });
}

/** No commit comes before the one that it follows, whatever its committer's clock said. */
function recordsOf(commits: readonly LoggedCommit[]): readonly CommitRecord[] {
  let latest: Instant | undefined;
  return commits.map(({ changes: _, ...commit }) => {
    latest = latest === undefined ? commit.at : later(latest, commit.at);
    return { ...commit, at: latest };
  });
}

const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/**
 * What the edited files came to with each commit of a branch, followed from merge to merge.
 * @param directory where the program is, in a clone
 * @param since leaves out what was over by then: the first state is the one that counted at this instant
 * @throws UserError where git knows no such commit
 */
export async function definitionsHistory(
  directory: string,
  ref: string,
  since?: Instant,
): Promise<DefinitionsHistory> {
  const head = await commitId(directory, ref);
  const [logged, isShallow] = await Promise.all([
    loggedCommits(directory, head),
    runGit(directory, ["rev-parse", "--is-shallow-repository"]),
  ]);
  const files = filesAfterEach(logged);
  await expectSameFiles(directory, head, files.at(-1));
  const commits = recordsOf(logged);
  const first =
    since === undefined
      ? 0
      : Math.max(
          0,
          commits.findLastIndex(({ at }) => at <= since),
        );
  const outcomes = await readCommits(new BlobReader(directory), files.slice(first));
  const states: EditedFilesState[] = [];
  let before = "";
  commits.slice(first).forEach((commit, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error("A commit was not answered.");
    const after = JSON.stringify(outcome);
    if (after !== before) states.push({ commit, outcome });
    before = after;
  });
  return { head, isShallow: isShallow === "true", states };
}

/** The sum of all changes is what the last commit has, or the log was misread. */
async function expectSameFiles(directory: string, head: string, summed: BlobIds | undefined): Promise<void> {
  const actual = await listBlobIds(directory, head);
  const text = (files: BlobIds | undefined): string => JSON.stringify([...(files ?? [])].sort());
  if (text(actual) !== text(summed)) throw new Error("git's log does not add up to the files of the commit.");
}
