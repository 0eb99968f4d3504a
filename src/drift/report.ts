import Table from "cli-table3";

import type { PropertyChange, ResourceChange } from "./comparison";
import type { Unmanaged } from "./unmanaged";

/** What was found in one account. */
export interface AccountDrift {
  readonly stack: string;
  /** The account's 12 digits. */
  readonly account: string;
  readonly byHand: readonly ResourceChange[];
  readonly notDeployed: readonly ResourceChange[];
  readonly unmanaged: readonly Unmanaged[];
}

/** An account that could not be looked at. */
export interface AccountProblem {
  readonly stack: string;
  readonly account: string;
  readonly problem: string;
}

export type AccountReport = AccountDrift | AccountProblem;

/** Exit statuses of `npm run drift`. */
export const EXIT = { clean: 0, drift: 1, failure: 2 } as const;

const isClean = ({ byHand, notDeployed, unmanaged }: AccountDrift): boolean =>
  byHand.length + notDeployed.length + unmanaged.length === 0;

/** The exit status: a failure outweighs drift, because nobody knows what is there. */
export function exitStatus(reports: readonly AccountReport[]): (typeof EXIT)[keyof typeof EXIT] {
  if (reports.some((report) => "problem" in report)) return EXIT.failure;
  return reports.every((report) => "problem" in report || isClean(report)) ? EXIT.clean : EXIT.drift;
}

/** The report for programs. */
export function reportAsJson(reports: readonly AccountReport[]): string {
  return `${JSON.stringify({ exitStatus: exitStatus(reports), accounts: reports }, null, 2)}\n`;
}

const LONGEST_VALUE = 100;

function short(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Of lists what came and went; of anything else both values, as far as they fit. */
function describe({ property, deployed, found }: PropertyChange): string {
  if (isList(deployed) && isList(found)) {
    const added = found.filter((item) => !deployed.includes(item)).map((item) => `+ ${short(item)}`);
    const removed = deployed.filter((item) => !found.includes(item)).map((item) => `- ${short(item)}`);
    return [`${property}:`, ...added, ...removed].join("\n  ");
  }
  return [`${property}:`, `- ${short(deployed)}`, `+ ${short(found)}`].join("\n  ");
}

/** `aws:iam/role:Role` is `iam.Role`. */
export const shortType = (type: string): string => type.replace(/^aws:(\w+)\/\w+:(\w+)$/, "$1.$2");

const WAYS: readonly (readonly [operation: string, words: string])[] = [
  ["create", "is gone"],
  ["update", "was changed"],
  ["replace", "was changed"],
];

const byHandRow = ({ operation, type, name, properties }: ResourceChange): string[] => [
  "changed by hand",
  `${shortType(type)} ${name}`,
  [WAYS.find(([known]) => known === operation)?.[1] ?? operation, ...properties.map(describe)].join("\n"),
];

const notDeployedRow = ({ operation, type, name, properties }: ResourceChange): string[] => [
  "not deployed yet",
  `${shortType(type)} ${name}`,
  [operation, properties.map(({ property }) => property).join(", ")].filter((text) => text !== "").join(": "),
];

const unmanagedRow = ({ kind, name, of, details = [] }: Unmanaged): string[] => [
  "in no stack",
  of === undefined ? `${kind} ${name}` : `${kind} of ${of}`,
  of === undefined ? details.join("\n") : name,
];

function accountAsTable(report: AccountReport): string {
  const title = `${report.stack} (${report.account})`;
  if ("problem" in report) return `${title}: not looked at.\n${report.problem}\n`;
  if (isClean(report)) return `${title}: nothing.\n`;
  const table = new Table({ head: ["What", "Where", "How"], style: { head: [], border: [] } });
  table.push(
    ...report.byHand.map(byHandRow),
    ...report.notDeployed.map(notDeployedRow),
    ...report.unmanaged.map(unmanagedRow),
  );
  return `${title}:\n${table.toString()}\n`;
}

const ADVICE = {
  [EXIT.clean]: "Every account is what the roster says.",
  [EXIT.drift]: "What to do about it: docs/runbooks/drift.md.",
  [EXIT.failure]: "Not every account could be looked at.",
} as const;

/** The report for people. */
export function reportAsTables(reports: readonly AccountReport[]): string {
  return [...reports.map(accountAsTable), `${ADVICE[exitStatus(reports)]}\n`].join("\n");
}
