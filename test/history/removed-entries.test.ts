import assert from "node:assert/strict";

import { readPastRoster } from "../../src/history/past-grants";
import { historyGaps, removedEntries } from "../../src/history/removed-entries";
import { toInstant } from "../../src/model/dates";
import { buildModel } from "../../src/model/model";
import { UserError } from "../../src/model/problems";
import { sampleOrganization, sampleRoster, type WrittenRoster } from "../support/rosters";

const at = (text: string) => toInstant(new Date(text));

const grant = (from: string, until: string, more: object = {}) => ({
  person: "john.developer",
  account: "prod",
  role: "DbRead",
  from: `2026-11-20T${from}:00Z`,
  until: `2026-11-20T${until}:00Z`,
  reason: "INC-1",
  approvedBy: ["alex.dba"],
  ...more,
});

const rosterOf = (
  temporary: WrittenRoster["temporary"],
  change: (roster: WrittenRoster) => void = () => undefined,
): WrittenRoster => {
  const roster = sampleRoster();
  if (temporary) roster.temporary = temporary;
  change(roster);
  return roster;
};

type Step = readonly [at: string, roster: WrittenRoster | string, organization?: object];

const statesOf = (steps: readonly Step[]) =>
  steps.map(([when, roster, organization = sampleOrganization()], index) => ({
    commit: {
      id: `${String(index + 1).padStart(2, "0")}${"0".repeat(38)}`,
      at: at(when),
      author: "Dan",
      subject: "a change",
    },
    roster:
      typeof roster === "string"
        ? { kind: "failed" as const, reason: roster }
        : readPastRoster({ kind: "read", definitions: { organization, roster, workloads: {} } }),
  }));

const removedOf = (steps: readonly Step[]): readonly string[] =>
  removedEntries(statesOf(steps)).map(
    ({ person, account, role, database, from, until, reason }) =>
      `${person} ${account}/${role}${database === undefined ? "" : ` ${database}`} ${from.slice(11, 16)}-${until.slice(11, 16)} ${reason ?? ""}`,
  );

const [DAY_BEFORE, NINE, ELEVEN, FIFTEEN] = [
  "2026-11-19T00:00:00Z",
  "2026-11-20T09:00:00Z",
  "2026-11-20T11:00:00Z",
  "2026-11-20T15:00:00Z",
];

const renamedAccount = () => {
  const organization = sampleOrganization();
  const { prod, ...others } = organization.accounts;
  return { ...organization, accounts: { ...others, live: prod } };
};

const CASES: readonly {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly removed: readonly string[];
}[] = [
  {
    name: "has none that is still there",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [FIFTEEN, rosterOf([grant("10:00", "14:00")], ({ power }) => void power?.pop())],
    ],
    removed: [],
  },
  {
    name: "has one that was taken out after its end",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [FIFTEEN, rosterOf([])],
    ],
    removed: ["john.developer prod/DbRead 10:00-14:00 INC-1"],
  },
  {
    name: "has one that was taken out before its end, until then",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [ELEVEN, rosterOf([])],
    ],
    removed: ["john.developer prod/DbRead 10:00-11:00 INC-1"],
  },
  {
    name: "has none that nobody had: taken out before its beginning",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [NINE, rosterOf([])],
    ],
    removed: [],
  },
  {
    name: "has what was written otherwise as it was before",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [ELEVEN, rosterOf([grant("10:00", "14:00", { reason: "INC-2" })])],
      [FIFTEEN, rosterOf([grant("12:00", "14:00", { reason: "INC-2" })])],
    ],
    removed: ["john.developer prod/DbRead 10:00-11:00 INC-1", "john.developer prod/DbRead 11:00-14:00 INC-2"],
  },
  {
    name: "has it under the name that the person has today",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [
        FIFTEEN,
        rosterOf([], ({ people }) => {
          const { "john.developer": john, ...others } = people;
          assert.ok(john);
          for (const name of Object.keys(people)) Reflect.deleteProperty(people, name);
          Object.assign(people, others, { "john.doe": { ...john, renamedFrom: "john.developer" } });
        }),
      ],
    ],
    removed: ["john.doe prod/DbRead 10:00-14:00 INC-1"],
  },
  {
    name: "and under the key that the account has",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [
        FIFTEEN,
        { people: { "john.developer": { email: "john@example.com", category: "developer", access: {} } } },
        renamedAccount(),
      ],
    ],
    removed: ["john.developer live/DbRead 10:00-14:00 INC-1"],
  },
  {
    name: "has what was known before a commit that cannot be read",
    steps: [
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [ELEVEN, "it does not parse"],
      [FIFTEEN, rosterOf([])],
    ],
    removed: ["john.developer prod/DbRead 10:00-11:00 INC-1"],
  },
];

