import { z } from "zod";

import type { CommandAnswer } from "../doctor/run-command";
import { countNoun, UserError } from "../model/problems";
import type { PullRequestReview, PullRequestReviews } from "./pull-request-reviews";

/** Asks GitHub's REST API with `gh api`, for all pages of a path, which come as a list of pages. */
export type AskPages = (path: string) => Promise<CommandAnswer>;

const USER = z.object({ login: z.string() }).nullable();

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
const PULL = z.object({ user: USER, head: z.object({ sha: z.string() }), commits: z.number() });

/** https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request, in the order in which they were made */
const REVIEWS = z.array(z.object({ user: USER, state: z.string(), commit_id: z.string().nullable() }));

/** At most 250 of them. https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const COMMITS = z.array(z.object({ author: USER, committer: USER }));

/** A review in a state that this list does not have is no approval. */
const STATES: Readonly<Record<string, PullRequestReview["state"]>> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes requested",
  DISMISSED: "dismissed",
};

/** The user of an account that was deleted. */
const GHOST = "ghost";

const reviewerOf = (user: z.output<typeof USER>): { readonly github: string } => ({
  github: user?.login ?? GHOST,
});

async function pagesOf<T>(ask: AskPages, path: string, form: z.ZodType<T>): Promise<readonly T[]> {
  const answer = await ask(path);
  if (answer.kind !== "ended" || answer.code !== 0) {
    const why = answer.kind === "ended" ? answer.stderr.trim() : `gh: ${answer.kind}`;
    throw new UserError(`GitHub does not answer about ${path}: ${why}`);
  }
  return z.array(form).parse(JSON.parse(answer.stdout));
}

/** The number of a pull request and its repository: `example/accounts#7`. */
export interface PullRequestName {
  readonly repository: string;
  readonly number: string;
}

/** @throws UserError where the text is not `example/accounts#7` */
export function parsePullRequestName(text: string): PullRequestName {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(text) ?? [];
  if (repository !== undefined && number !== undefined) return { repository, number };
  throw new UserError(
    `--github ${text} is no pull request: write the repository and the number, example/accounts#7.`,
  );
}

/**
 * The reviews of a pull request on GitHub.
 * @throws UserError where GitHub does not answer, or does not list all commits
 */
export async function githubReviews(
  { repository, number }: PullRequestName,
  ask: AskPages,
): Promise<PullRequestReviews> {
  const path = `repos/${repository}/pulls/${number}`;
  const [pulls, reviews, commits] = [
    await pagesOf(ask, path, PULL),
    await pagesOf(ask, `${path}/reviews?per_page=100`, REVIEWS),
    await pagesOf(ask, `${path}/commits?per_page=100`, COMMITS),
  ];
  const [pull] = pulls;
  if (pull === undefined) throw new UserError(`GitHub does not answer about ${path}.`);
  const listed = commits.flat();
  if (listed.length !== pull.commits) {
    throw new UserError(
      `GitHub lists ${countNoun(listed.length, "commit")} of the ${String(pull.commits)} in ${repository}#${number}, so the authors of the others are not known. ` +
        "It lists 250 at most: split the pull request.",
    );
  }
  return {
    head: pull.head.sha,
    author: reviewerOf(pull.user),
    committers: listed.flatMap(({ author, committer }) =>
      [author, committer].filter((one) => one !== null).map(reviewerOf),
    ),
    reviews: reviews.flat().map(({ user, state, commit_id: commit }) => ({
      by: reviewerOf(user),
      state: STATES[state] ?? "commented",
      commit,
    })),
  };
}
