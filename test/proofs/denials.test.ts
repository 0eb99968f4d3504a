import assert from "node:assert/strict";

import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import {
  everyRole,
  placedRoleTitle,
  type PlacedProvenRole,
  type ProofInput,
  type ProvenRole,
} from "../../src/proofs/proven-account";
import type { Prover } from "../../src/proofs/prover";
import { AskedInvariants, breachedBy, isOfPolicies, NarrowProver } from "./asked-invariants";
import { GONE, narrowerActions, narrowerDenials } from "./narrower-denials";
import { databasesWorld, everySettingWorld, theProver } from "./support";

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

/** The actions that break some invariant, all or until there are enough; undefined where nothing breaks. */
function broken(
  asked: AskedInvariants,
  changed: ProofInput,
  prover: Prover,
  isEnough: (actions: ReadonlySet<string>) => boolean,
): ReadonlySet<string> | undefined {
  const actions = new Set<string>();
  let isBroken = false;
  for (const { claim, moveToFront } of asked.claims(changed)) {
    const found = breachedBy(claim, prover);
    // What is not known is no proof.
    if (found?.length === 0) continue;
    isBroken = true;
    for (const action of (found ?? []).flatMap((breach) => breach.actions)) actions.add(action);
    moveToFront();
    if (isEnough(actions)) return actions;
  }
  return isBroken ? actions : undefined;
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
      const asked = new AskedInvariants(alone(input, account.key, role), isOfPolicies);
      for (const [policy, withChanged] of denyingDocuments(role)) {
        for (const { statement, how, policy: narrower } of narrowerDenials(policy)) {
          const text = JSON.stringify([account.key, role.name, how, statement]);
          if (seen.has(text)) continue;
          seen.add(text);
          const byActions = how === GONE ? narrowerActions(statement, idsOf) : [];
          const found = broken(
            asked,
            alone(input, account.key, withChanged(narrower)),
            // What is let through is among what the statement denied.
            new NarrowProver(prover, statement),
            (actions) => byActions.every(([, ids]) => ids.some((id) => actions.has(id))),
          );
          const title = `${placedRoleTitle(placed)} ${statement.label}`;
          if (found === undefined) survivors.push(`${title} ${how}`);
          for (const [less, ids] of byActions) {
            if (!ids.some((id) => found?.has(id))) survivors.push(`${title} ${less}`);
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
