import assert from "node:assert/strict";

import { provenSessionCaller } from "../../src/proofs/proven-caller";
import { ADMINISTRATION } from "../../src/proofs/invariants/administration-invariants";
import { OPERATING } from "../../src/proofs/invariants/operating-invariants";
import {
  DESTROYING_VERBS,
  OPERATIONS,
  SHARED_SERVICES,
  STORE_SERVICES,
} from "../../src/proofs/invariants/operation-invariants";
import { READING } from "../../src/proofs/invariants/reading-invariants";
import { filledIn, type RoleInvariant } from "../../src/proofs/invariants/role-invariant";
import { SPECIALISTS } from "../../src/proofs/invariants/specialist-invariants";
import { WATCHING } from "../../src/proofs/invariants/watching-invariants";
import type { Prover } from "../../src/proofs/prover";
import type { RequestSet } from "../../src/proofs/request-set";
import { sampleWorld, theProver } from "./support";

const INVARIANTS: readonly RoleInvariant[] = [
  ...ADMINISTRATION,
  // The other one takes its words from the classification of reads, which has changes among them.
  ...OPERATING.filter(({ id }) => id === "ops-changes-what-operating-takes"),
  ...OPERATIONS,
  ...READING,
  ...SPECIALISTS,
  ...WATCHING,
];

const listOf = (words: string | readonly string[] | undefined): readonly string[] =>
  words === undefined ? [] : [words].flat();

/** Verbs that are asked of every service that keeps data, and services that are asked whole, whatever actions they have today. */
const isOfWholeServices = (pattern: string): boolean =>
  SHARED_SERVICES.some((service) => pattern === `${service}:*`) ||
  DESTROYING_VERBS.some((verb) => STORE_SERVICES.some((service) => pattern === `${service}:${verb}*`));

/** A misspelt word is proven of every document. */
describe("every word of the invariants about roles", function () {
  this.timeout(60_000);
  const input = sampleWorld();
  const account = input.accounts.find(({ key }) => key === "prod");
  assert.ok(account);
  // Some of what is left out is left out for one of these roles alone.
  const callers = [
    "infra-TrailR",
    "infra-EventR",
    "infra-SecurityR-prod",
    "infra-DbaR-prod",
    "workloads/infra-instance-worker-prod",
  ].map((role) => provenSessionCaller(`arn:aws:iam::${account.id}:role/${role}`, "anybody", "prod"));
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  const hasRequests = (set: RequestSet): boolean =>
    callers.some((caller) => prover.hasRequests(caller, filledIn(set, account, input)));

  /** The words of a set that stand for no request. */
  function idleWords(set: RequestSet): readonly string[] {
    const { except, exceptResources, ...described } = set;
    const actions = listOf(set.actions).filter(
      (pattern) => !isOfWholeServices(pattern) && !hasRequests({ ...described, actions: pattern }),
    );
    const resources = listOf(set.resources).filter((one) => !hasRequests({ ...described, resources: one }));
    const among = new Set(listOf(set.actions).flatMap((one) => prover.reference.idsOf(one)));
    const others = listOf(except).filter((pattern) => {
      const ids = prover.reference.idsOf(pattern).filter((id) => among.has(id));
      if (ids.length === 0) return true;
      // A pattern leaves out actions that AWS may add as well, whose levels nobody knows.
      return !/[*?]/.test(pattern) && !hasRequests({ ...described, actions: ids });
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
