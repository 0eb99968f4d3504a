import { readFileSync } from "node:fs";

import { Command } from "commander";

import { githubReviews, parsePullRequestName } from "../approvals/github-reviews";
import { isApproved, judgeEntries, judgementText } from "../approvals/judgement";
import { parseReviews, type PullRequestReviews } from "../approvals/pull-request-reviews";
import { isSound, judgeSignatures, signaturesText } from "../approvals/signed-review";
import { readCommit, type CommitToRead } from "../definitions/commit-definitions";
import { runGit } from "../definitions/git";
import { runCommand, type CommandAnswer } from "../doctor/run-command";
import { definitionsHistory } from "../history/commits";
import { readPastRoster } from "../history/past-grants";
import { historyGaps, historyNeededSince, removedEntries } from "../history/removed-entries";
import { toInstant } from "../model/dates";
import { errorMessage, UserError } from "../model/problems";
import type { RemovedEntry } from "../model/removed-entry";
import { printableJson } from "../text/printable";
import { changedReviews } from "./approvals/changed-reviews";
import { PROJECT_FOLDER } from "./project-folder";
import { COMMAND_EXIT, exitOnMisuse, runMain } from "./run-main";
import { noteProse, printProse } from "./terminal";

const LIMIT_MS = 60_000;

interface Options {
  readonly reviews?: string;
  readonly github?: string;
  readonly json?: true;
}

const askPages = (place: string): Promise<CommandAnswer> =>
  runCommand("gh", ["api", "--paginate", "--slurp", place], {
    directory: PROJECT_FOLDER,
    env: process.env,
    limit: LIMIT_MS,
  });

function readReviews(file: string): PullRequestReviews {
  try {
    return parseReviews(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} cannot be read: ${errorMessage(error)}`);
  }
}

async function reviewsOf({ reviews, github }: Options): Promise<PullRequestReviews> {
  if (reviews !== undefined && github === undefined) return readReviews(reviews);
  if (github !== undefined && reviews === undefined)
    return githubReviews(parsePullRequestName(github), askPages);
  throw new UserError("Say where the reviews are: --github example/accounts#7, or --reviews reviews.json.");
}

/**
 * Reviews are of the last commit of a branch; what is judged is that commit, or its merge with the base branch.
 * @throws UserError where it is neither
 */
async function expectReviewed(head: string, reviews: PullRequestReviews): Promise<void> {
  const [, ...parents] = (
    await runGit(PROJECT_FOLDER, ["rev-list", "--parents", "--max-count=1", head])
  ).split(" ");
  if ([head, ...(parents.length > 1 ? parents : [])].includes(reviews.head)) return;
  throw new UserError(
    `The reviews are of ${reviews.head.slice(0, 12)}, and ${head.slice(0, 12)} is neither that commit nor its merge: run it for the last commit.`,
  );
}

/** Reads the entries that count towards limits by the base's own line of commits, and by what the change takes out. */
async function removedBy(
  base: CommitToRead,
  head: CommitToRead,
  now: Date,
): Promise<readonly RemovedEntry[]> {
  const since = historyNeededSince(toInstant(now));
  const history = await definitionsHistory(PROJECT_FOLDER, base.id, since);
  const change = { id: head.id, at: toInstant(now), author: "", subject: "" };
  const states = [
    ...history.states.map(({ commit, outcome }) => ({ commit, roster: readPastRoster(outcome) })),
    { commit: change, roster: readPastRoster({ kind: "read", definitions: head.definitions }) },
  ];
  const gaps = historyGaps(history, states, since);
  if (gaps.length > 0) noteProse(`${gaps.join("\n")}\n`);
  return removedEntries(states);
}

async function approvals(baseRef: string, headRef: string, options: Options): Promise<number> {
  const reviews = await reviewsOf(options);
  const [base, head] = [await readCommit(PROJECT_FOLDER, baseRef), await readCommit(PROJECT_FOLDER, headRef)];
  await expectReviewed(head.id, reviews);
  const now = new Date();
  const removed = await removedBy(base, head, now);
  const judgement = judgeEntries(base.definitions, head.definitions, reviews, now, removed);
  const changed = await changedReviews(PROJECT_FOLDER, base, head, now);
  const signatures = judgeSignatures(changed, base.definitions, reviews);
  const approved = isApproved(judgement) && signatures.every(isSound);
  if (options.json === true)
    process.stdout.write(`${printableJson({ approved, ...judgement, signatures })}\n`);
  else printProse(judgementText(judgement) + signaturesText(signatures));
  return approved ? COMMAND_EXIT.clean : COMMAND_EXIT.findings;
}

const HELP = `
An approval is the last review of somebody whom an entry names under \`approvedBy\`, if it approves the last commit and they
neither opened the request nor wrote a commit of it. Who has which name on GitHub, and who may approve what, the base says:
no change says it of itself. Of access reviews that are changed it says whether their decisions follow the rules, whether what was
signed is as it was, and whether whoever signs has approved.

Exit status: 0 where everybody named has approved, or nothing asks for it; 1 where not; 2 failure.

Examples:
  npm run approvals -- origin/main HEAD --github example/accounts#7
  npm run approvals -- origin/main HEAD --reviews reviews.json`;

void runMain(
  new Command("npm run approvals --")
    .description(
      "Whether those whom new and changed entries of the roster name under `approvedBy` have approved them, and signers their access review.",
    )
    .argument("<base>", "what it is to be merged into: a commit")
    .argument("<head>", "what is to be merged: a commit")
    .option("--github <pull request>", "ask GitHub for the reviews, with gh: example/accounts#7")
    .option(
      "--reviews <file>",
      "the reviews of another host: docs/runbooks/temporary-access.md says the form",
    )
    .option("--json", "answer for programs")
    .addHelpText("after", HELP)
    .exitOverride(exitOnMisuse)
    .action(async (base: string, head: string, options: Options) => {
      process.exitCode = await approvals(base, head, options);
    }),
);
