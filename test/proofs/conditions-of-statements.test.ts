import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import type { ProofInput } from "../../src/proofs/proven-account";
import { everySettingWorld, theProver } from "./support";

const withoutCondition =
  (key: string) =>
  (one: Statement): Statement => {
    const conditions = one.conditions.filter((condition) => condition.key !== key);
    assert.notEqual(conditions.length, one.conditions.length);
    return { ...one, conditions };
  };

const withAction =
  (action: string) =>
  (one: Statement): Statement => ({ ...one, actions: [...one.actions, action] });

const ROLES_AND_SERVICES = "partners-and-services-reach-what-is-named";
const TRUSTS = "accounts-are-reached-by-trusts-of-the-roster";

type Change = readonly [
  what: string,
  invariant: string,
  role: string,
  statement: string,
  change: (one: Statement) => Statement,
];

/** One word of one statement, which a reviewer may miss. */
const CHANGES: readonly Change[] = [
  [
    "a partner reads the results of others' queries",
    ROLES_AND_SERVICES,
    "DataShare-acme",
    "OwnResults",
    withoutCondition("redshift-data:statement-owner-iam-userid"),
  ],
  [
    "a partner sees what else is in the bucket",
    ROLES_AND_SERVICES,
    "DataShare-acme",
    "ListBucket1",
    withoutCondition("s3:prefix"),
  ],
  [
    "a function's credentials are worth something elsewhere",
    ROLES_AND_SERVICES,
    "function-mw-reports",
    "ReadTables",
    withoutCondition("lambda:SourceFunctionArn"),
  ],
  ["ECS serves others", TRUSTS, "task-mw-worker", "Tasks", withoutCondition("aws:SourceArn")],
  ["pods of another cluster get in", TRUSTS, "pod-mw-portal", "Pods", withoutCondition("aws:SourceArn")],
  ["tasks tag their sessions", TRUSTS, "task-mw-worker", "Tasks", withAction("sts:TagSession")],
];

describe("a statement with one condition less or one action more", function () {
  this.timeout(60_000);
  const input = everySettingWorld();

  function changed(label: string, statement: string, change: (one: Statement) => Statement): ProofInput {
    let changes = 0;
    const inPolicy = (policy: ParsedPolicy): ParsedPolicy => ({
      ...policy,
      statements: policy.statements.map((one) => {
        if (one.label !== `"${statement}"`) return one;
        changes += 1;
        return change(one);
      }),
    });
    const accounts = input.accounts.map((account) => ({
      ...account,
      users: [],
      roles: account.roles.flatMap((role) =>
        account.key === "prod" && role.label === label
          ? [{ ...role, trust: inPolicy(role.trust), policies: role.policies.map(inPolicy) }]
          : [],
      ),
    }));
    assert.equal(changes, 1);
    return { ...input, accounts };
  }

  async function breachesOf(id: string, world: ProofInput): Promise<number> {
    const prover = await theProver();
    const invariant = INVARIANTS.find((one) => one.id === id);
    assert.ok(invariant);
    return [...invariant.claims(world)].flatMap(({ breaches }) => breaches(prover)).length;
  }

  for (const [what, id, role, statement, change] of CHANGES) {
    it(`breaks ${id}: ${what}`, async () => {
      assert.equal(
        await breachesOf(
          id,
          changed(role, statement, (one) => one),
        ),
        0,
      );
      assert.notEqual(await breachesOf(id, changed(role, statement, change)), 0);
    });
  }
});
