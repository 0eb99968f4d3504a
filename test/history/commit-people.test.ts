import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { commitPeople, type CommitPerson } from "../../src/history/commit-people";
import { policyCommits } from "../../src/history/policy-changes";
import { toInstant } from "../../src/model/dates";
import { GitHistory, type WrittenCommit } from "../support/git-history";

const [ANN, BOB, CYD] = ["ann", "bob", "cyd"].map((name) => `${name} <${name}@example.com>`);
const GITHUB = "GitHub <noreply@github.com>";

const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();

/** A commit that writes this into the roster. */
const wrote = (number: number, author: string, more: Partial<WrittenCommit> = {}): WrittenCommit => ({
  at: day(number),
  subject: `commit ${String(number)}`,
  files: { "src/roster.ts": `export const roster = ${String(number)};\n` },
  author,
  ...more,
});

const ROOT = wrote(1, ANN!, { files: { "src/roster.ts": "", "README.md": "" } });

interface Case {
  readonly title: string;
  readonly commits: readonly WrittenCommit[];
  /** Of the branch's last commit. */
  readonly writers: readonly string[];
  readonly merger: string;
  readonly mailmap?: string;
}

const CASES: readonly Case[] = [
  { title: "a commit of its author's own", commits: [wrote(2, BOB!)], writers: ["bob"], merger: "bob" },
  {
    title: "a commit that somebody else put on the branch",
    commits: [wrote(2, BOB!, { committer: CYD! })],
    writers: ["bob"],
    merger: "cyd",
  },
  {
    title: "a merge of what one wrote, by another",
    commits: [wrote(2, BOB!, { on: "grant" }), wrote(3, ANN!, { merges: "grant" })],
    writers: ["bob"],
    merger: "ann",
  },
  {
    title: "a merge by GitHub's button, whose author pressed it",
    commits: [
      wrote(2, BOB!, { on: "grant" }),
      wrote(3, ANN!, { merges: "grant", committer: GITHUB, subject: "Merge pull request #7" }),
    ],
    writers: ["bob"],
    merger: "ann, on GitHub",
  },
  {
    title: "a merge of what several wrote, amended and rebased",
    commits: [
      wrote(2, BOB!, { on: "grant" }),
      wrote(3, BOB!, { on: "grant", committer: CYD! }),
      wrote(4, ANN!, { merges: "grant" }),
    ],
    writers: ["bob", "cyd"],
    merger: "ann",
  },
  {
    title: "a merge of a branch that changes other files too",
    commits: [
      wrote(2, CYD!, { on: "grant", files: { "README.md": "words\n" } }),
      wrote(3, BOB!, { on: "grant" }),
      wrote(4, ANN!, { merges: "grant" }),
    ],
    writers: ["bob"],
    merger: "ann",
  },
  {
    title: "a merge of a branch into which somebody merged another one",
    commits: [
      wrote(2, BOB!, { on: "inner", files: { "src/people.ts": "one\n" } }),
      wrote(3, CYD!, { on: "grant", merges: "inner", files: { "src/people.ts": "one\n" } }),
      wrote(4, ANN!, { merges: "grant", files: { "src/people.ts": "one\n" } }),
    ],
    writers: ["cyd", "bob"],
    merger: "ann",
  },
  {
    title: "a merge of a branch into which somebody wrote while merging main",
    commits: [
      wrote(2, BOB!, { on: "grant", files: { "src/people.ts": "one\n" } }),
      wrote(3, ANN!),
      wrote(4, CYD!, { on: "grant", merges: "main", files: { "src/people.ts": "two\n" } }),
      wrote(5, ANN!, { merges: "grant", files: { "src/people.ts": "two\n" } }),
    ],
    writers: ["cyd", "bob"],
    merger: "ann",
  },
  {
    title: "a merge that alone has the change",
    commits: [
      wrote(2, CYD!, { on: "words", files: { "README.md": "words\n" } }),
      wrote(3, BOB!, { merges: "words", committer: ANN! }),
    ],
    writers: ["bob"],
    merger: "ann",
  },
  {
    title: "a squashed request, whose merger git does not have",
    commits: [
      wrote(2, BOB!, { committer: GITHUB, body: "Co-authored-by: cyd <cyd@example.com>\n\n(more words)" }),
    ],
    writers: ["bob", "cyd"],
    merger: "unknown, on GitHub",
  },
  {
    title: "a merge of a commit with co-authors, in whatever case",
    commits: [
      wrote(2, BOB!, { on: "grant", body: "co-Authored-By: cyd <cyd@example.com>" }),
      wrote(3, ANN!, { merges: "grant" }),
    ],
    writers: ["bob", "cyd"],
    merger: "ann",
  },
  {
    title: "a commit by an address for which .mailmap has another: both count",
    commits: [wrote(2, "Bobby <bob@old.example>")],
    mailmap: "bob <bob@example.com> <bob@old.example>\n",
    writers: ["bob bob@old.example bob@example.com"],
    merger: "bob bob@old.example bob@example.com",
  },
  {
    title: "a commit whose message has what looks like fields",
    commits: [wrote(2, BOB!, { body: `${"0".repeat(40)}\u001f\u001eann` })],
    writers: ["bob"],
    merger: "bob",
  },
];

