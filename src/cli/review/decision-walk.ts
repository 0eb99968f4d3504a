import { createInterface, type Interface } from "node:readline/promises";

import { countNoun } from "../../model/problems";
import { rowKey, rowTitle } from "../../review/access-row";
import type { ReviewDecisions } from "../../review/decisions-file";
import type { Review, ReviewRow } from "../../review/review";
import { decisionFaults, type DecisionKind, type ReviewDecision } from "../../review/review-decision";
import { formatDay, formatValidities } from "../../review/review-dates";
import { printableLines } from "../../text/printable";
import { wrapText } from "../../text/wrap-text";

/** Where decisions are kept. Read before each question and each answer: others decide at the same time. */
export interface DecisionStore {
  readonly read: () => ReviewDecisions;
  readonly write: (decisions: ReviewDecisions) => void;
}

/** The terminal of whoever decides. */
export interface DecisionTerminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Absent where nothing has to fit. */
  readonly width?: number | undefined;
  /** Whether lines can be edited; the streams tell where it is absent. */
  readonly isTerminal?: boolean;
}

export interface DecisionQuestions {
  readonly review: Review;
  /** Who decides. */
  readonly by: string;
  /** The command that goes on where this walk ends. */
  readonly command: string;
  readonly store: DecisionStore;
  /** What a role lets somebody do, a line for each access level. */
  readonly abilitiesOf: (row: ReviewRow) => readonly string[];
}

type Answer = DecisionKind | "all" | "back" | "later" | "quit";

const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  ["k", "keep"],
  ["keep", "keep"],
  ["c", "change"],
  ["change", "change"],
  ["r", "remove"],
  ["remove", "remove"],
  ["a", "all"],
  ["all", "all"],
  ["b", "back"],
  ["back", "back"],
  ["", "later"],
  ["l", "later"],
  ["later", "later"],
  ["q", "quit"],
  ["quit", "quit"],
]);

/** Where the walk goes after an answer. */
type Step = "next" | "back" | "end" | "again";

const WORDS = /^(\S*)\s*(.*)$/s;

/** A word, and what follows it. */
function parted(line: string): readonly [string, string] {
  const [, word = "", rest = ""] = WORDS.exec(line.trim()) ?? [];
  return [word.toLowerCase(), rest];
}

const formatDecision = ({ decision, note }: ReviewDecision): string =>
  note === "" ? decision : `${decision}: ${note}`;

/** Whether one answer can be about both: the same role by the same kind of entry, of which no finding stands. */
const isAlike = (one: ReviewRow, other: ReviewRow): boolean =>
  one.kind === "person" &&
  other.kind === "person" &&
  one.account === other.account &&
  one.role === other.role &&
  one.category === other.category &&
  one.sources.join() === other.sources.join() &&
  formatValidities(one.periods) === formatValidities(other.periods) &&
  one.findings.length === 0 &&
  other.findings.length === 0;

const promptText = (alike: number, isFirst: boolean): string =>
  `[k]eep, [c]hange, [r]emove, ${alike === 0 ? "" : `[a]ll ${String(alike + 1)} alike, `}Enter for later, ${isFirst ? "" : "[b]ack, "}[q]uit: `;

/** One row among those that are alike. */
const factsText = ({ who, since, lastUsed, mfa }: ReviewRow): string =>
  [
    who,
    ...(since === undefined ? [] : [`since ${formatDay(since)}`]),
    ...(lastUsed === "" ? [] : [`last used: ${lastUsed}`]),
    ...(mfa === "" ? [] : [`MFA: ${mfa}`]),
  ].join("; ");

/** Asks somebody about rows, one question each, and writes each answer at once: an interrupt loses nothing. */
export class DecisionWalk {
  /** Whatever ends the questions closes the reader. */
  private readonly reader: Interface;
  private readonly lines: AsyncIterator<string>;
  /** Roles whose abilities were told. */
  private readonly shown = new Set<string>();
  /** Rows that were decided by this walk. */
  private readonly own = new Set<string>();

