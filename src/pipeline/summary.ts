import type { ResourceChange } from "../drift/comparison";
import type { Preview } from "../drift/preview";
import { shortType } from "../drift/report";
import { count } from "../model/problems";

/** Characters of a summary: a comment on GitHub takes 65,536, and holds one for each account. */
const LONGEST_SUMMARY = 12_000;

/** Text inside a table's cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const row = ({ operation, type, name, properties }: ResourceChange): string =>
  `| ${operation} | \`${cell(`${shortType(type)} ${name}`)}\` | ${cell(properties.map(({ property }) => property).join(", "))} |`;

const table = (changes: readonly ResourceChange[]): readonly string[] => [
  "",
  "| | resource | properties |",
  "|---|---|---|",
  ...changes.map(row),
];

function planLines({ byHand, notDeployed }: Preview["comparison"]): readonly string[] {
  if (byHand.length + notDeployed.length === 0) return ["Nothing changes."];
  const plan =
    notDeployed.length > 0 ? [`${count(notDeployed.length, "change")}:`, ...table(notDeployed)] : [];
  if (byHand.length === 0) return plan;
  const heading = `**${count(byHand.length, "resource")} changed by hand**, which the deployment undoes:`;
  return [...plan, ...(plan.length > 0 ? [""] : []), heading, ...table(byHand)];
}

/** A fence that nothing in the text closes. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return [fence, text, fence].join("\n");
}

/** What a preview found, in Markdown, for whoever reviews a pull request. At most 12,000 characters. */
export function summaryOf(stack: string, { code, output, comparison }: Preview): string {
  const lines =
    code === 0
      ? planLines(comparison)
      : [`**Refused** (exit status ${String(code)}). It ends so:`, "", fenced(output)];
  const summary = [`### ${stack}`, "", ...lines, ""].join("\n");
  if (summary.length <= LONGEST_SUMMARY) return summary;
  const note = "\n\n… and more: see the job's log.\n";
  const fitting = summary.slice(0, LONGEST_SUMMARY - note.length);
  return `${fitting.slice(0, fitting.lastIndexOf("\n"))}${note}`;
}
