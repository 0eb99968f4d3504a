import fc from "fast-check";
import assert from "node:assert/strict";

import type { BreakGlassUse } from "../../src/incidents/break-glass-use";
import { changeLogText } from "../../src/incidents/change-log";
import {
  openRecordText,
  parseRecord,
  recordFileName,
  type IncidentRecord,
} from "../../src/incidents/incident-record";
import { matchUses, overdueRecords } from "../../src/incidents/match-uses";
import { toInstant } from "../../src/model/dates";

const instant = (text: string) => toInstant(new Date(text));

const OPEN: IncidentRecord = {
  name: "2026-11-23-prod-inc-1042",
  kind: "emergency",
  account: "prod",
  holder: "sarah.devops",
  reason: "INC-1042",
  opened: instant("2026-11-23T14:02:00Z"),
  expectedEnd: instant("2026-11-23T15:02:00Z"),
  sessions: [],
};

describe("a record of an incident", () => {
  it("says what is known when it is opened", () => {
    assert.equal(
      openRecordText({ ...OPEN, told: "maria.cto" }),
      [
        "# Break-glass: prod, 2026-11-23",
        "",
        "- Account: prod",
        "- Kind: emergency",
        "- Holder: sarah.devops",
        "- Reason: INC-1042",
        "- Told: maria.cto",
        "- Opened: 2026-11-23T14:02:00Z",
        "- Expected end: 2026-11-23T15:02:00Z",
        "- Closed: not yet",
        "",
        "## Notes",
        "",
        "- Write each command and its time here, and why: the trail knows the rest.",
        "",
      ].join("\n"),
    );
  });

  it("is read as it was written, whatever the reason and the ends of lines", () => {
    const reasons = fc
      .string({ unit: "binary", minLength: 1, maxLength: 60 })
      .map((text) =>
        text
          .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, "")
          .replace(/\s+/g, " ")
          .trim(),
      )
      .filter((text) => text !== "");
    fc.assert(
      fc.property(reasons, fc.boolean(), (reason, windows) => {
        const record = { ...OPEN, reason };
        const text = openRecordText(record);
        assert.deepEqual(parseRecord(OPEN.name, windows ? text.replaceAll("\n", "\r\n") : text), record);
      }),
    );
  });

  it("says all that is wrong with its head", () => {
    const text = openRecordText(OPEN)
      .replace("- Kind: emergency", "- Kind: exercise")
      .replace("- Holder: sarah.devops\n", "")
      .replace("2026-11-23T14:02:00Z", "yesterday");
    assert.deepEqual(parseRecord("x", text), {
      name: "x",
      problems: [
        'Kind is "exercise", and not emergency or rehearsal',
        'the line "- Holder: …" is missing or empty',
        'Opened is no date or instant: "yesterday"',
      ],
    });
  });

  const NAMES: readonly { readonly reason: string; readonly name: string }[] = [
    { reason: "INC-1042", name: "2026-11-23-prod-inc-1042" },
    { reason: "../../etc/passwd", name: "2026-11-23-prod-etc-passwd" },
    {
      reason: "Zahlung gestört: nichts geht mehr, seit einer Stunde",
      name: "2026-11-23-prod-zahlung-gest-rt-nichts-geht-mehr-seit-ei",
    },
    { reason: "停止", name: "2026-11-23-prod" },
  ];
  for (const { reason, name } of NAMES)
    it(`is called ${name} because of ${reason}`, () =>
      assert.equal(recordFileName({ ...OPEN, reason }), name));
});

describe("sessions and records", () => {
  const ID = "00000000-0000-0000-0000-000000000001";
  const use: BreakGlassUse = {
    id: ID,
    time: "2026-11-23T14:05:00Z",
    person: "sarah.devops",
    way: "AssumeRole",
    isRefused: false,
  };
  const closed: IncidentRecord = { ...OPEN, closed: instant("2026-11-23T14:40:00Z"), sessions: [ID] };
  const CASES: readonly {
    readonly what: string;
    readonly record: IncidentRecord;
    readonly use: BreakGlassUse;
    readonly fits: boolean;
  }[] = [
    { what: "of its holder in the time of an open record", record: OPEN, use, fits: true },
    {
      what: "at the moment when it was opened",
      record: OPEN,
      use: { ...use, time: "2026-11-23T14:02:00Z" },
      fits: true,
    },
    {
      what: "before it was opened",
      record: OPEN,
      use: { ...use, time: "2026-11-23T14:01:59Z" },
      fits: false,
    },
    {
      what: "after the end that was expected",
      record: OPEN,
      use: { ...use, time: "2026-11-23T15:02:00Z" },
      fits: false,
    },
    {
      what: "of somebody else",
      record: OPEN,
      use: { ...use, person: "maria.cto" },
      fits: false,
    },
    { what: "that a closed record lists", record: closed, use, fits: true },
    { what: "that a closed record does not list", record: { ...closed, sessions: [] }, use, fits: false },
  ];
  for (const { what, record, use: session, fits } of CASES)
    it(`a session ${what} ${fits ? "has" : "does not have"} the record`, () =>
      assert.deepEqual(matchUses([session], [record]), [
        { use: session, record: fits ? record : undefined },
      ]));

  it("leave refused attempts alone", () =>
    assert.deepEqual(matchUses([{ ...use, isRefused: true }], []), []));

  it("are overdue where nobody closed a record after its time", () => {
    assert.deepEqual(overdueRecords([OPEN, closed], instant("2026-11-23T15:02:00Z")), [OPEN]);
    assert.deepEqual(overdueRecords([OPEN, closed], instant("2026-11-23T15:01:59Z")), []);
  });
});

describe("the change log of incidents", () => {
  const rehearsal: IncidentRecord = {
    ...OPEN,
    name: "2026-11-24-prod-rehearsal",
    kind: "rehearsal",
    reason: "a | b",
    closed: instant("2026-11-24T15:00:00Z"),
    sessions: ["one"],
  };
  const ROWS = [
    "| [2026-11-24-prod-rehearsal](2026-11-24-prod-rehearsal.md) (rehearsal) | prod | sarah.devops | 2026-11-23T14:02:00Z | 2026-11-24T15:00:00Z | 1 | `a \\| b` |",
    "| [2026-11-23-prod-inc-1042](2026-11-23-prod-inc-1042.md) | prod | sarah.devops | 2026-11-23T14:02:00Z | **open** |  | `INC-1042` |",
  ].join("\n");

  it("lists the newest first, and keeps what people wrote around the list", () => {
    const first = changeLogText(undefined, []);
    assert.match(first, /^# Change log of incidents\n/);
    assert.match(first, /\nNo record yet\.\n/);
    const mended = first.replace("# Change log of incidents", "# Our incidents") + "\nAn own line.\n";
    const second = changeLogText(mended, [OPEN, rehearsal]);
    assert.ok(second.startsWith("# Our incidents\n"));
    assert.ok(second.endsWith("\nAn own line.\n"));
    assert.ok(second.includes(`\n${ROWS}\n`), second);
    assert.equal(changeLogText(second, [OPEN, rehearsal]), second);
  });

  it("is added to a file that has none", () => {
    assert.match(changeLogText("# Ours\n", [OPEN]), /^# Ours\n\n<!-- Written by[^\n]*-->\n\n\| record/);
  });
});
