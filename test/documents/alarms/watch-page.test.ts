import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { ALARMS, type AlarmReference } from "../../../src/documents/alarms/alarm-table";
import { CIS_VERSIONS, cisId } from "../../../src/model/cis";
import { keysOf } from "../../../src/model/keys-of";

const PAGE = readFileSync(path.join(__dirname, "../../../docs/watch.md"), "utf8");

/** The cells of the table's rows. */
const ROWS = [...PAGE.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\|$/gm)].map(
  ([, name = "", severity = "", , from = ""]) => ({ name, severity, from }),
);

const cited = ({ cis, securityHub }: AlarmReference): string =>
  [...(cis ? [`CIS ${cisId(cis)}`] : []), ...(securityHub ? [securityHub] : [])].join(", ");

describe("docs/watch.md", () => {
  it("has every alarm, in the order of the table", () => {
    assert.deepEqual(
      ROWS.map(({ name }) => name),
      keysOf(ALARMS),
    );
  });

  it("says how severe each is, and by which number of CIS", () => {
    for (const { name, severity, from } of ROWS) {
      const subject = keysOf(ALARMS).find((one) => one === name);
      assert.ok(subject);
      const { severity: expected, reference } = ALARMS[subject];
      if (typeof expected === "string") assert.equal(severity, expected, name);
      else assert.equal(severity, "critical in prod, notice elsewhere");
      if ("cis" in reference) assert.equal(from, cited(reference), name);
    }
    assert.ok(PAGE.includes(`version ${CIS_VERSIONS[0]}`));
  });
});
