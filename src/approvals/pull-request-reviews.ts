import { z } from "zod";

import { COMMIT_ID } from "../definitions/git";
import { errorMessage, UserError } from "../model/problems";

const COMMIT = z.string().regex(COMMIT_ID, "a commit's whole id");

/** Somebody as the host identifies them: their name on GitHub, or an e-mail address that the host has verified. */
const REVIEWER = z.union(
  [z.strictObject({ github: z.string().min(1) }), z.strictObject({ email: z.string().min(1) })],
  { error: 'a person is { "email": … } or { "github": … }' },
);

/** What a review ended with; a comment changes nothing about an earlier one. */
const STATES = ["approved", "changes requested", "dismissed", "commented"] as const;

const REVIEWS = z.strictObject({
  /** The last commit of what is to be merged. */
  head: COMMIT,
  /** Who opened it. */
  author: REVIEWER,
  /** Who wrote its commits, as far as the host knows. */
  committers: z.array(REVIEWER).default([]),
  /** The oldest first. */
  reviews: z.array(z.strictObject({ by: REVIEWER, state: z.enum(STATES), commit: COMMIT.nullable() })),
});

export type PullRequestReviewer = z.output<typeof REVIEWER>;
/** Who reviewed what is to be merged, and with which outcome. */
export type PullRequestReviews = z.output<typeof REVIEWS>;
export type PullRequestReview = PullRequestReviews["reviews"][number];

/**
 * The reviews in a file's text.
 * @throws UserError where it has another form
 */
export function parseReviews(text: string, file: string): PullRequestReviews {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${file} is no JSON: ${errorMessage(error)}`);
  }
  const result = REVIEWS.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${path.map(String).join(".") || "the file"}: ${message}`,
  );
  throw new UserError(
    [`${file} has another form than docs/runbooks/temporary-access.md says:`, ...problems].join("\n"),
  );
}
