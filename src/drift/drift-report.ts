import { passedOverLine } from "../aws/passed-over";
import type { SettingsMismatch } from "../definitions/settings-files";
import type { Instant } from "../model/dates";
import type { DeploymentSource } from "../model/organization";
import { programLine, type ComparedProgram } from "../releases/compared-program";
import { differenceLines } from "../text/difference-lines";
import { printable, printableJson, printableLines } from "../text/printable";
import { tableText } from "../text/text-table";
import { wrapText } from "../text/wrap-text";
import type { BesideStack } from "./beside-stack";
import type { PropertyChange, ResourceChange } from "./comparison";
import type { UnmanagedObject } from "./unmanaged";

/** What was found in one account. */
export interface AccountDrift extends BesideStack {
  readonly stack: string;
  /** The account's 12 digits. */
  readonly account: string;
  readonly follows: DeploymentSource;
  /** Which version the account has, and with which it was compared. */
  readonly program: ComparedProgram;
  /** When the snapshot was taken that replaces AWS; changes by hand of the stack's own resources are then not known. */
  readonly snapshotOf?: Instant;
  readonly byHand: readonly ResourceChange[];
  readonly notDeployed: readonly ResourceChange[];
}

/** An account that could not be looked at. */
export interface AccountProblem {
  readonly stack: string;
  readonly account: string;
  readonly problem: string;
}

export type AccountReport = AccountDrift | AccountProblem;

/** All that a look at some accounts found. */
export interface DriftReport {
  readonly accounts: readonly AccountReport[];
  /** Accounts, settings and stacks without a counterpart, where every account was looked at. */
  readonly mismatches: readonly SettingsMismatch[];
  /** Whether a snapshot was looked at instead of AWS. */
  readonly isBySnapshot?: boolean;
  /** Why it is not known which stacks exist besides those of the accounts. */
  readonly stacksUnknown?: string;
}

/** Exit statuses of `npm run drift`. */
export const DRIFT_EXIT = { clean: 0, drift: 1, failure: 2 } as const;

const isClean = ({ byHand, notDeployed, unmanaged }: AccountDrift): boolean =>
  byHand.length + notDeployed.length + unmanaged.length === 0;

/** The exit status: a failure outweighs drift, because nobody knows what is there. */
export function driftExitStatus({
  accounts,
  mismatches,
  stacksUnknown,
}: DriftReport): (typeof DRIFT_EXIT)[keyof typeof DRIFT_EXIT] {
  if (stacksUnknown !== undefined || accounts.some((report) => "problem" in report))
    return DRIFT_EXIT.failure;
  const isAllClean = accounts.every((report) => "problem" in report || isClean(report));
  return isAllClean && mismatches.length === 0 ? DRIFT_EXIT.clean : DRIFT_EXIT.drift;
}

const COMPARED =
  "every resource of these stacks with the program that its account's lines name and with AWS (a preview with a refresh); and in IAM, what no stack has: users, " +
  "their policies, versions of the stack's policies newer than those in force, access keys, passwords, SSH keys, service credentials and certificates, groups, roles and their trusts, policies, " +
  "instance profiles, identity providers, server certificates, MFA devices that nobody has, the root user's keys; where no stack was " +
  "named, whether accounts, settings files and stacks belong together.";
const COMPARED_BY_SNAPSHOT =
  "the state of these stacks with a snapshot of IAM: what no stack has of users, their policies, versions of the stack's policies newer than those in force, access keys, " +
  "passwords, SSH keys, service credentials and certificates, groups, roles and their trusts, policies, instance profiles, identity providers, server certificates, MFA devices that " +
  "nobody has, the root user's keys; where no stack was named, whether accounts, settings files and stacks belong together.";
const NOT_BY_SNAPSHOT =
  "what was changed by hand in the stacks' own resources, and what the program says that is not deployed (npm run drift without --snapshot); what came after the snapshot; ";
const NOT_COMPARED =
  "other accounts; an alias of the account that the settings do not name; what other services hold beside the stacks' resources, such as subscriptions that others made on the alarms' topic, " +
  "lifecycle rules, access lists and ownership of the trail's bucket, grants of keys, further filters of the trail's log group, policies of other buckets, keys and functions, machines and their code; what AWS " +
  "Organizations says, such as service control policies; of what was passed over, more than its line says.";

/** What was compared with what, and what was not. */
function scopeOf({ isBySnapshot }: DriftReport): { readonly compared: string; readonly notCompared: string } {
  return isBySnapshot === true
    ? { compared: COMPARED_BY_SNAPSHOT, notCompared: `${NOT_BY_SNAPSHOT}${NOT_COMPARED}` }
    : { compared: COMPARED, notCompared: NOT_COMPARED };
}

/** The report for programs. */
export function driftReportJson(report: DriftReport): string {
  const answer = {
    exitStatus: driftExitStatus(report),
    ...scopeOf(report),
    ...report,
  };
  return `${printableJson(answer)}\n`;
}

