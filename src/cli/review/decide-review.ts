import { createInterface } from "node:readline/promises";

import { ActionCatalogue } from "../../access/actions/catalogue";
import { accountsByRoster } from "../../access/load";
import { readDefinitions } from "../../definitions/definitions";
import { buildModel, type Model } from "../../model/model";
import { countNoun, UserError } from "../../model/problems";
import { describePermissions } from "../../requests/describe-permissions";
import { findRequester } from "../../requests/requester";
import { rowKey, rowTitle } from "../../review/access-row";
import { decisionFaults, type ReviewDecision, type DecisionKind } from "../../review/review-decision";
import { decisionsCsv } from "../../review/decisions-file";
import type { Review, ReviewRow } from "../../review/review";
import { formatDay, formatValidities } from "../../review/review-dates";
import { printableLines } from "../../text/printable";
import { wrapText } from "../../text/wrap-text";
import { terminalWidth } from "../terminal";
import { folderNamed, type ReviewFolder } from "./review-folder";
import { gitAddressOrNone } from "./review-git";

export interface DecideOptions {
  readonly as?: string;
  readonly all?: true;
  readonly reviews: string;
}

const ANSWERS: Readonly<Record<string, DecisionKind | "later" | "quit">> = {
  k: "keep",
  keep: "keep",
  c: "change",
  change: "change",
  r: "remove",
  remove: "remove",
  "": "later",
  s: "later",
  q: "quit",
  quit: "quit",
};

const print = (text: string): void =>
  void process.stdout.write(printableLines(wrapText(text, terminalWidth())));

/** What the role lets somebody do, by access levels. */
class Abilities {
  private readonly words = new Map<string, readonly string[]>();
  private readonly accounts: ReturnType<typeof accountsByRoster>;

  constructor(
    model: Model,
    private readonly catalogue: ActionCatalogue,
  ) {
    this.accounts = accountsByRoster(model);
  }

  of({ account, role }: ReviewRow): readonly string[] {
    const key = `${account}/${role}`;
    const known = this.words.get(key);
    if (known !== undefined) return known;
    const found = this.accounts.all
      .find((one) => one.key === account)
      ?.roles.find((one) => one.label === role || one.name === role);
    const words = found === undefined ? [] : describePermissions(found, this.catalogue);
    this.words.set(key, words);
    return words;
  }
}

function rowText(row: ReviewRow, review: Review, abilities: Abilities, place: string): string {
  const standing = review.findings.filter(({ id }) => row.findings.includes(id));
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
    ...abilities.of(row).map((words) => `  may ${words}`),
    ...standing.map(({ severity, message }) => `  FINDING, ${severity}: ${message}`),
    "",
  ].join("\n");
}

/** Asks about one row until the answer can stand. */
class Walk {
  private readonly decisions: Map<string, ReviewDecision>;
  /** Whatever ends the questions closes the reader. */
  private readonly reader = createInterface({ input: process.stdin, output: process.stdout });
  private readonly lines = this.reader[Symbol.asyncIterator]();

  constructor(
    private readonly folder: ReviewFolder,
    private readonly review: Review,
    private readonly by: string,
    private readonly abilities: Abilities,
  ) {
    this.decisions = new Map(folder.decisions(review));
    this.reader.on("SIGINT", () => this.reader.close());
  }

  /** The rows that somebody is asked about and nobody has decided. */
  open(all: boolean): readonly ReviewRow[] {
    return this.review.rows.filter(
      (row) =>
        !this.decisions.has(rowKey(row)) &&
        (all ? row.reviewers.includes(this.by) : row.reviewers[0] === this.by),
    );
  }

  async through(rows: readonly ReviewRow[]): Promise<number> {
    let decided = 0;
    for (const [index, row] of rows.entries()) {
      print(rowText(row, this.review, this.abilities, `${String(index + 1)} of ${String(rows.length)}`));
      const answer = await this.row(row);
      if (answer === "end") break;
      if (answer === "decided") decided += 1;
    }
    this.reader.close();
    return decided;
  }

  private async row(row: ReviewRow): Promise<"decided" | "later" | "end"> {
    for (;;) {
      const text = await this.ask("[k]eep, [c]hange, [r]emove, Enter for later, [q]uit: ");
      if (text === undefined) return "end";
      const answer = ANSWERS[text.trim().toLowerCase()];
      if (answer === "quit") return "end";
      if (answer === "later") return "later";
      if (answer === undefined) {
        print(`${JSON.stringify(text)} is none of these.\n`);
        continue;
      }
      const faultsWithoutNote = decisionFaults(row, { decision: answer, reviewer: this.by, note: "" });
      const refusals = faultsWithoutNote.filter(({ column }) => column !== "note");
      for (const { problem } of refusals) print(`${problem}.\n`);
      if (refusals.length > 0) continue;
      const needsNote = faultsWithoutNote.length > 0;
      const change =
        answer === "change"
          ? "The role to have instead, or a note that says to what: "
          : "Note, which is needed: ";
      const note = await this.ask(needsNote ? change : "Note, or Enter: ");
      if (note === undefined) return "end";
      const decision: ReviewDecision = { decision: answer, reviewer: this.by, note: note.trim() };
      const faults = decisionFaults(row, decision);
      if (faults.length === 0) {
        this.keep(row, decision);
        return "decided";
      }
      for (const { problem } of faults) print(`${problem}.\n`);
    }
  }

  /** At once, so that an interrupt loses nothing. */
  private keep(row: ReviewRow, decision: ReviewDecision): void {
    this.decisions.set(rowKey(row), decision);
    this.folder.write("decisions", decisionsCsv(this.review, this.decisions));
  }

  /** Undefined where the input ends. */
  private async ask(prompt: string): Promise<string | undefined> {
    process.stdout.write(prompt);
    const next = await this.lines.next();
    return next.done === true ? undefined : next.value;
  }
}

/** Who decides: a name of the roster, or a manager outside it by their address. */
function reviewerOf(
  review: Review,
  roster: unknown,
  email: string | undefined,
  as: string | undefined,
): string {
  if (as?.includes("@") === true && review.rows.some(({ reviewers }) => reviewers.includes(as))) return as;
  return findRequester(roster, email, as);
}

/** Asks somebody about the rows that are theirs to decide, one question each. */
export async function decideReview(name: string, options: DecideOptions): Promise<void> {
  const folder = folderNamed(options.reviews, name);
  const review = folder.review();
  if (folder.has("signature")) throw new UserError(`${folder.path} is signed: what is decided stands.`);
  const { organization, roster, workloads } = readDefinitions();
  const model = buildModel(organization, roster, new Date(), workloads);
  const by = reviewerOf(review, roster, await gitAddressOrNone(), options.as);
  const walk = new Walk(folder, review, by, new Abilities(model, await ActionCatalogue.load()));
  const rows = walk.open(options.all === true);
  print(
    `${by}: ${countNoun(rows.length, "row")} to decide in ${folder.path}. Each answer is written at once; what is left comes again.\n`,
  );
  const decided = await walk.through(rows);
  const left = review.rows.length - folder.decisions(review).size;
  print(`\n${countNoun(decided, "row")} decided now; ${countNoun(left, "row")} of the whole review left.\n`);
}
