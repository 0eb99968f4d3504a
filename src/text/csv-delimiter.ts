export type CsvDelimiter = "," | ";" | "\t";

/** Spreadsheets write semicolons where the comma is what numbers have, and tabs where somebody asks: the titles of columns tell. */
export function csvDelimiter(text: string): CsvDelimiter {
  const [titles = ""] = text.split(/\r?\n/, 1);
  const counted = ([",", ";", "\t"] as const).map((one) => [one, titles.split(one).length] as const);
  const [first] = counted.sort(([, one], [, other]) => other - one);
  return first?.[0] ?? ",";
}
