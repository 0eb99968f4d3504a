import assert from "node:assert/strict";

import { buildModel } from "../../src/model/model";
import type { ProofInput } from "../../src/proofs/proven-account";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import type { Breach } from "../../src/proofs/prover";
import { NOW, sampleOrganization, sampleRoster } from "../support/rosters";
import { databasesWorld, theProver, proofInputOf } from "./support";

/** The input without the policies that keep people from other databases. */
const withoutScope = ({ model, accounts }: ProofInput): ProofInput => ({
  model,
  accounts: accounts.map((account) => ({
    ...account,
    roles: account.roles.map((role) => ({
      ...role,
      policies: role.policies.filter(({ name }) => !name.includes("database-scope")),
    })),
  })),
});

describe("grants of one database", function () {
  this.timeout(60_000);

  async function breachesIn(input: ProofInput, id: string): Promise<readonly Breach[]> {
    const prover = await theProver();
    const invariant = INVARIANTS.find((one) => one.id === id);
    assert.ok(invariant);
    const claims = [...invariant.claims(input)];
    assert.ok(claims.length > 0);
    return claims.flatMap((claim) => claim.breaches(prover));
  }

  it("open no other", async () => {
    assert.deepEqual(await breachesIn(databasesWorld(), "database-grants-open-their-databases"), []);
  });

  it("would open all without the policy for that", async () => {
    const breaches = await breachesIn(withoutScope(databasesWorld()), "database-grants-open-their-databases");
    assert.match(breaches[0]?.example.resource ?? "", /:dbuser:db-BILLING\//);
  });

  for (const id of [
    "trusts-admit-holders-only",
    "trusts-admit-every-holder",
    "sessions-end-with-their-grants",
  ]) {
    it(`beside them: ${id}`, async () => assert.deepEqual(await breachesIn(databasesWorld(), id), []));
  }
});

describe("a rota", function () {
  this.timeout(60_000);
  const input = (): ProofInput => {
    const roster = sampleRoster();
    const shifts = Array.from({ length: 10 }, (_, week) => ({
      person: week % 2 === 0 ? "sarah.devops" : "omar.devops",
      from: new Date(Date.UTC(2026, 10, 16 + 7 * week)).toISOString(),
      until: new Date(Date.UTC(2026, 10, 23 + 7 * week)).toISOString(),
    }));
    const sarah = roster.people["sarah.devops"];
    assert.ok(sarah);
    const people = {
      ...roster.people,
      "sarah.devops": { ...sarah, access: { prod: "Read" } },
      "omar.devops": { ...sarah, email: "omar@example.com", access: {} },
    };
    return proofInputOf(
      buildModel(sampleOrganization(), { ...roster, people, onCall: { prod: { role: "Ops", shifts } } }, NOW),
    );
  };

  for (const id of [
    "trusts-admit-holders-only",
    "trusts-admit-every-holder",
    "sessions-end-with-their-grants",
  ]) {
    it(`admits and ends as the shifts that are deployed say: ${id}`, async () => {
      const prover = await theProver();
      const invariant = INVARIANTS.find((one) => one.id === id);
      assert.ok(invariant);
      const claims = [...invariant.claims(input())];
      assert.ok(claims.some(({ about }) => about.includes("prod/Ops")));
      assert.deepEqual(
        claims.flatMap((claim) => claim.breaches(prover)),
        [],
      );
    });
  }
});