const words = ({ name, addresses }: CommitPerson): string =>
  addresses.length === 1 && addresses[0] === `${name}@example.com` ? name : [name, ...addresses].join(" ");

describe("the people behind a commit of the branch's own line", function () {
  this.timeout(60_000);

  for (const { title, commits, writers, merger, mailmap } of CASES) {
    it(`of ${title}`, async () => {
      const history = new GitHistory([ROOT, ...commits]);
      try {
        if (mailmap !== undefined) {
          history.git("checkout", "--quiet", "--force", "main");
          writeFileSync(path.join(history.root, ".mailmap"), mailmap);
        }
        const people = await commitPeople(history.project, "main", ["src"]);
        const last = people.get(history.git("rev-parse", "main"));
        assert.ok(last);
        assert.deepEqual(
          {
            writers: last.writers.map(words),
            merger: `${last.merger ? words(last.merger) : "unknown"}${last.isByGitHub ? ", on GitHub" : ""}`,
          },
          { writers, merger },
        );
      } finally {
        history.remove();
      }
    });
  }

  it("are told of each commit that changed what is deployed, in the time that is asked about", async () => {
    const history = new GitHistory([
      ROOT,
      wrote(2, CYD!, { files: { "README.md": "words\n" } }),
      wrote(3, BOB!, { on: "grant" }),
      wrote(4, ANN!, { merges: "grant", committer: GITHUB, subject: "Merge #7\u001f\u001e" }),
      wrote(5, CYD!, { files: { "policypack/index.ts": "one\n", "package-lock.json": "{}\n" } }),
    ]);
    try {
      const instant = (number: number) => toInstant(new Date(day(number)));
      const found = await policyCommits(history.project, "main", instant(2), instant(6));
      assert.deepEqual(
        found?.map(({ at, subject, files, writers, merger, isByGitHub }) => ({
          at,
          subject,
          files,
          writers: writers.map(words),
          merger: merger && words(merger),
          isByGitHub,
        })),
        [
          {
            at: instant(5),
            subject: "commit 5",
            files: ["package-lock.json", "policypack/index.ts"],
            writers: ["cyd"],
            merger: "cyd",
            isByGitHub: false,
          },
          {
            at: instant(4),
            subject: "Merge #7\u001f\u001e",
            files: ["src/roster.ts"],
            writers: ["bob"],
            merger: "ann",
            isByGitHub: true,
          },
        ],
      );
      assert.deepEqual(await policyCommits(history.project, "main", instant(6), instant(7)), []);
    } finally {
      history.remove();
    }
  });
});
