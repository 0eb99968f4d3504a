import assert from "node:assert/strict";

import fc from "fast-check";

import { TEMPORARY_TABLE } from "../support/rosters";
import { accepts, employee, outputOf, refuses, inRoster, written } from "./cases";

const at = (day: number, hour: number, minute = 0): string =>
  new Date(Date.UTC(2026, 10, day, hour, minute)).toISOString().replace(".000Z", "Z");

/** An entry of temporary Dba for oscar in prod on the 20th, from an hour until another. */
const dba = (from: number, until: number, change: Record<string, unknown> = {}) => ({
  person: "oscar",
  account: "prod",
  role: "Dba",
  from: at(20, from),
  until: at(20, until),
  reason: "INC-1042",
  approvedBy: ["dora"],
  ...change,
});
/** The same as a renewal: a reason and an approver of its own. */
const renewed = (from: number, until: number, change: Record<string, unknown> = {}) =>
  dba(from, until, { reason: "INC-1043", approvedBy: ["dora", "olga"], ...change });

const granted = (...entries: readonly unknown[]) => inRoster(entries, "temporary");

const tooLong = (index: number, until: string, hours: string, next: string): readonly string[] => [
  `temporary[${String(index)}].until = "${until}"`,
  `Dba in prod is granted for at most 4 hours in all, until a break of 4 hours: with the entries before it, this one makes ${hours} hours.`,
  `Allowed: less time in all, or a grant that begins at ${next} or later`,
];

describe("the longest time is a limit on what somebody has", () => {
  accepts([
    { rule: "two entries that touch, of four hours in all", changes: [granted(dba(8, 10), dba(10, 12))] },
    { rule: "two entries that overlap, of four hours in all", changes: [granted(dba(8, 11), dba(9, 12))] },
    { rule: "one within another", changes: [granted(dba(8, 12), dba(9, 10))] },
    {
      rule: "an interruption that is no break, of four hours in all",
      changes: [granted(dba(8, 10), dba(11, 13))],
    },
    {
      rule: "four hours in another account",
      changes: [granted(dba(8, 12), dba(12, 16, { account: "staging" }))],
    },
    { rule: "four hours of another role", changes: [granted(dba(8, 12), dba(12, 16, { role: "DbRead" }))] },
    { rule: "four hours of another person", changes: [granted(dba(8, 12), dba(12, 16, { person: "olga" }))] },
  ]);
  refuses([
    {
      rule: "two entries that touch",
      changes: [granted(dba(8, 12), dba(12, 16))],
      roster: [tooLong(1, at(20, 16), "8", at(20, 16))],
    },
    {
      rule: "whatever their order",
      changes: [granted(dba(12, 16), dba(8, 12))],
      roster: [tooLong(0, at(20, 16), "8", at(20, 16))],
    },
    {
      rule: "two entries that overlap",
      changes: [granted(dba(8, 12), dba(9, 13))],
      roster: [tooLong(1, at(20, 13), "5", at(20, 16))],
    },
    {
      rule: "two entries with a second between them",
      changes: [granted(dba(8, 12), { ...dba(12, 12), from: "2026-11-20T12:00:01Z", until: at(20, 12, 30) })],
      roster: [tooLong(1, at(20, 12, 30), "4.5", at(20, 16))],
    },
    {
      rule: "four entries of four hours, each that is too much",
      changes: [granted(dba(0, 4), dba(4, 8), dba(8, 12), dba(12, 16))],
      roster: [
        tooLong(1, at(20, 8), "8", at(20, 8)),
        tooLong(2, at(20, 12), "12", at(20, 12)),
        tooLong(3, at(20, 16), "16", at(20, 16)),
      ],
    },
    {
      rule: "two names of one human",
      changes: [
        inRoster({ ...employee("devops"), email: "Oscar@example.com" }, "people", "oscar.two"),
        granted(dba(8, 12), dba(12, 16, { person: "oscar.two" })),
      ],
      roster: [tooLong(1, at(20, 16), "8", at(20, 16))],
    },
  ]);
});

