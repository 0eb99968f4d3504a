import assert from "node:assert/strict";

import {
  accepts,
  modelWith,
  inOrganization,
  organizationWithout,
  refuses,
  inRoster,
  warningsOf,
} from "./cases";

describe("breakGlass", () => {
  accepts([
    { rule: "nobody anywhere", changes: [inRoster({}, "breakGlass")] },
    {
      rule: "a devops engineer and a security engineer",
      changes: [inRoster({ prod: { primary: "olga", backup: "sven" } }, "breakGlass")],
    },
    { rule: "an executive", changes: [inRoster({ prod: { primary: "erik" } }, "breakGlass")] },
    {
      rule: "somebody in several accounts",
      changes: [inRoster({ prod: { primary: "olga" }, dev: { primary: "olga" } }, "breakGlass")],
    },
    {
      rule: "an account that stands in for the identity account",
      changes: [
        organizationWithout("accounts", "users"),
        inOrganization(true, "accounts", "prod", "identity"),
        inRoster({ prod: { primary: "olga" } }, "breakGlass"),
      ],
    },
  ]);

  refuses([
    {
      rule: "an object",
      changes: [inRoster([], "breakGlass")],
      roster: [["breakGlass = []", "`breakGlass` is an object whose keys are accounts.", "Allowed: { … }"]],
    },
    {
      rule: "of objects",
      changes: [inRoster({ prod: "olga" }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod = "olga"',
          "An account's break-glass is an object with keys.",
          'Allowed: keys "primary", "backup"',
        ],
      ],
    },
    {
      rule: "with a primary",
      changes: [inRoster({ prod: { backup: "olga" } }, "breakGlass")],
      roster: [["breakGlass.prod.primary", "An account's break-glass needs `primary`."]],
    },
    {
      rule: "with no third",
      changes: [inRoster({ prod: { primary: "olga", backup: "sven", third: "erik" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.third = "erik"',
          "Unknown key of an account's break-glass.",
          'Allowed: "primary", "backup"',
        ],
      ],
    },
    {
      rule: "one primary, no list",
      changes: [inRoster({ prod: { primary: ["olga", "sven"] } }, "breakGlass")],
      roster: [['breakGlass.prod.primary = ["olga","sven"]', "A name is a text that is not blank."]],
    },
    {
      rule: "in an account that exists",
      changes: [inRoster({ production: { primary: "olga" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.production = "production"',
          "There is no such account in `src/organization.ts`.",
          'Allowed: "dev", "staging", "prod"',
        ],
      ],
    },
    {
      rule: "not in the identity account",
      changes: [inRoster({ users: { primary: "olga" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.users = "users"',
          "The identity account holds people and no workload.",
          'Allowed: "dev", "staging", "prod"',
        ],
      ],
    },
    {
      rule: "somebody in people",
      changes: [inRoster({ prod: { primary: "olga", backup: "swen" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.backup = "swen"',
          "Nobody in `people` has this name.",
          'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "sven"?',
        ],
      ],
    },
    {
      rule: "the backup is somebody else",
      changes: [inRoster({ prod: { primary: "olga", backup: "olga" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.backup = "olga"',
          "The backup is the primary.",
          "To do: Name somebody else, or remove it.",
        ],
      ],
    },
    {
      rule: "not a developer",
      changes: [inRoster({ prod: { primary: "devon" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.primary = "devon"',
          "This person is of category developer and may not hold BreakGlass.",
          "Allowed: people of category devops, security or executive",
        ],
      ],
    },
    {
      rule: "not a DBA",
      changes: [inRoster({ prod: { primary: "dora" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.primary = "dora"',
          "This person is of category dba and may not hold BreakGlass.",
          "Allowed: people of category devops, security or executive",
        ],
      ],
    },
    {
      rule: "not a QA engineer",
      changes: [inRoster({ prod: { primary: "quinn" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.primary = "quinn"',
          "This person is of category qa and may not hold BreakGlass.",
          "Allowed: people of category devops, security or executive",
        ],
      ],
    },
    {
      rule: "not an analyst",
      changes: [inRoster({ prod: { primary: "anna" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.primary = "anna"',
          "This person is of category analyst and may not hold BreakGlass.",
          "Allowed: people of category devops, security or executive",
        ],
      ],
    },
    {
      rule: "not a contractor",
      changes: [inRoster({ prod: { primary: "olga", backup: "kim" } }, "breakGlass")],
      roster: [
        [
          'breakGlass.prod.backup = "kim"',
          "This person is of category contractor and may not hold BreakGlass.",
          "Allowed: people of category devops, security or executive",
        ],
      ],
    },
  ]);

  it("is the only source of BreakGlass grants, which end with the person's terms", () => {
    const { grants } = modelWith(
      inRoster("2027-03-31", "people", "erik", "until"),
      inRoster({ prod: { primary: "oscar", backup: "erik" } }, "breakGlass"),
    );
    assert.deepEqual(grants, [
      { person: "oscar", account: "prod", role: "BreakGlass", source: "breakGlass", validity: {} },
      {
        person: "erik",
        account: "prod",
        role: "BreakGlass",
        source: "breakGlass",
        validity: { until: "2027-04-01T00:00:00Z" },
      },
    ]);
  });

  it("warns of an account in which nobody may use it now", () => {
    const held = inRoster({ prod: { primary: "erik" } }, "breakGlass");
    for (const [key, date] of [
      ["until", "2026-11-01"],
      ["from", "2027-01-01"],
    ] as const) {
      assert.match(
        warningsOf(modelWith(held, inRoster(date, "people", "erik", key))),
        /breakGlass\.prod.*\n {5}Nobody may use BreakGlass in prod now: erik \(left, or not begun yet\)\.\n {5}To do: Name somebody who is there\./,
      );
    }
    assert.doesNotMatch(warningsOf(modelWith(held)), /BreakGlass/);
  });
});
