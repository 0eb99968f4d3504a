import assert from "node:assert/strict";

import { addSeconds, parseDate } from "../../src/model/dates";
import { RENEWAL_DAYS } from "../../src/model/categories";
import { buildModel } from "../../src/model/model";
import { blueprintsOf } from "../../src/documents/blueprint";
import { expiredEntries, withoutEntries } from "../../src/requests/expired-entries";
import { sampleOrganization, sampleRoster } from "../support/rosters";

const UNTIL = "2026-11-20T14:00:00Z";
const END = parseDate(UNTIL, "until")!;
const after = (seconds: number): Date => new Date(addSeconds(END, seconds));
const RENEWAL = RENEWAL_DAYS * 86_400;

const entry = (more: object = {}) => ({
  person: "john.developer",
  account: "prod",
  role: "DbRead",
  until: UNTIL,
  ...more,
});

describe("temporary grants that may go", () => {
  for (const [what, role, seconds, goes] of [
    ["not while they count", "DbRead", -1, false],
    ["not while a session that began under them may go on", "Read", 8 * 3_600 - 1, false],
    ["not while another one would renew them", "DbRead", RENEWAL - 1, false],
    ["once nothing asks about them", "DbRead", RENEWAL, true],
  ] as const) {
    it(what, () => {
      const roster = { temporary: [entry({ role })] };
      assert.equal(expiredEntries(roster, after(seconds)).length, goes ? 1 : 0);
    });
  }

  it("a day means its end", () => {
    const roster = { temporary: [entry({ until: "2026-11-20" })] };
    assert.deepEqual(
      ["2026-11-27T23:59:59Z", "2026-11-28T00:00:00Z"].map(
        (at) => expiredEntries(roster, new Date(at)).length,
      ),
      [0, 1],
    );
  });

  it("nothing that cannot be read, nor of a role that nobody knows, nor anything but temporary grants", () => {
    const roster = {
      people: { kim: { until: "2020-01-01", approvedBy: [] } },
      temporary: [entry({ until: "soon" }), entry({ role: "Wizard" }), "x", entry()],
    };
    assert.deepEqual(
      expiredEntries(roster, after(RENEWAL)).map(({ index }) => index),
      [3],
    );
    assert.deepEqual(expiredEntries({}, after(RENEWAL)), []);
  });

  it("leave the others in their order, and every document as it was", () => {
    const roster = sampleRoster();
    const [first] = roster.temporary ?? [];
    const running = {
      ...first!,
      from: "2026-11-27T15:00:00Z",
      until: "2026-11-27T18:00:00Z",
      reason: "INC-2",
    };
    roster.temporary = [first!, running];
    const now = after(RENEWAL + 3_600);
    const entries = expiredEntries(roster, now);
    assert.deepEqual(
      entries.map(({ index }) => index),
      [0],
    );
    const rest = withoutEntries(roster, entries);
    assert.deepEqual(rest, { ...roster, temporary: [running] });
    const documents = (written: unknown): unknown =>
      blueprintsOf(buildModel(sampleOrganization(), written, now));
    assert.deepEqual(documents(rest), documents(roster));
  });
});
