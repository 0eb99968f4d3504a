import {
  accepts,
  employee,
  inOrganization,
  organizationWithout,
  refuses,
  refusesValues,
  inRoster,
  rosterWithout,
} from "./cases";

const NOT_AN_OBJECT = [
  "The roster is an object with keys.",
  'Allowed: keys "people", "power", "breakGlass", "temporary", "onCall", "partners", "departed"',
];

describe("src/roster.ts", () => {
  describe("is an object of a fixed shape", () => {
    accepts([
      {
        rule: "only people must be there",
        changes: [inRoster({ people: {} })],
      },
      {
        rule: "a key that is undefined is absent",
        changes: [inRoster(undefined, "temporary"), inRoster(undefined, "people", "devon", "until")],
      },
    ]);
    refuses([
      {
        rule: "not absent",
        changes: [inRoster(undefined)],
        roster: [["the exported value = (undefined)", ...NOT_AN_OBJECT]],
      },
      {
        rule: "not null",
        changes: [inRoster(null)],
        roster: [["the exported value = null", ...NOT_AN_OBJECT]],
      },
      {
        rule: "not a list",
        changes: [inRoster([])],
        roster: [["the exported value = []", ...NOT_AN_OBJECT]],
      },
      {
        rule: "needs people; without them, references to people are no further mistakes",
        changes: [rosterWithout("people")],
        roster: [["people", "The roster needs `people`."]],
      },
      {
        rule: "takes no unknown key",
        changes: [inRoster([], "leavers")],
        roster: [
          [
            "leavers = []",
            "Unknown key of the roster.",
            'Allowed: "people", "power", "breakGlass", "temporary", "onCall", "partners", "departed"',
          ],
        ],
      },
      {
        rule: "people are no list",
        changes: [inRoster([employee("qa")], "people")],
        roster: [
          [
            'people = [{"email":"qa@example.com","category":"qa","access":{}}]',
            "`people` is an object whose keys are names.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "people are no map, whose entries are no keys",
        changes: [inRoster(new Map(), "people")],
        roster: [
          [
            "people = {}",
            "`people` is an object whose keys are names.",
            "Allowed: { … }",
            "To do: Write a plain object, in which no key is `__proto__`.",
          ],
        ],
      },
      {
        rule: "a literal __proto__ sets the prototype and is not lost in silence",
        changes: [inRoster({ __proto__: employee("qa") }, "people")],
        roster: [
          [
            "people = {}",
            "`people` is an object whose keys are names.",
            "Allowed: { … }",
            "To do: Write a plain object, in which no key is `__proto__`.",
          ],
        ],
      },
    ]);
  });

  describe("a person is an object of a fixed shape", () => {
    refuses([
      {
        rule: "not null",
        changes: [inRoster(null, "people", "devon")],
        roster: [
          [
            "people.devon = null",
            "A person is an object with keys.",
            'Allowed: keys "email", "category", "access", "github", "renamedFrom", "project", "sponsor", "from", "until", "agreements", "approvedBy", "manager"',
          ],
        ],
      },
      {
        rule: "not a text",
        changes: [inRoster("developer", "people", "devon")],
        roster: [
          [
            'people.devon = "developer"',
            "A person is an object with keys.",
            'Allowed: keys "email", "category", "access", "github", "renamedFrom", "project", "sponsor", "from", "until", "agreements", "approvedBy", "manager"',
          ],
        ],
      },
      {
        rule: "not empty",
        changes: [inRoster({}, "people", "devon")],
        roster: [
          ["people.devon.access", "A person needs `access`."],
          ["people.devon.category", "A person needs `category`."],
          ["people.devon.email", "A person needs `email`."],
        ],
      },
      {
        rule: "takes no unknown key",
        changes: [inRoster("+1", "people", "devon", "phone")],
        roster: [
          [
            'people.devon.phone = "+1"',
            "Unknown key of a person.",
            'Allowed: "email", "category", "access", "github", "renamedFrom", "from", "until", "manager"',
          ],
        ],
      },
      {
        rule: "takes no key that objects inherit",
        changes: [inRoster("x", "people", "devon", "constructor")],
        roster: [
          [
            'people.devon.constructor = "x"',
            "Unknown key of a person.",
            'Allowed: "email", "category", "access", "github", "renamedFrom", "from", "until", "manager"',
          ],
        ],
      },
      {
        rule: "only contractors have a project",
        changes: [inRoster("phoenix", "people", "devon", "project")],
        roster: [
          [
            'people.devon.project = "phoenix"',
            "Unknown key of a person.",
            'Allowed: "email", "category", "access", "github", "renamedFrom", "from", "until", "manager"',
          ],
        ],
      },
      {
        rule: "needs an email",
        changes: [rosterWithout("people", "devon", "email")],
        roster: [["people.devon.email", "A person needs `email`."]],
      },
      {
        rule: "needs a category",
        changes: [rosterWithout("people", "devon", "category")],
        roster: [["people.devon.category", "A person needs `category`."]],
      },
      {
        rule: "needs access",
        changes: [rosterWithout("people", "devon", "access")],
        roster: [["people.devon.access", "A person needs `access`."]],
      },
      {
        rule: "a category that cannot be read is one mistake, although other keys hang on it",
        changes: [inRoster("contracter", "people", "kim", "category")],
        roster: [
          [
            'people.kim.category = "contracter"',
            "There is no such category.",
            'Allowed: "developer", "devops", "dba", "security", "qa", "analyst", "executive", "contractor". Did you mean "contractor"?',
          ],
        ],
      },
      {
        rule: "no category in capitals",
        changes: [inRoster("Developer", "people", "devon", "category")],
        roster: [
          [
            'people.devon.category = "Developer"',
            "There is no such category.",
            'Allowed: "developer", "devops", "dba", "security", "qa", "analyst", "executive", "contractor". Did you mean "developer"?',
          ],
        ],
      },
    ]);
    refusesValues(
      inRoster,
      ["people", "devon", "category"],
      [
        "There is no such category.",
        'Allowed: "developer", "devops", "dba", "security", "qa", "analyst", "executive", "contractor"',
      ],
      {
        "no unknown category": "boss",
        "no category that objects inherit": "toString",
        "no category __proto__": "__proto__",
        "no list of categories": ["developer"],
        "no category null": null,
      },
    );
    accepts([
      {
        rule: "any address of 254 characters",
        changes: [inRoster(`${"a".repeat(242)}@example.com`, "people", "devon", "email")],
      },
    ]);
    refusesValues(
      inRoster,
      ["people", "devon", "email"],
      ["This is not an e-mail address.", 'Allowed: an address such as "name@example.com"'],
      {
        "no name for an address": "devon",
        "no address without a domain": "devon@",
        "no address with a blank": "dev on@example.com",
        "no two addresses": "a@example.com,b@example.com@",
        "no number for an address": 7,
      },
    );
  });

  describe("names have IAM's characters, 2 to 64 of them", () => {
    accepts([
      { rule: "2 characters", changes: [inRoster(employee("qa"), "people", "qa")] },
      { rule: "64 characters", changes: [inRoster(employee("qa"), "people", "q".repeat(64))] },
      { rule: "all of IAM's characters", changes: [inRoster(employee("qa"), "people", "aZ09_+=,.@-")] },
      {
        rule: "what every object inherits",
        changes: ["constructor", "toString", "hasOwnProperty", "__proto__"].map((name) =>
          inRoster(employee("qa"), "people", name),
        ),
      },
    ]);
    const rule = "A name is 2 to 64 letters, digits or any of _ + = , . @ -";
    refuses([
      {
        rule: "not empty",
        changes: [inRoster(employee("qa"), "people", "")],
        roster: [['people[""] = ""', rule]],
      },
      {
        rule: "not 1 character",
        changes: [inRoster(employee("qa"), "people", "q")],
        roster: [['people.q = "q"', rule]],
      },
      {
        rule: "not 65 characters",
        changes: [inRoster(employee("qa"), "people", "q".repeat(65))],
        roster: [[`people.${"q".repeat(65)} = "${"q".repeat(65)}"`, rule]],
      },
      {
        rule: "no blank",
        changes: [inRoster(employee("qa"), "people", "quinn qa")],
        roster: [['people["quinn qa"] = "quinn qa"', rule]],
      },
      {
        rule: "no space at the end, which nobody is told to write once more",
        changes: [inRoster(employee("qa"), "people", "petra "), inRoster(["olga", "petra"], "power")],
        roster: [
          ['people["petra "] = "petra "', rule],
          [
            'power[1] = "petra"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim"',
          ],
        ],
      },
      {
        rule: "no slash",
        changes: [inRoster(employee("qa"), "people", "quinn/qa")],
        roster: [['people["quinn/qa"] = "quinn/qa"', rule]],
      },
      {
        rule: "no wildcard",
        changes: [inRoster(employee("qa"), "people", "quinn*")],
        roster: [['people["quinn*"] = "quinn*"', rule]],
      },
      {
        rule: "no other letters",
        changes: [inRoster(employee("qa"), "people", "jörg")],
        roster: [['people["jörg"] = "jörg"', rule, "Letters are a to z and A to Z: not ö."]],
      },
      {
        rule: "no line break",
        changes: [inRoster(employee("qa"), "people", "qa\n")],
        roster: [['people["qa\\n"] = "qa\\n"', rule]],
      },
    ]);
  });

  describe("names are compared without case", () => {
    refuses([
      {
        rule: "nobody has another's name",
        changes: [inRoster(employee("qa"), "people", "QUINN")],
        roster: [
          [
            'people.QUINN = "QUINN"',
            "Somebody has this name already; IAM compares users' names without case.",
            "To do: Choose another name.",
          ],
        ],
      },
      {
        rule: "but references are exact, and help to find the name",
        changes: [inRoster(["Olga", "sven"], "power")],
        roster: [
          [
            'power[0] = "Olga"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "olga"?',
          ],
        ],
      },
    ]);
  });

  describe("names on GitHub", () => {
    accepts(
      ["a", "olga", "OLGA-2", "a-b-c", "a".repeat(39), "olga_example"].map((handle) => ({
        rule: `may be ${handle}`,
        changes: [inRoster(handle, "people", "olga", "github")],
      })),
    );
    refusesValues(
      inRoster,
      ["people", "olga", "github"],
      [
        "This is not a user's name on GitHub.",
        "Allowed: 1 to 39 letters, digits and single hyphens between them, without an @",
      ],
      {
        "are not empty": "",
        "have no @": "@olga",
        "have no hyphen first": "-olga",
        "have no hyphen last": "olga-",
        "have no two hyphens together": "ol--ga",
        "have no dot": "olga.ops",
        "are no address": "https://github.com/olga",
        "have no 40 characters": "a".repeat(40),
        "have no blank at the end": "olga ",
      },
    );
    refuses([
      {
        rule: "have no letters of other scripts, which look alike",
        changes: [inRoster("\u043Elga", "people", "olga", "github")],
        roster: [
          [
            'people.olga.github = "\u043Elga"',
            "This is not a user's name on GitHub.",
            "Letters are a to z and A to Z: not \u043E.",
            "Allowed: 1 to 39 letters, digits and single hyphens between them, without an @",
          ],
        ],
      },
      {
        rule: "are each one person's, in whatever case",
        changes: [
          inRoster("olga-ops", "people", "olga", "github"),
          inRoster("Olga-Ops", "people", "oscar", "github"),
        ],
        roster: [
          [
            'people.oscar.github = "Olga-Ops"',
            "Somebody has this name on GitHub already; GitHub compares names without case.",
            "To do: Give each person their own.",
          ],
        ],
      },
    ]);
  });

  describe("names are no devices of others", () => {
    accepts([
      {
        rule: "another's name with a word behind it",
        changes: [inRoster(employee("qa"), "people", "olga-two")],
      },
      { rule: "another's name with 9 behind it", changes: [inRoster(employee("qa"), "people", "olga-9")] },
    ]);
    refuses([
      {
        rule: "which have a number from 2 to 8 behind the name, in whatever case",
        changes: [inRoster(employee("qa"), "people", "Olga-2")],
        roster: [
          [
            'people["Olga-2"] = "Olga-2"',
            "This is what a further MFA device of olga is called, so that each could take the other's.",
            "Allowed: any name but another's with -2 to -8 behind it",
          ],
        ],
      },
    ]);
  });

  describe("names are not those of the pipeline's users where people live", () => {
    const users = inOrganization({ kind: "users" }, "pipeline");
    const devStandsIn = [
      users,
      organizationWithout("accounts", "users"),
      inOrganization(true, "accounts", "dev", "identity"),
    ];
    const taken = (account: string) => [
      "A user of the pipeline has this name; IAM compares users' names without case, whatever their path.",
      `Allowed: any name but "infra-PreviewU-${account}", "infra-ReviewU-${account}" or "infra-DeployU-${account}"`,
    ];
    accepts([
      {
        rule: "no pipeline, no users",
        changes: [inRoster(employee("qa"), "people", "infra-DeployU-users")],
      },
      {
        rule: "a pipeline on GitHub has no users",
        changes: [
          inOrganization({ kind: "github", repository: "example/accounts" }, "pipeline"),
          inRoster(employee("qa"), "people", "infra-DeployU-users"),
        ],
      },
      {
        rule: "another account's pipeline has users of its own, in that account",
        changes: [users, inRoster(employee("qa"), "people", "infra-DeployU-prod")],
      },
      {
        rule: "departed: what admitted the one who left names the path of people",
        changes: [users, inRoster(["infra-DeployU-users"], "departed")],
      },
    ]);
    refuses([
      {
        rule: "nobody has one",
        changes: [
          users,
          inRoster(employee("qa"), "people", "infra-PreviewU-users"),
          inRoster(employee("qa"), "people", "infra-DeployU-users"),
        ],
        roster: [
          ['people["infra-DeployU-users"] = "infra-DeployU-users"', ...taken("users")],
          ['people["infra-PreviewU-users"] = "infra-PreviewU-users"', ...taken("users")],
        ],
      },
      {
        rule: "nobody has one in another case",
        changes: [users, inRoster(employee("qa"), "people", "INFRA-deployu-users")],
        roster: [['people["INFRA-deployu-users"] = "INFRA-deployu-users"', ...taken("users")]],
      },
      {
        rule: "nobody has one where a workload account holds the people",
        changes: [...devStandsIn, inRoster(employee("qa"), "people", "infra-DeployU-dev")],
        roster: [['people["infra-DeployU-dev"] = "infra-DeployU-dev"', ...taken("dev")]],
      },
      {
        rule: "nobody takes the pipeline's user over by a rename",
        changes: [users, inRoster("Infra-DeployU-users", "people", "quinn", "renamedFrom")],
        roster: [
          [
            'people.quinn.renamedFrom = "Infra-DeployU-users"',
            "A user of the pipeline has this name: the rename could make it this person's, keys included.",
            'To do: Remove `renamedFrom`, or rename and deploy before the organization has `pipeline: { kind: "users" }`.',
          ],
        ],
      },
      {
        rule: "a prefix that cannot be read is one mistake, although names hang on it",
        changes: [
          users,
          inOrganization("in fra", "prefix"),
          inRoster(employee("qa"), "people", "infra-DeployU-users"),
        ],
        organization: [
          [
            'prefix = "in fra"',
            'A prefix is a letter, then letters, digits and single hyphens between them, at most 20 in all, neither "aws", which AWS keeps for itself, nor "akia…", as access keys begin.',
            'Allowed: a word such as "infra"',
          ],
        ],
      },
    ]);
  });

  describe("renamedFrom renames in place", () => {
    accepts([
      {
        rule: "from a name that is free now",
        changes: [inRoster("quinn.old", "people", "quinn", "renamedFrom")],
      },
    ]);
    refuses([
      {
        rule: "from a name",
        changes: [inRoster("q", "people", "quinn", "renamedFrom")],
        roster: [
          ['people.quinn.renamedFrom = "q"', "A name is 2 to 64 letters, digits or any of _ + = , . @ -"],
        ],
      },
      {
        rule: "not from a list",
        changes: [inRoster(["quinn.old"], "people", "quinn", "renamedFrom")],
        roster: [
          [
            'people.quinn.renamedFrom = ["quinn.old"]',
            "A name is 2 to 64 letters, digits or any of _ + = , . @ -",
          ],
        ],
      },
      {
        rule: "not from somebody's name",
        changes: [inRoster("dora", "people", "quinn", "renamedFrom")],
        roster: [
          [
            'people.quinn.renamedFrom = "dora"',
            "Somebody in `people` has this name, so it was not given up by a rename.",
            "To do: Remove `renamedFrom` where nobody was renamed; where the other person is new, give them another name. Two people who change names with one another need a third name and two deployments.",
          ],
        ],
      },
      {
        rule: "not from somebody's name in another case",
        changes: [inRoster("DORA", "people", "quinn", "renamedFrom")],
        roster: [
          [
            'people.quinn.renamedFrom = "DORA"',
            "Somebody in `people` has this name, so it was not given up by a rename.",
            "To do: Remove `renamedFrom` where nobody was renamed; where the other person is new, give them another name. Two people who change names with one another need a third name and two deployments.",
          ],
        ],
      },
      {
        rule: "not from one's own name",
        changes: [inRoster("quinn", "people", "quinn", "renamedFrom")],
        roster: [
          [
            'people.quinn.renamedFrom = "quinn"',
            "This is the name that they have.",
            "To do: Remove `renamedFrom`.",
          ],
        ],
      },
      {
        rule: "not from one's own name in another case",
        changes: [inRoster("Quinn", "people", "quinn", "renamedFrom")],
        roster: [
          [
            'people.quinn.renamedFrom = "Quinn"',
            "IAM refuses a rename by case alone: it compares users' names without case.",
            "To do: Rename in two deployments, to another name first and from that to this one, each time with `renamedFrom`; or keep the name as it was.",
          ],
        ],
      },
      {
        rule: "not in a ring",
        changes: [
          inRoster("dora", "people", "quinn", "renamedFrom"),
          inRoster("quinn", "people", "dora", "renamedFrom"),
        ],
        roster: [
          [
            'people.dora.renamedFrom = "quinn"',
            "Somebody in `people` has this name, so it was not given up by a rename.",
            "To do: Remove `renamedFrom` where nobody was renamed; where the other person is new, give them another name. Two people who change names with one another need a third name and two deployments.",
          ],
          [
            'people.quinn.renamedFrom = "dora"',
            "Somebody in `people` has this name, so it was not given up by a rename.",
            "To do: Remove `renamedFrom` where nobody was renamed; where the other person is new, give them another name. Two people who change names with one another need a third name and two deployments.",
          ],
        ],
      },
      {
        rule: "not twice from one name",
        changes: [
          inRoster("old", "people", "quinn", "renamedFrom"),
          inRoster("OLD", "people", "dora", "renamedFrom"),
        ],
        roster: [
          [
            'people.quinn.renamedFrom = "old"',
            "Somebody else was renamed from this name already.",
            "To do: Keep `renamedFrom` on the one who had the name.",
          ],
        ],
      },
      {
        rule: "not from a departed name",
        changes: [
          inRoster("old.colleague", "people", "quinn", "renamedFrom"),
          inRoster(["Old.Colleague"], "departed"),
        ],
        roster: [
          [
            'people.quinn.renamedFrom = "old.colleague"',
            "Somebody of this name departed: their user is gone and cannot be renamed.",
            "To do: Remove `renamedFrom`, or take the name off `departed` where that is the mistake.",
          ],
        ],
      },
    ]);
  });

  describe("departed names never come back", () => {
    accepts([
      { rule: "others may be listed", changes: [inRoster(["old.colleague", "__proto__"], "departed")] },
    ]);
    refuses([
      {
        rule: "nobody has one",
        changes: [inRoster(["old.colleague", "quinn"], "departed")],
        roster: [
          [
            'people.quinn = "quinn"',
            "This name is on `departed`: whatever still admits the one who left would admit this person.",
            "To do: Choose another name; the old one stays under `departed` for good.",
          ],
        ],
      },
      {
        rule: "nobody has one in another case",
        changes: [inRoster(["Quinn"], "departed")],
        roster: [
          [
            'people.quinn = "quinn"',
            "This name is on `departed`: whatever still admits the one who left would admit this person.",
            "To do: Choose another name; the old one stays under `departed` for good.",
          ],
        ],
      },
      {
        rule: "a list",
        changes: [inRoster("quinn.old", "departed")],
        roster: [['departed = "quinn.old"', "`departed` is a list.", "Allowed: [ … ]"]],
      },
      {
        rule: "of names",
        changes: [inRoster(["quinn old"], "departed")],
        roster: [['departed[0] = "quinn old"', "A name is 2 to 64 letters, digits or any of _ + = , . @ -"]],
      },
      {
        rule: "not of null",
        changes: [inRoster([null], "departed")],
        roster: [["departed[0] = null", "A name is 2 to 64 letters, digits or any of _ + = , . @ -"]],
      },
      {
        rule: "each once",
        changes: [inRoster(["old.colleague", "Old.Colleague"], "departed")],
        roster: [
          ['departed[1] = "Old.Colleague"', "This name is listed already.", "To do: Remove the repetition."],
        ],
      },
    ]);
  });

  describe("dates are days or full ISO instants", () => {
    const terms = (from: string, until: string) => [
      inRoster(from, "people", "quinn", "from"),
      inRoster(until, "people", "quinn", "until"),
    ];
    accepts([
      { rule: "one day", changes: terms("2026-11-01", "2026-11-01") },
      { rule: "a leap day", changes: terms("2028-02-29", "2028-02-29") },
      { rule: "an instant", changes: terms("2026-11-01T09:00:00Z", "2026-11-01T17:00:00Z") },
      {
        rule: "an instant with an offset",
        changes: terms("2026-11-01T09:00:00+02:00", "2026-11-01T08:00:00Z"),
      },
      { rule: "fractions of a second", changes: terms("2026-11-01T09:00:00.000Z", "2026-11-01T17:00:00.5Z") },
      { rule: "for ever", changes: terms("2026-11-01", "9999-12-31") },
    ]);
    refusesValues(
      inRoster,
      ["people", "quinn", "until"],
      [
        "This is not a date that exists.",
        "Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z",
      ],
      {
        "no 30th of February": "2026-02-30",
        "no leap day in 2026": "2026-02-29",
        "no leap day in 2100": "2100-02-29",
        "no 31st of April": "2026-04-31",
        "no month 13": "2026-13-01",
        "no day 0": "2026-01-00",
        "no instant on the 30th of February": "2026-02-30T00:00:00Z",
        "no hour 24": "2026-11-01T24:00:00Z",
        "no second 60": "2026-11-01T23:59:60Z",
        "no offset of a day": "2026-11-01T09:00:00+24:00",
        "no other order": "01.11.2026",
        "no year alone": "2026",
        "no single digits": "2026-1-1",
        "no blank around": " 2026-11-01",
        "no words": "tomorrow",
        "not empty": "",
        "no number": 1_793_000_000,
        "no Date, which its file could compute": new Date("2026-11-01T00:00:00Z"),
        "not null": null,
      },
    );
    refusesValues(
      inRoster,
      ["people", "quinn", "until"],
      [
        "This time lacks its time zone.",
        "Allowed: 2026-11-01T09:00:00Z for UTC, or an offset such as 2026-11-01T09:00:00+01:00",
      ],
      { "no instant without a zone": "2026-11-01T09:00:00" },
    );
    refuses([
      {
        rule: "from before until",
        changes: terms("2026-11-02", "2026-11-01"),
        roster: [
          [
            'people.quinn.until = "2026-11-01"',
            "`until` is not after `from`.",
            "Allowed: a time after 2026-11-02T00:00:00Z",
          ],
        ],
      },
      {
        rule: "not at the same instant",
        changes: terms("2026-11-01T09:00:00Z", "2026-11-01T09:00:00Z"),
        roster: [
          [
            'people.quinn.until = "2026-11-01T09:00:00Z"',
            "`until` is not after `from`.",
            "Allowed: a time after 2026-11-01T09:00:00Z",
          ],
        ],
      },
      {
        rule: "with offsets counted",
        changes: terms("2026-11-01T09:00:00Z", "2026-11-01T10:00:00+02:00"),
        roster: [
          [
            'people.quinn.until = "2026-11-01T10:00:00+02:00"',
            "`until` is not after `from`.",
            "Allowed: a time after 2026-11-01T09:00:00Z",
          ],
        ],
      },
      {
        rule: "until is the end of its day, not a moment more",
        changes: terms("2026-11-02T00:00:00Z", "2026-11-01"),
        roster: [
          [
            'people.quinn.until = "2026-11-01"',
            "`until` is not after `from`.",
            "Allowed: a time after 2026-11-02T00:00:00Z",
          ],
        ],
      },
    ]);
  });

  describe("access names accounts and roles", () => {
    accepts([
      { rule: "no role", changes: [inRoster({ dev: [] }, "people", "devon", "access")] },
      { rule: "one role", changes: [inRoster({ dev: "Read" }, "people", "devon", "access")] },
      {
        rule: "several",
        changes: [inRoster({ dev: ["Read", "Admin"], staging: ["Read"] }, "people", "devon", "access")],
      },
    ]);
    refuses([
      {
        rule: "an object",
        changes: [inRoster(["dev"], "people", "devon", "access")],
        roster: [
          [
            'people.devon.access = ["dev"]',
            "`access` is an object whose keys are accounts.",
            "Allowed: { … }",
          ],
        ],
      },
      {
        rule: "not null",
        changes: [inRoster(null, "people", "devon", "access")],
        roster: [
          ["people.devon.access = null", "`access` is an object whose keys are accounts.", "Allowed: { … }"],
        ],
      },
      {
        rule: "an account that exists",
        changes: [inRoster({ dve: "Read" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.dve = "dve"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "dev", "staging", "prod". Did you mean "dev"?',
          ],
        ],
      },
      {
        rule: "an account that exists, even for no role",
        changes: [inRoster({ qa: [] }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.qa = "qa"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "dev", "staging", "prod"',
          ],
        ],
      },
      {
        rule: "one report for an unknown account with two roles",
        changes: [inRoster({ qa: ["Read", "Admin"] }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.qa = "qa"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "dev", "staging", "prod"',
          ],
        ],
      },
      {
        rule: "an account by its exact key",
        changes: [inRoster({ Dev: "Read" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.Dev = "Dev"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "dev", "staging", "prod". Did you mean "dev"?',
          ],
        ],
      },
      {
        rule: "no account that objects inherit",
        changes: [inRoster({ constructor: "Read" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.constructor = "constructor"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "dev", "staging", "prod"',
          ],
        ],
      },
      {
        rule: "a role that exists",
        changes: [inRoster({ dev: "Admn" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.dev = "Admn"',
            "There is no such role.",
            'Allowed: "Developer", "Admin", "Read", "DbRead". Did you mean "Admin"?',
          ],
        ],
      },
      {
        rule: "a role by its exact name",
        changes: [inRoster({ dev: "read" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.dev = "read"',
            "There is no such role.",
            'Allowed: "Developer", "Admin", "Read", "DbRead". Did you mean "Read"?',
          ],
        ],
      },
      {
        rule: "no role that objects inherit",
        changes: [inRoster({ dev: "valueOf" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.dev = "valueOf"',
            "There is no such role.",
            'Allowed: "Developer", "Admin", "Read", "DbRead"',
          ],
        ],
      },
      {
        rule: "not a partner's role",
        changes: [inRoster({ dev: "DataShare" }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.dev = "DataShare"',
            "This role is for partners, not for people.",
            'Allowed: "Developer", "Admin", "Read", "DbRead"',
          ],
        ],
      },
      {
        rule: "never BreakGlass",
        changes: [inRoster({ prod: "BreakGlass" }, "people", "olga", "access")],
        roster: [
          [
            'people.olga.access.prod = "BreakGlass"',
            "Only `breakGlass` names who may assume BreakGlass.",
            "To do: Name somebody of category devops, security or executive under `breakGlass`.",
          ],
        ],
      },
      {
        rule: "a role is a text",
        changes: [inRoster({ dev: ["Read", null] }, "people", "devon", "access")],
        roster: [["people.devon.access.dev[1] = null", "A role is a text that is not blank."]],
      },
      {
        rule: "a role is not blank",
        changes: [inRoster({ dev: " " }, "people", "devon", "access")],
        roster: [['people.devon.access.dev = " "', "A role is a text that is not blank."]],
      },
      {
        rule: "no list in a list",
        changes: [inRoster({ dev: [["Read"]] }, "people", "devon", "access")],
        roster: [['people.devon.access.dev[0] = ["Read"]', "A role is a text that is not blank."]],
      },
      {
        rule: "no hole in a list",
        changes: [
          inRoster({ dev: Object.assign([], { 0: "Read", 2: "Admin" }) }, "people", "devon", "access"),
        ],
        roster: [["people.devon.access.dev[1] = (undefined)", "A role is a text that is not blank."]],
      },
      {
        rule: "each once",
        changes: [inRoster({ dev: ["Read", "Admin", "Read"] }, "people", "devon", "access")],
        roster: [
          [
            'people.devon.access.dev[2] = "Read"',
            "This role is listed already.",
            "To do: Remove the repetition.",
          ],
        ],
      },
      {
        rule: "an account that was removed is a mistake of everybody who has roles there",
        changes: [
          organizationWithout("accounts", "dev"),
          inRoster({ dev: "Read" }, "people", "devon", "access"),
          inRoster({ dev: "Read" }, "people", "quinn", "access"),
        ],
        roster: [
          [
            'people.devon.access.dev = "dev"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "staging", "prod"',
          ],
          [
            'people.quinn.access.dev = "dev"',
            "There is no such account in `src/organization.ts`.",
            'Allowed: "users", "staging", "prod"',
          ],
        ],
      },
    ]);
  });
});
