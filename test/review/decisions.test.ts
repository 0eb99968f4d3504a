import assert from "node:assert/strict";

import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";

import { UserError } from "../../src/model/problems";
import { rowKey, rowTitle } from "../../src/review/access-row";
import { decisionFaults, DECISION_KINDS, type ReviewDecision } from "../../src/review/review-decision";
import { decisionsCsv, readDecisions, type ReviewDecisions } from "../../src/review/decisions-file";
import type { ReviewRow } from "../../src/review/review";
import { commitCell } from "../../src/review/spreadsheet-cell";
import { changeLine, daysBeforeReview, reviewedRoster, reviewOf } from "./support";

const REVIEW = reviewOf({
  change: (accounts) => {
    accounts["users"]!.userCredentials.find(({ user }) => user === "john.developer")!.password = {
      mustBeReset: false,
    };
  },
});
const EMPTY = decisionsCsv(REVIEW, new Map());

const rowOf = (who: string, account: string, role: string): ReviewRow =>
  REVIEW.rows.find((row) => row.who === who && row.account === account && row.role === role)!;

/** Fills cells of one row of the file, as somebody with a spreadsheet does. */
const fill = (who: string, place: string, cells: Readonly<Record<string, string>>, text = EMPTY): string =>
  changeLine(text, (cell) => cell("who") === who && `${cell("account")}/${cell("role")}` === place, cells);

