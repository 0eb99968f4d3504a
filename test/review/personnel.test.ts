import assert from "node:assert/strict";

import { UserError } from "../../src/model/problems";
import { CATEGORY_NAMES } from "../../src/model/categories";
import { readPersonnel, type Personnel } from "../../src/review/personnel";
import { reviewOf } from "./support";

const EMPLOYEES = [
  { email: "sarah@example.com", isActive: true, manager: "maria@example.com" },
  { email: "alex@example.com", isActive: false, manager: "sarah@example.com" },
];
const ROWS = [
  ["email", "status", "manager"],
  ["sarah@example.com", "active", "maria@example.com"],
  ["alex@example.com", "terminated", "sarah@example.com"],
];
const lines = (delimiter: string, end = "\n"): string => ROWS.map((row) => row.join(delimiter)).join(end);

describe("the personnel file", () => {
  const READ: readonly (readonly [string, string])[] = [
    ["with commas", lines(",")],
    ["with semicolons, a byte order mark and the line ends of Excel", `\uFEFF${lines(";", "\r\n")}\r\n`],
    ["with tabs", lines("\t")],
    ["with an empty row of a spreadsheet", `${lines(",")}\n,,\n`],
  ];
  for (const [name, text] of READ)
    it(`is read ${name}`, () => assert.deepEqual(readPersonnel("people.csv", text).employees, EMPLOYEES));

  const REFUSED: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
    [
      "without a column for addresses",
      "name;status\nsarah;active\n",
      [
        "its first line names no column for e-mail addresses: email, emailaddress, workemail, mail, username, userprincipalname",
      ],
    ],
    [
      "with every cell that cannot be used, by line and column",
      "Work Email,Employment Status,Category\n,active,devops\nsarah,retired,intern\n",
      [
        'line 2, column "Work Email": no e-mail address',
        'line 3, column "Work Email": sarah is no e-mail address',
        'line 3, column "Employment Status": retired says neither that somebody is employed (true, active, yes, 1, enabled, employed) nor that they are not (false, inactive, no, 0, disabled, terminated, left, suspended, deprovisioned)',
        `line 3, column "Category": intern is no category of the roster. Allowed: ${CATEGORY_NAMES.join(", ")}, or an empty cell. A column that says something else has another title`,
      ],
    ],
    [
      "as a page of SCIM's list",
      JSON.stringify({ totalResults: 250, Resources: [{ userName: "sarah@example.com" }] }),
      [
        "totalResults: 250, and Resources has 1: it is one page of several. Join the pages' Resources into one list, or ask for all at once by count",
      ],
    ],
  ];
  for (const [name, text, problems] of REFUSED) {
    it(`is refused ${name}`, () =>
      assert.throws(
        () => readPersonnel("people.csv", text),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.deepEqual(error.message.split("\n  "), ["people.csv cannot be used:", ...problems]);
          return true;
        },
      ));
  }

  const BROKEN: readonly (readonly [string, string, RegExp])[] = [
    [
      "as JSON that is broken",
      '{ "Resources": [',
      /^people\.csv cannot be used:\n {2}it begins like JSON and is none: /,
    ],
    ["as JSON that is no list of SCIM", "[]", /^people\.csv cannot be used:\n/],
  ];
  for (const [name, text, message] of BROKEN) {
    it(`is refused ${name}`, () =>
      assert.throws(
        () => readPersonnel("people.csv", text),
        (error) => error instanceof UserError && message.test(error.message),
      ));
  }
});

const user = (id: string, manager: object | undefined, rest: object = {}): object => ({
  id,
  userName: `${id}@example.com`,
  ...rest,
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
    department: "Platform",
    ...(manager !== undefined && { manager }),
  },
});
const scim = (resources: readonly object[], more: object = { totalResults: resources.length }): string =>
  JSON.stringify({ ...more, Resources: resources });
const PLATFORM = { isActive: true, department: "Platform" };
const NO_CATEGORY = "people.json does not tell: whether categories are the roster's";

