import { accepts, contractor, inOrganization, refuses, inRoster, rosterWithout } from "./cases";

const requires = (...requirements: string[]) => inOrganization({ require: requirements }, "contractors");
const signed = { nda: "2026-10-20", baa: "2026-10-20" };

describe("contractors", () => {
  describe("need a project, a sponsor, a first and a last day", () => {
    accepts([{ rule: "two years to the day", changes: [inRoster("2028-10-31", "people", "kim", "until")] }]);
    refuses([
      {
        rule: "not without a project",
        changes: [rosterWithout("people", "kim", "project")],
        roster: [["people.kim.project", "A contractor needs `project`."]],
      },
      {
        rule: "not without a sponsor",
        changes: [rosterWithout("people", "kim", "sponsor")],
        roster: [["people.kim.sponsor", "A contractor needs `sponsor`."]],
      },
      {
        rule: "not without a first day",
        changes: [rosterWithout("people", "kim", "from")],
        roster: [["people.kim.from", "A contractor needs `from`."]],
      },
      {
        rule: "not without a last day",
        changes: [rosterWithout("people", "kim", "until")],
        roster: [["people.kim.until", "A contractor needs `until`."]],
      },
      {
        rule: "no unknown key",
        changes: [inRoster("Acme", "people", "kim", "company")],
        roster: [
          [
            'people.kim.company = "Acme"',
            "Unknown key of a contractor.",
            'Allowed: "email", "category", "access", "project", "sponsor", "from", "until", "github", "renamedFrom", "agreements", "approvedBy"',
          ],
        ],
      },
      {
        rule: "not from after until",
        changes: [inRoster("2027-02-01", "people", "kim", "from")],
        roster: [
          [
            'people.kim.until = "2027-01-31"',
            "`until` is not after `from`.",
            "Allowed: a time after 2027-02-01T00:00:00Z",
          ],
        ],
      },
      {
        rule: "no year by a slip of the keyboard",
        changes: [inRoster("2927-01-31", "people", "kim", "until")],
        roster: [
          [
            'people.kim.until = "2927-01-31"',
            "A contract lasts 2 years at most.",
            "Allowed: a time up to 2028-11-01T00:00:00Z",
            "To do: Where the contract was renewed, `from` is the day from which it was.",
          ],
        ],
      },
      {
        rule: "not a day more than two years",
        changes: [inRoster("2028-11-01", "people", "kim", "until")],
        roster: [
          [
            'people.kim.until = "2028-11-01"',
            "A contract lasts 2 years at most.",
            "Allowed: a time up to 2028-11-01T00:00:00Z",
            "To do: Where the contract was renewed, `from` is the day from which it was.",
          ],
        ],
      },
      {
        rule: "a day that exists",
        changes: [inRoster("2027-02-29", "people", "kim", "until")],
        roster: [
          [
            'people.kim.until = "2027-02-29"',
            "This is not a date that exists.",
            "Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z",
          ],
        ],
      },
      {
        rule: "a project that is not blank",
        changes: [inRoster("  ", "people", "kim", "project")],
        roster: [
          [
            'people.kim.project = "  "',
            'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
            "Allowed: letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
          ],
        ],
      },
      ...["phoenix ", " phoenix"].map((project) => ({
        rule: `a project without a space at an end: ${JSON.stringify(project)}`,
        changes: [inRoster(project, "people", "kim", "project")],
        roster: [
          [
            `people.kim.project = ${JSON.stringify(project)}`,
            'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
            "Allowed: letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
          ] as const,
        ],
      })),
      {
        rule: "a project that fits into a tag",
        changes: [inRoster("R&D", "people", "kim", "project")],
        roster: [
          [
            'people.kim.project = "R&D"',
            'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
            "Allowed: letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
          ],
        ],
      },
      ...["aws:phoenix", "Aws:phoenix"].map((project) => ({
        rule: `a project that does not begin as AWS's own values do: ${project}`,
        changes: [inRoster(project, "people", "kim", "project")],
        roster: [
          [
            `people.kim.project = ${JSON.stringify(project)}`,
            'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
            "Allowed: letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
          ] as const,
        ],
      })),
      {
        rule: "a project that fits into a policy document",
        changes: [inRoster("Łódź", "people", "kim", "project")],
        roster: [
          [
            'people.kim.project = "Łódź"',
            'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
            "Allowed: letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
          ],
        ],
      },
      {
        rule: "a project of at most 128 characters",
        changes: [inRoster("p".repeat(129), "people", "kim", "project")],
        roster: [
          [
            'people.kim.project = "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp…',
            'A project is 1 to 128 characters that fit into an IAM tag and an IAM policy, the first and the last not a space, and does not begin with "aws:".',
            "Allowed: letters of Western European languages (U+00FF at most), digits, spaces and any of _ . : / = + @ -",
          ],
        ],
      },
    ]);
    accepts([
      { rule: "a project in Latin-1", changes: [inRoster("Phönix 2/É", "people", "kim", "project")] },
    ]);
  });

  describe("are sponsored by an employee", () => {
    refuses([
      {
        rule: "somebody in people",
        changes: [inRoster("oskar", "people", "kim", "sponsor")],
        roster: [
          [
            'people.kim.sponsor = "oskar"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "oscar"?',
          ],
        ],
      },
      {
        rule: "not themselves",
        changes: [inRoster("kim", "people", "kim", "sponsor")],
        roster: [
          [
            'people.kim.sponsor = "kim"',
            "A contractor does not sponsor contractors.",
            "Allowed: an employee",
          ],
        ],
      },
      {
        rule: "not another contractor",
        changes: [inRoster(contractor, "people", "karl"), inRoster("karl", "people", "kim", "sponsor")],
        roster: [
          [
            'people.kim.sponsor = "karl"',
            "A contractor does not sponsor contractors.",
            "Allowed: an employee",
          ],
        ],
      },
      {
        rule: "one name",
        changes: [inRoster(["olga"], "people", "kim", "sponsor")],
        roster: [['people.kim.sponsor = ["olga"]', "A sponsor is a text that is not blank."]],
      },
      {
        rule: "not what objects inherit",
        changes: [inRoster("toString", "people", "kim", "sponsor")],
        roster: [
          [
            'people.kim.sponsor = "toString"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim"',
          ],
        ],
      },
    ]);
    accepts([{ rule: "of any category", changes: [inRoster("anna", "people", "kim", "sponsor")] }]);
  });

  describe("sign agreements before any access", () => {
    accepts([
      {
        rule: "none, where the organization requires none",
        changes: [inRoster({}, "people", "kim", "agreements")],
      },
      {
        rule: "on the first day at the latest",
        changes: [inRoster({ nda: "2026-11-01" }, "people", "kim", "agreements")],
      },
      {
        rule: "both, where both are required",
        changes: [requires("nda", "baa"), inRoster(signed, "people", "kim", "agreements")],
      },
    ]);
    refuses([
      {
        rule: "not after the first day",
        changes: [inRoster({ nda: "2026-11-02" }, "people", "kim", "agreements")],
        roster: [
          [
            'people.kim.agreements.nda = "2026-11-02"',
            "Agreements are signed before any access.",
            "Allowed: a day not after `from`, 2026-11-01T00:00:00Z",
          ],
        ],
      },
      {
        rule: "on a day that exists",
        changes: [inRoster({ baa: "2026-10-32" }, "people", "kim", "agreements")],
        roster: [
          [
            'people.kim.agreements.baa = "2026-10-32"',
            "This is not a date that exists.",
            "Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z",
          ],
        ],
      },
      {
        rule: "not simply yes",
        changes: [inRoster({ nda: true }, "people", "kim", "agreements")],
        roster: [
          [
            "people.kim.agreements.nda = true",
            "This is not a date that exists.",
            "Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z",
          ],
        ],
      },
      {
        rule: "no unknown agreement",
        changes: [inRoster({ dpa: "2026-10-20" }, "people", "kim", "agreements")],
        roster: [
          [
            'people.kim.agreements.dpa = "2026-10-20"',
            "Unknown key of `agreements`.",
            'Allowed: "nda", "baa"',
          ],
        ],
      },
      {
        rule: "an object",
        changes: [inRoster("signed", "people", "kim", "agreements")],
        roster: [
          [
            'people.kim.agreements = "signed"',
            "`agreements` is an object with keys.",
            'Allowed: keys "nda", "baa"',
          ],
        ],
      },
      {
        rule: "not none, where the organization requires one",
        changes: [requires("nda")],
        roster: [
          [
            "people.kim.agreements",
            "The organization requires a contractor's NDA.",
            'Allowed: nda: "YYYY-MM-DD", the day of its signature',
          ],
        ],
      },
      {
        rule: "not none, where it requires both",
        changes: [requires("nda", "baa")],
        roster: [
          [
            "people.kim.agreements",
            "The organization requires a contractor's NDA.",
            'Allowed: nda: "YYYY-MM-DD", the day of its signature',
          ],
          [
            "people.kim.agreements",
            "The organization requires a contractor's BAA.",
            'Allowed: baa: "YYYY-MM-DD", the day of its signature',
          ],
        ],
      },
      {
        rule: "not one, where it requires both",
        changes: [requires("nda", "baa"), inRoster({ nda: "2026-10-20" }, "people", "kim", "agreements")],
        roster: [
          [
            "people.kim.agreements.baa",
            "The organization requires a contractor's BAA.",
            'Allowed: baa: "YYYY-MM-DD", the day of its signature',
          ],
        ],
      },
      {
        rule: "a required one that cannot be read is one mistake",
        changes: [requires("nda"), inRoster({ nda: "20 October" }, "people", "kim", "agreements")],
        roster: [
          [
            'people.kim.agreements.nda = "20 October"',
            "This is not a date that exists.",
            "Allowed: YYYY-MM-DD, or a full ISO instant such as 2026-11-20T14:00:00Z",
          ],
        ],
      },
      {
        rule: "required agreements that cannot be read are one mistake",
        changes: [requires("nda", "baa"), inRoster("signed", "people", "kim", "agreements")],
        roster: [
          [
            'people.kim.agreements = "signed"',
            "`agreements` is an object with keys.",
            'Allowed: keys "nda", "baa"',
          ],
        ],
      },
    ]);
  });

  describe("are approved by two, one of them of security, where the organization requires it", () => {
    const approved = (...names: string[]) => [
      requires("approvals"),
      inRoster(names, "people", "kim", "approvedBy"),
    ];
    accepts([
      { rule: "two", changes: approved("olga", "sven") },
      { rule: "three", changes: approved("olga", "dora", "sven") },
      { rule: "fewer, where it requires none", changes: [inRoster(["dora"], "people", "kim", "approvedBy")] },
      { rule: "nobody, where it requires none", changes: [inRoster([], "people", "kim", "approvedBy")] },
    ]);
    refuses([
      {
        rule: "not by nobody",
        changes: [requires("approvals")],
        roster: [
          [
            "people.kim.approvedBy",
            "The organization requires two people's approval of a contractor, one of them of category security.",
            "Allowed: two names or more, one of them of category security",
          ],
        ],
      },
      {
        rule: "not by an empty list",
        changes: approved(),
        roster: [
          [
            "people.kim.approvedBy = []",
            "The organization requires two people's approval of a contractor, one of them of category security.",
            "Allowed: two names or more, one of them of category security",
          ],
        ],
      },
      {
        rule: "not by one",
        changes: approved("sven"),
        roster: [
          [
            'people.kim.approvedBy = ["sven"]',
            "The organization requires two people's approval of a contractor, one of them of category security.",
            "Allowed: two names or more, one of them of category security",
          ],
        ],
      },
      {
        rule: "not by two without security",
        changes: approved("olga", "dora"),
        roster: [
          [
            'people.kim.approvedBy = ["olga","dora"]',
            "The organization requires two people's approval of a contractor, one of them of category security.",
            "Allowed: two names or more, one of them of category security",
          ],
        ],
      },
      {
        rule: "not twice by one",
        changes: approved("sven", "sven"),
        roster: [
          [
            'people.kim.approvedBy = ["sven","sven"]',
            "The organization requires two people's approval of a contractor, one of them of category security.",
            "Allowed: two names or more, one of them of category security",
          ],
          [
            'people.kim.approvedBy[1] = "sven"',
            "This approver is listed already.",
            "To do: Remove the repetition.",
          ],
        ],
      },
      {
        rule: "not by themselves",
        changes: approved("sven", "kim"),
        roster: [
          [
            'people.kim.approvedBy[1] = "kim"',
            "Nobody approves for themselves.",
            "Allowed: other people of category devops, dba or security, one approver at least of category security",
          ],
        ],
      },
      {
        rule: "not by a developer",
        changes: approved("sven", "devon"),
        roster: [
          [
            'people.kim.approvedBy[1] = "devon"',
            "This person is of category developer and may not approve.",
            "Allowed: people of category devops, dba or security, one approver at least of category security",
          ],
        ],
      },
      {
        rule: "not by an executive, even where nothing is required",
        changes: [inRoster(["erik"], "people", "kim", "approvedBy")],
        roster: [
          [
            'people.kim.approvedBy[0] = "erik"',
            "This person is of category executive and may not approve.",
            "Allowed: people of category devops, dba or security",
          ],
        ],
      },
      {
        rule: "not by somebody unknown",
        changes: approved("sven", "svenja"),
        roster: [
          [
            'people.kim.approvedBy[1] = "svenja"',
            "Nobody in `people` has this name.",
            'Allowed: "devon", "olga", "oscar", "dora", "sven", "quinn", "anna", "erik", "kim". Did you mean "sven"?',
          ],
        ],
      },
      {
        rule: "a list",
        changes: [requires("approvals"), inRoster("sven", "people", "kim", "approvedBy")],
        roster: [['people.kim.approvedBy = "sven"', "`approvedBy` is a list.", "Allowed: [ … ]"]],
      },
      {
        rule: "of names",
        changes: [requires("approvals"), inRoster(["sven", null], "people", "kim", "approvedBy")],
        roster: [["people.kim.approvedBy[1] = null", "A name is a text that is not blank."]],
      },
    ]);
  });
});
