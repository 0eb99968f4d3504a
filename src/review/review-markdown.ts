import { codeBlock, codeSpan } from "../text/markdown-code";
import { countNoun } from "../model/problems";
import {
  CLOSING_HEAD,
  closingCells,
  formatRowDecision,
  outcomeLines,
  type ReviewOutcome,
} from "./review-outcome";
import { FINDING_RULES, type ReviewFinding, type FindingRuleId } from "./review-finding";
import { fixCommands, fixHeading } from "./fix";
import { rowTitle } from "./access-row";
import { proposalParts } from "./proposal-words";
import type { CheckedItem, Review } from "./review";
import { isStanding } from "./review";
import type { RosterDiff } from "./roster-diff";
import { NO_REVIEW_LOOKS_AT } from "./scope";
import { formatDay, formatDueDay } from "./review-dates";

/** Beyond it, tables stand in the page and in the files for programs alone: GitHub shows no more than 512 kB of Markdown. */
const MOST_ROWS = 300;

const EMPHASIS = /([\\`*_{}[\]()#+!|<>~@])/g;
/** Characters without a meaning to Markdown and GitHub: no emphasis, no link, no mention, no number of an issue. */
const NOTHING_BUT_WORDS = /^[\p{L}\p{N} .,;:'’()/%×+-]+$/u;
/** Texts of such characters that GitHub renders all the same: links, `:emoji:`, `GH-1`, commits, lines that begin a list or are a rule. */
const MEANINGFUL = /:\/\/|\bwww\.|:(?!\d\d:)[\w+-]+:|\bGH-\d|\b[0-9a-f]{7,40}\b|^[-+\s]|^\d+[.)]|\s$/i;
/** Renders somebody else's text as plain words; as code where any part could be markup. */
const plain = (text: string): string =>
  NOTHING_BUT_WORDS.test(text) && !MEANINGFUL.test(text) ? text : codeSpan(text);
/** Our own words, in which nothing is markup. */
const escaped = (text: string): string => text.replace(EMPHASIS, "\\$1").replaceAll("\n", " ");

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return ["None in what was read.", ""];
  const shown = rows.slice(0, MOST_ROWS);
  return [
    `| ${head.join(" | ")} |`,
    `| ${head.map(() => "---").join(" | ")} |`,
    ...shown.map((row) => `| ${row.map((cell) => plain(cell)).join(" | ")} |`),
    ...(rows.length > shown.length
      ? ["", `${countNoun(rows.length - shown.length, "more row")}: in review.html and review.json.`]
      : []),
    "",
  ];
}

const stateWords = ({ findings, undecidable }: CheckedItem): string =>
  [
    findings.length === 0 ? "nothing found" : countNoun(findings.length, "finding"),
    ...(undecidable.length === 0 ? [] : ["not all decidable here"]),
  ].join(", ");

const serves = (rule: FindingRuleId): string => FINDING_RULES[rule].serves.join("; ");

function findingLines(finding: ReviewFinding, change: RosterDiff | undefined): readonly string[] {
  const { id, rule, severity, message, evidence, fix, undecidable, acceptance } = finding;
  const commands = fixCommands(fix);
  return [
    `### ${severity}: ${plain(message)}`,
    "",
    `Id ${plain(id)}. Serves: ${escaped(serves(rule))}.`,
    "",
    ...(evidence.length === 0 ? [] : [codeBlock(evidence.join("\n")), ""]),
    ...(undecidable === undefined ? [] : [`Not decidable here: ${plain(undecidable)}`, ""]),
    `${fixHeading(fix)}: ${plain(fix.words)}`,
    "",
    ...(commands.length === 0 ? [] : [codeBlock(commands.join("\n")), ""]),
    ...(change === undefined || change.diff === "" ? [] : ["```diff", change.diff.trimEnd(), "```", ""]),
    ...(change?.byHand ?? []).flatMap(({ path, reason }) => [
      `By hand: ${plain(path)}. ${escaped(reason)}`,
      "",
    ]),
    ...(acceptance === undefined
      ? []
      : [
          `Accepted by ${plain(acceptance.owner)} until ${acceptance.expires}: ${plain(acceptance.reason)}`,
          "",
        ]),
  ];
}

const listLines = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${title}:`, "", ...items.map((item) => `- ${plain(item)}`), ""];

function sinceLastLines({ sinceLast }: Review): readonly string[] {
  if (sinceLast === undefined)
    return ["## Since the last review", "", "There is no earlier review of this cadence here.", ""];
  const { name, newFindings, goneFindings, newRows, goneRows } = sinceLast;
  const lines = [
    ...listLines("New findings", newFindings),
    ...listLines("Findings that are gone", goneFindings),
    ...listLines("New access", newRows),
    ...listLines("Access that is gone", goneRows),
  ];
  return [
    `## Since ${name}`,
    "",
    ...(lines.length === 0 ? ["The same rows, the same findings.", ""] : lines),
  ];
}

