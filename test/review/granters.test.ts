import assert from "node:assert/strict";

import { commitPeople, type CommitPeople, type CommitPerson } from "../../src/history/commit-people";
import type { HeldPeriod } from "../../src/history/timeline";
import type { Instant } from "../../src/model/dates";
import { rowTitle } from "../../src/review/access-row";
import { decisionFaults } from "../../src/review/review-decision";
import { GitHistory } from "../support/git-history";
import { reviewedRoster, reviewOf } from "./support";

const person = (name: string, ...addresses: readonly string[]): CommitPerson => ({ name, addresses });
const [JOHN, SARAH, MARIA] = ["john", "sarah", "maria"].map((name) => person(name, `${name}@example.com`));
const byHand = (writers: readonly CommitPerson[], merger: CommitPerson): CommitPeople => ({
  writers,
  merger,
  isByGitHub: false,
});

const [FIRST, SECOND] = ["a".repeat(40), "b".repeat(40)];

const held = (role: string, commit: string, from: string, until?: string): HeldPeriod => ({
  who: "alex.dba",
  account: "prod",
  accountId: "444444444444",
  role,
  source: "access",
  from: from as Instant,
  ...(until !== undefined && { until: until as Instant }),
  grantedBy: { id: commit, at: from as Instant, author: "somebody", subject: "a grant" },
});

/** alex.dba's row in prod; sarah.devops manages them, and maria.cto sarah.devops. */
function rowOf(
  commits: Readonly<Record<string, CommitPeople>>,
  periods: readonly HeldPeriod[] = [held("DbRead", FIRST, "2026-11-01T00:00:00Z")],
) {
  const roster = reviewedRoster();
  const sarah = { ...roster.people["sarah.devops"]!, github: "example-sarah" };
  const review = reviewOf({
    roster: { ...roster, people: { ...roster.people, "sarah.devops": sarah } },
    commitPeople: new Map(Object.entries(commits)),
    heldPeriods: periods,
  });
  const row = review.rows.find((one) => rowTitle(one) === "alex.dba, prod/DbRead");
  assert.ok(row);
  const gaps = review.checklist.find(({ title }) => title === "Nobody decides on what they granted");
  return { row, gaps: gaps?.undecidable ?? [] };
}

