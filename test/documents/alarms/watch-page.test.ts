import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { alarmBlueprints } from "../../../src/documents/alarms/alarm-blueprint";
import { ALARMS, type AlarmReference } from "../../../src/documents/alarms/alarm-table";
import { CIS_RECOMMENDATIONS, CIS_VERSIONS, type CisKey } from "../../../src/model/cis";
import { keysOf } from "../../../src/model/keys-of";
import { buildModel } from "../../../src/model/model";
import type { AlarmSubject } from "../../../src/model/names";
import { sampleOrganization, sampleRoster } from "../../support/rosters";
import { SAMPLE_MOMENT } from "../../support/sample";

const PAGE = readFileSync(path.join(__dirname, "../../../docs/watch.md"), "utf8");

/** The table's rows: name, place, severity, source. */
const ROWS = [...PAGE.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\| ([^|]+?) +\| [^|]+? +\| ([^|]+?) +\|$/gm)].map(
  (row) => row.slice(1),
);

const { people, ...roster } = sampleRoster();
const leaver = { email: "left@example.com", category: "developer", access: {}, until: "2026-11-22" };
const MODEL = buildModel(
  sampleOrganization(),
  { ...roster, people: { ...people, "left.yesterday": leaver } },
  SAMPLE_MOMENT,
);

/** By the sample's accounts that have an alarm. */
const PLACES: Readonly<Record<string, string>> = {
  "users dev staging prod": "every account",
  users: "where people live",
  "dev staging prod": "where nobody lives",
  prod: "where somebody holds BreakGlass",
  "users prod": "the same, and where people live",
};

const ALARMS_BY_ACCOUNT = MODEL.organization.accounts.map((account) => ({
  account,
  alarms: alarmBlueprints(MODEL, account),
}));

function placeOf(subject: AlarmSubject): string {
  const keys = ALARMS_BY_ACCOUNT.filter(({ alarms }) => alarms.some((alarm) => alarm.subject === subject));
  return PLACES[keys.map(({ account }) => account.key).join(" ")] ?? "";
}

/** What an alarm is in the accounts that have it: prod's word first. */
function severityOf(subject: AlarmSubject): string {
  const found = new Map(
    ALARMS_BY_ACCOUNT.flatMap(({ account, alarms }) =>
      alarms
        .filter((alarm) => alarm.subject === subject)
        .map(({ severity }) => [account.key, severity] as const),
    ),
  );
  const [first = "", ...others] = new Set([found.get("prod"), ...found.values()].flatMap((one) => one ?? []));
  return others.length === 0 ? first : `${first} in prod, ${others.join()} elsewhere`;
}

function cisNumbers(key: CisKey): string {
  const { ids } = CIS_RECOMMENDATIONS[key];
  const [current, ...earlier] = CIS_VERSIONS.map((version) => ids[version]);
  return `CIS ${current} (${[...new Set(earlier)].join(", ")})`;
}

function sourceOf({ cis, securityHub, source }: AlarmReference): string {
  return [cis && cisNumbers(cis), securityHub, source].filter((part) => part !== undefined).join(", ");
}

describe("the table of alarms in docs/watch.md", () => {
  it("says of every alarm, in order, where it is, how severe, and by which number of CIS or source document", () =>
    assert.deepEqual(
      ROWS,
      keysOf(ALARMS).map((subject) => [
        subject,
        placeOf(subject),
        severityOf(subject),
        sourceOf(ALARMS[subject].reference),
      ]),
    ));

  it("names the versions of CIS", () => {
    const [current, ...earlier] = CIS_VERSIONS;
    assert.ok(PAGE.includes(`version ${current}, with those of ${earlier.join(" and ")} in brackets`));
  });
});
