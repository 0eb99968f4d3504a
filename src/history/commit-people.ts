import { runGit } from "../definitions/git";

/** Somebody whom a commit names, in the words of whoever made it: git checks neither names nor addresses. */
export interface CommitPerson {
  readonly name: string;
  /** The address in the commit, and the one that .mailmap gives for it. */
  readonly addresses: readonly string[];
}

/** The people behind a commit of a branch's own line. */
export interface CommitPeople {
  /** Authors, co-authors and committers of the commit; of a merge, those of the commits that it brought. */
  readonly writers: readonly CommitPerson[];
  /** The person who put it on the line. Absent where GitHub did: its commit of a squashed request does not say for whom. */
  readonly merger?: CommitPerson;
  /** Whether GitHub made the commit. */
  readonly isByGitHub: boolean;
}

interface LoggedPeople {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: CommitPerson;
  readonly committer: CommitPerson;
  readonly coAuthors: readonly CommitPerson[];
}

/** GitHub's name for itself as a committer. https://docs.github.com/en/authentication/managing-commit-signature-verification/about-commit-signature-verification */
const GITHUB = "noreply@github.com";

const isGitHub = ({ addresses }: CommitPerson): boolean => addresses[0] === GITHUB;

/** No text of a commit has a NUL. */
const FIELDS = ["%H", "%P", "%aN", "%ae", "%aE", "%cN", "%ce", "%cE", "%B"] as const;

/** https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits/creating-a-commit-with-multiple-authors */
const CO_AUTHOR = /^[ \t]*co-authored-by:([^<>\n]*)<([^<>\n]+)>/gim;

const person = (name: string, ...addresses: readonly string[]): CommitPerson => ({
  name,
  addresses: [...new Set(addresses)],
});

async function loggedPeople(directory: string, ref: string): Promise<readonly LoggedPeople[]> {
  const output = await runGit(directory, ["log", "-z", `--format=${FIELDS.join("%x00")}`, ref]);
  const tokens = output.split("\0");
  const commits: LoggedPeople[] = [];
  for (let start = 0; start + FIELDS.length <= tokens.length; start += FIELDS.length) {
    const [
      id = "",
      parents = "",
      author = "",
      from = "",
      mapped = "",
      committer = "",
      by = "",
      mappedBy = "",
      message = "",
    ] = tokens.slice(start, start + FIELDS.length);
    commits.push({
      id,
      parents: parents.split(" ").filter((parent) => parent !== ""),
      author: person(author, from, mapped),
      committer: person(committer, by, mappedBy),
      coAuthors: [...message.matchAll(CO_AUTHOR)].map(([, name = "", address = ""]) =>
        person(name.trim(), address.trim()),
      ),
    });
  }
  return commits;
}

/** The commits of a branch's own line, the oldest first, each with those that it brought from other branches. */
function* lineOf(
  commits: readonly LoggedPeople[],
): Generator<{ readonly commit: LoggedPeople; readonly brought: readonly LoggedPeople[] }> {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const line: LoggedPeople[] = [];
  for (let next = commits[0]; next !== undefined; next = byId.get(next.parents[0] ?? "")) line.unshift(next);
  const known = new Set<string>();
  for (const commit of line) {
    known.add(commit.id);
    const brought: LoggedPeople[] = [];
    const open = commit.parents.slice(1);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const found = byId.get(id);
      if (found === undefined || known.has(id)) continue;
      known.add(id);
      brought.push(found);
      open.push(...found.parents);
    }
    yield { commit, brought };
  }
}

function distinctPeople(people: readonly CommitPerson[]): readonly CommitPerson[] {
  const byAddresses = new Map(people.map((one) => [one.addresses.join("\n"), one]));
  return [...byAddresses.values()];
}

/** Everybody whom a commit names. GitHub itself is nobody. */
const everyoneOf = ({ author, coAuthors, committer }: LoggedPeople): readonly CommitPerson[] =>
  [author, ...coAuthors, committer].filter((one) => !isGitHub(one));

function peopleOf(commit: LoggedPeople, brought: readonly LoggedPeople[]): CommitPeople {
  const { author, coAuthors, committer, parents } = commit;
  const isByGitHub = isGitHub(committer);
  // By its button, GitHub makes merge commits whose author is whoever pressed it, and squashed ones whose author wrote the request.
  const isMerge = parents.length > 1;
  const merger = !isByGitHub ? committer : isMerge && !isGitHub(author) ? author : undefined;
  const ofBranch = brought.flatMap(everyoneOf);
  const isByMergerAlone = isMerge && merger?.addresses[0] === author.addresses[0] && ofBranch.length > 0;
  const own = isByMergerAlone ? coAuthors : [author, ...coAuthors];
  return {
    writers: distinctPeople([...ofBranch, ...own].filter((one) => !isGitHub(one))),
    ...(merger && { merger }),
    isByGitHub,
  };
}

/**
 * The people behind each commit of a branch's own line, by its id. Of the commits that a merge brought, those count that change one of
 * the paths; merges do where the paths differ from those of one parent.
 * @param paths within the project
 */
export async function commitPeople(
  directory: string,
  ref: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, CommitPeople>> {
  const [commits, changing] = await Promise.all([
    loggedPeople(directory, ref),
    // The whole history: a change that another branch took back has people too.
    runGit(directory, ["log", "--full-history", "--format=%H", ref, "--", ...paths]),
  ]);
  const counted = new Set(changing.split("\n"));
  const found = new Map<string, CommitPeople>();
  for (const { commit, brought } of lineOf(commits)) {
    const changes = brought.filter(({ id }) => counted.has(id));
    found.set(commit.id, peopleOf(commit, changes));
  }
  return found;
}
