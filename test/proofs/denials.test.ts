import assert from "node:assert/strict";

import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import type { Claim, Invariant } from "../../src/proofs/invariant";
import { NotModelled } from "../../src/proofs/not-modelled";
import {
  everyRole,
  placedRoleTitle,
  type PlacedProvenRole,
  type ProofInput,
  type ProvenRole,
} from "../../src/proofs/proven-account";
import type { Prover } from "../../src/proofs/prover";
import { GONE, narrowerActions, narrowerDenials } from "./narrower-denials";
import { databasesWorld, everySettingWorld, theProver } from "./support";

/** What an invariant says of what a role's own policies let through, or would, whatever else did. */
const isOfPolicies = ({ finds, setting }: Claim): boolean =>
  finds === "allowed" && setting.permissions !== undefined && setting.resourcePolicy === undefined;

/** A role alone in its account. */
const alone = ({ model, accounts }: ProofInput, account: string, role: ProvenRole): ProofInput => ({
  model,
  accounts: accounts.map((one) => ({ ...one, users: [], roles: one.key === account ? [role] : [] })),
});

/** Each document of a role that denies something, with the role that has another in its place. */
function denyingDocuments(
  role: ProvenRole,
): readonly (readonly [ParsedPolicy, (changed: ParsedPolicy) => ProvenRole])[] {
  const { policies, boundary } = role;
  return [
    ...policies.map(
      (policy, index) =>
        [policy, (changed: ParsedPolicy) => ({ ...role, policies: policies.with(index, changed) })] as const,
    ),
    ...(boundary ? [[boundary, (changed: ParsedPolicy) => ({ ...role, boundary: changed })] as const] : []),
  ];
}

/** Asks the invariants of one role, those first that broke last. */
class Asked {
  private invariants: readonly Invariant[] = INVARIANTS;

  constructor(
    private readonly world: (role: ProvenRole) => ProofInput,
    private readonly prover: Prover,
  ) {}

  /** The actions that break some invariant, all or until there are enough; undefined where nothing breaks. */
  broken(
    role: ProvenRole,
    isEnough: (actions: ReadonlySet<string>) => boolean,
  ): ReadonlySet<string> | undefined {
    const actions = new Set<string>();
    let isBroken = false;
    for (const invariant of this.invariants) {
      for (const claim of invariant.claims(this.world(role))) {
        if (!isOfPolicies(claim)) continue;
        const found = this.breachedBy(claim);
        if (found === undefined) continue;
        isBroken = true;
        for (const action of found) actions.add(action);
        this.invariants = [invariant, ...this.invariants.filter((one) => one !== invariant)];
        if (isEnough(actions)) return actions;
      }
    }
    return isBroken ? actions : undefined;
  }

  /** What is not known is no proof. */
  private breachedBy(claim: Claim): readonly string[] | undefined {
    try {
      const breaches = claim.breaches(this.prover);
      return breaches.length === 0 ? undefined : breaches.flatMap(({ actions }) => actions);
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      return [];
    }
  }
}

describe("a statement of a role that denies, the pipeline's apart,", function () {
  this.timeout(600_000);

  it("is missed by an invariant, where it goes or denies less", async () => {
    const prover = await theProver();
    const idsOf = (pattern: string): readonly string[] => prover.reference.idsOf(pattern);
    const seen = new Set<string>();
    const survivors: string[] = [];
    const ask = (input: ProofInput, placed: PlacedProvenRole): void => {
      const { account, role } = placed;
      const asked = new Asked((one) => alone(input, account.key, one), prover);
      for (const [policy, withChanged] of denyingDocuments(role)) {
        for (const { statement, how, policy: narrower } of narrowerDenials(policy)) {
          const text = JSON.stringify([account.key, role.name, how, statement]);
          if (seen.has(text)) continue;
          seen.add(text);
          const byActions = how === GONE ? narrowerActions(statement, idsOf) : [];
          const broken = asked.broken(withChanged(narrower), (actions) =>
            byActions.every(([, ids]) => ids.some((id) => actions.has(id))),
          );
          const title = `${placedRoleTitle(placed)} ${statement.label}`;
          if (broken === undefined) survivors.push(`${title} ${how}`);
          for (const [less, ids] of byActions) {
            if (!ids.some((id) => broken?.has(id))) survivors.push(`${title} ${less}`);
          }
        }
      }
    };
    for (const input of [everySettingWorld(), databasesWorld()]) {
      for (const placed of everyRole(input)) if (placed.role.kind !== "pipeline") ask(input, placed);
    }
    assert.deepEqual(survivors, []);
  });
});
