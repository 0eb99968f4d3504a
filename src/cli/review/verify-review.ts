import { CADENCE_NAMES } from "../../review/cadence";
import { countNoun } from "../../model/problems";
import { expectSigned } from "./close-review";
import { folderNamed, openedReviews, type ReviewFolder } from "./review-folder";
import { printProse } from "../terminal";

export interface VerifyOptions {
  readonly reviews: string;
}

function verifyOne(folder: ReviewFolder): string {
  const review = folder.review();
  const decided = folder.decisions(review).size;
  if (folder.has("signature")) expectSigned(folder);
  const signed = folder.has("signature") ? "signed, and as it was signed" : "not signed";
  return `${folder.path}: ${String(decided)} of ${countNoun(review.rows.length, "row")} decided, ${signed}.`;
}

/**
 * Checks that decisions stand as their rules want, and that signed files are what was signed.
 * @throws UserError where one does not
 */
export function verifyReview(name: string | undefined, { reviews }: VerifyOptions): void {
  const folders =
    name === undefined
      ? CADENCE_NAMES.flatMap((cadence) => openedReviews(reviews, cadence))
      : [folderNamed(reviews, name)];
  for (const folder of folders) printProse(`${verifyOne(folder)}\n`);
  if (folders.length === 0) process.stdout.write("There is no review.\n");
}
