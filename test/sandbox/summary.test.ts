import assert from "node:assert/strict";
import type { Project } from "../../sandbox/project";
import { summary } from "../../sandbox/summary";

const PEOPLE = ["alex.dba", "chris.security", "john.developer", "kim.contractor", "maria.cto", "omar.devops"];

const PROJECT: Project = {
  accounts: [
    { key: "users", id: "111111111111", identity: true, trustQuota: 2048 },
    { key: "prod", id: "444444444444", identity: false, trustQuota: 2048 },
  ],
  region: "eu-west-1",
  people: [...PEOPLE, "sarah.devops"],
  holders: new Map([
    ["users", { Security: [] }],
    [
      "prod",
      {
        Admin: [],
        BreakGlass: ["maria.cto", "sarah.devops"],
        Read: [...PEOPLE, "sarah.devops"],
        Dba: [],
      },
    ],
  ]),
};

const AFTER_THE_TABLE = `
2 accounts, 7 people. The emulator listens on http://127.0.0.1:5000.

What to try next:
  npm run sandbox:shell -- pulumi preview -s prod
                         shows what an edit of src/roster.ts would change
  npm run sandbox        deploys it everywhere
  npm run sandbox:shell  opens a shell where pulumi and aws are in the sandbox
  npm run sandbox:down   removes it
`;

const NARROW = `
┌──────────────┬───────────────────────────────────────────────────────────────┐
│ Account      │ Roles and their holders                                       │
├──────────────┼───────────────────────────────────────────────────────────────┤
│ users        │ 7 people: alex.dba, chris.security, john.developer,           │
│ 111111111111 │ kim.contractor, maria.cto, omar.devops and 1 more             │
│              │ held by nobody: Security                                      │
├──────────────┼───────────────────────────────────────────────────────────────┤
│ prod         │ BreakGlass: maria.cto, sarah.devops                           │
│ 444444444444 │ Read: alex.dba, chris.security, john.developer,               │
│              │ kim.contractor, maria.cto, omar.devops and 1 more             │
│              │ held by nobody: Admin, Dba                                    │
└──────────────┴───────────────────────────────────────────────────────────────┘
`;

const MIDDLE = `
┌──────────────┬───────────────────────────────────────────────────────────────────────────────────┐
│ Account      │ Roles and their holders                                                           │
├──────────────┼───────────────────────────────────────────────────────────────────────────────────┤
│ users        │ 7 people: alex.dba, chris.security, john.developer, kim.contractor, maria.cto,    │
│ 111111111111 │ omar.devops and 1 more                                                            │
│              │ held by nobody: Security                                                          │
├──────────────┼───────────────────────────────────────────────────────────────────────────────────┤
│ prod         │ BreakGlass: maria.cto, sarah.devops                                               │
│ 444444444444 │ Read: alex.dba, chris.security, john.developer, kim.contractor, maria.cto,        │
│              │ omar.devops and 1 more                                                            │
│              │ held by nobody: Admin, Dba                                                        │
└──────────────┴───────────────────────────────────────────────────────────────────────────────────┘
`;

const WIDE = `
┌──────────────┬───────────────────────────────────────────────────────────────────────────────────────────────────────┐
│ Account      │ Roles and their holders                                                                               │
├──────────────┼───────────────────────────────────────────────────────────────────────────────────────────────────────┤
│ users        │ 7 people: alex.dba, chris.security, john.developer, kim.contractor, maria.cto, omar.devops and 1 more │
│ 111111111111 │ held by nobody: Security                                                                              │
├──────────────┼───────────────────────────────────────────────────────────────────────────────────────────────────────┤
│ prod         │ BreakGlass: maria.cto, sarah.devops                                                                   │
│ 444444444444 │ Read: alex.dba, chris.security, john.developer, kim.contractor, maria.cto, omar.devops and 1 more     │
│              │ held by nobody: Admin, Dba                                                                            │
└──────────────┴───────────────────────────────────────────────────────────────────────────────────────────────────────┘
`;

describe("the summary of the sandbox", () => {
  for (const [width, table] of [
    [80, NARROW],
    [100, MIDDLE],
    [140, WIDE],
    [undefined, WIDE],
  ] as const) {
    it(`fits ${width === undefined ? "nothing, where it goes elsewhere" : `${width} columns`}`, () => {
      assert.equal(summary(PROJECT, "http://127.0.0.1:5000", width), `${table}${AFTER_THE_TABLE}`);
    });
  }
});