describe("who granted what a row is about", () => {
  const CASES: readonly {
    readonly title: string;
    readonly commit: CommitPeople;
    readonly grantedBy: readonly string[];
    readonly writtenBy: readonly string[];
    readonly mergedBy: readonly string[];
    readonly gap?: RegExp;
  }[] = [
    {
      title: "whoever wrote it, and whoever merged it",
      commit: byHand([JOHN!], MARIA!),
      grantedBy: ["john.developer", "maria.cto"],
      writtenBy: ["john"],
      mergedBy: ["maria"],
    },
    {
      title: "whoever has an address that is written in capitals",
      commit: byHand([person("J", "John@Example.com")], person("J", "John@Example.com")),
      grantedBy: ["john.developer"],
      writtenBy: ["J"],
      mergedBy: ["J"],
    },
    {
      title: "whoever keeps their address private on GitHub, by their name there",
      commit: {
        writers: [person("S", "42+Example-Sarah@users.noreply.github.com")],
        merger: person("S", "example-sarah@users.noreply.github.com"),
        isByGitHub: true,
      },
      grantedBy: ["sarah.devops"],
      writtenBy: ["S"],
      mergedBy: ["S, on GitHub"],
    },
    {
      title: "of a squashed request its authors, and who merged it is not known",
      commit: { writers: [JOHN!, SARAH!], isByGitHub: true },
      grantedBy: ["john.developer", "sarah.devops"],
      writtenBy: ["john", "sarah"],
      mergedBy: ["on GitHub; git does not tell by whom"],
      gap: /^Who merged aaaaaaaaaa: GitHub made the commit, and of a squashed request it names authors alone\.$/,
    },
    {
      title: "nobody of the roster by an address that it does not have, which is said",
      commit: byHand([person("Zoe", "zoe@home.example")], person("Zoe", "zoe@home.example")),
      grantedBy: [],
      writtenBy: ["Zoe"],
      mergedBy: ["Zoe"],
      gap: /^Who in the roster Zoe is, who wrote or merged aaaaaaaaaa: nobody there has that address/,
    },
  ];
  for (const { title, commit, grantedBy, writtenBy, mergedBy, gap } of CASES) {
    it(`is ${title}`, () => {
      const { row, gaps } = rowOf({ [FIRST]: commit });
      assert.deepEqual(
        { grantedBy: row.grantedBy, writtenBy: row.writtenBy, mergedBy: row.mergedBy },
        { grantedBy, writtenBy, mergedBy },
      );
      assert.deepEqual(
        row.reviewers.filter((name) => grantedBy.includes(name)),
        [],
      );
      const ofCommits = gaps.filter((line) => line.includes("aaaaaaaaaa"));
      assert.equal(ofCommits.length, gap === undefined ? 0 : 1);
      if (gap !== undefined) assert.match(ofCommits[0] ?? "", gap);
    });
  }

  it("is also whoever prolonged it, and whoever wrote what begins later", () => {
    const third = "c".repeat(40);
    const { row } = rowOf(
      {
        [FIRST]: byHand([JOHN!], JOHN!),
        [SECOND]: byHand([SARAH!], SARAH!),
        [third]: byHand([MARIA!], MARIA!),
      },
      [
        held("DbRead", FIRST, "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"),
        held("DbRead", SECOND, "2026-11-20T00:00:00Z", "2026-12-20T00:00:00Z"),
        held("DbRead", third, "2027-01-20T00:00:00Z"),
      ],
    );
    assert.deepEqual(
      { since: row.since, commits: row.commits, grantedBy: row.grantedBy },
      {
        since: "2026-11-01T00:00:00Z",
        commits: [FIRST, SECOND, third],
        grantedBy: ["john.developer", "sarah.devops", "maria.cto"],
      },
    );
  });

  it("is not whoever wrote what ended before a break", () => {
    const { row } = rowOf({ [FIRST]: byHand([SARAH!], SARAH!), [SECOND]: byHand([JOHN!], JOHN!) }, [
      held("DbRead", FIRST, "2026-10-01T00:00:00Z", "2026-10-20T00:00:00Z"),
      held("DbRead", SECOND, "2026-11-20T00:00:00Z"),
    ]);
    assert.deepEqual(row.grantedBy, ["john.developer"]);
  });

  it("is not known without a history, which is said", () => {
    const { gaps } = rowOf({}, []);
    assert.deepEqual(gaps, [
      "Who wrote the entries of 16 rows of people and partners: the roster's history does not tell.",
      "Who wrote the entries of 6 rows of services and the pipeline: the history of their files is not read.",
    ]);
  });

  it("is refused as a reviewer whose branch somebody else merged, by a real repository", async () => {
    const at = (number: number): string => new Date(Date.UTC(2026, 10, number)).toISOString();
    const file = (text: string) => ({ "src/roster.ts": text });
    const history = new GitHistory([
      { at: at(1), subject: "a roster", files: file(""), author: "maria <maria@example.com>" },
      {
        at: at(2),
        subject: "let alex read",
        files: file("DbRead"),
        author: "sarah <sarah@example.com>",
        on: "grant",
      },
      {
        at: at(3),
        subject: "Merge the request",
        files: file("DbRead"),
        author: "john <john@example.com>",
        committer: "GitHub <noreply@github.com>",
        merges: "grant",
      },
    ]);
    try {
      const merge = history.git("rev-parse", "main");
      const people = await commitPeople(history.project, "main", ["src"]);
      const { row } = rowOf(Object.fromEntries(people), [held("DbRead", merge, "2026-11-03T00:00:00Z")]);
      assert.deepEqual(row.grantedBy, ["sarah.devops", "john.developer"]);
      assert.equal(row.reviewers[0], "maria.cto");
      const faults = decisionFaults(row, { decision: "keep", reviewer: "sarah.devops", note: "" });
      assert.match(
        faults.map(({ problem }) => problem).join(),
        /^sarah\.devops wrote, merged or approved the entry, and cannot decide on it\. Allowed: maria\.cto/,
      );
    } finally {
      history.remove();
    }
  });
});
