import { ROLE_NAMES } from "../model/roles";
import type { ReviewRow } from "./review";

export const DECISION_KINDS = ["keep", "change", "remove"] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export const isDecisionKind = (text: string): text is DecisionKind =>
  DECISION_KINDS.some((one) => one === text);

/** What somebody decided about a row. */
export interface ReviewDecision {
  readonly decision: DecisionKind;
  /** A name of the roster, or the address of a manager outside it. */
  readonly reviewer: string;
  /** Empty where none is needed. */
  readonly note: string;
}

/** A cell that is wrong, and why. */
export interface DecisionFault {
  readonly column: "decision" | "reviewer" | "note";
  readonly problem: string;
}

/** Who may decide, in words. */
export const formatReviewers = ({ reviewers }: ReviewRow): string =>
  reviewers.length === 0
    ? "nobody: name a manager in the roster who neither holds nor granted it"
    : reviewers.join(", ");

function reviewerFaults(row: ReviewRow, reviewer: string): readonly DecisionFault[] {
  const { who, kind, grantedBy } = row;
  if (reviewer === "") return [{ column: "reviewer", problem: "who decided it is missing" }];
  if (row.reviewers.includes(reviewer)) return [];
  const reason =
    kind === "person" && reviewer === who
      ? `${who} cannot decide on themselves`
      : grantedBy.includes(reviewer)
        ? `${reviewer} wrote, merged or approved the entry, and cannot decide on it`
        : `${reviewer} may not decide here`;
  return [{ column: "reviewer", problem: `${reason}. Allowed: ${formatReviewers(row)}` }];
}

function noteFaults({ findings }: ReviewRow, { decision, note }: ReviewDecision): readonly DecisionFault[] {
  if (note !== "") return [];
  if (decision === "change") return [{ column: "note", problem: "a change needs a note that says to what" }];
  if (decision === "keep" && findings.length > 0) {
    return [
      {
        column: "note",
        problem: `it is kept although findings stand (${findings.join(", ")}), and no note says why`,
      },
    ];
  }
  return [];
}

/** Refuses changes of a machine's row: two rosters show whether a person's role changed, but not whether a machine's permissions did, so the review could not be closed. */
const kindFaults = ({ kind }: ReviewRow, { decision }: ReviewDecision): readonly DecisionFault[] =>
  kind === "person" || decision !== "change"
    ? []
    : [
        {
          column: "decision",
          problem: `whether the access of a ${kind} changed cannot be seen later. Keep it with a note that says what to change, or remove it`,
        },
      ];

/** A note that names a role and nothing else becomes an edit of the roster: its rules have to allow it. */
function roleFaults(
  { kind, who, account, role, mayHold }: ReviewRow,
  { decision, note }: ReviewDecision,
): readonly DecisionFault[] {
  if (decision !== "change" || kind !== "person" || mayHold === undefined) return [];
  if (!ROLE_NAMES.some((name) => name === note)) return [];
  const others = mayHold.filter((name) => name !== role);
  if (others.some((name) => name === note)) return [];
  const reason = note === role ? `it is ${role} already` : `${who} may not hold ${note} in ${account}`;
  return [
    {
      column: "note",
      problem: `${reason}. Allowed: ${[...others, "words that say more than a role"].join(", ")}`,
    },
  ];
}

/** What is wrong with a decision about a row; empty where nothing is. */
export const decisionFaults = (row: ReviewRow, decision: ReviewDecision): readonly DecisionFault[] => [
  ...kindFaults(row, decision),
  ...roleFaults(row, decision),
  ...reviewerFaults(row, decision.reviewer),
  ...noteFaults(row, decision),
];
