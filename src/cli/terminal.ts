import { printableLines } from "../text/printable";
import { wrapText } from "../text/wrap-text";

/** The width of a terminal in characters; undefined where the output goes elsewhere, or where a terminal says that it has none. */
export const widthOfTerminal = ({
  isTTY,
  columns,
}: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number | undefined =>
  isTTY && columns > 0 ? columns : undefined;

/** The same of where answers go. */
export const terminalWidth = (): number | undefined => widthOfTerminal(process.stdout);

/** The same of where errors go. */
export const errorWidth = (): number | undefined => widthOfTerminal(process.stderr);

/** Text for people, whoever wrote it: lines break between words where the terminal ends. */
export const formatProse = (text: string, width: number | undefined): string =>
  wrapText(printableLines(text), width);

/** Prints text for people. */
export const printProse = (text: string): void =>
  void process.stdout.write(formatProse(text, terminalWidth()));

/** Says the same way, on standard error, what is no part of the answer. */
export const noteProse = (text: string): void => void process.stderr.write(formatProse(text, errorWidth()));

/** Prints Markdown as `printProse`; rows of tables stay whole. */
export const printMarkdown = (text: string): void => {
  const width = terminalWidth();
  const lines = printableLines(text).split("\n");
  process.stdout.write(lines.map((line) => (line.startsWith("|") ? line : wrapText(line, width))).join("\n"));
};
