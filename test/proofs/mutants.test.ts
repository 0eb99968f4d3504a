import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import type { Policy } from "../../src/proofs/allowed-requests";
import type { ProvenAccount, ProvenRole, ProvenUser, World } from "../../src/proofs/accounts";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import { prove } from "../../src/proofs/proof";
import type { Prover } from "../../src/proofs/prover";
import { everySettingWorld, sampleWorld, theProver } from "./support";

const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, other) => other !== index);

/** What becomes of a statement where one thing is taken out or widened; nothing where the statement itself is. */
function mutantsOf(statement: Statement): readonly (Statement | undefined)[] {
  return [
    undefined,
    ...statement.conditions.map((_, index) => ({
      ...statement,
      conditions: without(statement.conditions, index),
    })),
    ...(statement.effect === "Deny"
      ? statement.actions.map((_, index) => ({ ...statement, actions: without(statement.actions, index) }))
      : [
          { ...statement, resources: ["*"], notResources: [] },
          { ...statement, actions: ["*"], notActions: [] },
          {
            ...statement,
            actions: ["*"],
            notActions: [],
            resources: ["*"],
            notResources: [],
            conditions: [],
          },
        ]),
  ];
}

function policyMutants(policy: Policy): readonly Policy[] {
  const mutants = policy.statements.flatMap((statement, index) =>
    mutantsOf(statement).map((mutant) => ({
      isWhole: mutant === undefined,
      policy: {
        ...policy,
        statements: policy.statements.flatMap((one, other) =>
          other !== index ? [one] : mutant ? [mutant] : [],
        ),
      },
    })),
  );
  // A whole statement is missed the soonest.
  return [...mutants.filter(({ isWhole }) => isWhole), ...mutants.filter(({ isWhole }) => !isWhole)].map(
    (mutant) => mutant.policy,
  );
}

/** Roles that are compared with one another. */
const COMPARED: Readonly<Record<string, string>> = {
  Read: "Admin",
  Admin: "Read",
  DbRead: "Dba",
  Dba: "DbRead",
};

/** Documents of AWS are not ours to mutate, and long. */
const isOurs = ({ statements }: Policy): boolean => statements.every(({ actions }) => actions.length < 200);

function roleMutants(role: ProvenRole): readonly ProvenRole[] {
  const { boundary } = role;
  return [
    ...policyMutants(role.trust).map((trust) => ({ ...role, trust })),
    ...(boundary ? policyMutants(boundary).map((bound) => ({ ...role, boundary: bound })) : []),
    ...role.policies.flatMap((policy, index) =>
      isOurs(policy)
        ? policyMutants(policy).map((mutant) => ({
            ...role,
            policies: role.policies.map((one, other) => (other === index ? mutant : one)),
          }))
        : [],
    ),
  ];
}

const userMutants = (user: ProvenUser): readonly ProvenUser[] =>
  user.policies.flatMap((policy, index) =>
    policyMutants(policy).map((mutant) => ({
      ...user,
      policies: user.policies.map((one, other) => (other === index ? mutant : one)),
    })),
  );

/** The world with one user or role in it, mutated: the others are not asked about. */
function* mutantWorlds({ model, accounts }: World): Iterable<World> {
  const only = (account: ProvenAccount, some: Partial<ProvenAccount>): World => ({
    model,
    accounts: accounts.map((one) => (one === account ? { ...one, ...some } : { ...one, roles: [] })),
  });
  for (const account of accounts) {
    for (const role of account.roles) {
      const partners = account.roles.filter(({ label }) => label === COMPARED[role.label]);
      for (const mutant of roleMutants(role)) yield only(account, { roles: [mutant, ...partners] });
    }
    for (const user of account.users.slice(0, 4)) {
      for (const mutant of userMutants(user)) yield only(account, { users: [mutant], roles: [] });
    }
  }
}

/** Invariants whose documents are made as they are proven, so that a world cannot hold a mutant of them. */
const NOT_IN_THE_WORLD = ["musters-resources-serve-their-account"];

describe("documents with one thing taken out or widened", () => {
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  for (const invariant of INVARIANTS.filter(({ id }) => !NOT_IN_THE_WORLD.includes(id))) {
    it(`break that ${invariant.id}`, function () {
      this.timeout(120_000);
      const candidates = [everySettingWorld(), sampleWorld()];
      const world = candidates.find((one) => prove(invariant, one, prover).claims > 0);
      assert.ok(world, "No organization of these tests has anything that it speaks of.");
      // What is open already is broken by the documents as they are.
      if (prove(invariant, world, prover).failures.length > 0) return;
      for (const mutant of mutantWorlds(world)) {
        const { failures } = prove(invariant, mutant, prover);
        if (failures.length > 0) return;
      }
      assert.fail("No mutant breaks it.");
    });
  }
});
