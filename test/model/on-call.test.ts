import assert from "node:assert/strict";

import fc from "fast-check";

import {
  accepts,
  employee,
  modelWith,
  inOrganization,
  organizationWithout,
  outputOf,
  refuses,
  inRoster,
  warningsOf,
  written,
} from "./cases";

/** The beginning of a day of November 2026, or of one beyond it. */
const day = (count: number): string =>
  new Date(Date.UTC(2026, 10, count)).toISOString().replace(".000Z", "Z");

const shift = (person: string, from: number, until: number) => ({
  person,
  from: day(from),
  until: day(until),
});
const rota = (...shifts: readonly unknown[]) => inRoster({ prod: { role: "Ops", shifts } }, "onCall");

describe("onCall", () => {
  accepts([
    { rule: "no rota", changes: [inRoster({}, "onCall")] },
    { rule: "no shift", changes: [rota()] },
    { rule: "a shift of 14 days", changes: [rota(shift("olga", 16, 30))] },
    {
      rule: "two who take turns",
      changes: [rota(shift("olga", 16, 23), shift("oscar", 23, 30), shift("olga", 30, 37))],
    },
    { rule: "in any order", changes: [rota(shift("oscar", 23, 30), shift("olga", 16, 23))] },
    {
      rule: "14 days again, after a day without",
      changes: [rota(shift("olga", 1, 15), shift("olga", 16, 30))],
    },
    {
      rule: "in dev",
      changes: [inRoster({ dev: { role: "Ops", shifts: [shift("olga", 16, 23)] } }, "onCall")],
    },
    {
      rule: "in an account that stands in for the identity account",
      changes: [
        organizationWithout("accounts", "users"),
        inOrganization(true, "accounts", "prod", "identity"),
        rota(shift("olga", 16, 23)),
      ],
    },
  ]);

  refuses([
    {
      rule: "no list",
      changes: [inRoster([], "onCall")],
      roster: [
        [
          "onCall = []",
          "`onCall` is an object whose keys are accounts.",
          "Allowed: { … }",
          "To do: Write a plain object, in which no key is `__proto__`.",
        ].slice(0, 3),
      ],
    },
    {
      rule: "a rota without role and shifts",
      changes: [inRoster({ prod: {} }, "onCall")],
      roster: [
        ["onCall.prod.role", "An account's rota needs `role`."],
        ["onCall.prod.shifts", "An account's rota needs `shifts`."],
      ],
    },
    {
      rule: "a shift without person and dates",
      changes: [rota({})],
      roster: [
        ["onCall.prod.shifts[0].from", "A shift needs `from`."],
        ["onCall.prod.shifts[0].person", "A shift needs `person`."],
        ["onCall.prod.shifts[0].until", "A shift needs `until`."],
      ],
    },
    {
      rule: "the identity account",
      changes: [inRoster({ users: { role: "Ops", shifts: [] } }, "onCall")],
      roster: [
        [
          'onCall.users = "users"',
          "The identity account holds people and no workload.",
          'Allowed: "dev", "staging", "prod"',
        ],
      ],
    },
    {
      rule: "another role",
      changes: [inRoster({ prod: { role: "Admin", shifts: [] } }, "onCall")],
      roster: [['onCall.prod.role = "Admin"', "This role cannot be granted by a rota.", 'Allowed: "Ops"']],
    },
    {
      rule: "nobody",
      changes: [rota(shift("oskar", 16, 23))],
      roster: [
        [
          'onCall.prod.shifts[0].person = "oskar"',
          "Nobody in `people` has this name.",
          'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "oscar"?',
        ],
      ],
    },
    ...["devon:developer", "dora:dba", "sven:security", "kim:contractor"].map((pair) => {
      const [person = "", category = ""] = pair.split(":");
      return {
        rule: `somebody of category ${category}`,
        changes: [rota({ person, from: day(20), until: day(21) })],
        roster: [
          [
            `onCall.prod.shifts[0].person = "${person}"`,
            `This person is of category ${category} and may not be on call for Ops.`,
            "Allowed: people of category devops",
          ],
        ],
      };
    }),
    {
      rule: "an end before the beginning",
      changes: [rota(shift("olga", 23, 16))],
      roster: [
        [
          'onCall.prod.shifts[0].until = "2026-11-16T00:00:00Z"',
          "`until` is not after `from`.",
          "Allowed: a time after 2026-11-23T00:00:00Z",
        ],
      ],
    },
    {
      rule: "beyond the person's terms",
      changes: [
        inRoster({ ...employee("devops", "oscar"), from: day(17), until: day(20) }, "people", "oscar"),
        rota(shift("oscar", 16, 23)),
      ],
      roster: [
        [
          'onCall.prod.shifts[0].from = "2026-11-16T00:00:00Z"',
          "This is before the person's first day.",
          "Allowed: a time from 2026-11-17T00:00:00Z on",
        ],
        [
          'onCall.prod.shifts[0].until = "2026-11-23T00:00:00Z"',
          "This is after the person's last day.",
          "Allowed: a time up to 2026-11-20T00:00:00Z",
        ],
      ],
    },
    {
      rule: "a shift of more than 14 days",
      changes: [rota(shift("olga", 16, 31))],
      roster: [
        [
          'onCall.prod.shifts[0].until = "2026-12-01T00:00:00Z"',
          "Nobody is on call for more than 14 days in all, until a break of 8 hours: by the end of this, olga has been for 15 days.",
          "Allowed: a time up to 2026-11-30T00:00:00Z",
        ],
      ],
    },
    {
      rule: "shifts that touch, of more than 14 days in all, by two names of one human",
      changes: [
        inRoster({ ...employee("devops"), email: "Olga@example.com" }, "people", "olga.two"),
        rota(shift("olga", 16, 23), shift("olga.two", 23, 31)),
      ],
      roster: [
        [
          'onCall.prod.shifts[1].until = "2026-12-01T00:00:00Z"',
          "Nobody is on call for more than 14 days in all, until a break of 8 hours: by the end of this, olga.two has been for 15 days.",
          "Allowed: somebody else, or a beginning at 2026-11-23T08:00:00Z or later",
        ],
      ],
    },
    {
      rule: "a shift that a temporary grant makes longer than 14 days",
      changes: [
        rota(shift("olga", 16, 30)),
        inRoster(
          [
            {
              person: "olga",
              account: "prod",
              role: "Ops",
              from: day(30),
              until: "2026-11-30T12:00:00Z",
              reason: "INC-1042",
              approvedBy: ["oscar", "sven"],
            },
          ],
          "temporary",
        ),
      ],
      roster: [
        [
          'temporary[0].until = "2026-11-30T12:00:00Z"',
          "Nobody is on call for more than 14 days in all, until a break of 8 hours: by the end of this, olga has been for 14.5 days.",
          "Allowed: somebody else, or a beginning at 2026-11-30T08:00:00Z or later",
        ],
      ],
    },
    {
      rule: "two shifts of one person at once",
      changes: [rota(shift("olga", 16, 23), shift("olga", 20, 24))],
      roster: [
        [
          'onCall.prod.shifts[1].from = "2026-11-20T00:00:00Z"',
          "olga has another shift until 2026-11-23T00:00:00Z.",
          "Allowed: a time from 2026-11-23T00:00:00Z on",
        ],
      ],
    },
  ]);

  it("gives a grant for each shift", () => {
    assert.deepEqual(modelWith(rota(shift("olga", 16, 23))).grants, [
      {
        person: "olga",
        account: "prod",
        role: "Ops",
        source: "onCall",
        validity: { from: "2026-11-16T00:00:00Z", until: "2026-11-23T00:00:00Z" },
      },
    ]);
  });
});