  constructor(
    private readonly questions: DecisionQuestions,
    private readonly terminal: DecisionTerminal,
  ) {
    const { input, output, isTerminal } = terminal;
    this.reader = createInterface({
      input,
      output,
      ...(isTerminal !== undefined && { terminal: isTerminal }),
    });
    this.lines = this.reader[Symbol.asyncIterator]();
    this.reader.on("SIGINT", () => this.reader.close());
  }

  /** Rows that somebody is asked about first, or with `all` those that they may decide, and that nobody has decided. */
  private open(all: boolean): readonly ReviewRow[] {
    const { review, by, store } = this.questions;
    const decisions = store.read();
    return review.rows.filter(
      (row) => !decisions.has(rowKey(row)) && (all ? row.reviewers.includes(by) : row.reviewers[0] === by),
    );
  }

  /** Asks about every open row, and says at the end what is left. */
  async through(all: boolean): Promise<void> {
    const { by } = this.questions;
    const rows = this.open(all);
    this.print(
      rows.length === 0
        ? `Nobody asks ${by} about a row that is open.\n`
        : `${by}: ${countNoun(rows.length, "row")} to decide. Each answer is written at once; after Ctrl-C, what is left comes again.\n`,
    );
    let place = 0;
    let isBack = false;
    for (;;) {
      // Somebody else decided meanwhile, or one answer was about many: the file is read once for all of them.
      if (!isBack) place = this.nextOpen(rows, place);
      const row = rows[place];
      if (row === undefined) break;
      const step = await this.ask(row, place, rows);
      if (step === "end") break;
      isBack = step === "back";
      place += isBack ? -1 : 1;
    }
    this.reader.close();
    this.print(this.ending(all));
  }

  private nextOpen(rows: readonly ReviewRow[], from: number): number {
    const decisions = this.questions.store.read();
    const found = rows.findIndex((row, place) => place >= from && !decisions.has(rowKey(row)));
    return found === -1 ? rows.length : found;
  }

  private ending(all: boolean): string {
    const { review, by, command } = this.questions;
    const { name } = review.period;
    const left = review.rows.length - this.questions.store.read().size;
    const [own, may] = [this.open(all).length, this.open(true).length];
    return [
      "",
      `${countNoun(this.own.size, "row")} decided now; ${String(own)} of yours left, ${countNoun(left, "row")} of the whole review.`,
      ...(own > 0 ? [`To go on: ${command}`] : []),
      ...(own === 0 && may > 0
        ? [`Others are asked first about ${countNoun(may, "row")} that ${by} may decide: --all`]
        : []),
      ...(left === 0
        ? [`Every row is decided. Security signs: npm run review -- sign ${name} --as security`]
        : []),
      "",
    ].join("\n");
  }

  /** Asks about one row until an answer can stand. */
  private async ask(
    row: ReviewRow,
    place: number,
    rows: readonly ReviewRow[],
  ): Promise<Exclude<Step, "again">> {
    this.print(this.rowText(row, `${String(place + 1)} of ${String(rows.length)}`));
    const isFirst = place === 0;
    for (;;) {
      const alike = this.alikeOf(row, rows);
      const line = await this.line(promptText(alike.length, isFirst));
      if (line === undefined) return "end";
      const [word, note] = parted(line);
      const answer = ANSWERS.get(word);
      if (answer === undefined) {
        this.print(
          `${JSON.stringify(line.trim())} is none of these. A note follows the letter: k until the move ends\n`,
        );
        continue;
      }
      const step = await this.take(row, answer, note, alike, isFirst);
      if (step !== "again") return step;
    }
  }

  private async take(
    row: ReviewRow,
    answer: Answer,
    note: string,
    alike: readonly ReviewRow[],
    isFirst: boolean,
  ): Promise<Step> {
    switch (answer) {
      case "quit":
        return "end";
      case "later":
        return "next";
      case "back":
        if (isFirst) this.print("This is the first.\n");
        return isFirst ? "again" : "back";
      case "all":
        return this.keepAll(row, alike);
      case "keep":
      case "change":
      case "remove":
        return this.decide(row, answer, note);
    }
  }

