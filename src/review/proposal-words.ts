import { countNoun } from "../model/problems";
import type { Proposal, ProposalRequest } from "./least-privilege";

/** A part of what is said of a proposal: a sentence, and what it is about, a line each. */
export interface ProposalPart {
  readonly words: string;
  readonly lines: readonly string[];
}

const requestWords = ({ asked, seen }: ProposalRequest): string => `${asked} (${seen})`;

function brokenPart({ broken, kept }: Proposal): ProposalPart {
  const lines = broken.map(requestWords);
  if (broken.length > 0) return { words: "It would have broken:", lines };
  return {
    words: `Of the requests that the snapshot tells of, it would have broken none that was decided; ${countNoun(kept, "request")} would be allowed as before.`,
    lines,
  };
}

/** What a proposal comes to, in words. */
export function proposalParts(proposal: Proposal): readonly ProposalPart[] {
  const { diff, notes, undecided, refused } = proposal;
  return [
    ...(diff === ""
      ? [{ words: "None of its policies can be narrowed.", lines: [] }]
      : [brokenPart(proposal)]),
    ...(undecided.length === 0
      ? []
      : [
          {
            words: "Not decided:",
            lines: undecided.map((request) => `${requestWords(request)}: ${request.because}`),
          },
        ]),
    ...(refused.length === 0
      ? []
      : [{ words: "Attempts that are no use, since they are refused:", lines: refused.map(requestWords) }]),
    ...(notes.length === 0 ? [] : [{ words: "To know:", lines: notes }]),
  ];
}