function faultsOf(text: string): readonly string[] {
  try {
    readDecisions("decisions.csv", text, REVIEW);
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

/** Of a file that `fill` wrote, which has no empty lines. */
const lineOf = (who: string, place: string): number =>
  (parse(EMPTY, { skip_empty_lines: true }) as readonly (readonly string[])[]).findIndex(
    ([, one, account, role]) => one === who && `${account ?? ""}/${role ?? ""}` === place,
  ) + 1;

const ALEX = `line ${String(lineOf("alex.dba", "prod/DbRead"))}`;
const JOHN = `line ${String(lineOf("john.developer", "dev/Developer"))}`;
const ACME = `line ${String(lineOf("acme", "prod/DataShare"))}`;
const KIM = `line ${String(lineOf("kim.contractor", "dev/Developer"))}`;

interface Refused {
  readonly name: string;
  readonly text: string;
  readonly faults: readonly string[];
}

const REFUSED: readonly Refused[] = [
  {
    name: "a word that is no decision",
    text: fill("alex.dba", "prod/DbRead", { decision: "yes", reviewer: "sarah.devops" }),
    faults: [`${ALEX}, column decision: "yes" is no decision. Allowed: keep, change, remove`],
  },
  {
    name: "a decision by nobody",
    text: fill("alex.dba", "prod/DbRead", { decision: "keep" }),
    faults: [`${ALEX}, column reviewer: who decided it is missing`],
  },
  {
    name: "a reviewer without a decision",
    text: fill("alex.dba", "prod/DbRead", { reviewer: "sarah.devops" }),
    faults: [`${ALEX}, column decision: sarah.devops decided nothing. Allowed: keep, change, remove`],
  },
  {
    name: "somebody who decides on themselves",
    text: fill("alex.dba", "prod/DbRead", { decision: "keep", reviewer: "alex.dba" }),
    faults: [
      `${ALEX}, column reviewer: alex.dba cannot decide on themselves. Allowed: sarah.devops, maria.cto, board@example.com, chris.security`,
    ],
  },
  {
    name: "somebody who approved the entry",
    text: fill("kim.contractor", "dev/Developer", { decision: "keep", reviewer: "sarah.devops" }),
    faults: [
      `${KIM}, column reviewer: sarah.devops wrote, merged or approved the entry, and cannot decide on it. Allowed: maria.cto, board@example.com`,
    ],
  },
  {
    name: "somebody who is no manager of theirs",
    text: fill("alex.dba", "prod/DbRead", { decision: "keep", reviewer: "john.developer" }),
    faults: [
      `${ALEX}, column reviewer: john.developer may not decide here. Allowed: sarah.devops, maria.cto, board@example.com, chris.security`,
    ],
  },
  {
    name: "a change of a partner's access, which no later review could see",
    text: fill("acme", "prod/DataShare", { decision: "change", reviewer: "sarah.devops", note: "less" }),
    faults: [
      `${ACME}, column decision: whether the access of a partner changed cannot be seen later. Keep it with a note that says what to change, or remove it`,
    ],
  },
  {
    name: "a change that does not say to what, and what is kept although a finding stands",
    text: fill(
      "john.developer",
      "dev/Developer",
      { decision: "keep", reviewer: "sarah.devops" },
      fill("alex.dba", "prod/DbRead", { decision: "change", reviewer: "sarah.devops" }),
    ),
    faults: [
      `${ALEX}, column note: a change needs a note that says to what`,
      `${JOHN}, column note: it is kept although findings stand (mfa-missing:users:john.developer), and no note says why`,
    ],
  },
  {
    name: "a change to a role that the category may not hold",
    text: fill("alex.dba", "prod/DbRead", { decision: "change", reviewer: "sarah.devops", note: "Admin" }),
    faults: [
      `${ALEX}, column note: alex.dba may not hold Admin in prod. Allowed: Dba, words that say more than a role`,
    ],
  },
  {
    name: "a change to the role that it is",
    text: fill("alex.dba", "prod/DbRead", { decision: "change", reviewer: "sarah.devops", note: "DbRead" }),
    faults: [`${ALEX}, column note: it is DbRead already. Allowed: Dba, words that say more than a role`],
  },
  {
    name: "a fact that somebody changed",
    text: fill("alex.dba", "prod/DbRead", { category: "developer" }),
    faults: [
      `${ALEX}, column category: "developer" is not what the review says: "dba". Only decision, reviewer, note are yours`,
    ],
  },
  {
    name: "a row that is missing, and one that is there twice",
    text: EMPTY.split("\r\n")
      .map((line) => (line.startsWith("person,alex.dba,prod,") ? "" : line))
      .concat(EMPTY.split("\r\n").filter((line) => line.startsWith("person,maria.cto,prod,Dashboard")))
      .filter((line) => line !== "")
      .join("\r\n"),
    faults: [
      `line ${String(REVIEW.rows.length + 1)}, column who: maria.cto, prod/Dashboard is in line ${String(lineOf("maria.cto", "prod/Dashboard") - 1)} already`,
      "column who: alex.dba, prod/DbRead has no line: nobody is left out",
    ],
  },
  {
    name: "somebody whom the review does not have",
    text: fill("alex.dba", "prod/DbRead", { who: "eve" }),
    faults: [
      `${ALEX}, column who: the review has no row of eve, prod/DbRead`,
      "column who: alex.dba, prod/DbRead has no line: nobody is left out",
    ],
  },
  {
    name: "a column that is missing",
    text: EMPTY.replace(",decision,reviewer,note", ",decision,reviewer"),
    faults: ["line 1, column note: the column is missing"],
  },
];

describe("the file in which people decide", () => {
  it("has the rows of whom each is asked together, an empty line between people, and comes back", () => {
    const people = [...new Set(REVIEW.rows.map(({ reviewers: [first] }) => first))];
    const [, ...lines] = EMPTY.split("\r\n").slice(0, -1);
    assert.deepEqual(
      lines.map((line) => line.split(",").slice(1, 4).join(" ")),
      people.flatMap((person, place) => [
        ...(place === 0 ? [] : [""]),
        ...REVIEW.rows
          .filter(({ reviewers: [first] }) => first === person)
          .map(({ who, account, role }) => `${who} ${account} ${role}`),
      ]),
    );
    assert.deepEqual(readDecisions("decisions.csv", EMPTY, REVIEW), new Map());
  });

  it("takes empty lines as spreadsheets save them, with separators alone", () => {
    const saved = EMPTY.replaceAll("\r\n\r\n", `\r\n${",".repeat(19)}\r\n`);
    assert.notEqual(saved, EMPTY);
    assert.deepEqual(readDecisions("decisions.csv", saved, REVIEW), new Map());
    const faulty = fill("alex.dba", "prod/DbRead", { decision: "yes" });
    assert.equal(faultsOf(faulty.replace("\r\n", "\r\n\r\n")).length, 1);
  });

  for (const { name, text, faults } of REFUSED)
    it(`refuses ${name}`, () => assert.deepEqual(faultsOf(text), faults));

  it("takes line ends, semicolons and a byte order mark of spreadsheets", () => {
    const decided = fill("alex.dba", "prod/DbRead", {
      decision: "Keep",
      reviewer: "sarah.devops",
      note: "every week",
    });
    const expected = new Map([
      [
        rowKey(rowOf("alex.dba", "prod", "DbRead")),
        { decision: "keep", reviewer: "sarah.devops", note: "every week" },
      ],
    ]);
    assert.deepEqual(
      readDecisions("decisions.csv", `\uFEFF${decided.replaceAll("\r\n", "\n")}`, REVIEW),
      expected,
    );
    const semicolons = stringify(parse(decided), { delimiter: ";" });
    assert.deepEqual(readDecisions("decisions.csv", semicolons, REVIEW), expected);
  });

  /** What Excel, by its language, makes of the file when somebody saves it. */
  const SAVED: readonly (readonly [string, (day: string) => string])[] = [
    ["days as in Britain", (day) => day.split("-").reverse().join("/")],
    ["days as in Germany", (day) => day.split("-").reverse().join(".")],
    [
      "days as in America",
      (day) => `${String(Number(day.slice(5, 7)))}/${String(Number(day.slice(8)))}/${day.slice(0, 4)}`,
    ],
    ["days with two digits for the year", (day) => `${day.slice(8)}-${day.slice(5, 7)}-${day.slice(2, 4)}`],
    ["days with a midnight", (day) => `${day} 00:00:00`],
  ];
  const SINCE = { rows: REVIEW.rows.map((row): ReviewRow => ({ ...row, since: daysBeforeReview(31) })) };
  const withSince = decisionsCsv(SINCE, new Map());
  const shownDay = daysBeforeReview(31).slice(0, 10);
  for (const [name, shown] of SAVED) {
    it(`takes ${name}`, () => {
      assert.ok(withSince.includes(shownDay));
      const saved = withSince.replaceAll(shownDay, shown(shownDay));
      assert.deepEqual(readDecisions("decisions.csv", saved, SINCE), new Map());
    });
  }

  it("refuses another day, in whatever form", () => {
    for (const other of ["28/10/2025", "28.11.2026", "1-2-3", "2026-10-30"]) {
      const saved = withSince.replaceAll(shownDay, other);
      assert.throws(
        () => readDecisions("decisions.csv", saved, SINCE),
        /column since: .* is not what the review says/,
      );
    }
  });

  it("takes tabs between cells", () => {
    const tabs = stringify(parse(EMPTY, { skip_empty_lines: true }), { delimiter: "\t" });
    assert.deepEqual(readDecisions("decisions.csv", tabs, REVIEW), new Map());
  });

  it("has no commit that a spreadsheet takes for a number", () => {
    assert.deepEqual(["412e63849017ab", "412638490170ab", "4126384901ab", ""].map(commitCell), [
      "412e63849017a",
      "412638490170a",
      "4126384901ab",
      "",
    ]);
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{40}$/), (commit) => {
        const cell = commitCell(commit);
        assert.ok(commit.startsWith(cell));
        assert.ok(Number.isNaN(Number(cell)) || cell === commit);
      }),
    );
  });

  it("keeps spreadsheets from running what anybody wrote", () => {
    const note = '=HYPERLINK("https://example.com")';
    const row = rowOf("alex.dba", "prod", "DbRead");
    const decisions: ReviewDecisions = new Map([
      [rowKey(row), { decision: "keep", reviewer: "sarah.devops", note }],
    ]);
    const text = decisionsCsv(REVIEW, decisions);
    assert.ok(text.includes(`"'=HYPERLINK(""https://example.com"")"`));
    assert.deepEqual(readDecisions("decisions.csv", text, REVIEW), decisions);
  });

  const notes = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map((text) => text.trim());
  const decisions = fc
    .array(
      fc.record({
        place: fc.nat(),
        reviewer: fc.nat(),
        decision: fc.constantFrom(...DECISION_KINDS),
        note: notes,
      }),
      { maxLength: 20 },
    )
    .map((all): ReviewDecisions => {
      const made = new Map<string, ReviewDecision>();
      for (const { place, reviewer, decision, note } of all) {
        const row = REVIEW.rows[place % REVIEW.rows.length]!;
        const by = row.reviewers[reviewer % row.reviewers.length];
        const isPossible = row.kind === "person" || decision !== "change";
        if (by !== undefined && isPossible && note !== "" && !note.startsWith("'"))
          made.set(rowKey(row), { decision, reviewer: by, note });
      }
      return made;
    });

  it("gives back what was written, whatever the notes", () => {
    fc.assert(
      fc.property(decisions, (written) => {
        assert.deepEqual(
          [...readDecisions("decisions.csv", decisionsCsv(REVIEW, written), REVIEW)].sort(),
          [...written].map(([key, one]) => [key, { ...one, note: one.note.replaceAll("\r\n", "\n") }]).sort(),
        );
      }),
    );
  });
});

