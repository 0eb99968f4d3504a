import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

import { safeMarkup, type Html } from "../html/markup";
import { selfContainedPage } from "../html/self-contained-page";
import { countNoun } from "../model/problems";
import { printable, printableLines } from "../text/printable";
import { rowKey } from "./access-row";
import {
  CLOSING_HEAD,
  closingCells,
  formatRowDecision,
  outcomeLines,
  type ReviewOutcome,
} from "./review-outcome";
import { FINDING_RULES, type ReviewFinding } from "./review-finding";
import { fixCommands, fixHeading } from "./fix";
import { isStanding, type CheckedItem, type Review, type ReviewRow } from "./review";
import { proposalParts } from "./proposal-words";
import type { RosterDiff } from "./roster-diff";
import { NO_REVIEW_LOOKS_AT } from "./scope";
import { trendChart } from "./trend-chart";
import { formatDay, formatDueDay, formatValidities } from "./review-dates";

const readAsset = (...path: readonly string[]): string => readFileSync(join(__dirname, ...path), "utf8");

/** What the browser runs is small and imports nothing: no bundler is needed. */
const script = (): string =>
  ts.transpileModule(readAsset("page", "main.ts"), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, removeComments: true },
  }).outputText;

const text = (words: string): Html => safeMarkup`${printable(words)}`;

const list = (items: readonly string[]): Html =>
  items.length === 0
    ? safeMarkup``
    : safeMarkup`<ul>
        ${items.map((item) => safeMarkup`<li>${text(item)}</li>`)}
      </ul>`;

/** Empty cells have no place on a narrow screen, where each row is a card. */
type Cell = string | Html;

function cellHtml(title: string, cell: Cell): Html {
  if (cell === "") return safeMarkup`<td></td>`;
  return safeMarkup`<td data-title="${title}">${typeof cell === "string" ? text(cell) : cell}</td>`;
}

