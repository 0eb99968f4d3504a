import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import type { ProvenAccount, ProvenRole, ProvenUser, ProofInput } from "../../src/proofs/proven-account";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import type { Invariant } from "../../src/proofs/invariant";
import { NotModelled } from "../../src/proofs/not-modelled";
import type { Prover } from "../../src/proofs/prover";
import { databasesWorld, everySettingWorld, sampleWorld, theProver } from "./support";

const without = <T>(list: readonly T[], index: number): readonly T[] =>
  list.filter((_, other) => other !== index);

/** Everything that a request can be allowed. */
const everythingOf = (statement: Statement): Statement => ({
  ...statement,
  actions: ["*"],
  notActions: [],
  resources: ["*"],
  notResources: [],
  conditions: [],
});

/** Places in a list of which others say the same: the first ones and the last. */
const endsOf = (list: readonly unknown[]): readonly number[] =>
  [...list.keys()].filter((index) => index < 3 || index === list.length - 1);

/** What becomes of a statement where one thing is taken out or widened. */
function mutantsOf(statement: Statement): readonly Statement[] {
  return [
    ...statement.conditions.map((_, index) => ({
      ...statement,
      conditions: without(statement.conditions, index),
    })),
    ...(statement.effect === "Deny"
      ? endsOf(statement.actions).map((index) => ({
          ...statement,
          actions: without(statement.actions, index),
        }))
      : [
          { ...statement, resources: ["*"], notResources: [] },
          { ...statement, actions: ["*"], notActions: [] },
          everythingOf(statement),
        ]),
  ];
}

interface Mutant {
  readonly policy: ParsedPolicy;
  /** Statements that deny are missed the soonest, and single parts of statements the latest. */
  readonly rank: number;
}

/** The policy with one thing taken out or widened. */
const policyMutants = (policy: ParsedPolicy): readonly Mutant[] => [
  ...policy.statements.map(({ effect }, index) => ({
    policy: { ...policy, statements: without(policy.statements, index) },
    rank: effect === "Deny" ? 0 : 2,
  })),
  ...policy.statements.flatMap((statement, index) =>
    mutantsOf(statement).map((mutant) => ({
      policy: { ...policy, statements: policy.statements.with(index, mutant) },
      rank: statement.effect === "Deny" ? 1 : 3,
    })),
  ),
];

/** Those first that break something the soonest: the test asks for one that does. */
function soonest<T>(mutants: readonly (readonly [rank: number, mutant: T])[]): readonly T[] {
  return [...mutants].sort(([one], [other]) => one - other).map(([, mutant]) => mutant);
}

/** Roles that are compared with one another. */
const COMPARED: Readonly<Record<string, string>> = {
  Read: "Admin",
  Admin: "Read",
  DbRead: "Dba",
  Dba: "DbRead",
};

/** Documents of AWS are not ours to mutate, and long. */
const isOurs = ({ statements }: ParsedPolicy): boolean =>
  statements.every(({ actions }) => actions.length < 200);

/** A policy without limits. */
const EVERYTHING: ParsedPolicy = {
  name: "everything",
  statements: [
    {
      label: "Everything",
      effect: "Allow",
      principals: [],
      notPrincipals: [],
      actions: ["*"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      conditions: [],
    },
  ],
};

function roleMutants(role: ProvenRole): readonly ProvenRole[] {
  const { boundary } = role;
  const trusts = policyMutants(role.trust).map(
    ({ policy, rank }) => [rank, { ...role, trust: policy }] as const,
  );
  if (boundary) {
    // It has to hold whatever the policies beside it allow.
    const bounds = policyMutants(boundary).map(
      ({ policy, rank }) => [rank, { ...role, boundary: policy, policies: [EVERYTHING] }] as const,
    );
    return soonest([...trusts, ...bounds]);
  }
  const policies = role.policies.flatMap((own, index) =>
    (isOurs(own) ? policyMutants(own) : []).map(
      ({ policy, rank }) => [rank, { ...role, policies: role.policies.with(index, policy) }] as const,
    ),
  );
  return soonest([
    ...trusts,
    ...policies,
    [WIDEST, { ...role, policies: [...role.policies, EVERYTHING] }] as const,
  ]);
}

const WIDEST = 1.5;

const userMutants = (user: ProvenUser): readonly ProvenUser[] =>
  soonest(
    user.policies.flatMap((own, index) =>
      policyMutants(own).map(
        ({ policy, rank }) => [rank, { ...user, policies: user.policies.with(index, policy) }] as const,
      ),
    ),
  );

/** A role or a user alone in an account, and the same with one thing taken out or widened. */
interface Subject {
  readonly input: ProofInput;
  readonly mutants: () => Iterable<ProofInput>;
}

/** Of the users that have the same documents, one. */
const oneOfEachSort = (users: readonly ProvenUser[]): readonly ProvenUser[] => [
  ...new Map(users.map((user) => [user.policies.map(({ name }) => name).join(" "), user])).values(),
];

function subjectsOf({ model, accounts }: ProofInput): readonly Subject[] {
  const only = (account: ProvenAccount, some: Partial<ProvenAccount>): ProofInput => ({
    model,
    accounts: accounts.map((one) => ({ ...one, users: [], roles: [], ...(one === account && some) })),
  });
  return accounts.flatMap((account) => [
    ...account.roles.map((role): Subject => {
      const partners = account.roles.filter(({ label }) => label === COMPARED[role.label]);
      return {
        input: only(account, { roles: [role, ...partners] }),
        *mutants() {
          for (const mutant of roleMutants(role)) yield only(account, { roles: [mutant, ...partners] });
        },
      };
    }),
    ...oneOfEachSort(account.users).map((user): Subject => ({
      input: only(account, { users: [user] }),
      *mutants() {
        for (const mutant of userMutants(user)) yield only(account, { users: [mutant] });
      },
    })),
  ]);
}

/** Whether a claim of the invariant is broken; the others are not asked then. */
function isBroken(invariant: Invariant, input: ProofInput, prover: Prover): boolean {
  for (const claim of invariant.claims(input)) {
    try {
      if (claim.breaches(prover).length > 0) return true;
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
    }
  }
  return false;
}

/** Invariants whose documents are made as they are proven, so that no input can hold a mutant of them. */
const NOT_IN_THE_WORLD = [
  "musters-resources-serve-their-account",
  "services-of-aws-have-one-task-each",
  "databases-key-opens-to-users-of-secrets",
  "trails-key-opens-to-auditors",
  "trails-objects-are-the-trails",
];

describe("documents with one thing taken out or widened", () => {
  const inputs = [everySettingWorld(), sampleWorld(), databasesWorld()];
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  for (const invariant of INVARIANTS.filter(({ id }) => !NOT_IN_THE_WORLD.includes(id))) {
    it(`break that ${invariant.id}`, function () {
      this.timeout(300_000);
      const subjects = inputs
        .flatMap(subjectsOf)
        .filter(({ input }) => [...invariant.claims(input)].length > 0);
      assert.notEqual(subjects.length, 0, "No organization of these tests has anything that it speaks of.");
      // That the documents as they are break nothing is said by the test of every invariant.
      for (const { mutants } of subjects) {
        for (const mutant of mutants()) if (isBroken(invariant, mutant, prover)) return;
      }
      assert.fail("No mutant breaks it.");
    });
  }
});
