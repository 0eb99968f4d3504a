import { toInstant } from "../../model/dates";
import { countNoun } from "../../model/problems";
import { CADENCE_NAMES } from "../../review/cadence";
import { reviewCalendar, type ReviewProgress, type CalendarLine } from "../../review/review-calendar";
import { formatDay, formatDueDay } from "../../review/review-dates";
import { printableJson } from "../../text/printable";
import { tableText } from "../../text/text-table";
import { COMMAND_EXIT } from "../run-main";
import { openByReviewer } from "../../review/review-outcome";
import { printProse, terminalWidth } from "../terminal";
import { expectSigned } from "./close-review";
import { openedReviews, type ReviewFolder } from "./review-folder";

export interface StatusOptions {
  readonly reviews: string;
  readonly json?: true;
}

/** A review, and the people whom it waits for. */
interface Standing {
  readonly progress: ReviewProgress;
  readonly waitsFor: readonly (readonly [string, number])[];
}

function standingOf(folder: ReviewFolder): Standing {
  const review = folder.review();
  const decisions = folder.decisions(review);
  // What was signed and has changed since is an error, and no stage.
  if (folder.has("signature")) expectSigned(folder);
  return {
    progress: {
      period: folder.period,
      stage: folder.has("closing") ? "closed" : folder.has("signature") ? "signed" : "open",
      decided: decisions.size,
      rows: review.rows.length,
    },
    waitsFor: openByReviewer(review, decisions),
  };
}

const dueWords = ({ period, isLate, days, stage }: CalendarLine): string =>
  stage === "closed"
    ? ""
    : isLate
      ? `LATE since ${formatDay(period.until)}`
      : `by ${formatDueDay(period)}, ${days === 0 ? "today" : `${countNoun(days, "day")} left`}`;

const stageWords = ({ stage, decided, rows }: CalendarLine): string =>
  stage === "open" ? `open: ${String(decided)} of ${String(rows)} decided` : stage;

/** What comes next of a review, as a line of its own; nothing where it is closed. */
function nextLine({
  period: { name, cadence },
  stage,
  waitsFor,
}: CalendarLine & Pick<Standing, "waitsFor">): string {
  const command = "npm run review --";
  switch (stage) {
    case "not opened":
      return `${name}: ${command} --cadence ${cadence} --snapshot <folder>\n`;
    case "open":
      return waitsFor.length === 0
        ? `${name}: every row is decided; ${command} sign ${name} --as security\n`
        : `${name} waits for ${waitsFor.map(([who, rows]) => `${who} (${String(rows)})`).join(", ")}.\n`;
    case "signed":
      return `${name}: once its removals are deployed, ${command} close ${name} --snapshot <a new one>\n`;
    case "closed":
      return "";
  }
}

/** Shows the calendar: what is due, how far it is, and what is late. */
export function showReviewStatus(options: StatusOptions): void {
  const now = toInstant(new Date());
  const opened = CADENCE_NAMES.map(
    (cadence) => [cadence, openedReviews(options.reviews, cadence).map(standingOf)] as const,
  );
  const waiting = new Map(
    opened.flatMap(([, reviews]) =>
      reviews.map(({ progress, waitsFor }) => [progress.period.name, waitsFor] as const),
    ),
  );
  const all = opened
    .flatMap(([cadence, reviews]) =>
      reviewCalendar(
        cadence,
        reviews.map(({ progress }) => progress),
        now,
      ),
    )
    .map((line): CalendarLine & Pick<Standing, "waitsFor"> => ({
      ...line,
      waitsFor: waiting.get(line.period.name) ?? [],
    }));
  if (options.json === true) process.stdout.write(`${printableJson(all)}\n`);
  else {
    const rows = all.map((one) => [one.period.cadence, one.period.name, stageWords(one), dueWords(one)]);
    process.stdout.write(
      `${tableText({ head: ["cadence", "review", "stage", "due"], rows }, terminalWidth())}\n`,
    );
    printProse(all.map(nextLine).join(""));
  }
  if (all.some(({ isLate }) => isLate)) process.exitCode = COMMAND_EXIT.findings;
}
