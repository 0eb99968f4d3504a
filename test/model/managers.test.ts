import assert from "node:assert/strict";

import { accepts, contractor, employee, modelWith, refuses, inRoster, type Change } from "./cases";

const managed = (person: string, manager: unknown): Change => inRoster(manager, "people", person, "manager");
const NAMES = '"devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim"';

describe("a manager", () => {
  accepts([
    { rule: "in the roster", changes: [managed("devon", "olga")] },
    { rule: "outside of it, by an address", changes: [managed("erik", "board@example.com")] },
    {
      rule: "of managers",
      changes: [managed("devon", "olga"), managed("olga", "erik"), managed("oscar", "erik")],
    },
    {
      rule: "whose name is an address",
      changes: [
        inRoster(employee("devops", "boss"), "people", "boss@example.com"),
        managed("devon", "boss@example.com"),
      ],
    },
  ]);

  refuses([
    {
      rule: "no number",
      changes: [managed("devon", 7)],
      roster: [["people.devon.manager = 7", "A manager is a text that is not blank."]],
    },
    {
      rule: "nobody",
      changes: [managed("devon", "olgar")],
      roster: [
        [
          'people.devon.manager = "olgar"',
          "Nobody in `people` has this name.",
          `Allowed: an e-mail address of somebody outside, or ${NAMES}. Did you mean "olga"?`,
        ],
      ],
    },
    {
      rule: "the address of somebody in the roster",
      changes: [managed("devon", "Olga@example.com")],
      roster: [
        [
          'people.devon.manager = "Olga@example.com"',
          "olga in the roster has this address.",
          'Allowed: their name, "olga"',
        ],
      ],
    },
    {
      rule: "oneself",
      changes: [managed("devon", "devon")],
      roster: [['people.devon.manager = "devon"', "Nobody manages themselves.", "Allowed: somebody else"]],
    },
    {
      rule: "oneself under a second name",
      changes: [
        inRoster({ ...employee("devops"), email: "devon@example.com" }, "people", "devon.two"),
        managed("devon", "devon.two"),
      ],
      roster: [
        [
          'people.devon.manager = "devon.two"',
          "Nobody manages themselves. devon.two has the e-mail address of devon.",
          "To do: Name somebody else, or put the address right at `people`: devon@example.com",
        ],
      ],
    },
    {
      rule: "a contractor",
      changes: [managed("devon", "kim")],
      roster: [['people.devon.manager = "kim"', "A contractor manages nobody.", "Allowed: an employee"]],
    },
    {
      rule: "one who is below, over others",
      changes: [managed("devon", "olga"), managed("olga", "oscar"), managed("oscar", "devon")],
      roster: [
        ["devon", "olga", "oscar"],
        ["olga", "oscar", "devon"],
        ["oscar", "devon", "olga"],
      ].map(([person = "", manager = "", other = ""]) => [
        `people.${person}.manager = "${manager}"`,
        `They manage one another: ${person}, ${manager}, ${other}, ${person}.`,
        "Allowed: somebody who is not below them",
      ]),
    },
    {
      rule: "of a contractor: they have a sponsor",
      changes: [inRoster({ ...contractor, manager: "olga" }, "people", "kim")],
      roster: [
        [
          'people.kim.manager = "olga"',
          "Unknown key of a contractor.",
          'Allowed: "email", "category", "access", "project", "sponsor", "from", "until", "github", "renamedFrom", "agreements", "approvedBy"',
        ],
      ],
    },
  ]);

  it("is a person or an address in the model", () => {
    const { people } = modelWith(managed("devon", "olga"), managed("erik", "board@example.com"));
    assert.deepEqual(
      people.flatMap(({ name, manager }) => (manager === undefined ? [] : [[name, manager]])),
      [
        ["devon", { kind: "person", name: "olga" }],
        ["erik", { kind: "outside", email: "board@example.com" }],
      ],
    );
  });
});
