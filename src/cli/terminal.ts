import { printableLines } from "../text/printable";
import { wrapText } from "../text/wrap-text";

/** The width of the terminal in characters; undefined where the output goes elsewhere, and nothing has to fit. */
export const terminalWidth = (): number | undefined =>
  process.stdout.isTTY ? process.stdout.columns : undefined;

/** The same of where errors go. */
export const errorWidth = (): number | undefined =>
  process.stderr.isTTY ? process.stderr.columns : undefined;

/** Prints text for people, whoever wrote it: lines break between words where the terminal ends. */
export const printProse = (text: string): void =>
  void process.stdout.write(wrapText(printableLines(text), terminalWidth()));
