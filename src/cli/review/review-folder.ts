import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

import { replaceFile } from "../../files/replace-file";
import { UserError } from "../../model/problems";
import { periodNamed, type Cadence, type ReviewPeriod } from "../../review/cadence";
import { readDecisions, type ReviewDecisions } from "../../review/decisions-file";
import type { Review } from "../../review/review";
import { readReview } from "../../review/review-file";

/** The files of a review. */
export const REVIEW_FILES = {
  review: "review.json",
  markdown: "review.md",
  page: "review.html",
  sarif: "review.sarif",
  ocsf: "review.ocsf.json",
  decisions: "decisions.csv",
  removals: "removals.diff",
  signature: "signature.json",
  closing: "closing.json",
} as const;
type FileName = keyof typeof REVIEW_FILES;

/** The line with which git begins what it could not merge. https://git-scm.com/docs/git-merge, how conflicts are presented */
const CONFLICT = /^<{7} /m;

/** The folder of one review. */
export class ReviewFolder {
  constructor(
    /** Where all reviews are. */
    readonly parent: string,
    readonly period: ReviewPeriod,
  ) {}

  get path(): string {
    return path.join(this.parent, this.period.name);
  }

  /** As messages name it. */
  file(name: FileName): string {
    return path.join(this.path, REVIEW_FILES[name]);
  }

  has(name: FileName): boolean {
    return existsSync(this.file(name));
  }

  bytes(name: FileName): Buffer {
    if (!this.has(name)) {
      throw new UserError(
        `There is no ${this.file(name)}. Open the review first: npm run review -- --cadence ${this.period.cadence} --snapshot <folder>`,
      );
    }
    return readFileSync(this.file(name));
  }

  text(name: FileName): string {
    return this.bytes(name).toString("utf8");
  }

  write(name: FileName, text: string): void {
    replaceFile(this.file(name), text, { folderMode: 0o777 });
  }

  /** Takes away a file of an earlier opening, which would tell of another snapshot. */
  remove(name: FileName): void {
    rmSync(this.file(name), { force: true });
  }

  review(): Review {
    return readReview(this.file("review"), this.text("review"));
  }

  decisions(review: Review): ReviewDecisions {
    const [file, text] = [this.file("decisions"), this.text("decisions")];
    if (CONFLICT.test(text)) {
      throw new UserError(
        `${file} has a conflict of git in it. To join both sides: npm run review -- merge ${this.period.name}`,
      );
    }
    return readDecisions(file, text, review);
  }
}

/** @throws UserError where no review is called so */
export function folderNamed(parent: string, name: string): ReviewFolder {
  const period = periodNamed(name);
  if (period === undefined) {
    throw new UserError(`${name} is the name of no review. Allowed: 2026-W48, 2026-11, 2026-Q4.`);
  }
  return new ReviewFolder(parent, period);
}

/** The reviews of a cadence that were opened, the oldest first. */
export function openedReviews(parent: string, cadence: Cadence): readonly ReviewFolder[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .flatMap((name) => {
      const period = periodNamed(name);
      return period?.cadence === cadence ? [new ReviewFolder(parent, period)] : [];
    })
    .filter((folder) => folder.has("review"))
    .sort((one, other) => (one.period.from < other.period.from ? -1 : 1));
}

/** The reviews of a period's cadence before it, the oldest first. */
export const earlierReviews = (parent: string, period: ReviewPeriod): readonly Review[] =>
  openedReviews(parent, period.cadence)
    .filter((folder) => folder.period.from < period.from)
    .map((folder) => folder.review());

/** Where reviews are, in the project. */
export const REVIEWS_FOLDER = "reviews";
