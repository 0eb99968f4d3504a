import { printable, printableLines } from "./printable";

/** A run of backticks that nothing in the text closes. */
function fenceAround(text: string, shortest: number): string {
  const longest = Math.max(shortest - 1, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  return "`".repeat(longest + 1);
}

/** A bar would end the cell; one behind backslashes cannot be escaped by another, so it stands as an escape of ours. */
const withoutBars = (text: string): string =>
  text.replace(/\\+\|/g, (match) => `${match.slice(0, -1)}\\u{7c}`).replace(/(?<!\\)\|/g, "\\|");

/**
 * A text as code on one line of Markdown, in a table's cell too: no link, no image, no mention and no HTML, whatever it holds.
 * https://github.github.com/gfm/#code-spans
 */
export function codeSpan(text: string): string {
  const shown = withoutBars(printable(text));
  if (shown.trim() === "") return "";
  const fence = fenceAround(shown, 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines of text as a block of code, in the colors of a language: `diff`. */
export function codeBlock(text: string, language = ""): string {
  const shown = printableLines(text);
  const fence = fenceAround(shown, 3);
  return [`${fence}${language}`, shown, fence].join("\n");
}
