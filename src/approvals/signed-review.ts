import type { EditedDefinitions } from "./changed-entries";
import { approvalBy, type ApprovalOutcome } from "./judgement";
import type { PullRequestReviews } from "./pull-request-reviews";

/** An access review whose files a change brings or edits. */
export interface ChangedReview {
  /** Its folder: `reviews/2026-Q4`. */
  readonly path: string;
  /** Who signs it by this change; absent where nobody does. */
  readonly signer?: string;
  /** What is wrong with its decisions or its signature, regardless of approvals. */
  readonly faults: readonly string[];
}

/** What is wrong with a changed review, and whether its signer has approved the change. */
export interface SignatureJudgement {
  readonly path: string;
  readonly faults: readonly string[];
  readonly approval?: ApprovalOutcome;
}

/** Compares the signatures of access reviews with the approvals of the pull request: an approval is the signature that counts. */
export const judgeSignatures = (
  changed: readonly ChangedReview[],
  base: EditedDefinitions,
  reviews: PullRequestReviews,
): readonly SignatureJudgement[] =>
  changed.map(({ path, signer, faults }) => ({
    path,
    faults,
    ...(signer !== undefined && { approval: approvalBy(signer, base, reviews) }),
  }));

export const isSound = ({ faults, approval }: SignatureJudgement): boolean =>
  faults.length === 0 && approval?.isApproval !== false;

/** For a terminal and a job's log; empty where no access review is changed. */
export const signaturesText = (judgements: readonly SignatureJudgement[]): string =>
  judgements
    .map(({ path, faults, approval }) =>
      [
        `${path}:`,
        ...(faults.length === 0 ? ["  ✔ its decisions are in order"] : faults.map((fault) => `  ✖ ${fault}`)),
        ...(approval === undefined
          ? []
          : approval.isApproval
            ? [`  ✔ ${approval.name} signed it, and approved this`]
            : [
                `  ✖ ${approval.name} signed it, and ${approval.why ?? "has not approved this"}`,
                "    The signature that counts is the signer's approving review of the last commit. Somebody else commits the files and opens the request.",
              ]),
        "",
      ].join("\n"),
    )
    .join("");
