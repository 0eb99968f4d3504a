import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";

import { DecisionWalk } from "../../src/cli/review/decision-walk";
import { rowKey, rowTitle } from "../../src/review/access-row";
import type { ReviewDecisions } from "../../src/review/decisions-file";
import type { Review } from "../../src/review/review";
import { reviewedRoster, reviewOf } from "../review/support";

const roster = reviewedRoster();
const REVIEW = reviewOf({
  roster: {
    ...roster,
    people: {
      ...roster.people,
      "ann.developer": {
        email: "ann@example.com",
        category: "developer",
        manager: "sarah.devops",
        access: { dev: "Developer" },
      },
      "bob.developer": {
        email: "bob@example.com",
        category: "developer",
        manager: "sarah.devops",
        access: { dev: "Developer" },
      },
    },
  },
});
const ALEX = "alex.dba, prod/DbRead";
const ANN = "ann.developer, dev/Developer";
const BOB = "bob.developer, dev/Developer";
/** Of whom Sarah is asked. */
const ASKED = [ALEX, ANN, BOB];
const some = (titles: readonly string[], review = REVIEW): Review => ({
  ...review,
  rows: titles.map((title) => review.rows.find((row) => rowTitle(row) === title)!),
});

interface Walked {
  readonly shown: string;
  /** `row: decision, note`. */
  readonly decided: readonly string[];
}

/** Answers each prompt by the next text, whatever it is, and ends the input after the last. */
async function walk(
  review: Review,
  answers: readonly string[],
  { isTerminal = false, meanwhile }: { isTerminal?: boolean; meanwhile?: ReviewDecisions } = {},
): Promise<Walked> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = "";
  let stored: ReviewDecisions = new Map();
  const left = [...answers];
  output.on("data", (part: Buffer) => {
    shown += part.toString("utf8");
    if (
      !/(?:uit: |instead, or a note that says to what: |stands: |for no: )$/.test(
        stripVTControlCharacters(shown),
      )
    )
      return;
    if (meanwhile !== undefined) stored = new Map([...stored, ...meanwhile]);
    const next = left.shift();
    setImmediate(() => {
      if (next === undefined) input.end();
      else input.write(next);
    });
  });
  const questions = {
    review,
    by: "sarah.devops",
    command: "npm run review -- decide 2026-Q4",
    store: {
      read: () => stored,
      write: (decisions: ReviewDecisions) => void (stored = decisions),
    },
    abilitiesOf: ({ role }: { readonly role: string }) => [`read: what ${role} reads`],
  };
  await new DecisionWalk(questions, { input, output, isTerminal }).through(false);
  return {
    shown: stripVTControlCharacters(shown),
    decided: review.rows.flatMap((row) => {
      const found = stored.get(rowKey(row));
      return found === undefined ? [] : [`${rowTitle(row)}: ${found.decision}, ${found.note}`];
    }),
  };
}

interface Case {
  readonly name: string;
  readonly rows?: readonly string[];
  readonly answers: readonly string[];
  readonly decided: readonly string[];
  readonly shown?: readonly RegExp[];
}

