import assert from "node:assert/strict";

import type { StatementCondition } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import type { ProofInput } from "../../src/proofs/proven-account";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import { keyRequirement, UNDERSTOOD_OPERATORS } from "../../src/proofs/condition/key-requirement";
import { NotModelled } from "../../src/proofs/not-modelled";
import { sampleWorld, theProver } from "./support";

const deleting = (condition: StatementCondition): ParsedPolicy["statements"][number] => ({
  label: "Deletes",
  effect: "Allow",
  principals: [],
  notPrincipals: [],
  actions: ["s3:DeleteBucket"],
  notActions: [],
  resources: ["*"],
  notResources: [],
  conditions: [condition],
});

/** The sample, whose Ops in prod may delete buckets besides, under a condition. */
function worldThatDeletes(condition: StatementCondition): ProofInput {
  const { model, accounts } = sampleWorld();
  const statement = deleting(condition);
  return {
    model,
    accounts: accounts.map((account) => ({
      ...account,
      roles: account.roles.map((role) =>
        role.name === "infra-OpsR-prod"
          ? {
              ...role,
              policies: [...role.policies, { name: "more", statements: [statement] }],
              ...(role.boundary && {
                boundary: { ...role.boundary, statements: [...role.boundary.statements, statement] },
              }),
            }
          : role,
      ),
    })),
  };
}

describe("a condition that somebody can meet", function () {
  this.timeout(60_000);

  async function breaches(condition: StatementCondition): Promise<number> {
    const prover = await theProver();
    const invariant = INVARIANTS.find(({ id }) => id === "ops-destroys-no-data");
    const claims = [...(invariant?.claims(worldThatDeletes(condition)) ?? [])];
    assert.notEqual(claims.length, 0);
    return claims.flatMap((claim) => claim.breaches(prover)).length;
  }

  // Whether AWS says anything of MFA in a role's session is not for a proof to decide.
  const met: readonly (readonly [operator: string, key: string, value: string])[] = [
    ["Bool", "aws:MultiFactorAuthPresent", "true"],
    ["Bool", "aws:MultiFactorAuthPresent", "false"],
    ["BoolIfExists", "aws:MultiFactorAuthPresent", "true"],
    ["ForAllValues:Bool", "aws:MultiFactorAuthPresent", "true"],
    ["NumericLessThan", "aws:MultiFactorAuthAge", "3600"],
    ["Null", "aws:MultiFactorAuthPresent", "false"],
    ["Null", "aws:MultiFactorAuthPresent", "true"],
    ["ForAllValues:StringEquals", "aws:TagKeys", "Project"],
    ["ForAnyValue:Bool", "aws:MultiFactorAuthPresent", "true"],
  ];
  for (const [operator, key, value] of met) {
    it(`does not hide what is allowed: ${operator} ${key} ${value}`, async () => {
      assert.notEqual(await breaches({ operator, key, values: [value] }), 0);
    });
  }

  const refused: readonly (readonly [operator: string, key: string, value: string])[] = [
    ["ForAllValues:Null", "aws:TagKeys", "false"],
    ["ForAnyValue:Null", "aws:TagKeys", "false"],
    ["ForAnyValue:StringEqualsIfExists", "aws:TagKeys", "Project"],
    ["ForAnyValue:StringEqual", "aws:TagKeys", "Project"],
    ["StringEqual", "aws:TagKeys", "Project"],
  ];
  for (const [operator, key, value] of refused) {
    it(`is refused where it is not understood: ${operator}`, async () => {
      await assert.rejects(breaches({ operator, key, values: [value] }), NotModelled);
    });
  }

  const valueFor = (operator: string): string => {
    if (/^(Bool|Null)/.test(operator)) return "true";
    if (operator.startsWith("Numeric")) return "1";
    if (operator.startsWith("Date")) return "2026-11-30T00:00:00Z";
    return operator.endsWith("IpAddress") ? "192.0.2.0/24" : "value";
  };
  for (const operator of UNDERSTOOD_OPERATORS) {
    it(`is understood as messages say: ${operator}`, () => {
      const values = [valueFor(operator)];
      assert.doesNotThrow(() => keyRequirement({ operator, key: "aws:Example", values }, values));
    });
  }
});
