import type { CommitPeople } from "../history/commit-people";
import type { PolicyCommit } from "../history/policy-changes";
import type { HeldPeriod } from "../history/timeline";
import { blueprintsOf } from "../documents/blueprint";
import { isOver, parseDate, type Instant } from "../model/dates";
import type { Account } from "../model/account";
import { CATEGORIES } from "../model/categories";
import { groupBy } from "../model/group-by";
import type { Model } from "../model/model";
import type { PeopleRole } from "../model/roles";
import type { Snapshot } from "../aws/snapshot/reader";
import { accessRows, rowTitle, type AccessRow } from "./access-row";
import type { IncidentRecord } from "../incidents/incident-record";
import type { ReviewPeriod } from "./cadence";
import { CHECKLISTS, type ChecklistItem } from "./checklist";
import { daysBetween } from "./checks/credential-check";
import { Evidence } from "./evidence";
import type { EvaluatedAccess } from "./evaluated-access";
import type { Proposal } from "./least-privilege";
import type { ReviewContext, ReviewTable } from "./check-result";
import {
  completeFinding,
  type Acceptance,
  type ReviewFinding,
  type Severity,
  REVIEW_SEVERITIES,
} from "./review-finding";
import { Granters, type RowWriters } from "./granters";
import type { Personnel } from "./personnel";
import { ReviewerChoice } from "./reviewers";
import type { RosterDiff } from "./roster-diff";
import { findRowUse } from "./row-use";

/** A row with what is known of its use, and who decides. */
export interface ReviewRow extends AccessRow, RowWriters {
  readonly lastUsed: string;
  /** Kinds of the person's MFA devices; empty where they have none or it is not known. */
  readonly mfa: string;
  /** The active access keys of the person, or of a pipeline's user; the oldest first. */
  readonly keyAge: string;
  /** Ids of findings that stand. */
  readonly findings: readonly string[];
  /** Who wrote, merged or approved the entry; names of the roster. */
  readonly grantedBy: readonly string[];
  /** Who may decide; the first is asked. Empty where nobody may. */
  readonly reviewers: readonly string[];
  /** The roles that the person's category may hold in the account. */
  readonly mayHold?: readonly PeopleRole[];
}

/** One item of the procedure, as it was looked at. */
export interface CheckedItem {
  readonly title: string;
  readonly source: string;
  /** Ids. */
  readonly findings: readonly string[];
  readonly undecidable: readonly string[];
}

/** How many findings of each severity stand, and how many rows there are. */
export type ReviewCounts = Readonly<Record<Severity, number>> & {
  readonly rows: number;
  readonly accepted: number;
};

/** An earlier review, as far as a later one shows it. */
export interface EarlierReview {
  readonly name: string;
  readonly counts: ReviewCounts;
  readonly findings: readonly string[];
  readonly rows: readonly string[];
}

/** What differs from the review before. */
export interface SinceLast {
  readonly name: string;
  readonly newFindings: readonly string[];
  readonly goneFindings: readonly string[];
  readonly newRows: readonly string[];
  readonly goneRows: readonly string[];
}

/** What changes with every change of the format: an older review is refused. */
export const REVIEW_FORMAT = 2;

/** All that a review says when it is opened; nothing in it changes later. */
export interface Review {
  readonly format: typeof REVIEW_FORMAT;
  readonly organization: string;
  readonly period: ReviewPeriod;
  /** Keys. */
  readonly accounts: readonly string[];
  readonly snapshot: {
    /** Hash of the snapshot's manifest, which has the hash of every file. */
    readonly hash: string;
    readonly startedAt: Instant;
    readonly finishedAt: Instant;
    readonly version: string;
    /** ARN of who read each account, by its key. */
    readonly callers: Readonly<Record<string, string>>;
  };
  /** The commit of the roster. */
  readonly head: string;
  /** The time of which events were looked at. */
  readonly window: { readonly from: Instant; readonly until: Instant };
  /** The personnel file; absent where there was none. */
  readonly personnel?: string;
  readonly checklist: readonly CheckedItem[];
  readonly findings: readonly ReviewFinding[];
  readonly rows: readonly ReviewRow[];
  readonly tables: readonly ReviewTable[];
  readonly proposals: readonly Proposal[];
  readonly counts: ReviewCounts;
  /** The oldest first. */
  readonly earlier: readonly { readonly name: string; readonly counts: ReviewCounts }[];
  readonly sinceLast?: SinceLast;
  /** Fixes that edit the roster as it was, by the ids of findings. The command that opens the review reads the files. */
  readonly diffs?: Readonly<Record<string, RosterDiff>>;
}

/** An entry of the register of accepted findings. */
export type FindingAcceptance = Acceptance & { readonly finding: string };

