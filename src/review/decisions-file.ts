import { stringify } from "csv-stringify/sync";

import { groupBy } from "../model/group-by";
import { errorMessage, UserError } from "../model/problems";
import { readCsv, type CsvRecord } from "./csv-records";
import { printableLines } from "../text/printable";
import { rowKey, rowTitle } from "./access-row";
import { decisionFaults, isDecisionKind, DECISION_KINDS, type ReviewDecision } from "./review-decision";
import type { Review, ReviewRow } from "./review";
import { formatDay, formatValidities } from "./review-dates";
import { commitCell, isSameCell } from "./spreadsheet-cell";

/** What the review writes; nobody else does. */
const FACTS = {
  kind: (row) => row.kind,
  who: (row) => row.who,
  account: (row) => row.account,
  role: (row) => row.role,
  category: (row) => row.category ?? "",
  manager: (row) => row.manager ?? "",
  "granted by": (row) => row.sources.join(" "),
  when: (row) => formatValidities(row.periods),
  reason: (row) => row.reasons.join("; "),
  since: (row) => formatDay(row.since),
  commit: (row) => row.commits.map(commitCell).join(" "),
  "written by": (row) => row.writtenBy.join("; "),
  "merged by": (row) => row.mergedBy.join("; "),
  "approved by": (row) => row.approvedBy.join(" "),
  "last used": (row) => row.lastUsed,
  mfa: (row) => row.mfa,
  "key age": (row) => row.keyAge,
  findings: (row) => row.findings.join("; "),
  "asked of": (row) => row.reviewers[0] ?? "",
} as const satisfies Record<string, (row: ReviewRow) => string>;

/** What people write. */
const DECIDED = ["decision", "reviewer", "note"] as const;

const FACT_COLUMNS = Object.entries(FACTS);
const COLUMNS: readonly string[] = [...FACT_COLUMNS.map(([name]) => name), ...DECIDED];

/** By the row's key. */
export type ReviewDecisions = ReadonlyMap<string, ReviewDecision>;

const LINE_END = "\r\n";

const linesOf = (records: readonly (readonly string[])[]): string =>
  stringify([...records], { escape_formulas: true, record_delimiter: LINE_END });

/**
 * Writes the file in which people decide: one line a row, the rows of one person together, and an empty line between people. Git
 * merges no changes of adjacent lines; the empty line lets it merge what different people decide. Cells that a spreadsheet would run begin with an apostrophe.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function decisionsCsv({ rows }: Pick<Review, "rows">, decisions: ReviewDecisions): string {
  const recordOf = (row: ReviewRow): readonly string[] => {
    const { decision = "", reviewer = "", note = "" } = decisions.get(rowKey(row)) ?? {};
    return [...FACT_COLUMNS.map(([, text]) => text(row)), decision, reviewer, note];
  };
  const byPerson = groupBy(rows, ({ reviewers: [first = ""] }) => first);
  return linesOf([COLUMNS]) + [...byPerson.values()].map((own) => linesOf(own.map(recordOf))).join(LINE_END);
}

/** Takes the apostrophe away that keeps spreadsheets from running a cell; wide characters begin formulas too. */
const written = (cell: string): string =>
  /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? cell.slice(1) : cell;

/** Spreadsheets write other line ends and lose spaces at the end. */
const comparable = (cell: string): string => written(cell).replaceAll("\r\n", "\n").trim();

interface Fault {
  readonly line: number;
  readonly column: string;
  readonly problem: string;
}

/** Reads the file line by line, and gathers all that is wrong. */
class Reading {
  readonly decisions = new Map<string, ReviewDecision>();
  readonly faults: Fault[] = [];
  private readonly places: ReadonlyMap<string, number>;
  private readonly rows: ReadonlyMap<string, ReviewRow>;
  private readonly lines = new Map<string, number>();

