import assert from "node:assert/strict";

import { historyCsv, historyText } from "../../src/history/history-report";
import { readPastRoster } from "../../src/history/past-grants";
import {
  formerNames,
  overlapsTime,
  buildTimeline,
  underPresentNames,
  type HeldPeriod,
} from "../../src/history/timeline";
import { toInstant } from "../../src/model/dates";
import { sampleOrganization, type WrittenRoster } from "../support/rosters";

const at = (text: string) => toInstant(new Date(text));

/** A roster of a time: people alone, with what is added. */
const rosterOf = (more: Partial<WrittenRoster> = {}): WrittenRoster => ({
  people: {
    ann: { email: "ann@example.com", category: "developer", access: { dev: "Developer" } },
    dan: { email: "dan@example.com", category: "dba", access: {} },
  },
  ...more,
});

const grant = (from: string, until: string, reason = "INC-1") => ({
  person: "ann",
  account: "prod",
  role: "DbRead",
  from: `2026-03-03T${from}:00Z`,
  until: `2026-03-03T${until}:00Z`,
  reason,
  approvedBy: ["dan"],
});

type Step = readonly [at: string, roster: WrittenRoster | string];

function timeline(steps: readonly Step[], beginsUnknown = false) {
  return buildTimeline(
    steps.map(([when, roster], index) => ({
      commit: {
        id: `${String(index + 1).padStart(2, "0")}${"0".repeat(38)}`,
        at: at(when),
        author: "Dan",
        subject: `commit ${String(index + 1)}`,
      },
      roster:
        typeof roster === "string"
          ? { kind: "failed" as const, reason: roster }
          : readPastRoster({
              kind: "read",
              definitions: { organization: sampleOrganization(), roster, workloads: {} },
            }),
    })),
    beginsUnknown,
  );
}

/** `dev/Developer 2026-03-01T00:00 by 01 until 2026-03-05T00:00 by 03`. */
function wordsOf({ account, role, from, until, ending, grantedBy }: HeldPeriod): string {
  const by = (commit: { id: string } | undefined): string =>
    commit === undefined ? "" : ` by ${commit.id.slice(0, 2)}`;
  const end =
    ending === undefined
      ? ""
      : ` (${ending.kind}${by(ending.kind === "commit" ? ending.commit : undefined)})`;
  return `${account}/${role} ${from.slice(5, 16)}${by(grantedBy)} until ${until?.slice(5, 16) ?? "ever"}${end}`;
}

const MARCH_1 = "2026-03-01T00:00:00Z";
const DEVELOPER = "dev/Developer 03-01T00:00 by 01 until ever";