function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Html {
  if (rows.length === 0) return safeMarkup`<p class="quiet">None in what was read.</p>`;
  return safeMarkup`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <thead>
        <tr>
          ${head.map((title) => safeMarkup`<th scope="col">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            safeMarkup`<tr data-entry>
              ${row.map((cell, place) => cellHtml(head[place] ?? "", cell))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const chip = (severity: ReviewFinding["severity"]): Html =>
  safeMarkup`<span class="chip ${severity}">${severity}</span>`;

/** Names of ids that an address may have. */
const anchor = (id: string): string => `f-${createHash("sha256").update(id).digest("hex").slice(0, 12)}`;

function diffHtml(change: RosterDiff | undefined): Html {
  if (change === undefined) return safeMarkup``;
  const lines = printableLines(change.diff).trimEnd().split("\n");
  const kindOf = (line: string): string =>
    /^[+](?!\+\+)/.test(line) ? "added" : /^-(?!--)/.test(line) ? "removed" : "same";
  return safeMarkup`${
    change.diff === ""
      ? safeMarkup``
      : safeMarkup`<pre class="diff">${lines.map((line) => safeMarkup`<span class="${kindOf(line)}">${`${line}\n`}</span>`)}</pre>`
  }${list(change.byHand.map(({ path, reason }) => `By hand: ${path}. ${reason}`))}`;
}

function commandsHtml(fix: ReviewFinding["fix"]): Html {
  const commands = fixCommands(fix);
  return commands.length === 0
    ? safeMarkup``
    : safeMarkup`<pre class="commands">${commands.map((command) => safeMarkup`${text(command)}${"\n"}`)}</pre>`;
}

function findingHtml(finding: ReviewFinding, change: RosterDiff | undefined): Html {
  const { id, rule, severity, message, evidence, fix, undecidable, acceptance } = finding;
  return safeMarkup`<details class="finding" id="${anchor(id)}" data-entry>
    <summary>${chip(severity)} ${text(message)}</summary>
    <dl>
      <dt>Seen in</dt>
      <dd>${list(evidence)}</dd>
      <dt>${fixHeading(fix)}</dt>
      <dd>${text(fix.words)}${commandsHtml(fix)}${diffHtml(change)}</dd>
      ${
        undecidable === undefined
          ? safeMarkup``
          : safeMarkup`<dt>Not decidable here</dt>
              <dd>${text(undecidable)}</dd>`
      }
      ${
        acceptance === undefined
          ? safeMarkup``
          : safeMarkup`<dt>Accepted</dt>
              <dd>by ${text(acceptance.owner)} until ${acceptance.expires}: ${text(acceptance.reason)}</dd>`
      }
      <dt>Serves</dt>
      <dd>${FINDING_RULES[rule].serves.join("; ")}</dd>
      <dt>Id</dt>
      <dd><code>${text(id)}</code></dd>
    </dl>
  </details>`;
}

function itemHtml({ title, source, findings, undecidable }: CheckedItem): readonly Cell[] {
  return [
    title,
    source,
    findings.length === 0 ? "nothing found" : countNoun(findings.length, "finding"),
    undecidable.length === 0
      ? ""
      : safeMarkup`<details>
          <summary>${countNoun(undecidable.length, "thing")}</summary>
          ${list(undecidable)}
        </details>`,
  ];
}

/** The people of the commits behind a row, by the names that git has. */
const writerWords = ({ writtenBy, mergedBy }: ReviewRow): string =>
  [writtenBy.join(", "), ...mergedBy.map((merger) => `merged by ${merger}`)]
    .filter((part) => part !== "")
    .join("; ");

function rowHtml(
  row: ReviewRow,
  findings: ReadonlyMap<string, ReviewFinding>,
  outcome: ReviewOutcome,
): readonly Cell[] {
  const decision = outcome.decisions.get(rowKey(row));
  return [
    safeMarkup`<strong>${text(row.who)}</strong
      >${row.category === undefined ? safeMarkup`` : safeMarkup` <small>${row.category}</small>`}`,
    `${row.account}/${row.role}`,
    [row.sources.join(", "), ...row.reasons].join(": "),
    formatValidities(row.periods),
    [formatDay(row.since), ...row.commits.map((commit) => commit.slice(0, 10))]
      .filter((part) => part !== "")
      .join(" "),
    writerWords(row),
    row.lastUsed,
    row.mfa,
    row.keyAge,
    row.findings.length === 0
      ? ""
      : safeMarkup`${row.findings.map((id) => {
          const finding = findings.get(id);
          return finding === undefined
            ? safeMarkup``
            : safeMarkup`<a href="#${anchor(id)}">${chip(finding.severity)}</a> `;
        })}`,
    decision === undefined
      ? safeMarkup`<small>${text(formatRowDecision(row, outcome))}</small>`
      : safeMarkup`<strong>${decision.decision}</strong>
          <small>by ${text(decision.reviewer)}${decision.note === "" ? "" : safeMarkup`: ${text(decision.note)}`}</small>`,
  ];
}

function sinceLastHtml({ sinceLast }: Review): Html {
  if (sinceLast === undefined)
    return safeMarkup`<p class="quiet">There is no earlier review of this cadence here.</p>`;
  const part = (title: string, items: readonly string[]): Html =>
    items.length === 0
      ? safeMarkup``
      : safeMarkup`<h3>${title}</h3>
          ${list(items)}`;
  const { name, newFindings, goneFindings, newRows, goneRows } = sinceLast;
  const isSame = [newFindings, goneFindings, newRows, goneRows].every(({ length }) => length === 0);
  return safeMarkup`<p>Against ${name}${isSame ? ": the same rows, the same findings." : ":"}</p>
    ${part("New findings", newFindings)}${part("Findings that are gone", goneFindings)}${part("New access", newRows)}${part("Access that is gone", goneRows)}`;
}

function headHtml(
  { period, organization, accounts, counts, snapshot, head, window, personnel }: Review,
  outcome: ReviewOutcome,
): Html {
  const tile = (kind: string, number: number, words: string): Html =>
    safeMarkup`<div class="tile ${kind}"><b>${number.toLocaleString("en")}</b> ${words}</div>`;
  return safeMarkup`<header>
      <div>
        <h1>Access review <span>${period.name}</span></h1>
        <p>${organization}, ${accounts.join(", ")}; ${period.cadence}, due by ${formatDueDay(period)}</p>
      </div>
      <label class="search"
        >Find <input id="find" type="search" placeholder="a name, a role, a word" autocomplete="off"
      /></label>
    </header>
    <div class="tiles">
      ${tile("high", counts.high, "high")}${tile("medium", counts.medium, "medium")}${tile("low", counts.low, "low")}${tile("", counts.accepted, "accepted")}${
        outcome.decisions.size === 0
          ? tile("", counts.rows, `${counts.rows === 1 ? "row" : "rows"} to decide`)
          : tile("", outcome.decisions.size, `of ${counts.rows.toLocaleString("en")} rows decided`)
      }
    </div>
    ${outcomeLines(outcome).map(
      ([title, words]) => safeMarkup`<p class="outcome"><strong>${title}</strong> ${text(words)}</p>`,
    )}
    <details class="source">
      <summary>Where this comes from</summary>
      <dl>
        <dt>Snapshot</dt>
        <dd>
          ${snapshot.startedAt} until ${snapshot.finishedAt}, Muster ${snapshot.version}, SHA-256 of its
          manifest <code>${snapshot.hash}</code>
        </dd>
        <dt>Read by</dt>
        <dd>${list(Object.entries(snapshot.callers).map(([key, caller]) => `${key}: ${caller}`))}</dd>
        <dt>Roster</dt>
        <dd>commit <code>${text(head)}</code></dd>
        <dt>Events</dt>
        <dd>from ${window.from} until ${window.until}</dd>
        <dt>Personnel file</dt>
        <dd>${text(personnel ?? "none was given")}</dd>
      </dl>
    </details>`;
}

/** The review as one HTML file that needs nothing else and may fetch nothing. */
export function reviewPage(review: Review, outcome: ReviewOutcome): string {
  const { checklist, findings, rows, tables, proposals, earlier, period, counts, diffs = {} } = review;
  const open = findings.filter(isStanding);
  const accepted = findings.filter((finding) => !isStanding(finding));
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const body = safeMarkup`${headHtml(review, outcome)}
    <p id="shown" role="status"></p>
    <main>
      ${
        outcome.closing === undefined
          ? safeMarkup``
          : safeMarkup`<section>
              <h2>What became of removals and changes</h2>
              ${table("What became of removals and changes", CLOSING_HEAD, closingCells(outcome.closing))}
            </section>`
      }
      <section>
        <h2>What was looked at</h2>
        ${table("What was looked at", ["item", "of", "state", "not decidable here"], checklist.map(itemHtml))}
        <details class="source">
          <summary>What no review looks at</summary>
          ${list(NO_REVIEW_LOOKS_AT)}
        </details>
      </section>
      <section>
        <h2>Findings</h2>
        ${open.length === 0 ? safeMarkup`<p class="quiet">None stands.</p>` : open.map((finding) => findingHtml(finding, diffs[finding.id]))}
      </section>
      ${
        accepted.length === 0
          ? safeMarkup``
          : safeMarkup`<section>
              <h2>Accepted findings</h2>
              ${accepted.map((finding) => findingHtml(finding, diffs[finding.id]))}
            </section>`
      }
      <section>
        <h2>To decide</h2>
        ${table(
          "To decide",
          [
            "who",
            "role",
            "granted by",
            "when",
            "since",
            "written by",
            "last used",
            "MFA",
            "key age",
            "findings",
            "decision",
          ],
          rows.map((row) => rowHtml(row, byId, outcome)),
        )}
      </section>
      <section>
        <h2>Since the last review</h2>
        ${sinceLastHtml(review)}${trendChart([...earlier, { name: period.name, counts }])}
      </section>
      ${tables.map(
        ({ title, head, rows: cells }) =>
          safeMarkup`<section>
            <h2>${title}</h2>
            ${table(title, head, cells)}
          </section>`,
      )}
      ${
        proposals.length === 0
          ? safeMarkup``
          : safeMarkup`<section>
              <h2>Narrower documents</h2>
              <p>
                Each without the services that nobody used in the 400 days that IAM remembers. Nothing deploys
                them.
              </p>
              ${proposals.map(
                (proposal) =>
                  safeMarkup`<details class="finding">
                    <summary>${proposal.account}/${proposal.role}</summary>
                    ${proposalParts(proposal).map(
                      ({ words, lines }) =>
                        safeMarkup`<p>${words}</p>
                          ${list(lines)}`,
                    )}
                    ${proposal.diff === "" ? safeMarkup`` : diffHtml({ diff: proposal.diff, byHand: [] })}
                  </details>`,
              )}
            </section>`
      }
    </main>
    <footer>
      Times are UTC. Decide in decisions.csv, or by npm run review -- decide ${period.name}. Ages are as of
      the snapshot; what was not read stands under "not decidable here".
    </footer>`;
  return selfContainedPage({
    title: `Access review ${period.name}`,
    style: readAsset("..", "html", "theme.css") + readAsset("page", "page.css"),
    script: script(),
    body,
  });
}
