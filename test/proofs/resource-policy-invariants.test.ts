import assert from "node:assert/strict";

import type { Statement } from "../../src/documents/statement";
import {
  RESOURCES,
  resourceBreaches,
  parsedResourcePolicy,
} from "../../src/proofs/invariants/resource-policy-invariants";
import { sampleWorld, theProver } from "./support";

const EVERYBODY = { type: "AWS", value: "*" };

describe("policies of Muster's own resources", function () {
  this.timeout(60_000);
  const input = sampleWorld();
  const { organization } = input.model;
  const account = organization.accounts.find(({ key }) => key === "prod");
  assert.ok(account);

  for (const { name, policyOf, services } of RESOURCES) {
    const policy = parsedResourcePolicy(name, policyOf({ organization, account }));
    const breachesWith = async (changed: Statement, statement: Statement): Promise<number> => {
      const statements = policy.statements.map((one) => (one === statement ? changed : one));
      const prover = await theProver();
      return resourceBreaches({ ...policy, statements }, account.id, services, input, prover).length;
    };

    for (const statement of policy.statements.filter(({ effect }) => effect === "Allow")) {
      it(`${name}: ${statement.label} open to everybody without a condition would let others in`, async () => {
        assert.equal(await breachesWith(statement, statement), 0);
        const open = { ...statement, principals: [EVERYBODY], conditions: [] };
        assert.notEqual(await breachesWith(open, statement), 0);
      });
    }

    const ofServices = policy.statements.filter(({ principals }) =>
      principals.some(({ type, value }) => type === "Service" && services.includes(value)),
    );
    for (const statement of ofServices.filter(({ effect }) => effect === "Allow")) {
      it(`${name}: ${statement.label} without conditions would serve other accounts`, async () => {
        assert.notEqual(await breachesWith({ ...statement, conditions: [] }, statement), 0);
      });
    }
  }
});