const CASES: readonly {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly periods: readonly string[];
}[] = [
  {
    name: "access lasts from the commit that wrote it on",
    steps: [[MARCH_1, rosterOf()]],
    periods: [DEVELOPER],
  },
  {
    name: "until the commit that takes it away",
    steps: [
      [MARCH_1, rosterOf()],
      ["2026-03-05T00:00:00Z", rosterOf({ people: {} })],
    ],
    periods: ["dev/Developer 03-01T00:00 by 01 until 03-05T00:00 (commit by 02)"],
  },
  {
    name: "and begins anew with the commit that gives it again",
    steps: [
      [MARCH_1, rosterOf()],
      ["2026-03-05T00:00:00Z", rosterOf({ people: {} })],
      ["2026-03-06T00:00:00Z", rosterOf()],
    ],
    periods: [
      "dev/Developer 03-01T00:00 by 01 until 03-05T00:00 (commit by 02)",
      "dev/Developer 03-06T00:00 by 03 until ever",
    ],
  },
  {
    name: "a dated grant counts within its dates, though it was written before and stays after",
    steps: [
      [MARCH_1, rosterOf({ temporary: [grant("10:00", "14:00")] })],
      ["2026-03-09T00:00:00Z", rosterOf()],
    ],
    periods: [DEVELOPER, "prod/DbRead 03-03T10:00 by 01 until 03-03T14:00 (date)"],
  },
  {
    name: "from its commit on, where that came later than its date",
    steps: [
      [MARCH_1, rosterOf()],
      ["2026-03-03T11:00:00Z", rosterOf({ temporary: [grant("10:00", "14:00")] })],
    ],
    periods: [DEVELOPER, "prod/DbRead 03-03T11:00 by 02 until 03-03T14:00 (date)"],
  },
  {
    name: "and not at all, where that came after its end",
    steps: [
      [MARCH_1, rosterOf()],
      ["2026-03-03T15:00:00Z", rosterOf({ temporary: [grant("10:00", "14:00")] })],
    ],
    periods: [DEVELOPER],
  },
  {
    name: "an end that is brought forward while it counts makes two periods, each with its commit",
    steps: [
      [MARCH_1, rosterOf({ temporary: [grant("10:00", "14:00")] })],
      ["2026-03-03T11:00:00Z", rosterOf({ temporary: [grant("10:00", "12:00")] })],
    ],
    periods: [
      DEVELOPER,
      "prod/DbRead 03-03T10:00 by 01 until 03-03T11:00 (commit by 02)",
      "prod/DbRead 03-03T11:00 by 02 until 03-03T12:00 (date)",
    ],
  },
  {
    name: "what nobody can read ends what is known, and whether it was there before is not said afterwards",
    steps: [
      [MARCH_1, rosterOf()],
      ["2026-03-05T00:00:00Z", "broken"],
      ["2026-03-06T00:00:00Z", rosterOf()],
    ],
    periods: [
      "dev/Developer 03-01T00:00 by 01 until 03-05T00:00 (unread)",
      "dev/Developer 03-06T00:00 until ever",
    ],
  },
  {
    name: "power, break-glass and partners count too",
    steps: [
      [
        MARCH_1,
        rosterOf({
          power: ["dan"],
          breakGlass: { prod: { primary: "dan" } },
          partners: {
            acme: { account: "999988887777", externalId: "acme-1", grants: { prod: "DataShare" } },
          },
        }),
      ],
    ],
    periods: [
      DEVELOPER,
      "prod/BreakGlass 03-01T00:00 by 01 until ever",
      "prod/DataShare 03-01T00:00 by 01 until ever",
      "users/PowerG 03-01T00:00 by 01 until ever",
    ],
  },
  {
    name: "a roster that today's rules refuse is read as it is written: nobody approved this for eleven hours",
    steps: [[MARCH_1, rosterOf({ temporary: [{ ...grant("10:00", "21:00"), approvedBy: [] }] })]],
    periods: [DEVELOPER, "prod/DbRead 03-03T10:00 by 01 until 03-03T21:00 (date)"],
  },
];

describe("who had what from when until when", () => {
  for (const { name, steps, periods } of CASES) {
    it(name, () => assert.deepEqual(timeline(steps).periods.map(wordsOf), periods));
  }

  it("does not say that the first commit of a shallow clone granted what it has", () => {
    const { periods } = timeline([[MARCH_1, rosterOf()]], true);
    assert.deepEqual(periods.map(wordsOf), ["dev/Developer 03-01T00:00 until ever"]);
  });

  it("says until when sessions may have gone on after a commit took a role away", () => {
    const [period] = timeline([
      [MARCH_1, rosterOf()],
      ["2026-03-05T00:00:00Z", rosterOf({ people: {} })],
    ]).periods;
    assert.ok(period?.ending?.kind === "commit");
    assert.equal(period.ending.sessionsUntil, "2026-03-05T08:00:00Z");
  });

  it("says why a roster of another time cannot be read", () => {
    const written = rosterOf();
    written.people["ann"]!.access = { dev: "Wizard" };
    const states = [
      readPastRoster({
        kind: "read",
        definitions: { organization: sampleOrganization(), roster: written, workloads: {} },
      }),
      readPastRoster({ kind: "read", definitions: { organization: undefined, roster: {}, workloads: {} } }),
    ];
    assert.deepEqual(states, [
      { kind: "failed", reason: "the role Wizard is missing although no problem was reported." },
      {
        kind: "failed",
        reason: "src/organization.ts, the exported value: The organization is an object with keys.",
      },
    ]);
  });

  it("follows names through renames, and no ring of them for ever", () => {
    const renames = new Map([
      ["ann.ops", "ann.web"],
      ["ann.web", "ann"],
      ["ann", "ann.ops"],
    ]);
    assert.deepEqual([...formerNames("ann.ops", renames)], ["ann.ops", "ann.web", "ann"]);
  });

  it("has periods by the names that people and accounts have today", () => {
    const period: HeldPeriod = {
      who: "ann",
      account: "production",
      accountId: "444444444444",
      role: "Read",
      source: "access",
      from: at("2026-03-03T10:00:00Z"),
    };
    const renamedFrom = new Map([
      ["ann.ops", "ann.web"],
      ["ann.web", "ann"],
    ]);
    const gone = { ...period, who: "zoe", accountId: "999999999999" };
    assert.deepEqual(
      underPresentNames(
        { periods: [period, gone], unread: [], renamedFrom },
        { people: ["ann.ops"], accounts: new Map([["444444444444", "prod"]]) },
      ),
      [{ ...period, who: "ann.ops", account: "prod" }, gone],
    );
  });

  it("tells whether a period has a moment in common with a day, its first and not its last moment included", () => {
    const period = { from: at("2026-03-03T10:00:00Z"), until: at("2026-03-03T14:00:00Z") };
    const asked = (from: string, until: string): boolean =>
      overlapsTime(period, { from: at(from), until: at(until) });
    assert.deepEqual(
      [
        asked("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"),
        asked("2026-03-03T14:00:00Z", "2026-03-03T14:00:01Z"),
        asked("2026-03-03T13:59:59Z", "2026-03-03T14:00:00Z"),
        asked("2026-03-03T09:59:59Z", "2026-03-03T10:00:00Z"),
        asked("2026-03-03T10:00:00Z", "2026-03-03T10:00:01Z"),
      ],
      [true, false, true, false, true],
    );
  });
});

