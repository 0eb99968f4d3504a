// First, for the imports below fail without them.
import "./access/packages";

import { Command } from "commander";

import { formatChoices } from "../model/choices";
import { UserError } from "../model/problems";
import { closeReview } from "./review/close-review";
import { decideReview } from "./review/decide-review";
import { mergeReview } from "./review/merge-review";
import { reportReview } from "./review/report-review";
import { REVIEWS_FOLDER } from "./review/review-folder";
import { openReview, type OpenOptions } from "./review/open-review";
import { signReview } from "./review/sign-review";
import { showReviewStatus } from "./review/review-status";
import { verifyReview } from "./review/verify-review";
import { exitOnMisuse, runMain } from "./run-main";

const HELP = `
Opens the review of the period in which the snapshot was taken: reviews/2026-W48, reviews/2026-11 or reviews/2026-Q4, with
review.md and review.html for people, decisions.csv to decide in, review.json and review.sarif for programs. The monthly
review is of prod, the weekly one decides on contractors alone. Accepted findings are in policypack/exemptions.ts.

Exit status: 0; 1 where --fail-on finds something, a review is late or not closed; 2 failure.

Examples:
  npm run review -- --cadence quarterly --snapshot snapshot --people people.csv
  npm run review -- decide 2026-Q4 --as sarah.devops
  npm run review -- sign 2026-Q4 --as security
  npm run review -- close 2026-Q4 --snapshot snapshot-after
  npm run review -- status`;

const withReviews = (command: Command): Command =>
  command.option("--reviews <folder>", "where reviews are", REVIEWS_FOLDER).exitOverride(exitOnMisuse);

const program = withReviews(new Command("npm run review --"))
  .description("Access reviews from a snapshot of the accounts, the roster and its history.")
  .option("--cadence <cadence>", "weekly, monthly or quarterly")
  .option("--snapshot <folder>", "what npm run snapshot wrote")
  .option("--account <account...>", "only these accounts; may be repeated")
  .option("--people <file>", "who is employed: a CSV, or SCIM's list of users as JSON")
  .option("--fail-on <severity>", "exit with 1 where a finding of high, medium or low, or above, stands")
  .option(
    "--ocsf",
    "writes review.ocsf.json too: findings as events of the Open Cybersecurity Schema Framework",
  )
  .addHelpText("after", HELP)
  .enablePositionalOptions()
  // A word more is a command that there is not.
  .allowExcessArguments()
  .action(async (options: OpenOptions, { args: [word], commands: known }: Command) => {
    const names = known.map((command) => command.name());
    if (word !== undefined) {
      throw new UserError(
        `There is no command ${JSON.stringify(word)}. Commands are: ${formatChoices(word, names, "commands")}`,
      );
    }
    await openReview(options);
  });

const commands = [
  new Command("decide")
    .description(
      "Asks somebody about the rows that are theirs, one question each; may be interrupted at any time.",
    )
    .argument("<review>", "2026-Q4")
    .option(
      "--as <name>",
      "who decides, where git's user.email does not tell: a name of the roster, or a manager's address",
    )
    .option("--all", "also rows that others are asked first about, and that you may decide")
    .action(decideReview),
  new Command("merge")
    .description(
      "Joins the decisions of two branches row by row, where git merge says CONFLICT, and writes the reports again.",
    )
    .argument("<review>", "2026-Q4")
    .action(mergeReview),
  new Command("report")
    .description("Writes review.md and review.html again, with what has been decided until now.")
    .argument("<review>", "2026-Q4")
    .action(reportReview),
  new Command("sign")
    .description("Signs a review of which every row is decided, and writes what leaves the roster as a diff.")
    .argument("<review>", "2026-Q4")
    .requiredOption("--as <function>", "as what: security")
    .option("--by <name>", "who signs, where git's user.email does not tell: a name of the roster")
    .action(signReview),
  new Command("close")
    .description(
      "Looks in a second snapshot whether each removal has happened; only then is the review closed.",
    )
    .argument("<review>", "2026-Q4")
    .requiredOption("--snapshot <folder>", "one that was taken after the deployment")
    .action(closeReview),
  new Command("status")
    .description("The calendar: what is due, how far it is, and what is late.")
    .option("--json", "answer for programs")
    .action(showReviewStatus),
  new Command("verify")
    .description(
      "For pipelines: decisions are as the review wrote them, and signed files are what was signed.",
    )
    .argument("[review]", "2026-Q4; all of them where none is given")
    .action(verifyReview),
];
for (const command of commands) program.addCommand(withReviews(command));
void runMain(program);
