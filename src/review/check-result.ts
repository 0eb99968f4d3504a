import type { SectionName } from "../aws/snapshot/snapshot-section";
import type { AccountBlueprint } from "../documents/blueprint";
import type { PolicyCommit } from "../history/policy-changes";
import type { Account } from "../model/account";
import type { Instant } from "../model/dates";
import type { Model } from "../model/model";
import type { AccessRow } from "./access-row";
import type { IncidentRecord } from "../incidents/incident-record";
import type { ReviewPeriod } from "./cadence";
import type { Evidence } from "./evidence";
import type { FoundBy } from "./review-finding";
import type { EvaluatedAccess } from "./evaluated-access";
import type { Personnel } from "./personnel";

/** What a review looks at. */
export interface ReviewContext {
  readonly model: Model;
  /** Of every account. */
  readonly blueprints: readonly AccountBlueprint[];
  readonly evidence: Evidence;
  readonly period: ReviewPeriod;
  /** The accounts that it is about. */
  readonly accounts: readonly Account[];
  /** The rows that it asks to decide. */
  readonly rows: readonly AccessRow[];
  /** The time of which events are looked at. */
  readonly window: { readonly from: Instant; readonly until: Instant };
  /** The moment of the snapshot: ages are as of it. */
  readonly now: Instant;
  /** Absent where nobody gave the personnel file. */
  readonly personnel?: Personnel;
  /** Absent where nobody evaluated the snapshot's documents. */
  readonly evaluated?: EvaluatedAccess;
  /** Records of uses of break-glass. */
  readonly incidents: readonly IncidentRecord[];
  /** Commits in the window, the newest first; undefined where the clone has no history of that time. */
  readonly changes?: readonly PolicyCommit[];
}

/** What a review shows beside its findings. */
export interface ReviewTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one check found, and what it could not know. */
export interface CheckResult {
  readonly findings: readonly FoundBy[];
  readonly undecidable: readonly string[];
  readonly tables: readonly ReviewTable[];
}

/** Says which accounts were evaluated by the roster's documents in place of their own, and why. */
export const notReadLines = ({ evaluated }: Pick<ReviewContext, "evaluated">): readonly string[] =>
  evaluated === undefined
    ? ["Who gets in and who reads secrets by the documents of the snapshot: nobody evaluated them."]
    : [...evaluated.notRead].map(
        ([key, because]) =>
          `${key}: who gets in and who reads secrets is told by the roster alone: ${because}`,
      );

export const checkResult = (parts: Partial<CheckResult>): CheckResult => ({
  findings: [],
  undecidable: [],
  tables: [],
  ...parts,
});

/** What several checks found together. */
export const combineCheckResults = (...all: readonly CheckResult[]): CheckResult => ({
  findings: all.flatMap(({ findings }) => findings),
  undecidable: [...new Set(all.flatMap(({ undecidable }) => undecidable))],
  tables: all.flatMap(({ tables }) => tables),
});

/** Why sections of accounts are not known, one line each. */
export function missingLines(
  { evidence }: Pick<ReviewContext, "evidence">,
  accounts: readonly Account[],
  ...sections: readonly SectionName[]
): readonly string[] {
  return accounts.flatMap(({ key }) =>
    sections.flatMap((section) => {
      const missing = evidence.missing(key, section);
      return missing === undefined ? [] : [`${key}, ${section}: ${missing.because}`];
    }),
  );
}