describe("who decides", () => {
  it("is nobody on themselves, nor on what they granted", () => {
    for (const row of REVIEW.rows) {
      assert.ok(!(row.kind === "person" && row.reviewers.includes(row.who)), rowTitle(row));
      assert.deepEqual(
        row.reviewers.filter((name) => row.grantedBy.includes(name)),
        [],
      );
      for (const reviewer of [row.who, ...row.grantedBy]) {
        if (row.kind === "person") {
          const faults = decisionFaults(row, { decision: "keep", reviewer, note: "x" });
          assert.deepEqual(
            faults.map(({ column }) => column),
            ["reviewer"],
          );
        }
      }
    }
  });

  const ASKED: readonly (readonly [string, readonly string[]])[] = [
    ["john.developer, dev/Developer", ["sarah.devops", "maria.cto", "board@example.com", "chris.security"]],
    ["maria.cto, prod/Dashboard", ["board@example.com", "sarah.devops", "chris.security"]],
    ["chris.security, prod/Security", ["maria.cto", "board@example.com", "sarah.devops"]],
    ["kim.contractor, dev/Developer", ["maria.cto", "board@example.com"]],
    ["acme, prod/DataShare", ["sarah.devops", "chris.security"]],
  ];
  for (const [title, reviewers] of ASKED) {
    it(`of ${title}: ${reviewers.join(", ")}`, () =>
      assert.deepEqual(REVIEW.rows.find((row) => rowTitle(row) === title)?.reviewers, reviewers));
  }

  describe("where no manager may", () => {
    const without = (others: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => {
      const roster = reviewedRoster();
      const john = Object.fromEntries(
        Object.entries(roster.people["john.developer"] as object).filter(([key]) => key !== "manager"),
      );
      const people = { ...roster.people, "john.developer": john, ...others };
      return reviewOf({ roster: { ...roster, people } as never }).rows.find(
        (row) => rowTitle(row) === "john.developer, dev/Developer",
      )?.reviewers;
    };

    it("is whoever has power, before the one security engineer who signs", () =>
      assert.deepEqual(without({}), ["sarah.devops", "chris.security"]));

    it("is security, where another of them signs", () =>
      assert.deepEqual(
        without({ "ann.security": { email: "ann@example.com", category: "security", access: {} } }),
        ["ann.security", "chris.security", "sarah.devops"],
      ));
  });
});
