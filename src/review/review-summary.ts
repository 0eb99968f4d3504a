import { countNoun } from "../model/problems";
import { isStanding, type Review } from "./review";

/**
 * What a review found, for the terminal.
 * @param path of the review's folder
 */
export function reviewSummary(path: string, { counts, checklist, findings, rows, period }: Review): string {
  const undecidable = new Set(checklist.flatMap((item) => item.undecidable)).size;
  const nobody = rows.filter(({ reviewers }) => reviewers.length === 0).length;
  return [
    `${path}: ${countNoun(counts.rows, "row")} to decide; findings: ${String(counts.high)} high, ${String(counts.medium)} medium, ` +
      `${String(counts.low)} low, ${String(counts.accepted)} accepted.`,
    ...findings.filter(isStanding).map(({ severity, message }) => `  ${severity.padEnd(6)} ${message}`),
    ...(undecidable === 0
      ? []
      : [`${countNoun(undecidable, "thing")} could not be decided here: review.md says which, and why.`]),
    ...(nobody === 0
      ? []
      : [`Nobody may decide about ${countNoun(nobody, "row")}: name a manager in the roster.`]),
    `Decide in decisions.csv, or: npm run review -- decide ${period.name} --as <name>`,
    "",
  ].join("\n");
}
