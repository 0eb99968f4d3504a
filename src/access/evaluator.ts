import { questionShape } from "./question-shape";
import { decideQuestion } from "./decide";
import type { AccessDecision, AccessQuestion } from "./simulator";

/** Answers questions; evaluates each shape of question once. */
export class Evaluator {
  private readonly decisions = new Map<string, Promise<AccessDecision>>();

  decide(question: AccessQuestion): Promise<AccessDecision> {
    const shape = questionShape(question);
    const known = this.decisions.get(shape);
    if (known !== undefined) return known;
    const decision = decideQuestion(question);
    this.decisions.set(shape, decision);
    return decision;
  }

  /** How many different questions there were. */
  get simulations(): number {
    return this.decisions.size;
  }
}
