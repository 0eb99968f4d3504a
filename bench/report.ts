import type { Result } from "./measure";

const HEAD = ["what", "processor time, or what is counted", "on the wall", "goal", ""] as const;

const cellsOf = ({ what, measured, wall = "", goal, verdict }: Result): readonly string[] => [
  what,
  measured,
  wall,
  goal,
  verdict,
];

/** The results as a table of Markdown, ready for docs/performance.md. */
export function markdownOf(results: readonly Result[]): string {
  const rows = [HEAD, ...results.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(HEAD), rule, ...rows.slice(1).map(line)].join("\n");
}