describe("a renewal has a reason and an approver of its own", () => {
  const before = "This renews a grant that ended at 2026-11-20T10:00:00Z, less than 7 days before";
  accepts([
    { rule: "after a break of four hours", changes: [granted(dba(6, 10), renewed(14, 18))] },
    {
      rule: "by another approver instead of the first",
      changes: [
        inRoster(employee("dba", "dina"), "people", "dina"),
        granted(dba(6, 10), renewed(14, 18, { approvedBy: ["dina"] })),
      ],
    },
    {
      rule: "not seven days later",
      changes: [granted(dba(6, 10), dba(10, 14, { from: at(27, 10), until: at(27, 14) }))],
    },
  ]);
  refuses([
    {
      rule: "not for the same reason",
      changes: [granted(dba(6, 10), renewed(14, 18, { reason: "INC-1042 " }))],
      roster: [
        [
          'temporary[1].reason = "INC-1042 "',
          `${before}, for the same reason.`,
          "Allowed: a reason of its own",
        ],
      ],
    },
    {
      rule: "not by the same approver alone",
      changes: [granted(dba(6, 10), renewed(14, 18, { approvedBy: ["dora"] }))],
      roster: [
        [
          'temporary[1].approvedBy = ["dora"]',
          `${before}: all of these approved that one.`,
          "Allowed: people of category devops, dba or security, one approver at least of category dba, and one at least who did not",
        ],
      ],
    },
    {
      rule: "not by the same approver under a second name",
      changes: [
        inRoster({ ...employee("dba"), email: "Dora@example.com" }, "people", "dora.two"),
        granted(dba(6, 10), renewed(14, 18, { approvedBy: ["dora.two"] })),
      ],
      roster: [
        [
          'temporary[1].approvedBy = ["dora.two"]',
          `${before}: all of these approved that one.`,
          "Allowed: people of category devops, dba or security, one approver at least of category dba, and one at least who did not",
        ],
      ],
    },
    {
      rule: "not a second less than seven days later",
      changes: [
        granted(
          dba(6, 10),
          dba(10, 14, { from: "2026-11-27T09:59:59Z", until: at(27, 12), approvedBy: ["dora", "olga"] }),
        ),
      ],
      roster: [
        [
          'temporary[1].reason = "INC-1042"',
          `${before}, for the same reason.`,
          "Allowed: a reason of its own",
        ],
      ],
    },
  ]);
});

interface Entry {
  readonly person: string;
  readonly account: "dev" | "staging" | "prod";
  readonly role: keyof typeof TEMPORARY_TABLE;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly approvedBy: readonly string[];
}

const PEOPLE: Readonly<Record<string, string>> = {
  devon: "developer",
  olga: "devops",
  oscar: "devops",
  dora: "dba",
  dina: "dba",
  sven: "security",
  simon: "security",
};
const team = [
  inRoster(employee("dba", "dina"), "people", "dina"),
  inRoster(employee("security", "simon"), "people", "simon"),
];

const QUARTER = 900_000;
const START = Date.UTC(2026, 10, 20);
const quarter = (count: number): string =>
  new Date(START + count * QUARTER).toISOString().replace(".000Z", "Z");

type Given = Pick<Entry, "person" | "account" | "role" | "approvedBy">;

const accepted = (grants: readonly Entry[]): boolean => {
  const { organization, roster: people } = written([...team, granted(...grants)]);
  return outputOf(organization, people) === "accepted";
};

