import assert from "node:assert/strict";

import type { StatementPrincipal, Statement } from "../../src/documents/statement";
import type { ParsedPolicy } from "../../src/proofs/allowed-requests";
import {
  guardedResourceBreaches,
  parsedResourcePolicy,
  RESOURCES,
} from "../../src/proofs/invariants/resource-policy-invariants";
import { sampleWorld, theProver } from "./support";

const EVERYBODY: StatementPrincipal = { type: "AWS", value: "*" };
const ANOTHER_SERVICE: StatementPrincipal = { type: "Service", value: "lambda.amazonaws.com" };
const ANOTHER_ACCOUNT: StatementPrincipal = { type: "AWS", value: "arn:aws:iam::999988887777:root" };

/** What becomes of a statement that lets somebody in, with one thing widened. */
function widened(one: Statement, serviceOfActions: string): readonly (readonly [how: string, Statement])[] {
  const isOfService = one.principals.some(({ type }) => type === "Service");
  return [
    ["open to everybody", { ...one, principals: [EVERYBODY], conditions: [] }],
    ["open to another account", { ...one, principals: [...one.principals, ANOTHER_ACCOUNT], conditions: [] }],
    ["open to another service", { ...one, principals: [...one.principals, ANOTHER_SERVICE] }],
    ...(isOfService ? [["with every action", { ...one, actions: [`${serviceOfActions}:*`] }] as const] : []),
    ...(isOfService
      ? one.conditions.map(
          ({ key }, index) =>
            [`without ${key}`, { ...one, conditions: one.conditions.toSpliced(index, 1) }] as const,
        )
      : []),
  ];
}

describe("policies of Muster's own resources", function () {
  this.timeout(60_000);
  const input = sampleWorld();
  const { organization } = input.model;
  const account = organization.accounts.find(({ key }) => key === "prod");
  assert.ok(account);
  const context = { organization, account };

  for (const resource of RESOURCES) {
    const policy = parsedResourcePolicy(resource.name, resource.policyOf(context));
    const breachesOf = async (statements: ParsedPolicy["statements"]): Promise<number> =>
      guardedResourceBreaches(resource, { ...policy, statements }, context, input, await theProver()).length;
    const [service = ""] = policy.statements.flatMap(({ actions }) =>
      actions.map((one) => one.split(":")[0]),
    );

    it(`${resource.name} serves this account alone`, async () => {
      assert.equal(await breachesOf(policy.statements), 0);
    });

    policy.statements.forEach((statement, index) => {
      if (statement.effect === "Deny") return;
      for (const [how, wider] of widened(statement, service)) {
        it(`${resource.name} would serve others: ${statement.label} ${how}`, async () => {
          assert.notEqual(await breachesOf(policy.statements.with(index, wider)), 0);
        });
      }
    });

    if (resource.bucket !== undefined) {
      const closed = policy.statements.findIndex(({ label }) => label === '"NobodyWithoutTls"');
      const denial = policy.statements[closed];
      assert.ok(denial);
      const without: readonly (readonly [how: string, Statement[]])[] = [
        ["without the statement", []],
        ["for the bucket alone", [{ ...denial, resources: denial.resources.slice(0, 1) }]],
        ["for its objects alone", [{ ...denial, resources: denial.resources.slice(1) }]],
        ["for reading alone", [{ ...denial, actions: ["s3:Get*"] }]],
      ];
      for (const [how, instead] of without) {
        it(`${resource.name} would be spoken to without TLS ${how}`, async () => {
          assert.notEqual(await breachesOf(policy.statements.toSpliced(closed, 1, ...instead)), 0);
        });
      }
    }
  }
});
