import assert from "node:assert/strict";

import { decisionTitle, type DecisionReference } from "../../support/decision-references";
import type { Decision } from "../../support/evaluate";
import { seedAnswer, type SeedDocument, type SeedRequest } from "./seed-document";

/** What a case that proves a seed's sentence says of the JSON beside that sentence. */
export interface SeedMark {
  readonly seed?: SeedDocument;
  /** Only where that JSON answers the opposite of the sentence: which decision explains it. */
  readonly decision?: DecisionReference;
}

/**
 * The cases of a seed's sentences that have this JSON beside them. Each of them is asked of that JSON as well: those that
 * name a decision it gets wrong, all others right.
 */
export const beside = <Case extends SeedMark>(
  seed: SeedDocument,
  ...cases: readonly Case[]
): readonly Case[] => cases.map((one) => ({ ...one, seed }));

/** A case's title with its mark. Throws an Error where the mark explains nothing. */
export function markedTitle(sentence: string, { seed, decision }: SeedMark): string {
  if (decision === undefined) return sentence;
  if (seed === undefined) throw new Error(`"${sentence}" names decision ${decision}, and no seed's JSON.`);
  return `${sentence} (not by ${seed.title}: ${decisionTitle(decision)})`;
}

const opposite = (decision: Decision): Decision => (decision === "allowed" ? "denied" : "allowed");

/** Holds a case's mark to the truth: the seed's JSON is wrong if and only if a decision is named. */
export async function assertMark(
  { seed, decision }: SeedMark,
  expected: Decision,
  request: SeedRequest,
): Promise<void> {
  if (seed === undefined) return;
  const answer = await seedAnswer(seed, request);
  if (decision === undefined) {
    assert.equal(answer, expected, `${seed.title} gets this wrong: name the decision that explains it.`);
  } else {
    assert.equal(answer, opposite(expected), `${seed.title} gets this right: no decision has to explain it.`);
  }
}
