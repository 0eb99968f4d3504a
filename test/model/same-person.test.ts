import assert from "node:assert/strict";

import { accepts, employee, modelWith, refuses, inRoster, warningsOf, type Change } from "./cases";

const grant = {
  person: "devon",
  account: "prod",
  role: "Ops",
  from: "2026-11-20T10:00:00Z",
  until: "2026-11-20T14:00:00Z",
  reason: "INC-1042",
};
const approvedBy = (...names: readonly string[]): Change =>
  inRoster([{ ...grant, person: "dora", role: "Read", approvedBy: names }], "temporary");
const address = (name: string, email: string): Change => inRoster(email, "people", name, "email");
const terms = (name: string, from?: string, until?: string): Change =>
  inRoster({ ...employee("devops", name), ...(from && { from }), ...(until && { until }) }, "people", name);

describe("a second name is not a second person", () => {
  refuses([
    {
      rule: "approval for oneself by another name, whatever the case of the address",
      changes: [address("olga", "Dora@Example.com"), approvedBy("olga")],
      roster: [
        [
          'temporary[0].approvedBy[0] = "olga"',
          "Nobody approves for themselves. olga has the e-mail address of dora.",
          "To do: Name somebody else, or put the address right at `people`: Dora@Example.com",
        ],
      ],
    },
    {
      rule: "two approvals by one person",
      changes: [
        address("oscar", "olga@example.com"),
        inRoster(["olga", "oscar"], "people", "kim", "approvedBy"),
      ],
      roster: [
        [
          'people.kim.approvedBy[1] = "oscar"',
          "One person approves once. oscar has the e-mail address of olga.",
          "To do: Name somebody else, or put the address right at `people`: olga@example.com",
        ],
      ],
    },
    {
      rule: "a contractor's approval of themselves",
      changes: [address("kim", "sven@example.com"), inRoster(["sven"], "people", "kim", "approvedBy")],
      roster: [
        [
          'people.kim.approvedBy[0] = "sven"',
          "Nobody approves for themselves. sven has the e-mail address of kim.",
          "To do: Name somebody else, or put the address right at `people`: sven@example.com",
        ],
      ],
    },
    {
      rule: "a contractor's own sponsorship",
      changes: [address("kim", "OLGA@example.com")],
      roster: [
        [
          'people.kim.sponsor = "olga"',
          "Nobody sponsors themselves. olga has the e-mail address of kim.",
          "To do: Name somebody else, or put the address right at `people`: olga@example.com",
        ],
      ],
    },
    {
      rule: "a backup of BreakGlass",
      changes: [
        address("sven", "olga@example.com"),
        inRoster({ prod: { primary: "olga", backup: "sven" } }, "breakGlass"),
        inRoster(["olga", "oscar"], "power"),
      ],
      roster: [
        [
          'breakGlass.prod.backup = "sven"',
          "The backup is the primary under a second name. sven has the e-mail address of olga.",
          "To do: Name somebody else, or put the address right at `people`: olga@example.com",
        ],
      ],
    },
    {
      rule: "the second who has power",
      changes: [address("sven", "olga@example.com")],
      roster: [
        [
          'power[1] = "sven"',
          "One person has power once. sven has the e-mail address of olga.",
          "To do: Name somebody else, or put the address right at `people`: olga@example.com",
        ],
      ],
    },
  ]);

  it("deserves a look where addresses differ by dots or a plus alone", () => {
    const model = modelWith(address("sven", "o.l.g.a+aws@example.com"), address("erik", "erik@example.com"));
    assert.match(
      warningsOf(model),
      /power\[1\] = "o\.l\.g\.a\+aws@example\.com"\n {5}The e-mail addresses of sven and olga differ by dots or a plus alone: they may be one person\./,
    );
  });

  it("is no matter where two are the same nowhere", () => {
    assert.doesNotMatch(warningsOf(modelWith(address("quinn", "anna@example.com"))), /one person/);
  });
});

describe("somebody answers for what begins while they are here", () => {
  accepts([
    {
      rule: "who leaves afterwards",
      changes: [terms("oscar", undefined, "2026-11-20T10:00:01Z"), approvedBy("oscar")],
    },
    { rule: "who begins at that instant", changes: [terms("oscar", grant.from), approvedBy("oscar")] },
  ]);
  refuses([
    {
      rule: "no approval by somebody who has left",
      changes: [terms("oscar", undefined, "2026-11-20T10:00:00Z"), approvedBy("oscar")],
      roster: [
        [
          'temporary[0].approvedBy[0] = "oscar"',
          "They are here until 2026-11-20T10:00:00Z, and this begins at 2026-11-20T10:00:00Z.",
          "Allowed: other people of category devops, dba or security",
        ],
      ],
    },
    {
      rule: "no approval by somebody who has not begun",
      changes: [terms("oscar", "2026-12-01"), approvedBy("oscar")],
      roster: [
        [
          'temporary[0].approvedBy[0] = "oscar"',
          "They are here from 2026-12-01T00:00:00Z on, and this begins at 2026-11-20T10:00:00Z.",
          "Allowed: other people of category devops, dba or security",
        ],
      ],
    },
    {
      rule: "no approval of a contractor by somebody who has left",
      changes: [
        terms("oscar", undefined, "2026-10-01"),
        inRoster(["oscar", "sven"], "people", "kim", "approvedBy"),
      ],
      roster: [
        [
          'people.kim.approvedBy[0] = "oscar"',
          "They are here until 2026-10-02T00:00:00Z, and this begins at 2026-11-01T00:00:00Z.",
          "Allowed: other people of category devops, dba or security",
        ],
      ],
    },
    {
      rule: "no sponsor who has left",
      changes: [terms("oscar", undefined, "2026-10-01"), inRoster("oscar", "people", "kim", "sponsor")],
      roster: [
        [
          'people.kim.sponsor = "oscar"',
          "They are here until 2026-10-02T00:00:00Z, and this begins at 2026-11-01T00:00:00Z.",
          "Allowed: an employee",
        ],
      ],
    },
  ]);
});
