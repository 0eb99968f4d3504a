import assert from "node:assert/strict";

import { POLICIES, type PolicyName } from "../../policypack/index";
import type { PackPolicy } from "../../policypack/pack-policy";
import { CASES } from "./cases/index";
import type { PolicyCase } from "./support/cases";
import { Pack } from "./support/pack";
import { stackOf } from "./support/sample-stacks";

/** An exemption is needed where some other policy would refuse something. */
const concerned = (name: PolicyName): readonly PackPolicy[] =>
  POLICIES.filter((policy) => policy.name === name || name === "aws-iam-exemption-valid");

/** Only what the policy itself says: what one change breaks, several policies may refuse. */
async function wrongBy(policy: PolicyName, { stack, situation, edits }: PolicyCase) {
  const resources = edits.reduce((sofar, edit) => edit(sofar), await stackOf(stack, situation));
  return new Pack(situation, concerned(policy))
    .refusals(stack, resources)
    .filter((refusal) => refusal.policy === policy)
    .map(({ resource = "", wrong }) => [resource, wrong]);
}

describe("the policies, one by one", function () {
  this.timeout(60_000);

  for (const { name, displayName } of POLICIES) {
    describe(`${name}: ${displayName}`, () => {
      const { passes = [], refuses } = CASES[name];
      for (const one of passes) {
        it(`passes: ${one.rule}`, async () => {
          assert.deepEqual(await wrongBy(name, one), []);
        });
      }
      for (const one of refuses) {
        it(`refuses: ${one.rule}`, async () => {
          assert.deepEqual(await wrongBy(name, one), one.wrong);
        });
      }
    });
  }
});