  /** Writes a decision that can stand, and asks for a note where one is needed. */
  private async decide(row: ReviewRow, decision: DecisionKind, note: string): Promise<Step> {
    const { by } = this.questions;
    const faults = decisionFaults(row, { decision, reviewer: by, note });
    const isNoteMissing = note === "" && faults.length > 0 && faults.every(({ column }) => column === "note");
    const added = isNoteMissing
      ? await this.line(
          decision === "change"
            ? "The role to have instead, or a note that says to what: "
            : "Why it stays although a finding stands: ",
        )
      : note;
    if (added === undefined) return "end";
    const decided: ReviewDecision = { decision, reviewer: by, note: added.trim() };
    const left = isNoteMissing ? decisionFaults(row, decided) : faults;
    for (const { problem } of left) this.print(`${problem}.\n`);
    if (left.length > 0) return "again";
    this.keep([row], decided);
    return "next";
  }

  /** Keeps every row like one, once somebody has seen who they are. */
  private async keepAll(row: ReviewRow, alike: readonly ReviewRow[]): Promise<Step> {
    if (alike.length === 0) {
      this.print("No other open row is like this one without a finding.\n");
      return "again";
    }
    const all = [row, ...alike];
    this.print(`${all.map((one) => `  ${factsText(one)}`).join("\n")}\n`);
    const line = await this.line(
      `Keep all ${String(all.length)}? yes, and a note if you like; Enter for no: `,
    );
    if (line === undefined) return "end";
    const [word, note] = parted(line);
    if (word !== "yes" && word !== "y") return "again";
    this.keep(all, { decision: "keep", reviewer: this.questions.by, note });
    return "next";
  }

  /** Open rows that one answer can be about too. */
  private alikeOf(row: ReviewRow, rows: readonly ReviewRow[]): readonly ReviewRow[] {
    const decisions = this.questions.store.read();
    return rows.filter((other) => other !== row && isAlike(row, other) && !decisions.has(rowKey(other)));
  }

  private keep(rows: readonly ReviewRow[], decision: ReviewDecision): void {
    const { store } = this.questions;
    const decisions = new Map(store.read());
    for (const row of rows) {
      decisions.set(rowKey(row), decision);
      this.own.add(rowKey(row));
    }
    store.write(decisions);
  }

  private rowText(row: ReviewRow, place: string): string {
    const { review, store } = this.questions;
    const standing = review.findings.filter(({ id }) => row.findings.includes(id));
    const before = store.read().get(rowKey(row));
    const line = (title: string, text: string): readonly string[] =>
      text === "" ? [] : [`  ${title.padEnd(12)}${text}`];
    return [
      "",
      `${place}  ${rowTitle(row)}${row.category === undefined ? "" : ` (${row.category})`}`,
      ...line("granted by", [row.sources.join(", "), ...row.reasons].join(": ")),
      ...line("when", formatValidities(row.periods)),
      ...line("since", formatDay(row.since)),
      ...line("approved by", row.approvedBy.join(", ")),
      ...line("last used", row.lastUsed),
      ...line("MFA", row.mfa),
      ...line("keys", row.keyAge),
      ...this.abilityLines(row),
      ...standing.map(({ severity, message }) => `  FINDING, ${severity}: ${message}`),
      ...(before === undefined
        ? []
        : line("decided", `${formatDecision(before)}, by ${before.reviewer}; Enter leaves it`)),
      "",
    ].join("\n");
  }

  /** A role's abilities are told once: a manager of many reads them at the first. */
  private abilityLines(row: ReviewRow): readonly string[] {
    const role = `${row.account}/${row.role}`;
    const words = this.questions.abilitiesOf(row);
    if (words.length === 0) return [];
    if (this.shown.has(role)) return [`  ${"may".padEnd(12)}what ${role} may, as above`];
    this.shown.add(role);
    return words.map((one) => `  may ${one}`);
  }

  private print(text: string): void {
    const { output, width } = this.terminal;
    output.write(printableLines(wrapText(text, width)));
  }

  /** Undefined where the input ends. The reader knows the prompt: it draws the line anew where somebody edits it. */
  private async line(prompt: string): Promise<string | undefined> {
    this.reader.setPrompt(prompt);
    this.reader.prompt();
    const next = await this.lines.next();
    return next.done === true ? undefined : next.value;
  }
}
