import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { UserError } from "../../src/model/problems";
import { mergeBranches } from "../../src/cli/review/merge-review";
import { folderNamed, type ReviewFolder } from "../../src/cli/review/review-folder";
import { writeReports } from "../../src/cli/review/review-reports";
import { rowKey, rowTitle } from "../../src/review/access-row";
import { decisionsCsv, type ReviewDecisions } from "../../src/review/decisions-file";
import type { DecisionKind } from "../../src/review/review-decision";
import { UNDECIDED } from "../../src/review/review-outcome";
import { reviewJson } from "../../src/review/review-file";
import type { ReviewRow } from "../../src/review/review";
import { GitFolder } from "../releases/git-folder";
import { changeLine, reviewOf } from "../review/support";

const REVIEW = reviewOf();
const SARAHS = REVIEW.rows.filter(({ reviewers: [first] }) => first === "sarah.devops");
const OTHERS = REVIEW.rows.filter(({ reviewers: [first] }) => first !== "sarah.devops");
const decided = (
  rows: readonly ReviewRow[],
  note: string,
  decision: DecisionKind = "keep",
  reviewer?: string,
): ReviewDecisions =>
  new Map(rows.map((row) => [rowKey(row), { decision, reviewer: reviewer ?? row.reviewers[0] ?? "", note }]));

describe("decisions in branches of git", () => {
  let git: GitFolder;
  let folder: ReviewFolder;

  beforeEach(() => {
    git = new GitFolder();
    folder = folderNamed(path.join(git.path, "reviews"), REVIEW.period.name);
    mkdirSync(folder.path, { recursive: true });
    folder.write("review", reviewJson(REVIEW));
    folder.write("decisions", decisionsCsv(REVIEW, new Map()));
    writeReports(folder, REVIEW, UNDECIDED);
    commit();
  });
  afterEach(() => git.remove());

  function commit(): void {
    git.git("add", "--all");
    git.git("commit", "--quiet", "--message", "decide");
  }

  /** Each branch begins where the review was opened. */
  function branch(name: string, change: () => void): void {
    git.git("switch", "--quiet", "--create", name, "main");
    change();
    commit();
  }
  const decide = (decisions: ReviewDecisions) => () =>
    folder.write("decisions", decisionsCsv(REVIEW, decisions));

  it("merge where different people decided, whoever they are", () => {
    const people = [...new Set(REVIEW.rows.map(({ reviewers: [first] }) => first))];
    assert.ok(people.length >= 3);
    for (const [place, person] of people.entries()) {
      const own = REVIEW.rows.filter(({ reviewers: [first] }) => first === person);
      branch(`branch-${String(place)}`, decide(decided(own, "looked at")));
    }
    git.git("switch", "--quiet", "main");
    for (const place of people.keys()) git.git("merge", "--quiet", "--no-edit", `branch-${String(place)}`);
    assert.deepEqual(
      new Map([...folder.decisions(REVIEW)].sort()),
      new Map([...decided(REVIEW.rows, "looked at")].sort()),
    );
  });

  const merge = (name: string): void => {
    assert.throws(() => git.git("merge", "--quiet", "--no-edit", name));
  };

  it("are joined where a spreadsheet wrote every line anew, and the reports with them", async () => {
    branch("sarah", decide(decided(SARAHS, "by keys")));
    branch("maria", () => {
      decide(decided(OTHERS, "by spreadsheet"))();
      // Nothing but other line ends and no empty lines.
      const text = changeLine(folder.text("decisions"), () => false, {}).replaceAll("\r\n", "\n");
      writeFileSync(folder.file("decisions"), text);
      writeReports(folder, REVIEW, { decisions: folder.decisions(REVIEW) });
    });
    merge("sarah");
    assert.throws(
      () => folder.decisions(REVIEW),
      new UserError(
        `${folder.file("decisions")} has a conflict of git in it. To join both sides: npm run review -- merge ${REVIEW.period.name}`,
      ),
    );
    const { decisions, conflicts } = await mergeBranches(folder);
    assert.deepEqual([decisions.size, conflicts], [REVIEW.rows.length, []]);
    assert.equal(folder.text("decisions"), decisionsCsv(REVIEW, decisions));
    assert.match(readFileSync(folder.file("markdown"), "utf8"), /by spreadsheet/);
    assert.match(readFileSync(folder.file("markdown"), "utf8"), /by keys/);
    git.git("add", "--all");
    git.git("commit", "--quiet", "--no-edit");
    assert.equal(git.git("status", "--porcelain"), "");
  });

  it("are open again where both decided about a row, and not the same", async () => {
    const [first] = SARAHS;
    branch("one", decide(decided(SARAHS, "stays", "keep")));
    branch("other", decide(decided([first!], "left", "remove", "maria.cto")));
    merge("one");
    const { decisions, conflicts } = await mergeBranches(folder);
    assert.deepEqual(
      conflicts.map(({ row, one, other }) => [rowTitle(row), one?.note, other?.note]),
      [[rowTitle(first!), "left", "stays"]],
    );
    assert.equal(decisions.size, SARAHS.length - 1);
  });

  it("are not joined where there is nothing to join, both sides opened the review, or one side signed", async () => {
    await assert.rejects(
      mergeBranches(folder),
      new UserError(
        `Git has no conflict in ${folder.path}: there is nothing to join. Where git merge or git rebase says CONFLICT, this joins the decisions.`,
      ),
    );
    branch("signed", () => {
      decide(decided(REVIEW.rows, "looked at"))();
      writeFileSync(folder.file("signature"), "{}");
    });
    branch("late", decide(decided(SARAHS, "late")));
    merge("signed");
    await assert.rejects(mergeBranches(folder), /is signed on one side: what was signed stands/);
    git.git("merge", "--abort");
    branch("again", () => folder.write("review", reviewJson({ ...REVIEW, head: "one" })));
    branch("anew", () => folder.write("review", reviewJson({ ...REVIEW, head: "other" })));
    merge("again");
    await assert.rejects(
      mergeBranches(folder),
      /both sides opened this review, each from a snapshot of its own/,
    );
  });
});
