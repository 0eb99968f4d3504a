import { countNoun, UserError } from "../../model/problems";
import { printProse } from "../terminal";
import { folderNamed } from "./review-folder";
import { writeReports } from "./review-reports";

export interface ReportReviewOptions {
  readonly reviews: string;
}

/** Writes what people read again, with what has been decided until now. */
export function reportReview(name: string, { reviews }: ReportReviewOptions): void {
  const folder = folderNamed(reviews, name);
  if (folder.has("signature")) {
    throw new UserError(
      `${folder.path} is signed: its reports were written when it was signed, or asked to be closed.`,
    );
  }
  const review = folder.review();
  const decisions = folder.decisions(review);
  writeReports(folder, review, { decisions });
  printProse(
    `${folder.file("markdown")} and ${folder.file("page")}: ${String(decisions.size)} of ${countNoun(review.rows.length, "row")} decided.\n`,
  );
}
