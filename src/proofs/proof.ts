import type { ProofInput } from "./proven-account";
import type { Claim, Invariant } from "./invariant";
import { NotModelled } from "./not-modelled";
import type { Breach, Prover } from "./prover";

/** A claim that does not hold. */
export interface FailedClaim {
  readonly claim: Claim;
  readonly breaches: readonly Breach[];
}

/** A claim about which nothing can be said, which is no proof. */
export interface UndecidedClaim {
  readonly about: string;
  readonly reason: string;
}

/** What became of an invariant. */
export interface Proof {
  readonly invariant: Invariant;
  /** How many claims it comes to here; where there are none, nothing was proven. */
  readonly claims: number;
  /** What it names and is not here. */
  readonly absent: readonly string[];
  readonly failures: readonly FailedClaim[];
  readonly unknown: readonly UndecidedClaim[];
}

/** Tries to prove an invariant, claim by claim. */
export function proveInvariant(invariant: Invariant, input: ProofInput, prover: Prover): Proof {
  const failures: FailedClaim[] = [];
  const unknown: UndecidedClaim[] = [];
  let claims = 0;
  for (const claim of invariant.claims(input)) {
    claims += 1;
    try {
      const breaches = claim.breaches(prover);
      if (breaches.length > 0) failures.push({ claim, breaches });
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      unknown.push({ about: claim.about, reason: error.message });
    }
  }
  return { invariant, claims, absent: invariant.absent?.(input) ?? [], failures, unknown };
}

/** Whether the invariant holds: whatever is not known fails it. */
export const proofHolds = ({ failures, unknown }: Proof): boolean =>
  failures.length === 0 && unknown.length === 0;