describe("the history's report", () => {
  const report = (steps: readonly Step[]) => ({
    question: "Everybody, by the roster:",
    head: "f".repeat(40),
    commits: steps.length,
    isShallow: false,
    ...timeline(steps),
  });

  it("is a table with its limits, and says loudly what is not known", () => {
    const text = historyText(
      report([
        [MARCH_1, rosterOf({ temporary: [grant("10:00", "14:00")] })],
        ["2026-03-09T00:00:00Z", "src/roster.ts, people: broken"],
      ]),
      undefined,
    );
    assert.equal(
      text,
      `Everybody, by the roster:
┌─────┬───────────────┬──────────────────┬──────────────────┬──────────────────┐
│ who │ role          │ from             │ until            │ why              │
├─────┼───────────────┼──────────────────┼──────────────────┼──────────────────┤
│ ann │ dev/Developer │ 2026-03-01 00:00 │ 2026-03-09 00:00 │ access           │
│     │               │ by 0100000000    │ not known after  │                  │
├─────┼───────────────┼──────────────────┼──────────────────┼──────────────────┤
│ ann │ prod/DbRead   │ 2026-03-03 10:00 │ 2026-03-03 14:00 │ temporary: INC-1 │
│     │               │ by 0100000000    │ by its date      │ approved by dan  │
└─────┴───────────────┴──────────────────┴──────────────────┴──────────────────┘
2 periods, by 2 commits that changed the edited files, up to ffffffffff. Times are UTC.
NOT KNOWN from 2026-03-09 00:00 on: the files of 0200000000 cannot be read by this version. src/roster.ts, people: broken
This is the roster's history and not the accounts': what was deployed when, and who used it, only AWS's trail tells.
A commit's date is its committer's clock, raised to that of the commit before it; approvals are the names that the roster gives.
Services, the pipeline and what was changed by hand are not part of it.
`,
    );
  });

  it("does not say that nobody had anything before its first commit", () => {
    const beginsWith = {
      id: "01".padEnd(40, "0"),
      at: toInstant(new Date(MARCH_1)),
      author: "Dan",
      subject: "first",
    };
    assert.equal(
      historyText(
        { ...report([]), question: "Everybody, on 2026-02-01, by the roster:", commits: 1, beginsWith },
        80,
      ),
      `Everybody, on 2026-02-01, by the roster:
Nobody that this history knows of.
0 periods, by 1 commit that changed the edited files, up to ffffffffff. Times
are UTC.
NOT KNOWN before 2026-03-01 00:00: the roster begins with 0100000000, and who
had what until then, it does not say.
This is the roster's history and not the accounts': what was deployed when, and
who used it, only AWS's trail tells.
A commit's date is its committer's clock, raised to that of the commit before
it; approvals are the names that the roster gives.
Services, the pipeline and what was changed by hand are not part of it.
`,
    );
  });

  it("is CSV that a spreadsheet does not run", () => {
    const csv = historyCsv(
      report([[MARCH_1, rosterOf({ temporary: [grant("10:00", "14:00", '=HYPERLINK("http://x"),1')] })]]),
    );
    const [, , row] = csv.split("\r\n");
    assert.equal(
      row,
      `ann,prod,444444444444,DbRead,,temporary,2026-03-03T10:00:00Z,2026-03-03T14:00:00Z,date,,"'=HYPERLINK(""http://x""),1",dan,` +
        `01${"0".repeat(38)},2026-03-01T00:00:00Z,Dan,commit 1`,
    );
  });
});