// The model's moment is noon of the 20th.
describe("what a rota leaves open is told", () => {
  const cases: readonly (readonly [string, readonly unknown[], readonly string[]])[] = [
    ["nothing, where shifts follow one another", [shift("olga", 16, 23), shift("oscar", 23, 30)], []],
    [
      "a gap",
      [shift("olga", 16, 23), shift("oscar", 24, 30)],
      [
        "onCall.prod.shifts[1].from",
        "Nobody is on call for Ops in prod from 2026-11-23T00:00:00Z until 2026-11-24T00:00:00Z.",
        "To do: Fill it with a shift, or leave it where nobody has to be on call then.",
      ],
    ],
    ["no gap that is over", [shift("olga", 2, 9), shift("oscar", 16, 30)], []],
    [
      "an overlap of two people",
      [shift("olga", 16, 23), shift("oscar", 22, 30)],
      [
        "onCall.prod.shifts[1].from",
        "Both olga and oscar are on call for Ops in prod from 2026-11-22T00:00:00Z until 2026-11-23T00:00:00Z.",
        "To do: Leave it where they hand over or work in two; otherwise shorten one of the shifts.",
      ],
    ],
    ["no overlap that is over", [shift("olga", 9, 17), shift("oscar", 16, 30)], []],
    [
      "the end of the rota, a week before",
      [shift("olga", 16, 23)],
      [
        "onCall.prod",
        "The rota of prod ends at 2026-11-23T00:00:00Z: nobody has Ops by it from then on.",
        "To do: Add the next shifts.",
      ],
    ],
    [
      "a rota without shifts",
      [],
      [
        "onCall.prod",
        "The rota of prod has no shift: nobody has Ops by it.",
        "To do: Add shifts, or remove the rota.",
      ],
    ],
  ];
  for (const [name, shifts, [place, ...lines]] of cases) {
    it(name, () => {
      const expected =
        place === undefined
          ? "no warnings"
          : [
              "Worth a look:",
              "",
              "src/roster.ts",
              `  1. ${place}`,
              ...lines.map((line) => `     ${line}`),
            ].join("\n");
      assert.equal(warningsOf(modelWith(rota(...shifts))), expected);
    });
  }

  it("standing Ops in prod, with the rota that it could be", () => {
    assert.equal(
      warningsOf(modelWith(inRoster({ dev: "Ops", prod: ["Read", "Ops"] }, "people", "olga", "access"))),
      [
        "Worth a look:",
        "",
        "src/roster.ts",
        '  1. people.olga.access.prod[1] = "Ops"',
        "     Ops in prod for good lets one person change it at any time.",
        "     To do: Give them shifts under `onCall.prod`, or the role for at most 12 hours under `temporary`; leave it where that is too few people.",
      ].join("\n"),
    );
  });
});