const describe = ({ property, deployed, found }: PropertyChange): string =>
  [`${printable(property)}:`, ...differenceLines(deployed, found)].join("\n  ");

/** `aws:iam/role:Role` is `iam.Role`. */
export const shortType = (type: string): string => type.replace(/^aws:(\w+)\/\w+:(\w+)$/, "$1.$2");

const resourceCell = ({ type, name }: ResourceChange): string => printable(`${shortType(type)} ${name}`);

const WAYS: readonly (readonly [operation: string, words: string])[] = [
  ["create", "is gone"],
  ["update", "was changed"],
  ["replace", "was changed"],
];

/** https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html */
const UNCONFIRMED = "AWS deletes one that nobody\nconfirms within days";

/** Says how a difference may have come about without a person; empty where it takes one. */
const withoutHands = ({ type, operation }: ResourceChange): readonly string[] =>
  type === "aws:sns/topicSubscription:TopicSubscription" && operation === "create" ? [UNCONFIRMED] : [];

const byHandRow = (change: ResourceChange): string[] => [
  withoutHands(change).length > 0 ? "changed in AWS" : "changed by hand",
  resourceCell(change),
  [
    WAYS.find(([known]) => known === change.operation)?.[1] ?? change.operation,
    ...withoutHands(change),
    ...change.properties.map(describe),
  ].join("\n"),
];

const notDeployedRow = (change: ResourceChange): string[] => {
  const properties = change.properties.map(({ property }) => printable(property)).join(", ");
  return [
    "not deployed yet",
    resourceCell(change),
    properties === "" ? change.operation : `${change.operation}: ${properties}`,
  ];
};

const unmanagedRow = ({ kind, name, of, details = [] }: UnmanagedObject): string[] => [
  "in no stack",
  printable(of === undefined ? `${kind} ${name}` : `${kind} of ${of}`),
  [...(of === undefined ? [] : [name]), ...details].map(printable).join("\n"),
];

const passedOverLines = ({ passedOver }: AccountDrift): readonly string[] =>
  passedOver.length === 0 ? [] : ["In no stack, and passed over:", ...passedOver.map(passedOverLine)];

/** Indents so far that no line of the text ends a block of code in Markdown, where workflows put the report. */
const INDENT = "    ";

const indented = (text: string): string =>
  printableLines(text)
    .split("\n")
    .map((line) => `${INDENT}${line}`.trimEnd())
    .join("\n");

function accountAsTable(report: AccountReport, width: number | undefined): string {
  const title = `${report.stack} (${report.account})`;
  if ("problem" in report) return `${title}: not looked at.\n${wrapText(indented(report.problem), width)}\n`;
  const { snapshotOf } = report;
  const more = [
    printable(programLine(report.program)),
    ...(snapshotOf === undefined ? [] : [`In IAM as the snapshot of ${snapshotOf} has it.`]),
    ...passedOverLines(report),
  ].map((line) => wrapText(line, width));
  const clean = snapshotOf === undefined ? "nothing differs" : "nothing in the snapshot that no stack has";
  if (isClean(report)) return [`${title}: ${clean}.`, ...more, ""].join("\n");
  const rows = [
    ...report.byHand.map(byHandRow),
    ...report.notDeployed.map(notDeployedRow),
    ...report.unmanaged.map(unmanagedRow),
  ];
  return [`${title}:`, tableText({ head: ["What", "Where", "How"], rows }, width), ...more, ""].join("\n");
}

const ADVICE = {
  [DRIFT_EXIT.clean]: "Nothing differs, as far as it was compared.",
  [DRIFT_EXIT.drift]: "What to do about it: docs/runbooks/drift.md.",
  [DRIFT_EXIT.failure]: "Not everything could be looked at.",
} as const;

function mismatchLines(
  { mismatches, stacksUnknown }: DriftReport,
  width: number | undefined,
): readonly string[] {
  const lines = mismatches.map(({ name, found, fix }) =>
    wrapText(`  ${printable(`${name}: ${found}. ${fix}`)}`, width),
  );
  return [
    ...(lines.length > 0 ? [`Without a counterpart:\n${lines.join("\n")}\n`] : []),
    ...(stacksUnknown === undefined
      ? []
      : [`Which other stacks there are is not known:\n${indented(stacksUnknown)}\n`]),
  ];
}

/**
 * The report for people.
 * @param width of the terminal in characters
 */
export function driftReportTables(report: DriftReport, width?: number): string {
  const { compared, notCompared } = scopeOf(report);
  return [
    ...report.accounts.map((account) => accountAsTable(account, width)),
    ...mismatchLines(report, width),
    wrapText(
      `${ADVICE[driftExitStatus(report)]}\nCompared: ${compared}\nNot compared: ${notCompared}\n`,
      width,
    ),
  ].join("\n");
}
