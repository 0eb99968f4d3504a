import assert from "node:assert/strict";

import { POLICIES } from "../../policypack/index";
import type { RegisteredResource } from "../support/resources";
import { CASES } from "./cases/index";
import type { Case } from "./support/cases";
import { Pack } from "./support/pack";
import { stackOf } from "./support/sample-stacks";

const stacks = new Map<string, Promise<readonly RegisteredResource[]>>();

/** What the program registers does not depend on who looks at it: each stack is made once. */
function registered({ stack, situation: { organization, roster, workloads, moment } = {} }: Case) {
  const given = {
    ...(organization !== undefined && { organization }),
    ...(roster !== undefined && { roster }),
    ...(workloads !== undefined && { workloads }),
    ...(moment && { moment }),
  };
  const key = JSON.stringify([stack, given]);
  const known = stacks.get(key);
  if (known !== undefined) return known;
  const made = stackOf(stack, given);
  stacks.set(key, made);
  return made;
}

/** Only what the policy itself says: what one change breaks, several policies may refuse. */
async function wrongBy(policy: string, one: Case): Promise<readonly (readonly [string, string])[]> {
  const resources = one.edits.reduce((sofar, edit) => edit(sofar), await registered(one));
  return new Pack(one.situation)
    .refusals(one.stack, resources)
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
