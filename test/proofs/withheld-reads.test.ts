import assert from "node:assert/strict";

import { DATA_ACCESS, SOURCE_CODE_ACCESS } from "../../src/documents/permissions/data-access";
import { isWithheld } from "../../src/documents/permissions/reading/classify-reads";
import { READ_SERVICES } from "../../src/documents/permissions/reading/read-services";
import { WITHHELD_READS } from "../../src/documents/permissions/reading/withheld-reads";
import type { Statement } from "../../src/documents/statement";
import { everyRole, type ProvenRole, type ProofInput } from "../../src/proofs/proven-account";
import {
  CONTENT_READS,
  CREDENTIAL_READS,
  READING,
  SOURCE_CODE,
} from "../../src/proofs/invariants/reading-invariants";
import { roleInvariant } from "../../src/proofs/invariants/role-invariant";
import type { Prover } from "../../src/proofs/prover";
import { sampleWorld, theProver } from "./support";

const allowing = (actions: readonly string[]): Statement => ({
  label: "Added",
  effect: "Allow",
  principals: [],
  notPrincipals: [],
  actions,
  notActions: [],
  resources: ["*"],
  notResources: [],
  conditions: [],
});

describe("reads that are withheld from prod's readers", function () {
  this.timeout(120_000);
  const { model, accounts } = sampleWorld();
  const read = everyRole({ accounts }).find(
    ({ account, role }) => account.key === "prod" && role.label === "Read",
  );
  assert.ok(read);
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  /** Read in prod alone, which some actions are added to and whose Deny of data and source code is taken away. */
  function worldWith(actions: readonly string[]): ProofInput {
    const { account, role } = read!;
    const added: ProvenRole = {
      ...role,
      policies: [
        ...role.policies.filter(({ name }) => !name.endsWith("-limits")),
        { name: "added", statements: [allowing(actions)] },
      ],
    };
    return { model, accounts: [{ ...account, users: [], roles: [added] }] };
  }

  /** The actions that break an invariant. */
  const breaking = (input: ProofInput): readonly string[] =>
    READING.map(roleInvariant).flatMap((invariant) =>
      [...invariant.claims(input)].flatMap((claim) =>
        claim.breaches(prover).flatMap(({ actions }) => actions),
      ),
    );

  it("would break an invariant, each of them, where Read in prod had it", () => {
    const patterns = [
      ...WITHHELD_READS.flatMap(({ actions }): readonly string[] => actions),
      ...DATA_ACCESS,
      ...SOURCE_CODE_ACCESS,
    ];
    const actions = [...new Set(patterns.flatMap((pattern) => prover.reference.idsOf(pattern)))];
    const noticed = new Set(breaking(worldWith(actions)));
    assert.deepEqual(
      actions.filter((action) => !noticed.has(action)),
      [],
    );
  });

  it("are all that invariants call credentials, contents and source code, in the services that are read", () => {
    const granted = [...CREDENTIAL_READS, ...CONTENT_READS, ...SOURCE_CODE]
      .flatMap((pattern) => prover.reference.idsOf(pattern))
      .filter((id) => {
        const action = prover.reference.find(id);
        return (
          ["List", "Read"].includes(action?.level ?? "") && READ_SERVICES.includes(action?.service ?? "")
        );
      })
      .filter((id) => !isWithheld(id));
    assert.deepEqual(granted, []);
  });
});
