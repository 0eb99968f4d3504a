import assert from "node:assert/strict";

import { KeyPlaces } from "../../src/definitions/key-places";

const FILES: Readonly<Record<string, string>> = {
  "src/organization.ts": [
    'import { defineOrganization } from "./model/organization";',
    "export const organization = defineOrganization({",
    "  accounts: {",
    '    dev: { id: "222222222222" },',
    "  },",
    "});",
  ].join("\n"),
  "src/roster.ts": [
    'import { web } from "./teams/web";',
    'import { ops as operators } from "./teams/ops";',
    'const key = "named.byconstant";',
    "const shared = { dev: 'Read' };",
    "export const roster = defineRoster(organization, {",
    "  people: {",
    "    ...web,",
    "    ...operators.people,",
    '    "ann.lee": {',
    "      access: {",
    "        dev: 'Read',",
    "      },",
    "    },",
    "    [key]: { access: shared },",
    "    ...made(),",
    "  },",
    "});",
  ].join("\n"),
  "src/teams/web.ts": ["export const web = {", "  'bob.web': {},", "  'ann.lee': {},", "};"].join("\n"),
  "src/teams/ops.ts": ["export const ops = {", "  people: {", "    'olga.ops': {},", "  },", "};"].join("\n"),
};

describe("where keys of the edited files are written", () => {
  const places = new KeyPlaces((file) => FILES[file]);

  it("lists names, of what is spread too, each once", () => {
    assert.deepEqual([...places.names("roster", "people")].sort(), [
      "ann.lee",
      "bob.web",
      "named.byconstant",
      "olga.ops",
    ]);
    assert.deepEqual(places.names("organization", "accounts"), ["dev"]);
  });

  it("lists none where there is none", () => {
    assert.deepEqual(places.names("roster", "partners"), []);
    assert.deepEqual(places.names("workloads"), []);
  });

  for (const [path, file, line] of [
    [["people"], "src/roster.ts", 6],
    [["people", "ann.lee"], "src/roster.ts", 9],
    [["people", "ann.lee", "access", "dev"], "src/roster.ts", 11],
    [["people", "named.byconstant"], "src/roster.ts", 14],
    [["people", "named.byconstant", "access", "dev"], "src/roster.ts", 4],
    [["people", "bob.web"], "src/teams/web.ts", 2],
    [["people", "olga.ops"], "src/teams/ops.ts", 3],
  ] as const) {
    it(`${path.join(" ")}: ${file}, line ${line}`, () =>
      assert.deepEqual(places.place("roster", ...path), { file, line }));
  }

  it("does not guess", () => {
    assert.equal(places.place("roster", "people", "nobody"), undefined);
    assert.equal(places.place("roster", "people", "ann.lee", "access", "prod"), undefined);
    assert.equal(places.place("roster", "people", "ann.lee", "access", "dev", "more"), undefined);
    assert.equal(places.place("workloads", "api"), undefined);
    assert.equal(places.place("roster"), undefined);
  });

  it("ends where constants spread each other", () => {
    const ring = new KeyPlaces((file) =>
      file === "src/roster.ts"
        ? "const a = { ...b };\nconst b = { ...a };\nexport const roster = { people: a };"
        : undefined,
    );
    assert.deepEqual(ring.names("roster", "people"), []);
  });
});