export interface ReviewInput {
  readonly model: Model;
  readonly snapshot: Snapshot;
  readonly period: ReviewPeriod;
  /** Keys; all that the cadence is about where absent. */
  readonly only?: readonly string[];
  readonly window: { readonly from: Instant; readonly until: Instant };
  /** The commit of the roster. */
  readonly head: string;
  readonly heldPeriods: readonly HeldPeriod[];
  /** The people behind the commits of the roster, by the commits' ids. */
  readonly commitPeople: ReadonlyMap<string, CommitPeople>;
  readonly personnel?: Personnel;
  readonly accepted: readonly FindingAcceptance[];
  /** Records of uses of break-glass. */
  readonly incidents: readonly IncidentRecord[];
  readonly changes?: readonly PolicyCommit[];
  /** Reviews of the same cadence, the oldest first. */
  readonly earlier: readonly EarlierReview[];
  /** What the snapshot's documents mean, where somebody evaluated them. */
  readonly evaluated?: EvaluatedAccess;
}

/** The accounts that a cadence is about: the monthly review is prod's. */
export function reviewedAccounts({
  model,
  period,
  only,
}: Pick<ReviewInput, "model" | "period" | "only">): readonly Account[] {
  const { accounts } = model.organization;
  if (only !== undefined) return accounts.filter(({ key }) => only.includes(key));
  return period.cadence === "monthly"
    ? accounts.filter(({ environment }) => environment === "prod")
    : accounts;
}

/** The rows to decide: every week the contractors', otherwise all of the accounts. */
function rowsOf(
  { model, period, heldPeriods }: ReviewInput,
  accounts: readonly Account[],
  all: ReviewContext["blueprints"],
) {
  const keys = new Set(accounts.map(({ key }) => key));
  return accessRows(model, all, heldPeriods).filter(
    ({ account, category }) =>
      keys.has(account) && (period.cadence !== "weekly" || category === "contractor"),
  );
}

/** Finds the findings about a row: for a machine or partner, those about its role or user; for a person, those in every account. */
function findingsOf(row: AccessRow, findings: readonly ReviewFinding[]): readonly ReviewFinding[] {
  const own = row.principal;
  if (own !== undefined) {
    return findings.filter(
      ({ account, principal }) =>
        account === row.account && principal?.kind === own.kind && principal.name === own.name,
    );
  }
  return findings.filter(
    ({ rule, person, account, subject }) =>
      person === row.who &&
      (rule !== "role-unused" || (account === row.account && subject === `${row.who} ${row.role}`)),
  );
}

/** Adds who accepted a finding. After an acceptance expires, the finding stands again, with a line that says so. */
function withAcceptance(
  finding: ReviewFinding,
  accepted: readonly FindingAcceptance[],
  now: Instant,
): ReviewFinding {
  const entry = accepted.find((one) => one.finding === finding.id);
  if (entry === undefined) return finding;
  const { owner, reason, expires } = entry;
  const until = parseDate(expires, "until");
  if (until === undefined || isOver({ until }, now)) {
    return {
      ...finding,
      evidence: [...finding.evidence, `accepted by ${owner} until ${expires}, which has passed: ${reason}`],
    };
  }
  return { ...finding, acceptance: { owner, reason, expires } };
}

/** Whether the finding still asks for something. */
export const isStanding = ({ acceptance }: ReviewFinding): boolean => acceptance === undefined;

const bySeverity = (one: ReviewFinding, other: ReviewFinding): number =>
  REVIEW_SEVERITIES.indexOf(one.severity) - REVIEW_SEVERITIES.indexOf(other.severity) ||
  (one.id < other.id ? -1 : 1);

/** Merges findings of the same id: all their evidence, and the highest severity. */
function mergedById(found: readonly ReviewFinding[]): readonly ReviewFinding[] {
  return [...groupBy(found, ({ id }) => id).values()].flatMap((same) => {
    const [first] = [...same].sort(bySeverity);
    if (first === undefined) return [];
    return [{ ...first, evidence: [...new Set(same.flatMap(({ evidence }) => evidence))] }];
  });
}

function countsOf(findings: readonly ReviewFinding[], rows: readonly ReviewRow[]): ReviewCounts {
  const open = findings.filter(isStanding);
  const of = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return {
    high: of("high"),
    medium: of("medium"),
    low: of("low"),
    accepted: findings.length - open.length,
    rows: rows.length,
  };
}

/** The user whose keys a row is about: a person's in the identity account, or that of a pipeline. */
function userOf({ model }: ReviewContext, { kind, who, account, principal }: AccessRow) {
  if (kind === "person") return { key: model.organization.identity.key, name: who };
  return principal?.kind === "user" ? { key: account, name: principal.name } : undefined;
}

function keyAgeWords(context: ReviewContext, row: AccessRow): string {
  const user = userOf(context, row);
  if (user === undefined) return "";
  if (context.evidence.missing(user.key, "userCredentials") !== undefined) return "not known";
  const made = context.evidence
    .credentials(user.key)
    .activeKeys(user.name)
    .flatMap(({ createdAt }) => createdAt ?? [])
    .sort();
  return made.map((createdAt) => `${String(daysBetween(createdAt, context.now))} days`).join(", ");
}

