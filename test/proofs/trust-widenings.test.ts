import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import type { Claim } from "../../src/proofs/invariant";
import {
  everyRole,
  placedRoleTitle,
  type PlacedProvenRole,
  type ProofInput,
} from "../../src/proofs/proven-account";
import { AskedInvariants, breachedBy } from "./asked-invariants";
import { everySettingWorld, sampleWorld, theProver } from "./support";

type Change = readonly [change: string, statement: Statement];

/** What a statement becomes that asks one thing less of whom it admits, or admits more. */
function widerTrusts(statement: Statement): readonly Change[] {
  if (statement.effect === "Deny") return [];
  return [
    // The age of MFA is told of whoever entered it alone: without one of the two conditions the other asks the same.
    ...[...new Set(statement.conditions.map(({ key }) => key.replace(/(?<=MultiFactorAuth).*/, "")))].map(
      (key): Change => [
        `without ${key}`,
        { ...statement, conditions: statement.conditions.filter((one) => !one.key.startsWith(key)) },
      ],
    ),
    ...statement.conditions.flatMap((condition, index): readonly Change[] =>
      /^(String|Arn)(Equals|Like)$/.test(condition.operator)
        ? [
            [
              `with another ${condition.key}`,
              {
                ...statement,
                conditions: statement.conditions.with(index, {
                  ...condition,
                  values: [...condition.values, "arn:aws:iam::111111111111:user/people/another"],
                }),
              },
            ],
          ]
        : [],
    ),
    ["for anybody", { ...statement, principals: [{ type: "*", value: "*" }] }],
    [
      "for another account",
      {
        ...statement,
        principals: [...statement.principals, { type: "AWS", value: "arn:aws:iam::999900001111:root" }],
      },
    ],
  ];
}

/** The role alone with its trust changed, beside everybody who could enter. */
const withTrust = (
  { model, accounts }: ProofInput,
  { account, role }: PlacedProvenRole,
  statements: readonly Statement[],
): ProofInput => ({
  model,
  accounts: accounts.map((one) => ({
    ...one,
    roles: one === account ? [{ ...role, trust: { ...role.trust, statements } }] : [],
  })),
});

const isOfTrust = ({ finds, setting }: Claim): boolean =>
  finds === "allowed" && setting.resourcePolicy !== undefined;

describe("a trust that asks less or admits more", function () {
  this.timeout(300_000);

  it("breaks an invariant", async () => {
    const prover = await theProver();
    const seen = new Set<string>();
    const unnamed: string[] = [];
    for (const input of [sampleWorld(), everySettingWorld()]) {
      for (const placed of everyRole(input)) {
        const { statements } = placed.role.trust;
        const asked = new AskedInvariants(withTrust(input, placed, statements), isOfTrust);
        for (const [index, statement] of statements.entries()) {
          for (const [change, wider] of widerTrusts(statement)) {
            const text = JSON.stringify([placedRoleTitle(placed), wider]);
            if (seen.has(text)) continue;
            seen.add(text);
            const claims = asked.claims(withTrust(input, placed, statements.with(index, wider)));
            let isNamed = false;
            for (const { claim, moveToFront } of claims) {
              isNamed = (breachedBy(claim, prover) ?? []).length > 0;
              if (!isNamed) continue;
              moveToFront();
              break;
            }
            if (!isNamed) unnamed.push(`${placedRoleTitle(placed)} ${statement.label} ${change}`);
          }
        }
      }
    }
    assert.deepEqual(unnamed, []);
  });
});
