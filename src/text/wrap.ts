/** As many words of a line as fit, line after line; the lines behind the first are indented as the first is. */
function wrapLine(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(" ")) {
    const isFirst = current === indent;
    if (!isFirst && current.length + 1 + word.length > width) {
      lines.push(current);
      current = indent + word;
    } else current += isFirst ? word : ` ${word}`;
  }
  return [...lines, current].join("\n");
}

/**
 * Prose for a terminal: lines break between words, and keep their indentation. A word that is wider stays whole.
 * @param width of the terminal in characters; undefined where there is none, and nothing has to fit
 */
export const wrapText = (text: string, width: number | undefined): string =>
  width === undefined
    ? text
    : text
        .split("\n")
        .map((line) => (line.length > width ? wrapLine(line, width) : line))
        .join("\n");
