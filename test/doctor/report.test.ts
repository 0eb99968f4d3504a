import assert from "node:assert/strict";

import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  warningOutcome,
  type DoctorFinding,
} from "../../src/doctor/doctor-finding";
import { doctorExitStatus, doctorReportJson, doctorReportText } from "../../src/doctor/doctor-report";

const FINE: DoctorFinding = { name: "pulumi", ...passedOutcome("3.256.0") };
const LACKS: DoctorFinding = {
  name: "policy pack",
  ...missingOutcome("is not compiled", "Run `npm run build:policypack`."),
};
const HIDDEN: DoctorFinding = { name: "backend", ...unknownOutcome("does not answer", "Look by hand.") };

const ODD: DoctorFinding = {
  name: "src/roster.ts, power",
  ...warningOutcome("has one name", "Add a second."),
};

const NOT_LOOKED_AT =
  "Not looked at: whether these credentials may do all that a deployment does, what service control policies deny, and what differs " +
  "in the accounts (npm run drift).\n";

describe("the report of the doctor", () => {
  it("has a line for each finding, with what to do", () => {
    assert.equal(
      doctorReportText([FINE, LACKS, HIDDEN]),
      `ok      pulumi: 3.256.0.
missing policy pack: is not compiled. Run \`npm run build:policypack\`.
unknown backend: does not answer. Look by hand.

1 thing is missing. 1 thing could not be looked at.
${NOT_LOOKED_AT}`,
    );
    assert.equal(
      doctorReportText([FINE]),
      `ok      pulumi: 3.256.0.\n\nNothing is missing of what these lines name.\n${NOT_LOOKED_AT}`,
    );
  });

  it("lists warnings, which keep nothing back", () => {
    assert.equal(
      doctorReportText([FINE, ODD]),
      "ok      pulumi: 3.256.0.\nwarning src/roster.ts, power: has one name. Add a second.\n\n" +
        `Nothing is missing of what these lines name. 1 warning to look at.\n${NOT_LOOKED_AT}`,
    );
    assert.equal(doctorExitStatus([FINE, ODD]), 0);
  });

  it("ends with 0, with 1 where something is missing, with 2 where nobody knows", () => {
    assert.deepEqual([[FINE], [FINE, LACKS], [LACKS, HIDDEN], [HIDDEN]].map(doctorExitStatus), [0, 1, 2, 2]);
  });

  it("is whole for programs", () => {
    const { exitStatus: status, findings } = JSON.parse(doctorReportJson([FINE, LACKS])) as Record<
      string,
      unknown
    >;
    assert.deepEqual([status, findings], [1, [FINE, LACKS]]);
  });

  it("shows text of others on its line, without what moves a terminal's cursor", () => {
    const odd: DoctorFinding = { name: "backend", ...unknownOutcome("says \u001b[2J\nok", "Look\u202e.") };
    assert.equal(
      doctorReportText([odd]).split("\n")[0],
      "unknown backend: says \\u{1b}[2J\\nok. Look\\u{202e}.",
    );
  });
});