function headLines(review: Review, outcome: ReviewOutcome): readonly string[] {
  const { period, organization, accounts, snapshot, window, head, counts, personnel } = review;
  const callers = Object.entries(snapshot.callers).map(([key, caller]) => `${key} by ${caller}`);
  return [
    `# Access review ${period.name} of ${escaped(organization)}`,
    "",
    `A ${period.cadence} review of ${escaped(accounts.join(", "))}: ${countNoun(counts.rows, "row")} to decide, ` +
      `${countNoun(counts.high, "high finding")}, ${String(counts.medium)} medium, ${String(counts.low)} low, ${String(counts.accepted)} accepted. ` +
      `Due by ${formatDueDay(period)}.`,
    "",
    `- Source: a snapshot of ${snapshot.startedAt} until ${snapshot.finishedAt}, by Muster ${snapshot.version}; SHA-256 of its manifest ${plain(snapshot.hash)}`,
    ...callers.map((caller) => `- Read: ${plain(caller)}`),
    `- Roster: commit ${plain(head)}`,
    `- Events: from ${window.from} until ${window.until}`,
    `- Personnel file: ${personnel === undefined ? "none was given" : plain(personnel)}`,
    ...outcomeLines(outcome).map(([title, words]) => `- ${title}: ${plain(words)}`),
    "",
  ];
}

/** A review for people, as GitHub shows it: what was looked at item by item, findings with their fixes, and the lists. */
export function reviewMarkdown(review: Review, outcome: ReviewOutcome): string {
  const { checklist, findings, rows, tables, proposals, earlier, period, counts, diffs = {} } = review;
  const open = findings.filter(isStanding);
  const accepted = findings.filter((finding) => !isStanding(finding));
  const undecidable = [...new Set(checklist.flatMap((item) => item.undecidable))];
  return [
    ...headLines(review, outcome),
    ...(outcome.closing === undefined
      ? []
      : [
          "## What became of removals and changes",
          "",
          ...table(CLOSING_HEAD, closingCells(outcome.closing)),
        ]),
    "## What was looked at",
    "",
    ...table(
      ["item", "of", "state"],
      checklist.map((item) => [item.title, item.source, stateWords(item)]),
    ),
    "## Findings",
    "",
    ...(open.length === 0
      ? ["None stands.", ""]
      : open.flatMap((finding) => findingLines(finding, diffs[finding.id]))),
    ...(accepted.length === 0
      ? []
      : [
          "## Accepted findings",
          "",
          ...accepted.flatMap((finding) => findingLines(finding, diffs[finding.id])),
        ]),
    "## Not decidable here",
    "",
    ...(undecidable.length === 0
      ? ["Nothing of what these checks ask.", ""]
      : listLines("What nobody could look at, and why", undecidable)),
    ...listLines("No review looks at", NO_REVIEW_LOOKS_AT),
    ...sinceLastLines(review),
    "## History",
    "",
    ...table(
      ["review", "rows", "high", "medium", "low", "accepted"],
      [...earlier, { name: period.name, counts }].map(({ name, counts: of }) =>
        [name, of.rows, of.high, of.medium, of.low, of.accepted].map(String),
      ),
    ),
    ...tables.flatMap(({ title, head, rows: cells }) => [
      `## ${escaped(title)}`,
      "",
      ...table(head.map(escaped), cells),
    ]),
    ...(proposals.length === 0
      ? []
      : [
          "## Narrower documents",
          "",
          "Each without the services that nobody used in the 400 days that IAM remembers. Nothing deploys them.",
          "",
        ]),
    ...proposals.flatMap((proposal) => [
      `### ${proposal.account}/${proposal.role}`,
      "",
      ...proposalParts(proposal).flatMap(({ words, lines }) => [
        words,
        "",
        ...(lines.length === 0 ? [] : [...lines.map((line) => `- ${plain(line)}`), ""]),
      ]),
      ...(proposal.diff === "" ? [] : [codeBlock(proposal.diff.trimEnd(), "diff"), ""]),
    ]),
    "## To decide",
    "",
    "In decisions.csv, or by `npm run review -- decide`: keep, change or remove, by somebody who neither holds nor granted it.",
    "",
    ...table(
      ["row", "since", "last used", "MFA", "key age", "findings", "decision"],
      rows.map((row) => [
        rowTitle(row),
        formatDay(row.since),
        row.lastUsed,
        row.mfa,
        row.keyAge,
        String(row.findings.length),
        formatRowDecision(row, outcome),
      ]),
    ),
  ].join("\n");
}