describe("shifts are deployed as they come near", () => {
  const at = (hour: number): string =>
    new Date(Date.UTC(2026, 10, 20, hour)).toISOString().replace(".000Z", "Z");
  const hours = (person: string, from: number, until: number) => ({
    person,
    from: at(from),
    until: at(until),
  });
  const deployed = (...shifts: readonly unknown[]) =>
    modelWith(rota(...shifts))
      .holdings.of("prod", "Ops")
      .flatMap(({ person, deployed: validities }) =>
        validities.map(({ from, until }) => `${person} ${from ?? ""} ${until ?? ""}`),
      );

  it("the one that has begun and the next, however far ahead", () => {
    assert.deepEqual(deployed(shift("olga", 16, 23), shift("oscar", 30, 37), shift("olga", 37, 44)), [
      "olga 2026-11-16T00:00:00Z 2026-11-23T00:00:00Z",
      "oscar 2026-11-30T00:00:00Z 2026-12-07T00:00:00Z",
    ]);
  });

  it("those that begin within 48 hours", () => {
    const shifts = [
      hours("olga", 0, 24),
      hours("oscar", 24, 48),
      hours("olga", 48, 60),
      hours("oscar", 60, 72),
      hours("olga", 72, 96),
    ];
    assert.deepEqual(deployed(...shifts), [
      `olga ${at(0)} ${at(24)}`,
      `olga ${at(48)} ${at(60)}`,
      `oscar ${at(24)} ${at(48)}`,
      `oscar ${at(60)} ${at(72)}`,
    ]);
  });

  it("while the person holds, and may prepare for, all of them", () => {
    const [olga] = modelWith(
      rota(shift("olga", 16, 23), shift("oscar", 23, 30), shift("olga", 30, 37)),
    ).holdings.of("prod", "Ops");
    assert.deepEqual(olga?.validities.length, 2);
  });
});

describe("no accepted rota gives anybody a role for more than 14 days without a break of 8 hours", () => {
  const DAY = 4;
  const turns = fc.array(
    fc.record({
      person: fc.constantFrom("olga", "oscar"),
      start: fc.nat({ max: 60 * DAY }),
      length: fc.integer({ min: 1, max: 15 * DAY }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  const text = (quarter: number): string =>
    new Date(Date.UTC(2026, 10, 1) + quarter * 21_600_000).toISOString().replace(".000Z", "Z");

  it("counted on a calendar of quarters of a day", function () {
    this.timeout(60_000);
    let seen = 0;
    fc.assert(
      fc.property(turns, (shifts) => {
        const change = rota(
          ...shifts.map(({ person, start, length }) => ({
            person,
            from: text(start),
            until: text(start + length),
          })),
        );
        const { organization: accounts, roster: people } = written([change]);
        if (outputOf(accounts, people) !== "accepted") return;
        seen += 1;
        for (const name of ["olga", "oscar"]) {
          const own = shifts.filter(({ person }) => person === name);
          const held = [
            ...new Set(
              own.flatMap(({ start, length }) => Array.from({ length }, (_, index) => start + index)),
            ),
          ];
          held.sort((one, other) => one - other);
          let sinceBreak = 0;
          held.forEach((one, index) => {
            const before = held[index - 1];
            sinceBreak = before === undefined || one - before - 1 >= 2 ? 1 : sinceBreak + 1;
            assert.ok(sinceBreak <= 14 * DAY);
          });
        }
      }),
      { numRuns: 3_000 },
    );
    assert.ok(seen > 300, `${String(seen)} accepted`);
  });
});