const CASES: readonly Case[] = [
  {
    name: "takes a letter, and a note behind it",
    answers: ["k\n", "r left the team\n", "keep until June\n"],
    decided: [`${ALEX}: keep, `, `${ANN}: remove, left the team`, `${BOB}: keep, until June`],
    shown: [/3 rows decided now; 0 of yours left, 0 rows of the whole review\.\nEvery row is decided\./],
  },
  {
    name: "leaves a row for later, and says how to go on",
    answers: ["\n", "k\n", "q\n"],
    decided: [`${ANN}: keep, `],
    shown: [
      /1 row decided now; 2 of yours left, 2 rows of the whole review\.\nTo go on: npm run review -- decide 2026-Q4\n$/,
    ],
  },
  {
    name: "goes back to a row, shows what was decided, and takes another answer",
    answers: ["r\n", "b\n", "k\n", "q\n"],
    decided: [`${ALEX}: keep, `],
    shown: [/decided {5}remove, by sarah\.devops; Enter leaves it/],
  },
  {
    name: "asks to what a change is, and refuses a role that the category may not hold",
    answers: ["c\n", "Admin\n", "c DbRead\n", "c Dba\n", "q\n"],
    decided: [`${ALEX}: change, Dba`],
    shown: [
      /alex\.dba may not hold Admin in prod\. Allowed: Dba, words that say more than a role\./,
      /it is DbRead already\. Allowed: Dba, words that say more than a role\./,
    ],
  },
  {
    name: "keeps all that are alike, once somebody has seen who they are and says yes",
    rows: [ANN, BOB, ALEX],
    answers: ["a\n", "yes seen each\n", "q\n"],
    decided: [`${ANN}: keep, seen each`, `${BOB}: keep, seen each`],
    shown: [/\[a\]ll 2 alike/, /ann\.developer; .*\n {2}bob\.developer; /, /3 of 3 {2}alex\.dba/],
  },
  {
    name: "keeps nobody where the answer is another",
    rows: [ANN, BOB],
    answers: ["a\n", "\n", "q\n"],
    decided: [],
  },
  {
    name: "does not offer it where one alone is of the role",
    answers: ["all\n", "q\n"],
    decided: [],
    shown: [/No other open row is like this one without a finding\./],
  },
  {
    name: "says which answers there are",
    answers: ["looked at\n", "q\n"],
    decided: [],
    shown: [/"looked at" is none of these\./],
  },
  {
    name: "keeps what was decided where the input ends",
    answers: ["k\n"],
    decided: [`${ALEX}: keep, `],
  },
];

describe("deciding in the terminal", () => {
  for (const { name, rows = ASKED, answers, decided, shown = [] } of CASES) {
    it(name, async () => {
      const walked = await walk(some(rows), answers);
      assert.deepEqual(walked.decided, decided);
      for (const part of shown) assert.match(walked.shown, part);
    });
  }

  it("tells once what a role may", async () => {
    const { shown } = await walk(some([ANN, BOB]), ["k\n", "k\n"]);
    assert.equal(shown.split("may read: what Developer reads").length, 2);
    assert.match(shown, /2 of 2 {2}bob\.developer[^]*may {9}what dev\/Developer may, as above/);
  });

  it("asks for a note where a finding stands, and takes none of many for it", async () => {
    const found = reviewOf({
      change: (accounts) => {
        accounts["users"]!.userCredentials.find(({ user }) => user === "john.developer")!.password = {
          mustBeReset: false,
        };
      },
    });
    const john = "john.developer, dev/Developer";
    const { decided, shown } = await walk(some([john], found), ["k\n", "\n", "k\n", "by June\n"]);
    assert.deepEqual(decided, [`${john}: keep, by June`]);
    assert.match(shown, /FINDING, high: john\.developer can sign in and has no MFA device\./);
    assert.match(shown, /it is kept although findings stand \(mfa-missing:users:john\.developer\)/);
  });

  it("loses nothing that somebody else decides at the same time", async () => {
    const row = REVIEW.rows.find((one) => rowTitle(one) === BOB)!;
    const meanwhile = new Map([
      [rowKey(row), { decision: "remove", reviewer: "maria.cto", note: "hers" } as const],
    ]);
    const { decided, shown } = await walk(some(ASKED), ["k\n", "k\n"], { meanwhile });
    assert.deepEqual(decided, [`${ALEX}: keep, `, `${ANN}: keep, `, `${BOB}: remove, hers`]);
    assert.ok(!shown.includes("3 of 3"));
  });

  it("draws its question anew where somebody corrects an answer, and stops at Ctrl-C", async () => {
    const { decided, shown } = await walk(some(ASKED), ["kx\u007f", "\r", "\u0003"], { isTerminal: true });
    const lines = shown.split(/\r\n|\n/);
    assert.deepEqual(decided, [`${ALEX}: keep, `]);
    assert.ok(
      lines.some((line) => /\[q\]uit: kx?.*\[q\]uit: k$/.test(line)),
      JSON.stringify(lines.slice(-12)),
    );
    assert.match(shown, /1 row decided now; 2 of yours left/);
  });

  it("says that nobody asks them, and that they may decide all the same", async () => {
    const { shown } = await walk(some(["john.developer, dev/Developer"]), []);
    assert.match(shown, /sarah\.devops: 1 row to decide/);
    const others = await walk(some(["maria.cto, prod/Dashboard"]), []);
    assert.match(others.shown, /^Nobody asks sarah\.devops about a row that is open\./);
    assert.match(others.shown, /Others are asked first about 1 row that sarah\.devops may decide: --all\n$/);
  });
});
