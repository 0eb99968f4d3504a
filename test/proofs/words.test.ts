import assert from "node:assert/strict";

import { sessionCaller } from "../../src/proofs/caller";
import { ADMINISTRATION } from "../../src/proofs/invariants/administration";
import { OPERATIONS } from "../../src/proofs/invariants/operations";
import { READING } from "../../src/proofs/invariants/reading";
import { filledIn, type RoleInvariant } from "../../src/proofs/invariants/role-invariant";
import { SPECIALISTS } from "../../src/proofs/invariants/specialists";
import type { Prover } from "../../src/proofs/prover";
import type { RequestSet } from "../../src/proofs/request-set";
import { sampleWorld, theProver } from "./support";

const INVARIANTS: readonly RoleInvariant[] = [...ADMINISTRATION, ...OPERATIONS, ...READING, ...SPECIALISTS];

const listOf = (words: string | readonly string[] | undefined): readonly string[] =>
  words === undefined ? [] : [words].flat();

/** A misspelt word is proven of every document. */
describe("every word of the invariants about roles", function () {
  this.timeout(60_000);
  const world = sampleWorld();
  const account = world.accounts.find(({ key }) => key === "prod");
  assert.ok(account);
  // Some of what is left out is left out for this role alone.
  const caller = sessionCaller(`arn:aws:iam::${account.id}:role/infra-TrailR`, "anybody", "prod");
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  const hasRequests = (set: RequestSet): boolean => prover.hasRequests(caller, filledIn(set, account, world));

  /** The words of a set that stand for no request. */
  function idleWords(set: RequestSet): readonly string[] {
    const { except, exceptResources, ...described } = set;
    // Of actions that AWS may add, every pattern speaks, unless the set leaves them out.
    const isOfLater = (pattern: string): boolean => set.isKnownOnly !== true && /[*?]/.test(pattern);
    const actions = listOf(set.actions).filter(
      (pattern) => !isOfLater(pattern) && !hasRequests({ ...described, actions: pattern }),
    );
    const resources = listOf(set.resources).filter((one) => !hasRequests({ ...described, resources: one }));
    const others = listOf(except).filter((pattern) => {
      const ids = new Set(prover.reference.idsOf(pattern));
      return !listOf(set.actions).some((one) => prover.reference.idsOf(one).some((id) => ids.has(id)));
    });
    const otherResources = listOf(exceptResources).filter(
      (one) => !hasRequests({ ...described, resources: one }),
    );
    return [...actions, ...resources, ...others, ...otherResources];
  }

  for (const { id, never, apartFrom = [] } of INVARIANTS) {
    it(`stands for a request: ${id}`, () => {
      assert.deepEqual([...never, ...apartFrom].flatMap(idleWords), []);
      for (const set of [...never, ...apartFrom]) assert.ok(hasRequests(set));
    });
  }
});
