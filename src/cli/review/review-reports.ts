import type { Review } from "../../review/review";
import { reviewMarkdown } from "../../review/review-markdown";
import type { ReviewOutcome } from "../../review/review-outcome";
import { reviewPage } from "../../review/review-page";
import type { ReviewFolder } from "./review-folder";

/** Writes what people read, with what was decided until now. A signature is about `review.json` and `decisions.csv` alone. */
export function writeReports(folder: ReviewFolder, review: Review, outcome: ReviewOutcome): void {
  folder.write("markdown", reviewMarkdown(review, outcome));
  folder.write("page", reviewPage(review, outcome));
}
