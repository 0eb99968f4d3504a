// First, for the imports below fail without them.
import "./access/packages";

import { Command } from "commander";

import { PARENT } from "./review/folder";
import { openReview } from "./review/open";
import { exitOnMisuse, run } from "./run";

const HELP = `
Opens the review of the period in which the snapshot was taken: reviews/2026-W48, reviews/2026-11 or reviews/2026-Q4, with
review.md and review.html for people, decisions.csv to decide in, review.json and review.sarif for programs. The monthly
review is of prod, the weekly one decides on contractors alone. Accepted findings are in policypack/exemptions.ts.

Exit status: 0; 1 where --fail-on finds something; 2 failure.

Examples:
  npm run review -- --cadence quarterly --snapshot snapshot --people people.csv
  npm run review -- --cadence weekly --snapshot snapshot --fail-on high`;

const program = new Command("npm run review --")
  .description("Access reviews from a snapshot of the accounts, the roster and its history.")
  .option("--cadence <cadence>", "weekly, monthly or quarterly")
  .option("--snapshot <folder>", "what npm run snapshot wrote")
  .option("--account <account...>", "only these accounts; may be repeated")
  .option("--people <file>", "who is employed: a CSV, or SCIM's list of users as JSON")
  .option("--fail-on <severity>", "exit with 1 where a finding of high, medium or low, or above, stands")
  .option("--reviews <folder>", "where reviews are", PARENT)
  .addHelpText("after", HELP)
  .enablePositionalOptions()
  .exitOverride(exitOnMisuse)
  .action(openReview);
void run(program);
