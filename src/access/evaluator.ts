import { shapeOf } from "./shape";
import { decide } from "./decide";
import type { Decision, Question } from "./simulator";

/** Answers questions, each shape of them once. */
export class Evaluator {
  private readonly decisions = new Map<string, Promise<Decision>>();

  decide(question: Question): Promise<Decision> {
    const shape = shapeOf(question);
    const known = this.decisions.get(shape);
    if (known !== undefined) return known;
    const decision = decide(question);
    this.decisions.set(shape, decision);
    return decision;
  }

  /** How many different questions there were. */
  get simulations(): number {
    return this.decisions.size;
  }
}