function mfaWords(context: ReviewContext, { kind, who }: AccessRow): string {
  if (kind !== "person") return "";
  const identity = context.model.organization.identity.key;
  if (context.evidence.missing(identity, "mfaDevices") !== undefined) return "not known";
  const kinds = context.evidence
    .credentials(identity)
    .mfa(who)
    .map((device) => device.kind);
  return kinds.length === 0 ? "none" : kinds.join(", ");
}

function mayHold(
  { model }: ReviewContext,
  { account: key, category }: AccessRow,
): Pick<ReviewRow, "mayHold"> {
  const account = model.organization.accounts.find((one) => one.key === key);
  return category === undefined || account === undefined
    ? {}
    : { mayHold: CATEGORIES[category].access[account.environment] };
}

function sinceLast(
  earlier: EarlierReview | undefined,
  findings: readonly ReviewFinding[],
  rows: readonly ReviewRow[],
): SinceLast | undefined {
  if (earlier === undefined) return undefined;
  const [ids, keys] = [findings.filter(isStanding).map(({ id }) => id), rows.map(rowTitle)];
  const missing = (from: readonly string[], other: readonly string[]): readonly string[] => {
    const known = new Set(other);
    return from.filter((one) => !known.has(one));
  };
  return {
    name: earlier.name,
    newFindings: missing(ids, earlier.findings),
    goneFindings: missing(earlier.findings, ids),
    newRows: missing(keys, earlier.rows),
    goneRows: missing(earlier.rows, keys),
  };
}

/** What the choice of reviewers holds, as far as commits tell. */
const OWN_GRANTS = {
  title: "Nobody decides on what they granted",
  source: "ISO 27001 A.5.3, segregation of duties",
} as const;

/** Reviews a snapshot, as of its moment. Reads no file and no clock. */
export function buildReview(input: ReviewInput): Review {
  const { model, snapshot, period, window, head, commitPeople, personnel, accepted, earlier } = input;
  const accounts = reviewedAccounts(input);
  const blueprints = blueprintsOf(model);
  const context: ReviewContext = {
    model,
    blueprints,
    evidence: new Evidence(snapshot),
    period,
    accounts,
    rows: rowsOf(input, accounts, blueprints),
    window,
    now: snapshot.startedAt,
    ...(personnel && { personnel }),
    ...(input.evaluated && { evaluated: input.evaluated }),
    incidents: input.incidents,
    ...(input.changes && { changes: input.changes }),
  };
  const items: readonly ChecklistItem[] = CHECKLISTS[period.cadence];
  const examined = items.map((item) => ({ item, found: item.check(context) }));
  const findings = mergedById(examined.flatMap(({ found }) => found.findings.map(completeFinding)))
    .map((finding) => withAcceptance(finding, accepted, context.now))
    .sort(bySeverity);
  const standing = findings.filter(isStanding);
  const choice = new ReviewerChoice(model);
  const granters = new Granters(model, commitPeople);
  const rows = context.rows.map((row): ReviewRow => {
    const grantedBy = granters.of(row);
    return {
      ...row,
      ...granters.writersOf(row),
      lastUsed: findRowUse(context, row).words,
      mfa: mfaWords(context, row),
      keyAge: keyAgeWords(context, row),
      findings: findingsOf(row, standing).map(({ id }) => id),
      grantedBy,
      reviewers: choice.of(row, grantedBy),
      ...mayHold(context, row),
    };
  });
  const last = sinceLast(earlier.at(-1), findings, rows);
  const tables = new Map(examined.flatMap(({ found }) => found.tables).map((table) => [table.title, table]));
  return {
    format: REVIEW_FORMAT,
    organization: model.organization.prefix,
    period,
    accounts: accounts.map(({ key }) => key),
    snapshot: {
      hash: snapshot.hash,
      startedAt: snapshot.startedAt,
      finishedAt: snapshot.finishedAt,
      version: snapshot.version,
      callers: Object.fromEntries(
        snapshot.accounts.flatMap(({ key, caller }) => (caller === undefined ? [] : [[key, caller]])),
      ),
    },
    head,
    window,
    ...(personnel && { personnel: personnel.file }),
    checklist: [
      ...examined.map(({ item, found }) => ({
        title: item.title,
        source: item.source,
        findings: [...new Set(found.findings.map((one) => completeFinding(one).id))],
        undecidable: found.undecidable,
      })),
      { ...OWN_GRANTS, findings: [], undecidable: granters.gaps(context.rows) },
    ],
    findings,
    rows,
    tables: [...tables.values()],
    proposals: input.evaluated?.proposals ?? [],
    counts: countsOf(findings, rows),
    earlier: earlier.map(({ name, counts }) => ({ name, counts })),
    ...(last && { sinceLast: last }),
  };
}

/** Selects the part of this review that a later one shows. */
export const earlierReview = ({ period, counts, findings, rows }: Review): EarlierReview => ({
  name: period.name,
  counts,
  findings: findings.filter(isStanding).map(({ id }) => id),
  rows: rows.map(rowTitle),
});
