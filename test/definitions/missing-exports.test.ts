import assert from "node:assert/strict";

import { missingExports } from "../../src/definitions/missing-exports";
import { formatProblems } from "../../src/model/problems";

describe("edited files without what is read from them", () => {
  it("are all named, with the least that each of them holds", () => {
    const problems = missingExports({
      organization: undefined,
      roster: undefined,
      workloads: undefined,
      invariants: undefined,
    });
    assert.equal(
      formatProblems("4 problems.", problems),
      `4 problems.

src/invariants.ts
  1. the exported value
     This file exports no \`invariants\`: it is empty, or calls it otherwise.
     To do: Write \`export const invariants = defineInvariants(organization, []);\` at least.

src/organization.ts
  2. the exported value
     This file exports no \`organization\`: it is empty, or calls it otherwise.
     To do: Write \`export const organization = defineOrganization({ … });\` at least.

src/roster.ts
  3. the exported value
     This file exports no \`roster\`: it is empty, or calls it otherwise.
     To do: Write \`export const roster = defineRoster(organization, { … });\` at least.

src/workloads.ts
  4. the exported value
     This file exports no \`workloads\`: it is empty, or calls it otherwise.
     To do: Write \`export const workloads = defineWorkloads({});\` at least.`,
    );
  });

  it("are none where each has something, however little", () => {
    assert.deepEqual(missingExports({ organization: null, roster: 0, workloads: {}, invariants: [] }), []);
    assert.deepEqual(missingExports({}), []);
  });
});
