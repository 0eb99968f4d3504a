import { parse } from "csv-parse/sync";
import { z } from "zod";

/** A record of a CSV file. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** The line, from 1, on which the record ends. */
  readonly line: number;
}

const RECORDS = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Spreadsheets write semicolons where numbers have a comma, and tabs on request: the titles of columns tell. */
function delimiterOf(text: string): string {
  const [titles = ""] = text.split(/\r?\n/, 1);
  const counted = [",", ";", "\t"].map((one) => [one, titles.split(one).length] as const);
  const [first] = counted.sort(([, one], [, other]) => other - one);
  return first?.[0] ?? ",";
}

/**
 * Reads the records of a CSV file as spreadsheets save it, the titles of its columns first. Empty lines are left out, and those
 * whose cells are all empty: a spreadsheet writes an empty line with its separators.
 * @throws Error of csv-parse where the text is no CSV
 */
export function readCsv(text: string): readonly CsvRecord[] {
  const records = RECORDS.parse(
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }),
  );
  return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
}
