import assert from "node:assert/strict";

import { changeRoster, type RosterChange } from "../../src/definitions/roster-changes";
import type { Instant } from "../../src/model/dates";
import { unifiedDiff } from "../../src/text/unified-diff";

const UNTIL = "2026-11-29T12:00:00Z" as Instant;

const ROSTER = `export const roster = defineRoster(organization, {
  people: {
    ann: {
      email: "ann@example.com",
      category: "devops",
      access: { dev: "Admin", prod: ["Ops", "Read"] },
    },
    "bob.dba": {
      email: "bob@example.com",
      category: "dba",
      until: "2027-01-31",
      access: {
        staging: "Dba",
        prod: "DbRead", // for the audit
      },
    },
    cat: { email: "cat@example.com", category: "qa", access: shared },
    dan: { email: "dan@example.com", category: "qa", access: shared, agreements: { nda: "2026-10-20" } },
  },
  power: ["ann", "eve"],
});
const shared = { dev: "Read" };
`;
const PEOPLE = ["ann", "bob.dba", "cat", "dan"];

const role = (person: string, account: string, name: string): RosterChange => ({
  kind: "role",
  person,
  account,
  role: name,
});

function diffOf(...changes: readonly RosterChange[]): string {
  const read = (file: string): string | undefined => (file === "src/roster.ts" ? ROSTER : undefined);
  const { edits, byHand } = changeRoster(read, PEOPLE, changes);
  const diff = unifiedDiff(edits.map(({ file, text }) => ({ file, before: ROSTER, after: text })));
  return [
    ...diff.split("\n").filter((line) => /^[+-](?![+-])/.test(line)),
    ...byHand.map(({ path, reason }) => `by hand: ${path}: ${reason}`),
  ].join("\n");
}

const ALONE = "It is not written there alone, as a text or a list: only running the program tells.";

const CASES: readonly (readonly [string, readonly RosterChange[], string])[] = [
  [
    "one role of a list",
    [role("ann", "prod", "Read")],
    '-      access: { dev: "Admin", prod: ["Ops", "Read"] },\n+      access: { dev: "Admin", prod: ["Ops"] },',
  ],
  [
    "every role of a list takes the account out",
    [role("ann", "prod", "Read"), role("ann", "prod", "Ops")],
    '-      access: { dev: "Admin", prod: ["Ops", "Read"] },\n+      access: { dev: "Admin" },',
  ],
  [
    "all access leaves an empty object",
    [role("ann", "prod", "Read"), role("ann", "prod", "Ops"), role("ann", "dev", "Admin")],
    '-      access: { dev: "Admin", prod: ["Ops", "Read"] },\n+      access: {},',
  ],
  [
    "an account on a line of its own, with its comment",
    [role("bob.dba", "prod", "DbRead")],
    '-        prod: "DbRead", // for the audit',
  ],
  [
    "a role that is not there",
    [role("bob.dba", "prod", "Ops")],
    'by hand: people["bob.dba"].access.prod: There is no text there that names the role.',
  ],
  [
    "an object that two people share",
    [role("cat", "dev", "Read")],
    `by hand: people.cat.access.dev: ${ALONE}`,
  ],
  ["power", [{ kind: "power", person: "eve" }], '-  power: ["ann", "eve"],\n+  power: ["ann"],'],
  [
    "power of somebody who has none",
    [{ kind: "power", person: "cat" }],
    "by hand: power: The list does not name them itself.",
  ],
  [
    "a last day that is new",
    [{ kind: "last day", person: "ann", until: UNTIL }],
    '+      until: "2026-11-29T12:00:00Z",',
  ],
  [
    "a last day that is earlier",
    [{ kind: "last day", person: "bob.dba", until: UNTIL }],
    '-      until: "2027-01-31",\n+      until: "2026-11-29T12:00:00Z",',
  ],
  [
    "a whole entry, and the name in a list that is new",
    [
      { kind: "entry", person: "cat" },
      { kind: "departed", person: "cat" },
    ],
    ['-    cat: { email: "cat@example.com", category: "qa", access: shared },', '+  departed: ["cat"],'].join(
      "\n",
    ),
  ],
  [
    "names that never come back, together",
    [
      { kind: "departed", person: "eve" },
      { kind: "departed", person: "fay" },
    ],
    '+  departed: ["eve", "fay"],',
  ],
  [
    "an entry that is not there",
    [{ kind: "entry", person: "eve" }],
    "by hand: people.eve: The entry does not stand there alone: only running the program tells.",
  ],
  [
    "days of agreements that somebody has to write",
    [{ kind: "agreements", person: "ann", missing: ["nda", "baa"] }],
    '+      agreements: { nda: "YYYY-MM-DD", baa: "YYYY-MM-DD" },',
  ],
  [
    "the day of the other agreement",
    [{ kind: "agreements", person: "dan", missing: ["baa"] }],
    [
      '-    dan: { email: "dan@example.com", category: "qa", access: shared, agreements: { nda: "2026-10-20" } },',
      '+    dan: { email: "dan@example.com", category: "qa", access: shared, agreements: { nda: "2026-10-20", baa: "YYYY-MM-DD" } },',
    ].join("\n"),
  ],
  [
    "several people at once",
    [role("ann", "dev", "Admin"), { kind: "power", person: "ann" }, role("bob.dba", "staging", "Dba")],
    [
      '-      access: { dev: "Admin", prod: ["Ops", "Read"] },',
      '+      access: { prod: ["Ops", "Read"] },',
      '-        staging: "Dba",',
      '-  power: ["ann", "eve"],',
      '+  power: ["eve"],',
    ].join("\n"),
  ],
];

