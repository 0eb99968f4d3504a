import assert from "node:assert/strict";

import { PIPELINE_ROLE_NAMES } from "../../src/model/pipeline";
import { ROLE_NAMES } from "../../src/model/roles";
import { EVERYTHING, type ParsedPolicy } from "../../src/proofs/allowed-requests";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import { ownInvariants } from "../../src/proofs/own-invariant";
import type { ProofInput, ProvenAccount, ProvenRole, ProvenUser } from "../../src/proofs/proven-account";
import { proveInvariant } from "../../src/proofs/proof";
import type { Prover } from "../../src/proofs/prover";
import { everySettingWorld, theProver } from "./support";

const NOTHING: ParsedPolicy = { name: "nothing", statements: [] };

/** A role of an account that nothing explains, as `--live` calls it: by its name in IAM. */
const handMadeRole = ({ id }: ProvenAccount, name: string): ProvenRole => ({
  kind: "other",
  label: name,
  name,
  arn: `arn:aws:iam::${id}:role/${name}`,
  trust: NOTHING,
  policies: [EVERYTHING],
});

const handMadeUser = ({ id }: ProvenAccount, policy: ParsedPolicy): ProvenUser => ({
  kind: "other",
  name: "by-hand",
  arn: `arn:aws:iam::${id}:user/by-hand`,
  tags: {},
  policies: [policy],
});

describe("what somebody made by hand", function () {
  this.timeout(120_000);
  const { model, accounts } = everySettingWorld();
  let prover: Prover;
  before(async () => {
    prover = await theProver();
  });

  const only = (key: string, madeIn: (account: ProvenAccount) => Partial<ProvenAccount>): ProofInput => ({
    model,
    accounts: accounts.map((one) => ({ ...one, users: [], roles: [], ...(one.key === key && madeIn(one)) })),
  });

  /** The invariants that it breaks. */
  const brokenBy = (input: ProofInput): readonly string[] =>
    INVARIANTS.filter((invariant) => proveInvariant(invariant, input, prover).failures.length > 0).map(
      ({ id }) => id,
    );

  /** The invariants that speak of it. */
  const askedOf = (input: ProofInput): readonly string[] =>
    INVARIANTS.filter((invariant) => [...invariant.claims(input)].length > 0).map(({ id }) => id);

  for (const account of ["dev", "prod"]) {
    for (const name of [...ROLE_NAMES, ...PIPELINE_ROLE_NAMES]) {
      it(`is asked the same where it is a role called ${name} in ${account} as under any other name`, () => {
        const asked = (called: string): readonly string[] =>
          askedOf(only(account, (one) => ({ roles: [handMadeRole(one, called)] })));
        assert.deepEqual(asked(name), asked("by-hand"));
      });
    }
  }

  it("is not the role that an invariant of the organization's own names", () => {
    const written = [
      { id: "backups-stay", of: "prod/Ops", never: { actions: "backup:Delete*" }, because: "We need them." },
    ];
    const claims = ownInvariants(written, { model, accounts }, prover).flatMap((invariant) => [
      ...invariant.claims(only("prod", (one) => ({ roles: [handMadeRole(one, "Ops")] }))),
    ]);
    assert.deepEqual(claims, []);
  });

  const BROKEN = [
    "iam-is-changed-by-administrators",
    "users-are-the-rosters",
    "musters-things-stay",
    "musters-tag-is-musters",
    "the-way-back-stays",
    "tag-of-machines-is-administrators",
    "roles-are-passed-to-run-services",
    "what-watches-stays-on",
    "trails-objects-are-for-auditors",
    "state-is-the-pipelines",
  ];

  it("breaks, as a role that may do everything in prod, what nobody but administrators may", () => {
    const input = only("prod", (one) => ({ roles: [handMadeRole(one, "Admin")] }));
    assert.deepEqual(brokenBy(input), BROKEN);
  });

  it("breaks the same as a user that may do everything", () => {
    const input = only("prod", (one) => ({ users: [handMadeUser(one, EVERYTHING)] }));
    assert.deepEqual(brokenBy(input), BROKEN);
  });

  it("breaks nothing as a user without permissions", () => {
    const input = only("prod", (one) => ({ users: [handMadeUser(one, NOTHING)] }));
    assert.deepEqual(brokenBy(input), []);
  });
});
