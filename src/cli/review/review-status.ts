import { toInstant } from "../../model/dates";
import { countNoun } from "../../model/problems";
import { CADENCE_NAMES } from "../../review/cadence";
import { reviewCalendar, type ReviewProgress, type CalendarLine } from "../../review/review-calendar";
import { formatDay, formatDueDay } from "../../review/review-dates";
import { printableJson } from "../../text/printable";
import { tableText } from "../../text/text-table";
import { COMMAND_EXIT } from "../run-main";
import { terminalWidth } from "../terminal";
import { expectSigned } from "./close-review";
import { openedReviews, type ReviewFolder } from "./review-folder";

export interface StatusOptions {
  readonly reviews: string;
  readonly json?: true;
}

function progressOf(folder: ReviewFolder): ReviewProgress {
  const review = folder.review();
  // What was signed and has changed since is an error, and no stage.
  if (folder.has("signature")) expectSigned(folder);
  return {
    period: folder.period,
    stage: folder.has("closing") ? "closed" : folder.has("signature") ? "signed" : "open",
    decided: folder.decisions(review).size,
    rows: review.rows.length,
  };
}

const dueWords = ({ period, isLate, days, stage }: CalendarLine): string =>
  stage === "closed"
    ? ""
    : isLate
      ? `LATE since ${formatDay(period.until)}`
      : `by ${formatDueDay(period)}, ${countNoun(days, "day")} left`;

const stageWords = ({ stage, decided, rows }: CalendarLine): string =>
  stage === "open" ? `open: ${String(decided)} of ${String(rows)} decided` : stage;

/** Shows the calendar: what is due, how far it is, and what is late. */
export function showReviewStatus(options: StatusOptions): void {
  const now = toInstant(new Date());
  const all = CADENCE_NAMES.flatMap((cadence) =>
    reviewCalendar(cadence, openedReviews(options.reviews, cadence).map(progressOf), now),
  );
  if (options.json === true) process.stdout.write(`${printableJson(all)}\n`);
  else {
    const rows = all.map((one) => [one.period.cadence, one.period.name, stageWords(one), dueWords(one)]);
    process.stdout.write(
      `${tableText({ head: ["cadence", "review", "stage", "due"], rows }, terminalWidth())}\n`,
    );
  }
  if (all.some(({ isLate }) => isLate)) process.exitCode = COMMAND_EXIT.findings;
}
