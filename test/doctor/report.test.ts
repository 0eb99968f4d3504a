import assert from "node:assert/strict";

import { missing, ok, unknown, type Finding } from "../../src/doctor/finding";
import { exitStatus, reportAsJson, reportAsText } from "../../src/doctor/report";

const FINE: Finding = { name: "pulumi", ...ok("3.256.0") };
const LACKS: Finding = {
  name: "policy pack",
  ...missing("is not compiled", "Run `npm run build:policypack`."),
};
const HIDDEN: Finding = { name: "backend", ...unknown("does not answer", "Look by hand.") };

describe("the report of the doctor", () => {
  it("has a line for each finding, with what to do", () => {
    assert.equal(
      reportAsText([FINE, LACKS, HIDDEN]),
      `ok      pulumi: 3.256.0.
missing policy pack: is not compiled. Run \`npm run build:policypack\`.
unknown backend: does not answer. Look by hand.

1 thing is missing. 1 thing could not be looked at.
`,
    );
    assert.equal(
      reportAsText([FINE]),
      "ok      pulumi: 3.256.0.\n\nNothing is missing: every account can be deployed.\n",
    );
  });

  it("ends with 0, with 1 where something is missing, with 2 where nobody knows", () => {
    assert.deepEqual([[FINE], [FINE, LACKS], [LACKS, HIDDEN], [HIDDEN]].map(exitStatus), [0, 1, 2, 2]);
  });

  it("is whole for programs", () => {
    assert.deepEqual(JSON.parse(reportAsJson([FINE, LACKS])), { exitStatus: 1, findings: [FINE, LACKS] });
  });
});
