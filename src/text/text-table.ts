import Table from "cli-table3";

/** Rows under heads; cells may have several lines. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Characters around each cell's text, and the border left of it. */
const PADDING = 2;
const BORDER = 1;

const lengthOfLongest = (texts: readonly string[]): number =>
  Math.max(0, ...texts.map((text) => text.length));

const columnsOf = ({ head, rows }: TextTable): readonly (readonly string[])[] =>
  head.map((title, column) => [title, ...rows.map((row) => row[column] ?? "")]);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/**
 * The widths of columns, in characters of text, so that all of them take `available` together: the widest give way first, as far
 * as their longest word. Undefined where even that is too much.
 */
function fittedWidths(
  columns: readonly (readonly string[])[],
  available: number,
): readonly number[] | undefined {
  const natural = columns.map((cells) => lengthOfLongest(cells.flatMap((cell) => cell.split("\n"))));
  const least = columns.map((cells) => lengthOfLongest(cells.flatMap((cell) => cell.split(/\s/))));
  if (sum(least) > available) return undefined;
  for (let limit = Math.max(...natural); ; limit -= 1) {
    const widths = natural.map((width, column) => Math.max(least[column] ?? 0, Math.min(width, limit)));
    if (sum(widths) <= available) return widths;
  }
}

function listOf({ head, rows }: TextTable): string {
  const indent = "  ";
  return rows
    .map(([title = "", ...cells]) => {
      const lines = cells.flatMap((cell, column) => {
        const name = head[column + 1] ?? "";
        const prefix = name === "" ? indent : `${indent}${name}: `;
        return cell === "" ? [] : [prefix + cell.split("\n").join(`\n${indent}${indent}`)];
      });
      return [title, ...lines].join("\n");
    })
    .join("\n");
}

/**
 * A table for a terminal. Where it is wider than that, cells wrap between words; where words alone are too wide, each row becomes a
 * list of its cells.
 * @param width of the terminal in characters; undefined where there is none, and nothing has to fit
 */
export function tableText(table: TextTable, width: number | undefined): string {
  const columns = columnsOf(table);
  const available = (width ?? Infinity) - columns.length * (PADDING + BORDER) - BORDER;
  const widths = fittedWidths(columns, available);
  if (widths === undefined) return listOf(table);
  const drawn = new Table({
    head: [...table.head],
    colWidths: widths.map((columnWidth) => columnWidth + PADDING),
    wordWrap: true,
    style: { head: [], border: [] },
  });
  drawn.push(...table.rows.map((row) => [...row]));
  return drawn.toString();
}
