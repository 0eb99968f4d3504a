/** The width of the terminal in characters; undefined where the output goes elsewhere, and nothing has to fit. */
export const terminalWidth = (): number | undefined =>
  process.stdout.isTTY ? process.stdout.columns : undefined;
