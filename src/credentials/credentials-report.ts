import type { AccountCredentials } from "../aws/account-credentials";
import { secondsBetween, type Instant } from "../model/dates";
import { countNoun } from "../model/problems";
import { printable } from "../text/printable";
import { tableText } from "../text/text-table";
import { wrapText } from "../text/wrap-text";
import type { StepOutcome } from "./enforcement";
import type { HeldCredential } from "./held-credential";
import { formatHolder } from "./credential-holder";
import type { EnforcementPlan, EnforcementStep } from "./enforcement-plan";
import { needsAction, formatStanding } from "./credential-standing";

const DAY = 86_400;
const HOUR = 3_600;

/** A device's identifier is long, and says no more than whose it is. */
const whatOf = ({ kind, id, deviceKind }: HeldCredential): string => {
  if (deviceKind !== undefined) return `${kind}: ${deviceKind}`;
  return id === undefined ? kind : `${kind}\n${printable(id)}`;
};

const ageOf = ({ createdAt }: HeldCredential, readAt: Instant | undefined): string =>
  createdAt === undefined || readAt === undefined
    ? ""
    : `${String(Math.floor(secondsBetween(createdAt, readAt) / DAY))} d`;

const useOf = ({ kind, lastUsed, standing }: HeldCredential): string => {
  if (lastUsed !== undefined) return lastUsed.slice(0, 10);
  if (standing.kind === "missing") return "";
  return kind === "password" || kind === "access key" ? "never" : "not known";
};

/** Of when each account's credential report is, or why there is none. */
const reportLines = (read: readonly AccountCredentials[]): readonly string[] =>
  read.map(({ account, report, readAt }) => {
    if (report.kind === "notAvailable")
      return `${account}: no credential report, so that ages of passwords are not known: ${printable(report.because)}`;
    const hours = Math.max(0, Math.floor(secondsBetween(report.generatedAt, readAt) / HOUR));
    return `${account}: read ${readAt}; passwords by IAM's report of ${report.generatedAt}, ${countNoun(hours, "hour")} earlier.`;
  });

const SCOPE =
  "Days by category: src/model/categories.ts; 90 for pipelines' users; unused for 45 days. Not looked at: the root users' credentials " +
  "(npm run snapshot), sessions, credentials of partners and of workloads elsewhere. When SSH keys, service credentials, certificates and " +
  "devices were used last, AWS does not say.";

/** Every credential as it was when its account was read, for people. */
export function credentialsText(
  held: readonly HeldCredential[],
  read: readonly AccountCredentials[],
  width?: number,
): string {
  const readAt = new Map(read.map((one) => [one.account, one.readAt]));
  const rows = held.map((one) => [
    `${printable(one.user)}\n${one.account}: ${formatHolder(one.holder)}`,
    whatOf(one),
    ageOf(one, readAt.get(one.account)),
    useOf(one),
    formatStanding(one.standing),
  ]);
  const findings = held.filter(({ standing }) => needsAction(standing)).length;
  const due = held.filter(({ standing }) => standing.kind === "due").length;
  const verdict = `${countNoun(held.length, "credential")}: ${countNoun(findings, "finding")}, ${String(due)} due within a week.`;
  const table =
    held.length === 0
      ? ""
      : `${tableText({ head: ["User", "Credential", "Age", "Last used", "Standing"], rows }, width)}\n`;
  const below = [verdict, ...reportLines(read), SCOPE].join("\n");
  return `${table}${wrapText(`${below}\n`, width)}`;
}

const stepWords = ({ account, user, action, kind, id = "", because }: EnforcementStep): string => {
  const who = `${account}/${user}`;
  switch (action) {
    case "deactivate":
      return `deactivate the ${kind} ${id} of ${who}: ${because}`;
    case "expire":
      return `have ${who} choose another password at the next sign-in: ${because}`;
    case "deny everything":
      return `deny ${who} everything, since IAM cannot deactivate a password: ${because}`;
  }
};

/** A command stays on its line, to be copied. */
const undoLine = ({ undo }: EnforcementStep): string => `    Undo: ${printable(undo)}\n`;

/** What would be done, for people. */
export function formatPlan({ steps, hash }: EnforcementPlan, width?: number): string {
  if (steps.length === 0) return "Nothing to enforce.\n";
  const lines = steps.map(
    (step) => `${wrapText(`  ${printable(stepWords(step))}`, width)}\n${undoLine(step)}`,
  );
  const head = `${countNoun(steps.length, "step")} to take. Nothing was changed.\n`;
  return `${head}${lines.join("")}To take them: --enforce --plan ${hash}\n`;
}

function moreOf(one: StepOutcome): string {
  switch (one.outcome) {
    case "done":
      return undoLine(one.step);
    case "not taken":
      return `    ${printable(one.because)}\n`;
    case "failed":
      return `    ${printable(one.problem)}\n`;
  }
}

/**
 * What was done, for people.
 * @param notBegun how many steps an interrupt left
 */
export function formatOutcomes(
  outcomes: readonly StepOutcome[],
  notBegun: number,
  record: string,
  width?: number,
): string {
  const lines = outcomes.map((one) => {
    const what = wrapText(`  ${one.outcome}: ${printable(stepWords(one.step))}`, width);
    return `${what}\n${moreOf(one)}`;
  });
  const [done, failed, left] = (["done", "failed", "not taken"] as const).map(
    (kind) => outcomes.filter(({ outcome }) => outcome === kind).length,
  );
  const notTaken = left === 0 ? "" : `, ${String(left)} not taken any more`;
  const interrupted =
    notBegun === 0
      ? ""
      : `Interrupted before ${countNoun(notBegun, "step")}: nothing of ${notBegun === 1 ? "it" : "them"} was begun. For the plan of what is left: --dry-run.\n`;
  return `${lines.join("")}${countNoun(done ?? 0, "step")} taken, ${String(failed)} failed${notTaken}. The record: ${record}\n${interrupted}`;
}
