import assert from "node:assert/strict";

import { CIS_RECOMMENDATIONS, cisReference } from "../../src/model/cis";
import { keysOf } from "../../src/model/keys-of";
import { FINDING_RULES, FINDING_RULE_IDS } from "../../src/review/review-finding";

const REFERENCES = new Set(keysOf(CIS_RECOMMENDATIONS).map(cisReference));

describe("recommendations of CIS that findings serve", () => {
  for (const rule of FINDING_RULE_IDS) {
    const cited = FINDING_RULES[rule].serves.filter((one) => one.startsWith("CIS"));
    if (cited.length === 0) continue;
    it(`${rule}: ${cited.join(", ")}`, () => {
      assert.deepEqual(
        cited.filter((one) => !REFERENCES.has(one)),
        [],
      );
    });
  }

  it("say the version of the benchmark", () => {
    assert.equal(cisReference("usersHaveMfa"), "CIS 7.0.0 2.10");
  });
});
