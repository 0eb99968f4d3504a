const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
/** `29/11/2026`, `11/29/26`, `29.11.2026`, `2026/11/29`, each also with a midnight behind it. */
const SHOWN_DAY = /^(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{1,4})\.?(?: 0{1,2}:00(?::00)?)?$/;
/** What a spreadsheet takes for a number: `0042`, `1042`, `12e4`. */
const NUMBER = /^\d+(?:\.\d+)?(?:e\+?\d+)?$/i;

/** The parts of a day as numbers, without leading zeros and the century. */
const short = (parts: readonly string[]): string => parts.map((part) => Number(part) % 100).join("-");

/** Whether a cell shows a day in the form of somebody's spreadsheet. Two numbers up to 12 do not show which is the month. */
function isSameDay(cell: string, day: string): boolean {
  const [, year = "", month = "", date = ""] = ISO_DAY.exec(day) ?? [];
  const shown = SHOWN_DAY.exec(cell)?.slice(1, 4);
  if (year === "" || shown === undefined) return false;
  return [
    [year, month, date],
    [date, month, year],
    [month, date, year],
  ].some((order) => short(order) === short(shown));
}

/** Whether a spreadsheet made this cell of the text: it shows days as its settings have them, and numbers without zeros before them. */
export const isSameCell = (cell: string, text: string): boolean =>
  cell === text ||
  isSameDay(cell, text) ||
  (NUMBER.test(text) && NUMBER.test(cell) && Number(cell) === Number(text));

const SHORT_COMMIT = 12;

/** As much of a commit's id as no spreadsheet takes for a number: `412e63849017` would come back as `4.12E+63849019`. */
export function commitCell(commit: string): string {
  for (let length = SHORT_COMMIT; length < commit.length; length++) {
    const start = commit.slice(0, length);
    if (!NUMBER.test(start)) return start;
  }
  return commit;
}
