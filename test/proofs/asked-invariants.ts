import type { Statement } from "../../src/documents/statement";
import type { AllowedRequests } from "../../src/proofs/allowed-requests";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import type { Claim, Invariant } from "../../src/proofs/invariant";
import { NotModelled } from "../../src/proofs/not-modelled";
import type { ProofInput } from "../../src/proofs/proven-account";
import { Prover, type Breach } from "../../src/proofs/prover";
import { requestRegion } from "../../src/proofs/request-region";
import type { RequestSet } from "../../src/proofs/request-set";

/** Asks about the requests of one statement alone, which makes every question small. */
export class NarrowProver extends Prover {
  private readonly ids: ReadonlySet<string>;

  constructor(
    prover: Prover,
    private readonly statement: Statement,
  ) {
    super(prover.reference, "eu-west-1");
    this.ids = new Set(idsOfStatement(statement, prover));
  }

  override breaches(
    access: AllowedRequests,
    never: RequestSet,
    apartFrom: readonly RequestSet[] = [],
  ): readonly Breach[] {
    const narrowed = this.speaksOf(never) ? this.narrow(access) : undefined;
    return narrowed === undefined ? [] : super.breaches(narrowed, never, apartFrom);
  }

  override newAccess(
    before: AllowedRequests,
    after: AllowedRequests,
    apartFrom: readonly RequestSet[] = [],
  ): readonly Breach[] {
    const narrowed = this.narrow(after);
    return narrowed === undefined ? [] : super.newAccess(before, narrowed, apartFrom);
  }

  private narrow(access: AllowedRequests): AllowedRequests | undefined {
    const region = requestRegion("the change", this.statement, access.caller);
    return region && { ...access, groups: [...access.groups, [region]] };
  }

  private speaksOf({ actions }: RequestSet): boolean {
    return [actions]
      .flat()
      .some((pattern) => pattern === "*" || this.reference.idsOf(pattern).some((id) => this.ids.has(id)));
  }
}

/** The actions that AWS has of which a statement speaks. */
export function idsOfStatement({ actions, notActions }: Statement, { reference }: Prover): readonly string[] {
  const idsOf = (pattern: string): readonly string[] => reference.idsOf(pattern);
  if (notActions.length === 0) return actions.flatMap(idsOf);
  const left = new Set(notActions.flatMap(idsOf));
  return reference.actions.flatMap(({ id }) => (left.has(id) ? [] : [id]));
}

/** What an invariant says of what somebody's own policies let through, or would, whatever else did. */
export const isOfPolicies = ({ finds, setting }: Claim): boolean =>
  finds === "allowed" && setting.permissions !== undefined && setting.resourcePolicy === undefined;

/** What breaks a claim; what is not known is no proof, and breaks nothing that could be named. */
export function breachedBy(claim: Claim, prover: Prover): readonly Breach[] | undefined {
  try {
    return claim.breaches(prover);
  } catch (error) {
    if (!(error instanceof NotModelled)) throw error;
    return undefined;
  }
}

/** Asks the invariants that speak of somebody, those first that broke last. */
export class AskedInvariants {
  private invariants: readonly Invariant[];

  /** `input` is the world with what they are asked of and nothing else. */
  constructor(
    input: ProofInput,
    private readonly isAsked: (claim: Claim) => boolean,
  ) {
    this.invariants = INVARIANTS.filter(({ claims }) => [...claims(input)].some(isAsked));
  }

  /** The claims about a changed world, with what makes its invariant the first to be asked next time. */
  *claims(changed: ProofInput): Iterable<{ readonly claim: Claim; readonly moveToFront: () => void }> {
    for (const invariant of this.invariants) {
      const moveToFront = (): void => {
        this.invariants = [invariant, ...this.invariants.filter((one) => one !== invariant)];
      };
      for (const claim of invariant.claims(changed)) if (this.isAsked(claim)) yield { claim, moveToFront };
    }
  }
}