describe("entries that are in the roster no more", () => {
  for (const { name, steps, removed } of CASES) it(name, () => assert.deepEqual(removedOf(steps), removed));

  it("count towards the longest time, which a deployment alone would not see", () => {
    const states = statesOf([
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [FIFTEEN, rosterOf([])],
    ]);
    const again = rosterOf([grant("15:00", "17:00", { reason: "INC-2" })]);
    const now = new Date(FIFTEEN);
    assert.ok(buildModel(sampleOrganization(), again, now));
    assert.throws(
      () => buildModel(sampleOrganization(), again, now, {}, removedEntries(states)),
      (error) =>
        error instanceof UserError &&
        error.message.includes("temporary[0].until") &&
        error.message.includes("with the entries before it, this one makes 6 hours."),
    );
  });

  it("count as what a grant renews: reason and approver", () => {
    const states = statesOf([
      [DAY_BEFORE, rosterOf([grant("10:00", "14:00")])],
      [FIFTEEN, rosterOf([])],
    ]);
    const again = rosterOf([
      grant("10:00", "14:00", { from: "2026-11-23T10:00:00Z", until: "2026-11-23T12:00:00Z" }),
    ]);
    assert.throws(
      () => buildModel(sampleOrganization(), again, new Date(FIFTEEN), {}, removedEntries(states)),
      (error) =>
        error instanceof UserError &&
        error.message.includes("2 problems to solve first.") &&
        error.message.includes("for the same reason.") &&
        error.message.includes("all of these approved that one."),
    );
  });

  it("are never what is to be changed: the entry that is new is", () => {
    const removed = removedEntries(
      statesOf([
        [DAY_BEFORE, rosterOf([grant("10:00", "14:00"), grant("14:00", "18:00", { reason: "INC-2" })])],
        ["2026-11-20T18:00:00Z", rosterOf([])],
      ]),
    );
    assert.equal(removed.length, 2);
    assert.throws(
      () =>
        buildModel(
          sampleOrganization(),
          rosterOf([grant("18:00", "19:00", { reason: "INC-3" })]),
          new Date("2026-11-20T18:00:00Z"),
          {},
          removed,
        ),
      (error) =>
        error instanceof UserError &&
        error.message.startsWith("1 problem to solve first.") &&
        error.message.includes('temporary[0].until = "2026-11-20T19:00:00Z"'),
    );
  });

  describe("of a rota", () => {
    const SHIFT = { person: "sarah.devops", from: "2026-11-06T00:00:00Z", until: "2026-11-20T00:00:00Z" };
    const EXTRA = {
      person: "sarah.devops",
      account: "prod",
      role: "Ops",
      from: "2026-11-20T00:00:00Z",
      until: "2026-11-20T12:00:00Z",
      reason: "INC-1",
      approvedBy: ["alex.dba", "chris.security"],
    };
    const withShifts = (...shifts: readonly object[]): WrittenRoster =>
      rosterOf([], (roster) => Object.assign(roster, { onCall: { prod: { role: "Ops", shifts } } }));
    const removed = removedEntries(
      statesOf([
        ["2026-11-05T00:00:00Z", withShifts(SHIFT)],
        ["2026-11-20T00:00:00Z", rosterOf([])],
      ]),
    );
    const refused = (roster: WrittenRoster, path: string): void => {
      assert.throws(
        () => buildModel(sampleOrganization(), roster, new Date("2026-11-20"), {}, removed),
        (error) =>
          error instanceof UserError &&
          error.message.startsWith("1 problem to solve first.") &&
          error.message.includes(path) &&
          error.message.includes("Nobody is on call for more than 14 days in all"),
      );
    };

    it("count where the account has no rota any more", () => {
      assert.equal(removed.length, 1);
      refused(rosterOf([EXTRA]), "temporary[0].until");
    });

    it("count where its rota has other shifts", () => {
      const { person, from, until } = EXTRA;
      refused(withShifts({ person, from, until }), "onCall.prod.shifts[0].until");
    });
  });

  it("are no problem by themselves, however long they were together", () => {
    const removed = removedEntries(
      statesOf([
        [DAY_BEFORE, rosterOf([grant("10:00", "14:00"), grant("14:00", "18:00")])],
        ["2026-11-21T00:00:00Z", rosterOf([])],
      ]),
    );
    assert.equal(removed.length, 2);
    assert.ok(buildModel(sampleOrganization(), rosterOf([]), new Date("2026-11-21"), {}, removed));
  });
});

describe("what nobody knows of a history", () => {
  const steps: readonly Step[] = [
    [NINE, rosterOf([])],
    [ELEVEN, "it does not parse"],
    [FIFTEEN, rosterOf([])],
  ];
  const gaps = (isShallow: boolean, since: string) => {
    const rosters = statesOf(steps);
    const states = rosters.map(({ commit }) => ({ commit, outcome: { kind: "absent" as const } }));
    return historyGaps({ head: "", isShallow, states }, rosters, at(since));
  };
  const UNREAD =
    "What was in the roster from 2026-11-20T11:00:00Z until 2026-11-20T15:00:00Z does not count: the files of 0200000000 cannot be read. " +
    "it does not parse";

  it("is said: of commits that cannot be read", () => assert.deepEqual(gaps(false, DAY_BEFORE), [UNREAD]));
  it("and of a shallow clone that begins too late", () =>
    assert.deepEqual(gaps(true, DAY_BEFORE), [
      "The clone is shallow: what was in the roster before 2026-11-20T09:00:00Z does not count. git fetch --unshallow",
      UNREAD,
    ]));
  it("but not of one that reaches far enough, nor of a commit that was over by then", () =>
    assert.deepEqual(gaps(true, FIFTEEN), []));
});