  constructor(head: readonly string[], review: Pick<Review, "rows">) {
    this.places = new Map(head.map((title, place) => [comparable(title), place]));
    this.rows = new Map(review.rows.map((row) => [rowKey(row), row]));
    for (const column of COLUMNS) {
      if (!this.places.has(column)) this.fault(1, column, "the column is missing");
    }
  }

  get hasColumns(): boolean {
    return this.faults.length === 0;
  }

  add(record: readonly string[], line: number): void {
    const cell = (column: string): string => comparable(record[this.places.get(column) ?? -1] ?? "");
    const row = this.rowOf(cell);
    if (row === undefined) {
      this.fault(line, "who", `the review has no row of ${cell("who")}, ${cell("account")}/${cell("role")}`);
      return;
    }
    const key = rowKey(row);
    const first = this.lines.get(key);
    if (first !== undefined) {
      this.fault(line, "who", `${rowTitle(row)} is in line ${String(first)} already`);
      return;
    }
    this.lines.set(key, line);
    for (const [column, text] of FACT_COLUMNS) {
      if (!isSameCell(cell(column), comparable(text(row)))) {
        this.fault(
          line,
          column,
          `${JSON.stringify(cell(column))} is not what the review says: ${JSON.stringify(text(row))}. Only ${DECIDED.join(", ")} are yours`,
        );
      }
    }
    this.decide(row, line, cell);
  }

  /** Rows of the review that no line has. */
  finish(): void {
    for (const [key, row] of this.rows) {
      if (!this.lines.has(key)) this.fault(0, "who", `${rowTitle(row)} has no line: nobody is left out`);
    }
  }

  private rowOf(cell: (column: string) => string): ReviewRow | undefined {
    const key = JSON.stringify([cell("kind"), cell("who"), cell("account"), cell("role")]);
    return this.rows.get(key);
  }

  private decide(row: ReviewRow, line: number, cell: (column: string) => string): void {
    const [text, reviewer, note] = [cell("decision").toLowerCase(), cell("reviewer"), cell("note")];
    if (text === "") {
      if (reviewer !== "")
        this.fault(line, "decision", `${reviewer} decided nothing. Allowed: ${DECISION_KINDS.join(", ")}`);
      return;
    }
    if (!isDecisionKind(text)) {
      this.fault(
        line,
        "decision",
        `${JSON.stringify(cell("decision"))} is no decision. Allowed: ${DECISION_KINDS.join(", ")}`,
      );
      return;
    }
    const decision: ReviewDecision = { decision: text, reviewer, note };
    const faults = decisionFaults(row, decision);
    for (const { column, problem } of faults) this.fault(line, column, problem);
    if (faults.length === 0) this.decisions.set(rowKey(row), decision);
  }

  private fault(line: number, column: string, problem: string): void {
    this.faults.push({ line, column, problem });
  }
}

function refuse(file: string, faults: readonly Fault[]): never {
  const lines = faults.map(
    ({ line, column, problem }) =>
      `  ${line === 0 ? "" : `line ${String(line)}, `}column ${column}: ${problem}`,
  );
  throw new UserError(printableLines([`${file} cannot be used:`, ...lines].join("\n")));
}

/**
 * Reads the decisions in the file. Leaves out rows without a decision; everything else has to be as the review wrote it.
 * @param file its name, for messages
 * @throws UserError with every line and column that is wrong
 */
export function readDecisions(file: string, text: string, review: Pick<Review, "rows">): ReviewDecisions {
  let records: readonly CsvRecord[];
  try {
    records = readCsv(text);
  } catch (error) {
    throw new UserError(`${file} is no CSV: ${errorMessage(error)}`);
  }
  const [head, ...rows] = records;
  const reading = new Reading(head?.cells ?? [], review);
  if (reading.hasColumns) {
    for (const { cells, line } of rows) reading.add(cells, line);
    reading.finish();
  }
  if (reading.faults.length > 0) refuse(file, reading.faults);
  return reading.decisions;
}
