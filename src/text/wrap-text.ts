/** Spaces at which a line may break: not those of a command between backticks. */
const BREAKS = / (?=(?:[^`]*`[^`]*`)*[^`]*$)/;
/** Spaces, and what an item has before its text: a number, a dash, or a term and a gap. */
const MARGIN = /^ *(?:(?:\d+\.|-) +|\S+ {2,})?/;

/** Breaks a line into lines of as many words as fit; those after the first begin below its text. */
function wrapLine(line: string, width: number): string {
  const margin = MARGIN.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = margin;
  let isFirst = true;
  for (const word of line.slice(margin.length).split(BREAKS)) {
    if (!isFirst && current.length + 1 + word.length > width) {
      lines.push(current);
      current = " ".repeat(margin.length) + word;
    } else current += isFirst ? word : ` ${word}`;
    isFirst = false;
  }
  return [...lines, current].join("\n");
}

/**
 * Prose for a terminal: lines break between words, and keep their indentation, behind an item's number or term too. A word
 * that is wider stays whole, and so does a command between backticks.
 * @param width of the terminal in characters; undefined where there is none, and nothing has to fit
 */
export const wrapText = (text: string, width: number | undefined): string =>
  width === undefined
    ? text
    : text
        .split("\n")
        .map((line) => (line.length > width ? wrapLine(line, width) : line))
        .join("\n");

/** A line that is a command, for somebody to copy. */
const COMMAND_TO_COPY = /^ +(?:\S+=\S+ )?(?:aws|gh|git|npm|pulumi) /;

/** Lines that fit as `wrapText` has them, but for commands on lines of their own, which stay whole. */
export const wrapAroundCommands = (text: string, width: number | undefined): string =>
  text
    .split("\n")
    .map((line) => (COMMAND_TO_COPY.test(line) ? line : wrapText(line, width)))
    .join("\n");
