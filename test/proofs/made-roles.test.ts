import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import type { ProvenRole, ProofInput } from "../../src/proofs/proven-account";
import { INVARIANTS } from "../../src/proofs/every-invariant";
import { sampleWorld, theProver } from "./support";

/** What a reviewer may miss, of the boundary alone: the policy beside it still keeps Ops itself from it, and no role that Ops makes. */
const WIDER: readonly (readonly [how: string, statement: string, change: (one: Statement) => Statement[]])[] =
  [
    ["a service whole", "Services", (one) => [{ ...one, actions: [...one.actions, "cloudtrail:*"] }]],
    ["IAM whole", "Services", (one) => [{ ...one, actions: [...one.actions, "iam:*"] }]],
    ["a deletion", "Services", (one) => [{ ...one, actions: [...one.actions, "dynamodb:Delete*"] }]],
    ["databases of other regions", "Databases", (one) => [{ ...one, conditions: [] }]],
    ["deletion of databases", "Databases", (one) => [{ ...one, actions: [...one.actions, "rds:Delete*"] }]],
    ["keys of other accounts", "Keys", (one) => [{ ...one, resources: ["*"] }]],
    ["grants of keys", "Keys", (one) => [{ ...one, actions: [...one.actions, "kms:CreateGrant"] }]],
    ["machines for others than Ops", "Ops", (one) => [{ ...one, conditions: [] }]],
    ["change sets without a role", "OwnStacks", (one) => [{ ...one, actions: ["cloudformation:*"] }]],
    ["containers that may take their machine", "Fargate", (one) => [{ ...one, conditions: [] }]],
    ["IAM beyond its path", "OwnPath", (one) => [{ ...one, resources: ["*"] }]],
    [
      "trusts of roles without the boundary",
      "Bounded",
      (one) => [{ ...one, actions: one.actions.filter((action) => action !== "iam:Update*Role*") }],
    ],
    ["what Muster makes", "MusterStays", () => []],
  ];

describe("roles that Ops makes", function () {
  this.timeout(120_000);
  const input = sampleWorld();

  /** Prod with the role of Ops alone, its boundary changed. */
  const withBoundary = (change: (boundary: ParsedPolicy) => ParsedPolicy): ProofInput => ({
    ...input,
    accounts: input.accounts
      .filter(({ key }) => key === "prod")
      .map((account) => ({
        ...account,
        users: [],
        roles: account.roles.flatMap((role): readonly ProvenRole[] =>
          role.label === "Ops" && role.boundary ? [{ ...role, boundary: change(role.boundary) }] : [],
        ),
      })),
  });

  async function brokenFor(world: ProofInput): Promise<readonly string[]> {
    const prover = await theProver();
    return INVARIANTS.flatMap(({ claims }) => [...claims(world)])
      .filter(({ about }) => about === "prod/Ops, a role of its making")
      .flatMap(({ about, breaches }) => (breaches(prover).length > 0 ? [about] : []));
  }

  it("do nothing that Ops must not do, whatever their policies say", async () => {
    assert.deepEqual(await brokenFor(withBoundary((boundary) => boundary)), []);
  });

  for (const [how, label, change] of WIDER) {
    it(`would, were the boundary wider by ${how}`, async () => {
      const world = withBoundary((boundary) => {
        assert.ok(boundary.statements.some((one) => one.label === `"${label}"`));
        const statements = boundary.statements.flatMap((one) =>
          one.label === `"${label}"` ? change(one) : [one],
        );
        return { ...boundary, statements };
      });
      assert.notDeepEqual(await brokenFor(world), []);
    });
  }
});
