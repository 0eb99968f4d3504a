import assert from "node:assert/strict";

import {
  accepts,
  contractor,
  employee,
  modelWith,
  refuses,
  inRoster,
  rosterWithout,
  warningsOf,
} from "./cases";

describe("power", () => {
  describe("is for devops and security", () => {
    accepts([{ rule: "two of them", changes: [inRoster(["olga", "oscar"], "power")] }]);
    refuses([
      {
        rule: "not for a developer",
        changes: [inRoster(["olga", "devon"], "power")],
        roster: [
          [
            'power[1] = "devon"',
            "This person is of category developer and may not have power.",
            "Allowed: people of category devops or security",
          ],
        ],
      },
      {
        rule: "not for a DBA",
        changes: [inRoster(["olga", "dora"], "power")],
        roster: [
          [
            'power[1] = "dora"',
            "This person is of category dba and may not have power.",
            "Allowed: people of category devops or security",
          ],
        ],
      },
      {
        rule: "not for a QA engineer",
        changes: [inRoster(["olga", "quinn"], "power")],
        roster: [
          [
            'power[1] = "quinn"',
            "This person is of category qa and may not have power.",
            "Allowed: people of category devops or security",
          ],
        ],
      },
      {
        rule: "not for an analyst",
        changes: [inRoster(["olga", "anna"], "power")],
        roster: [
          [
            'power[1] = "anna"',
            "This person is of category analyst and may not have power.",
            "Allowed: people of category devops or security",
          ],
        ],
      },
      {
        rule: "not for an executive",
        changes: [inRoster(["olga", "erik"], "power")],
        roster: [
          [
            'power[1] = "erik"',
            "This person is of category executive and may not have power.",
            "Allowed: people of category devops or security",
          ],
        ],
      },
      {
        rule: "not for a contractor, whose dates are no further mistake",
        changes: [inRoster(["olga", "kim"], "power")],
        roster: [
          [
            'power[1] = "kim"',
            "This person is of category contractor and may not have power.",
            "Allowed: people of category devops or security",
          ],
        ],
      },
      {
        rule: "not for somebody unknown",
        changes: [inRoster(["olga", "swen"], "power")],
        roster: [
          [
            'power[1] = "swen"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "sven"?',
          ],
        ],
      },
      {
        rule: "not for what objects inherit",
        changes: [inRoster(["olga", "constructor"], "power")],
        roster: [
          [
            'power[1] = "constructor"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim"',
          ],
        ],
      },
      {
        rule: "each once",
        changes: [inRoster(["olga", "sven", "olga"], "power")],
        roster: [['power[2] = "olga"', "This name is listed already.", "To do: Remove the repetition."]],
      },
      {
        rule: "a list",
        changes: [inRoster("olga", "power")],
        roster: [['power = "olga"', "`power` is a list.", "Allowed: [ … ]"]],
      },
      {
        rule: "not null",
        changes: [inRoster(null, "power")],
        roster: [["power = null", "`power` is a list.", "Allowed: [ … ]"]],
      },
      {
        rule: "of names",
        changes: [inRoster(["olga", 7], "power")],
        roster: [["power[1] = 7", "A name is a text that is not blank."]],
      },
    ]);
  });

  describe("is not dated, for a group's membership has no dates", () => {
    refuses([
      {
        rule: "not from a day on",
        changes: [inRoster("2026-11-01", "people", "olga", "from")],
        roster: [
          [
            'power[0] = "olga"',
            "Power cannot be dated, and this person's terms are.",
            "Allowed: people of category devops or security without `from` and `until`",
          ],
        ],
      },
      {
        rule: "not until a day",
        changes: [inRoster("2027-11-01", "people", "sven", "until")],
        roster: [
          [
            'power[1] = "sven"',
            "Power cannot be dated, and this person's terms are.",
            "Allowed: people of category devops or security without `from` and `until`",
          ],
        ],
      },
    ]);
  });

  describe("is for two or more", () => {
    refuses([
      {
        rule: "nobody is an error",
        changes: [inRoster([], "power")],
        roster: [
          [
            "power = []",
            "`power` names nobody.",
            "To do: Name two people of category devops or security under `power`, so that one can be absent.",
          ],
        ],
      },
      {
        rule: "nobody readable is not a second one",
        changes: [inRoster([null], "power")],
        roster: [["power[0] = null", "A name is a text that is not blank."]],
      },
    ]);

    it("one is a warning", () => {
      assert.equal(
        warningsOf(modelWith(inRoster(["olga"], "power"))),
        [
          "Worth a look:",
          "",
          "src/roster.ts",
          "  1. power",
          "     Only one person has power: if they are away, nobody can help.",
          "     To do: Name two people of category devops or security under `power`, so that one can be absent.",
        ].join("\n"),
      );
    });

    it("an absent list is a warning", () => {
      assert.equal(
        warningsOf(modelWith(rosterWithout("power"))),
        [
          "Worth a look:",
          "",
          "src/roster.ts",
          "  1. power",
          "     Nobody has power: only the identity account's pipeline and its root user can change the account.",
          "     To do: Name two people of category devops or security under `power`, so that one can be absent.",
        ].join("\n"),
      );
    });

    it("two are no warning, and are listed by name", () => {
      const model = modelWith(inRoster(["sven", "olga"], "power"));
      assert.equal(warningsOf(model), "no warnings");
      assert.deepEqual(model.power, ["olga", "sven"]);
    });
  });
});

describe("people whose last day has passed", () => {
  it("are a warning", () => {
    const model = modelWith(
      inRoster({ ...employee("qa"), until: "2026-11-19" }, "people", "gone.qa"),
      inRoster(
        { ...contractor, from: "2026-01-01", until: "2026-11-20T12:00:00Z" },
        "people",
        "gone.contractor",
      ),
      inRoster({ ...employee("qa"), until: "2026-11-20" }, "people", "last.day"),
    );
    assert.equal(
      warningsOf(model),
      [
        "Worth a look:",
        "",
        "src/roster.ts",
        '  1. people["gone.contractor"]',
        "     This person's last day has passed: their user is in no group any more.",
        "     To do: Remove them here and add the name to `departed`.",
        '  2. people["gone.qa"]',
        "     This person's last day has passed: their user is in no group any more.",
        "     To do: Remove them here and add the name to `departed`.",
      ].join("\n"),
    );
  });
});