/** What may be given for a quarter of an hour: who, where, which role, by whom. */
function givenAlone(): readonly Given[] {
  const approvers = [[], ...["olga", "dora", "dina", "sven", "simon"].map((one) => [one])];
  const given = ["oscar", "devon", "dora"].flatMap((person) =>
    (["dev", "staging", "prod"] as const).flatMap((account) =>
      (["DbRead", "Dba", "Read", "Ops", "Admin"] as const).flatMap((role) =>
        approvers.flatMap((first, index) =>
          approvers
            .slice(index + 1)
            .map((second) => ({ person, account, role, approvedBy: [...first, ...second] })),
        ),
      ),
    ),
  );
  return given.filter((one) => accepted([{ ...one, from: quarter(0), until: quarter(1), reason: "a" }]));
}

/** Few things given and few hours, so that entries meet one another; what each gives is valid by itself. */
const entriesOf = (given: readonly Given[]): fc.Arbitrary<readonly Entry[]> =>
  fc.array(fc.constantFrom(...given), { minLength: 1, maxLength: 2 }).chain((few) =>
    fc.array(
      fc
        .record({
          of: fc.constantFrom(...few),
          start: fc.nat({ max: 96 }),
          length: fc.integer({ min: 1, max: 20 }),
          reason: fc.constantFrom("a", "b", "c", "d", "e"),
          approvedBy: fc.constantFrom(...given.map(({ approvedBy }) => approvedBy)),
          isApprovedAlike: fc.boolean(),
        })
        .map(({ of, start, length, reason, approvedBy, isApprovedAlike }) => ({
          ...of,
          approvedBy: isApprovedAlike ? of.approvedBy : approvedBy,
          reason,
          from: quarter(start),
          until: quarter(start + length),
        })),
      { minLength: 1, maxLength: 4 },
    ),
  );

/** The quarters of an hour during which somebody has a role in an account, as one counts them on a calendar. */
const quartersOf = (grants: readonly Entry[], one: Entry): readonly number[] => {
  const same = grants.filter(
    ({ person, account, role }) => person === one.person && account === one.account && role === one.role,
  );
  const all = same.flatMap(({ from, until }) => {
    const first = (Date.parse(from) - START) / QUARTER;
    return Array.from(
      { length: (Date.parse(until) - Date.parse(from)) / QUARTER },
      (_, index) => first + index,
    );
  });
  return [...new Set(all)].sort((first, second) => first - second);
};

describe("no accepted roster gives anybody a temporary role for longer than its limit", () => {
  it("however its entries are cut, and every approver could approve", function () {
    this.timeout(120_000);
    let seen = 0;
    let several = 0;
    fc.assert(
      fc.property(entriesOf(givenAlone()), (grants) => {
        if (!accepted(grants)) return;
        seen += 1;
        if (
          grants.some((one) =>
            grants.some(
              (other) =>
                other !== one &&
                other.person === one.person &&
                other.role === one.role &&
                other.account === one.account,
            ),
          )
        )
          several += 1;
        for (const grant of grants) {
          const {
            hours,
            approvers,
            oneOf,
            categories,
          }: {
            hours: number;
            approvers: number;
            oneOf?: string;
            categories: readonly string[];
          } = TEMPORARY_TABLE[grant.role][grant.account];
          const held = quartersOf(grants, grant);
          let sinceBreak = 0;
          held.forEach((one, index) => {
            const before = held[index - 1];
            const pause = before === undefined ? Infinity : one - before - 1;
            sinceBreak = pause >= hours * 4 ? 1 : sinceBreak + 1;
            assert.ok(sinceBreak <= hours * 4, `${grant.role} for more than ${String(hours)} hours`);
          });
          assert.ok(categories.includes(PEOPLE[grant.person] ?? ""));
          assert.ok(new Set(grant.approvedBy).size >= approvers);
          assert.ok(!grant.approvedBy.includes(grant.person));
          assert.ok(oneOf === undefined || grant.approvedBy.some((approver) => PEOPLE[approver] === oneOf));
        }
      }),
      { numRuns: 1_500 },
    );
    // The property says nothing of refused rosters, so enough of them must be accepted.
    assert.ok(
      seen > 300 && several > 150,
      `${String(seen)} accepted, ${String(several)} with several entries`,
    );
  });
});
