import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { repeatedKeys } from "../../src/definitions/repeated-keys";

const CHECKOUT = path.join(__dirname, "..", "..");

const DEFINED = `import { organization } from "./organization";\nimport { defineRoster } from "./model/roster";\n`;
/** A roster with the text as its people, in the third line and after. */
const people = (text: string): string =>
  `${DEFINED}export const roster = defineRoster(organization, { people: {${text}} });`;

interface Case {
  readonly name: string;
  /** By path within the project. */
  readonly files: Readonly<Record<string, string>>;
  /** File, path, and where the rule says that the two are. */
  readonly repeated?: readonly string[];
  /** Of each warning, the file and the path. */
  readonly unseen?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: "a person twice, as two merged changes leave it",
    files: {
      "src/roster.ts": people(`\n"ann.web": { access: {} },\n"bob.web": {},\n"ann.web": { access: {} },\n`),
    },
    repeated: ['src/roster.ts people["ann.web"] on lines 4 and 6'],
  },
  {
    name: "a part of an invariant twice",
    files: {
      "src/invariants.ts":
        'import { organization } from "./organization";\nexport const invariants = defineInvariants(organization, [\n{ id: "a",\nof: "prod/Ops",\nof: "prod/Read" },\n]);',
    },
    repeated: ["src/invariants.ts [0].of on lines 4 and 5"],
  },
  {
    name: "three times",
    files: { "src/roster.ts": people(`\nann: {},\nann: {},\nann: {},\n`) },
    repeated: ["src/roster.ts people.ann on lines 4 and 5", "src/roster.ts people.ann on lines 4 and 6"],
  },
  {
    name: "an account of one person twice",
    files: { "src/roster.ts": people(`\nann: { access: { prod: "Read", prod: "Ops" } },\n`) },
    repeated: ["src/roster.ts people.ann.access.prod both times on line 4"],
  },
  {
    name: "a part of the roster twice",
    files: {
      "src/roster.ts": `${DEFINED}export const roster = defineRoster(organization, {\npeople: {},\npower: ["a"],\npower: ["b"],\n});`,
    },
    repeated: ["src/roster.ts power on lines 5 and 6"],
  },
  {
    name: "a key of a temporary grant twice",
    files: {
      "src/roster.ts": `${DEFINED}export const roster = defineRoster(organization, {\npeople: {},\ntemporary: [{}, { role: "Read", role: "Admin" }],\n});`,
    },
    repeated: ["src/roster.ts temporary[1].role both times on line 5"],
  },
  {
    name: "the same key in other spellings: quotes, no quotes, a template, computed, a constant, a number",
    files: {
      "src/roster.ts": people(
        `\n"ann": {},\nann: {},\n['ann']: {},\n[\`ann\`]: {},\n[ANN]: {},\n1: {},\n"1": {},\n0x1: {},\n} }); const ANN = "ann"; ({ a: {`,
      ),
    },
    repeated: [
      "src/roster.ts people.ann on lines 4 and 5",
      "src/roster.ts people.ann on lines 4 and 6",
      "src/roster.ts people.ann on lines 4 and 7",
      "src/roster.ts people.ann on lines 4 and 8",
      'src/roster.ts people["1"] on lines 9 and 10',
      'src/roster.ts people["1"] on lines 9 and 11',
    ],
  },
  {
    name: "shorthand",
    files: { "src/roster.ts": `const ann = {};\n${people(`\nann,\n"ann": {},\n`)}` },
    repeated: ["src/roster.ts people.ann on lines 5 and 6"],
  },
  {
    name: "an account of the organization",
    files: {
      "src/organization.ts": `export const organization = defineOrganization({\naccounts: {\nprod: { id: "1" },\nprod: { id: "2" },\n},\n});`,
    },
    repeated: ["src/organization.ts accounts.prod on lines 3 and 4"],
  },
  {
    name: "a service, and what a function makes of an environment",
    files: {
      "src/workloads.ts": `const reach = () => ({\nsecrets: [],\nsecrets: ["all"],\n});\nexport const workloads = defineWorkloads({\nweb: reach(),\nweb: {},\n});`,
    },
    repeated: ["src/workloads.ts reach.secrets on lines 2 and 3", "src/workloads.ts web on lines 6 and 7"],
  },
  {
    name: "in a file that the roster imports",
    files: {
      "src/roster.ts": `import { web } from "./teams/web";\nexport const roster = { people: web };`,
      "src/teams/web.ts": `export const web = {\nann: {},\nann: {},\n};`,
    },
    repeated: ["src/teams/web.ts people.ann on lines 2 and 3"],
  },
  {
    name: "in two files that are spread into one object",
    files: {
      "src/roster.ts": `import { web } from "./teams/web";\nimport { ops } from "./teams";\n${people("...web, ...ops")}`,
      "src/teams/web.ts": `export const web = {\nann: {},\n};`,
      "src/teams/index.ts": `export * from "./ops.js";`,
      "src/teams/ops.ts": `const staff = {\nann: {},\n} satisfies object;\nexport { staff as ops };`,
    },
    repeated: ["src/teams/ops.ts people.ann in src/teams/web.ts on line 2 and in src/teams/ops.ts on line 2"],
  },
  {
    name: "in a file that is imported whole, in its default export, in JSON",
    files: {
      "src/roster.ts": `import * as teams from "./teams/all";\nimport ops from "./teams/ops";\nimport guests from "./guests.json";\n${people("...teams.all.web, ...ops, ...guests")}`,
      "src/teams/all.ts": `const web = { ann: {} };\nexport const all = { web };`,
      "src/teams/ops.ts": `export default { ann: {}, bob: {} };`,
      "src/guests.json": `{\n"bob": {},\n"cyd": {},\n"cyd": {}\n}`,
    },
    repeated: [
      "src/teams/ops.ts people.ann in src/teams/all.ts on line 1 and in src/teams/ops.ts on line 1",
      "src/guests.json people.bob in src/teams/ops.ts on line 1 and in src/guests.json on line 2",
      "src/guests.json people.cyd on lines 3 and 4",
    ],
  },
  {
    name: "a name that a spread brings, and the same name beside it",
    files: { "src/roster.ts": people(`\n...web,\nann: {},\n} }); const web = { ann: {} }; ({ a: {`) },
    repeated: ["src/roster.ts people.ann on lines 6 and 5"],
  },
  {
    name: "a key that a later spread overwrites always",
    files: {
      "src/roster.ts": people(
        `\nann: { category: "qa", ...base },\n} }); const base = { category: "devops" }; ({ a: {`,
      ),
    },
    repeated: ["src/roster.ts people.ann.category on lines 4 and 5"],
  },
  {
    name: "not where defaults are overridden",
    files: {
      "src/roster.ts": people(
        `\nann: { ...base, category: "qa" },\nbob: { ...base, ...other },\n} }); const base = { category: "devops" }; const other = { category: "qa" }; ({ a: {`,
      ),
    },
  },
  {
    name: "not where different objects have it",
    files: {
      "src/roster.ts": people(`\nann: { access: { dev: "Read" } }, bob: { access: { dev: "Read" } },\n`),
    },
  },
  {
    name: "not in the program's own files",
    files: {
      "src/roster.ts": `${DEFINED}export const roster = { people: {} };`,
      "src/model/roster.ts": "export const roster = { a: 1, a: 2 };",
    },
  },
  {
    name: "says so where only running the program tells: calls, conditions, computed names",
    files: {
      "src/organization.ts": "export const organization = defineOrganization(read());",
      "src/roster.ts": people("\n...fromFile(),\n...(late ? a : b),\n[nameOf(1)]: {},\n"),
      "src/workloads.ts": "export const workloads = defineWorkloads(Object.fromEntries([]));",
    },
    unseen: [
      "src/organization.ts the exported value: `read()` on line 1",
      "src/roster.ts people: `fromFile()` on line 4",
      "src/roster.ts people: `(late ? a : b)` on line 5",
      "src/roster.ts people: `[nameOf(1)]` on line 6",
      "src/workloads.ts the exported value: `Object.fromEntries([])` on line 1",
    ],
  },
];

describe("keys that are written twice", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "muster-definitions-"));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function problemsOf(files: Case["files"]): ReturnType<typeof repeatedKeys> {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    return repeatedKeys(root);
  }

  for (const { name, files, repeated = [], unseen = [] } of CASES) {
    it(name, () => {
      const problems = problemsOf(files);
      const found = problems.filter(({ severity }) => severity === "error");
      assert.deepEqual(
        found
          .map(
            (problem) =>
              `${problem.file} ${problem.path} ${/twice, (.*): JavaScript/.exec(problem.rule)?.[1]}`,
          )
          .sort(),
        [...repeated].sort(),
      );
      const warnings = problems.filter(({ severity }) => severity === "warning");
      assert.deepEqual(
        warnings
          .map((problem) => `${problem.file} ${problem.path}: ${/from (.*), which/.exec(problem.rule)?.[1]}`)
          .sort(),
        [...unseen].sort(),
      );
    });
  }

  it("are none in this project's own files", () => {
    assert.deepEqual(repeatedKeys(CHECKOUT), []);
  });
});
