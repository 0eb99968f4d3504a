import { gitBytes } from "../../definitions/git";
import { countNoun, UserError } from "../../model/problems";
import { rowTitle } from "../../review/access-row";
import { decisionsCsv, readDecisions, type ReviewDecisions } from "../../review/decisions-file";
import { mergeDecisions, type DecisionConflict, type MergedDecisions } from "../../review/merged-decisions";
import type { Review } from "../../review/review";
import type { ReviewDecision } from "../../review/review-decision";
import { shellWord } from "../../text/shell-word";
import { COMMAND_EXIT } from "../run-main";
import { printProse } from "../terminal";
import { folderNamed, REVIEW_FILES, type ReviewFolder } from "./review-folder";
import { writeReports } from "./review-reports";

export interface MergeReviewOptions {
  readonly reviews: string;
}

/** Versions of a file that git could not merge, in its index. https://git-scm.com/docs/git-ls-files, --unmerged */
const STAGES = { before: "1", one: "2", other: "3" } as const;
type Side = keyof typeof STAGES;

/** The blobs of one file, by stage. */
type Versions = ReadonlyMap<string, string>;

/** The files of a folder that git could not merge. */
async function unmergedFiles(folder: string): Promise<ReadonlyMap<string, Versions>> {
  const listed = (await gitBytes(folder, ["ls-files", "--unmerged", "-z", "--", "."])).toString();
  const files = new Map<string, Map<string, string>>();
  for (const line of listed.split("\0").filter((one) => one !== "")) {
    const [, blob = "", stage = "", file = ""] = /^\d+ ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? [];
    files.set(file, (files.get(file) ?? new Map<string, string>()).set(stage, blob));
  }
  return files;
}

const SIDE_WORDS = {
  before: "as both sides had it",
  one: "of this side",
  other: "of the other side",
} as const satisfies Record<Side, string>;

async function decisionsOf(
  folder: ReviewFolder,
  review: Review,
  versions: Versions,
  side: Side,
): Promise<ReviewDecisions> {
  const blob = versions.get(STAGES[side]);
  if (blob === undefined) {
    // Both sides brought the file in.
    if (side === "before") return new Map();
    throw new UserError(`There is no ${folder.file("decisions")} ${SIDE_WORDS[side]}: git merge --abort`);
  }
  const text = (await gitBytes(folder.path, ["cat-file", "blob", blob])).toString();
  return readDecisions(`${folder.file("decisions")} ${SIDE_WORDS[side]}`, text, review);
}

function expectMergeable(folder: ReviewFolder, unmerged: ReadonlyMap<string, Versions>): void {
  if (unmerged.has(REVIEW_FILES.review)) {
    throw new UserError(
      `${folder.file("review")} differs too: both sides opened this review, each from a snapshot of its own. Keep the folder of one side, and decide there.`,
    );
  }
  if (folder.has("signature")) {
    throw new UserError(
      `${folder.path} is signed on one side: what was signed stands. Keep that side's files: git checkout --ours (this side) or --theirs -- ${shellWord(folder.path)}`,
    );
  }
}

const words = (decision: ReviewDecision | undefined): string =>
  decision === undefined
    ? "open"
    : `${decision.decision}, by ${decision.reviewer}${decision.note === "" ? "" : `: ${decision.note}`}`;

const conflictLines = (conflicts: readonly DecisionConflict[]): readonly string[] =>
  conflicts.length === 0
    ? []
    : [
        `Both sides decided about ${countNoun(conflicts.length, "row")}, and not the same. ${conflicts.length === 1 ? "It is" : "They are"} open again:`,
        ...conflicts.flatMap(({ row, one, other }) => [
          `  ${rowTitle(row)}`,
          `    this side: ${words(one)}`,
          `    the other: ${words(other)}`,
        ]),
      ];

/** Joins, in a folder of which git could not merge all, the decisions of both sides, and writes what people read again. */
export async function mergeBranches(
  folder: ReviewFolder,
): Promise<MergedDecisions & { readonly rows: number }> {
  folder.bytes("decisions");
  const unmerged = await unmergedFiles(folder.path);
  if (unmerged.size === 0) {
    throw new UserError(
      `Git has no conflict in ${folder.path}: there is nothing to join. Where git merge or git rebase says CONFLICT, this joins the decisions.`,
    );
  }
  expectMergeable(folder, unmerged);
  const review = folder.review();
  const versions = unmerged.get(REVIEW_FILES.decisions);
  const merged =
    versions === undefined
      ? { decisions: folder.decisions(review), conflicts: [] }
      : mergeDecisions(review, {
          before: await decisionsOf(folder, review, versions, "before"),
          one: await decisionsOf(folder, review, versions, "one"),
          other: await decisionsOf(folder, review, versions, "other"),
        });
  folder.write("decisions", decisionsCsv(review, merged.decisions));
  writeReports(folder, review, { decisions: merged.decisions });
  return { ...merged, rows: review.rows.length };
}

/** The same, and says what is left to do. */
export async function mergeReview(name: string, options: MergeReviewOptions): Promise<void> {
  const folder = folderNamed(options.reviews, name);
  const { decisions, conflicts, rows } = await mergeBranches(folder);
  printProse(
    [
      `${folder.path}: the decisions of both sides are joined; ${String(decisions.size)} of ${countNoun(rows, "row")} decided.`,
      ...conflictLines(conflicts),
      `Then: git add ${shellWord(folder.path)}, and git commit or git rebase --continue`,
      "",
    ].join("\n"),
  );
  if (conflicts.length > 0) process.exitCode = COMMAND_EXIT.findings;
}
