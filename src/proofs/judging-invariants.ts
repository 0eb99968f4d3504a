import { UserError } from "../model/problems";
import type { Invariant } from "./invariant";
import { ownInvariants } from "./own-invariant";
import type { ProofInput } from "./proven-account";
import type { Prover } from "./prover";

/** What an organization's own invariants are at a commit, and where they are judged from. */
export interface JudgedInvariants {
  /** `src/invariants.ts` of the commit, unread. */
  readonly committed: unknown;
  /** The same file of the program that judges, unread. */
  readonly judging: unknown;
  readonly input: ProofInput;
  /** The accounts of the program that judges, as it deploys them itself. */
  readonly home: () => ProofInput;
  readonly prover: Prover;
}

/** The invariants of an organization's own that a commit is held to. */
export interface JudgingInvariants {
  readonly invariants: readonly Invariant[];
  /** Ids of those of the judge that the commit changes or leaves out. */
  readonly former: readonly string[];
  /** How many of the judge's are refused where they stand, so that nothing can be asked of them. */
  readonly refused: number;
}

/** With its keys in another order, an invariant counts as changed: it is proven twice. */
const isWrittenLike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const isSound = (definition: unknown, input: ProofInput, prover: Prover): boolean => {
  try {
    ownInvariants([definition], input, prover);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
};

/** The judge's own, read for what the commit deploys; those that are refused at home too can be asked of nothing. */
function readJudging({ judging, input, home, prover }: JudgedInvariants): {
  readonly definitions: readonly unknown[];
  readonly invariants: readonly Invariant[];
} {
  const read = (definitions: unknown): readonly Invariant[] => ownInvariants(definitions, input, prover);
  const all: readonly unknown[] = Array.isArray(judging) ? judging : [];
  try {
    return { definitions: all, invariants: read(judging) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const here = home();
    const sound = all.filter((definition) => isSound(definition, here, prover));
    if (Array.isArray(judging) && sound.length === all.length) {
      throw new UserError(
        "Invariants of HEAD do not fit what this commit deploys, and could not be proven of it. Take them out or change them first, " +
          `in a change of their own that HEAD has before this one.\n\n${error.message}`,
      );
    }
    return { definitions: sound, invariants: read(sound) };
  }
}

/**
 * The commit's own invariants, so that a faulty one is told before it judges others; and the judge's, so that no commit takes away
 * the one that it breaks.
 * @throws UserError where the commit's are faulty, or where the judge's do not fit what the commit deploys
 */
export function judgingInvariants(judged: JudgedInvariants): JudgingInvariants {
  const committed = ownInvariants(judged.committed, judged.input, judged.prover);
  const definitions: readonly unknown[] = Array.isArray(judged.committed) ? judged.committed : [];
  const kept = readJudging(judged);
  const former = kept.invariants.filter(
    (_, index) => !definitions.some((one) => isWrittenLike(one, kept.definitions[index])),
  );
  const all = Array.isArray(judged.judging) ? judged.judging.length : 1;
  return {
    invariants: [...committed, ...former.map((one) => ({ ...one, source: `${one.source} of HEAD` }))],
    former: former.map(({ id }) => id),
    refused: all - kept.definitions.length,
  };
}