const ANOTHER: readonly (readonly [string, readonly RosterChange[], string])[] = [
  [
    "another role in place of the only one",
    [{ kind: "another role", person: "bob.dba", account: "prod", role: "DbRead", to: "Read" }],
    '-        prod: "DbRead", // for the audit\n+        prod: "Read", // for the audit',
  ],
  [
    "another role in a list, beside one that goes",
    [
      { kind: "another role", person: "ann", account: "prod", role: "Ops", to: "Monitor" },
      role("ann", "prod", "Read"),
    ],
    '-      access: { dev: "Admin", prod: ["Ops", "Read"] },\n+      access: { dev: "Admin", prod: ["Monitor"] },',
  ],
  [
    "another role for one that is not there",
    [{ kind: "another role", person: "ann", account: "dev", role: "Ops", to: "Read" }],
    "by hand: people.ann.access.dev: What stands there does not name the role itself.",
  ],
  [
    "another role in an object that two people share",
    [{ kind: "another role", person: "cat", account: "dev", role: "Read", to: "Developer" }],
    `by hand: people.cat.access.dev: ${ALONE}`,
  ],
  [
    "another category, and a manager who is new",
    [
      { kind: "post", person: "cat", key: "category", value: "developer" },
      { kind: "post", person: "cat", key: "manager", value: "ann" },
    ],
    [
      '-    cat: { email: "cat@example.com", category: "qa", access: shared },',
      '+    cat: { email: "cat@example.com", category: "developer", access: shared, manager: "ann" },',
    ].join("\n"),
  ],
];

describe("what is otherwise in the roster's text", () => {
  for (const [name, changes, expected] of ANOTHER) {
    it(name, () => assert.equal(diffOf(...changes), expected));
  }
});

describe("what leaves the roster's text", () => {
  it("is a name more in a list of departed people", () => {
    const before = ROSTER.replace('power: ["ann", "eve"]', 'departed: ["old.colleague"]');
    const { edits } = changeRoster(() => before, PEOPLE, [{ kind: "departed", person: "eve" }]);
    assert.equal(edits[0]?.text, before.replace('["old.colleague"]', '["old.colleague", "eve"]'));
  });

  for (const [name, changes, expected] of CASES) {
    it(name, () => assert.equal(diffOf(...changes), expected));
  }
});
