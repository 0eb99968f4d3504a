import { z } from "zod";

import { UserError } from "../model/problems";
import { printableJson } from "../text/printable";
import { REVIEW_FORMAT, type Review } from "./review";

/** The part of the file that shows that this version wrote it; the signed hash vouches for the rest. */
const WRITTEN = z.looseObject({
  format: z.literal(REVIEW_FORMAT),
  period: z.looseObject({ name: z.string(), cadence: z.string() }),
  snapshot: z.looseObject({ hash: z.string() }),
  checklist: z.array(z.looseObject({ title: z.string() })),
  findings: z.array(z.looseObject({ id: z.string(), rule: z.string(), severity: z.string() })),
  rows: z.array(
    z.looseObject({
      kind: z.string(),
      who: z.string(),
      account: z.string(),
      role: z.string(),
      findings: z.array(z.string()),
      grantedBy: z.array(z.string()),
      reviewers: z.array(z.string()),
      periods: z.array(z.unknown()),
      sources: z.array(z.string()),
      reasons: z.array(z.string()),
      commits: z.array(z.string()),
      writtenBy: z.array(z.string()),
      mergedBy: z.array(z.string()),
      approvedBy: z.array(z.string()),
    }),
  ),
  counts: z.looseObject({ rows: z.number() }),
});

const REVIEW = z.custom<Review>((value) => WRITTEN.safeParse(value).success);

/** A review as a file, whole. */
export const reviewJson = (review: Review): string => `${printableJson(review)}\n`;

/**
 * The review in a file.
 * @throws UserError where this version did not write it
 */
export function readReview(file: string, text: string): Review {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${file} is no JSON: npm run review writes it, and nobody edits it.`);
  }
  const read = REVIEW.safeParse(value);
  if (!read.success)
    throw new UserError(
      `${file} is no review of format ${String(REVIEW_FORMAT)}: another version of Muster wrote it. Delete the folder of an open one and open it again; take those of earlier periods out of the folder of reviews, and git keeps them.`,
    );
  return read.data;
}