const SCIM: readonly (readonly [name: string, text: string, personnel: Omit<Personnel, "file">])[] = [
  [
    "finds managers by their ids, before what they are called",
    scim([user("maria", undefined), user("sarah", { value: "maria", displayName: "Her boss" })]),
    {
      employees: [
        { email: "maria@example.com", ...PLATFORM },
        { email: "sarah@example.com", ...PLATFORM, manager: "maria@example.com" },
      ],
      unknown: [NO_CATEGORY],
    },
  ],
  [
    "takes what a manager is called whose id is nobody's, and says so where there is nothing else",
    scim([user("sarah", { value: "1", displayName: "Maria" }), user("alex", { value: "2" })]),
    {
      employees: [
        { email: "sarah@example.com", ...PLATFORM, manager: "Maria" },
        { email: "alex@example.com", ...PLATFORM },
      ],
      unknown: [
        NO_CATEGORY,
        "people.json names the manager of alex@example.com by the id 2, which is nobody's in it: whether it is the roster's",
      ],
    },
  ],
  [
    "says where it is not told whether the list is whole, and what nobody has",
    scim([{ userName: "sarah@example.com", active: false }], {}),
    {
      employees: [{ email: "sarah@example.com", isActive: false }],
      unknown: [
        "people.json does not tell: whether managers are the roster's; whether categories are the roster's; in which departments people are",
        "people.json does not say how many users there are (totalResults): whether it has all",
      ],
    },
  ],
];

describe("SCIM's list of users", () => {
  for (const [name, text, personnel] of SCIM) {
    it(name, () =>
      assert.deepEqual(readPersonnel("people.json", text), { file: "people.json", ...personnel }),
    );
  }
});

interface Told {
  readonly name: string;
  readonly rows: readonly string[];
  readonly undecidable: readonly string[];
  readonly departments: readonly string[];
}

const STAFF = [
  ["sarah@example.com", "active", "maria@example.com", "devops", "Platform"],
  ["maria@example.com", "active", "board@example.com", "executive", "Board"],
  ["alex@example.com", "active", "sarah@example.com", "dba", "Platform"],
  ["chris@example.com", "active", "maria@example.com", "security", "Security"],
  ["john@example.com", "active", "sarah@example.com", "developer", "Platform"],
] as const;
const staff = (...columns: readonly number[]): readonly string[] =>
  [["email", "status", "manager", "category", "department"], ...STAFF].map((row) =>
    columns.map((column) => row[column]).join(","),
  );
const OUTSIDE = "kim.contractor is a contractor who is not in people.csv: their sponsor confirms them";
const NO_DEPARTMENTS =
  "whether departments fit what people do: the roster has none; a table has the categories of each department of people.csv";

const TOLD: readonly Told[] = [
  {
    name: "who has which category in each department",
    rows: staff(0, 1, 2, 3, 4),
    undecidable: [OUTSIDE, NO_DEPARTMENTS],
    departments: [
      "Board | executive | maria.cto",
      "Platform | dba | alex.dba",
      "Platform | developer | john.developer",
      "Platform | devops | sarah.devops",
      "Security | security | chris.security",
    ],
  },
  {
    name: "what no column tells",
    rows: staff(0),
    undecidable: [
      OUTSIDE,
      "people.csv does not tell: whether somebody is still employed; everybody in it is taken for employed; whether managers are the roster's; whether categories are the roster's; in which departments people are",
    ],
    departments: [],
  },
  {
    name: "whose cells are empty",
    rows: staff(0, 1, 2, 3).map((row) => row.replace("maria@example.com,devops", ",")),
    undecidable: [
      OUTSIDE,
      "people.csv does not tell: in which departments people are",
      "people.csv does not tell the manager of sarah.devops: whether it is the roster's",
      "people.csv does not tell the category of sarah.devops: whether it is the roster's",
    ],
    departments: [],
  },
];

describe("a review with a personnel file says", () => {
  for (const { name, rows, undecidable, departments } of TOLD) {
    it(name, () => {
      const review = reviewOf({ personnel: readPersonnel("people.csv", rows.join("\n")) });
      const [item] = review.checklist.filter(({ title }) => title.startsWith("All IAM users"));
      const shown = review.tables.filter(({ title }) => title.startsWith("Departments"));
      assert.deepEqual(
        [
          item?.undecidable,
          shown.flatMap((table) => table.rows.map((row) => row.join(" | "))),
          review.findings,
        ],
        [undecidable, departments, []],
      );
    });
  }

  it("that somebody's manager is another, by SCIM's ids", () => {
    const ids = ["sarah", "maria", "alex", "chris", "john"];
    const boss: Readonly<Record<string, string>> = {
      sarah: "maria",
      alex: "chris",
      chris: "maria",
      john: "sarah",
    };
    const text = scim(ids.map((id) => user(id, boss[id] === undefined ? undefined : { value: boss[id] })));
    assert.deepEqual(
      reviewOf({ personnel: readPersonnel("people.json", text) }).findings.map(({ id, evidence }) => [
        id,
        evidence,
      ]),
      [["mover:users:alex.dba", ["manager: sarah.devops in the roster, chris@example.com in the file"]]],
    );
  });
});
