import type { PropertyChange, ResourceChange } from "../drift/comparison";
import type { DriftPreview } from "../drift/drift-preview";
import { shortType } from "../drift/drift-report";
import type { DeploymentSource } from "../model/organization";
import { countNoun } from "../model/problems";
import { codeBlock, codeSpan } from "../text/markdown-code";
import { printable } from "../text/printable";
import type { UnseenOption } from "./unseen-options";

/** Characters of a summary: a comment on GitHub takes 65,536, and holds one for each account. */
const LONGEST_SUMMARY = 12_000;

/** A property's name as it is, unless it is none of a provider's schema. */
const propertyWord = ({ property }: PropertyChange): string =>
  /^\w+$/.test(property) ? property : codeSpan(property);

const row = ({ operation, type, name, properties }: ResourceChange): string =>
  `| ${operation} | ${codeSpan(`${shortType(type)} ${name}`)} | ${properties.map(propertyWord).join(", ")} |`;

const table = (changes: readonly ResourceChange[]): readonly string[] => [
  "",
  "| | resource | properties |",
  "|---|---|---|",
  ...changes.map(row),
];

const NOTHING =
  "Nothing changes: the program, the state and the account agree about every resource of this stack. What no stack has was not " +
  "compared; `npm run drift` does.";

function planLines({ byHand, notDeployed }: DriftPreview["comparison"]): readonly string[] {
  if (byHand.length + notDeployed.length === 0) return [NOTHING];
  const plan =
    notDeployed.length > 0 ? [`${countNoun(notDeployed.length, "change")}:`, ...table(notDeployed)] : [];
  if (byHand.length === 0) return plan;
  const heading = `**${countNoun(byHand.length, "resource")} changed by hand**, which the deployment undoes:`;
  return [...plan, ...(plan.length > 0 ? [""] : []), heading, ...table(byHand)];
}

/** What no policy sees, one line each; names in it are the pull request's. */
function unseenLines(unseen: readonly UnseenOption[]): readonly string[] {
  if (unseen.length === 0) return [];
  return [
    "**Refused**, though the policy pack is not told of it:",
    "",
    ...unseen.map(({ message }) => `- ${codeSpan(message)}`),
    "",
  ];
}

const UNPROMOTED =
  "This account follows tags: the changes are also those of earlier commits that nobody has promoted to it yet.";

/** How a preview ended, as much of its end as fits, in a fence that is closed whatever is cut. */
function refusalOf(code: number | null, output: string, longest: number): string {
  const wordsFor = (shown: string): string =>
    `**Refused** (exit status ${String(code)}). It ends so:\n\n${codeBlock(shown)}\n`;
  // What cannot fit is left out at once: each line less means to word the rest again.
  let shown = output.length > longest ? endOf(output.slice(-longest)) : output;
  while (wordsFor(shown).length > longest && shown !== "") shown = endOf(shown);
  return wordsFor(shown);
}

/** A text without its first line, or its first half where that is all. */
function endOf(text: string): string {
  const line = text.indexOf("\n");
  return text.slice(line === -1 ? Math.ceil(text.length / 2) : line + 1);
}

/** The findings of a preview in Markdown, for the reviewers of a pull request. At most 12,000 characters. */
export function previewSummary(
  stack: string,
  { code, output, comparison }: DriftPreview,
  follows: DeploymentSource = "branch",
  unseen: readonly UnseenOption[] = [],
): string {
  const note = follows === "tags" && comparison.notDeployed.length > 0 ? ["", UNPROMOTED] : [];
  const heading = `### ${printable(stack)}\n\n`;
  if (code !== 0) return heading + refusalOf(code, output, LONGEST_SUMMARY - heading.length);
  const summary = heading + [...unseenLines(unseen), ...planLines(comparison), ...note, ""].join("\n");
  if (summary.length <= LONGEST_SUMMARY) return summary;
  const more = "\n\n… and more: see the job's log.\n";
  const fitting = summary.slice(0, LONGEST_SUMMARY - more.length);
  return `${fitting.slice(0, fitting.lastIndexOf("\n"))}${more}`;
}
