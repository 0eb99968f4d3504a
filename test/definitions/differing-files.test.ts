import assert from "node:assert/strict";

import { differingFiles } from "../../src/definitions/differing-files";

type Files = Readonly<Record<string, string>>;

const readerOf = (files: Files) => (file: string) => files[file];

const WRITTEN: Files = {
  "src/organization.ts": "export const organization = {};\n",
  "src/roster.ts": 'import { web } from "./teams/web";\nexport const roster = { people: web };\n',
  "src/teams/web.ts": "export const web = {};\n",
  "src/workloads.ts": "export const workloads = {};\n",
};

describe("edited files that read otherwise", () => {
  const CASES: readonly (readonly [what: string, change: Files, ...found: readonly string[]])[] = [
    ["nothing", {}],
    ["line ends", { "src/organization.ts": "export const organization = {};\r\n" }],
    ["a file that nobody imports", { "src/teams/other.ts": "export const other = {};\n" }],
    ["an edited file", { "src/workloads.ts": "export const workloads = { a: 1 };\n" }, "src/workloads.ts"],
    ["one that is imported", { "src/teams/web.ts": "export const web = { a: 1 };\n" }, "src/teams/web.ts"],
    ["one that is no TypeScript", { "src/roster.ts": "export const = {\n" }, "src/roster.ts"],
  ];
  for (const [what, change, ...found] of CASES) {
    it(`${what}: ${found.join(", ") || "none"}`, () => {
      const other = { ...WRITTEN, ...change };
      assert.deepEqual(differingFiles(readerOf(WRITTEN), readerOf(other)), found);
      assert.deepEqual(differingFiles(readerOf(other), readerOf(WRITTEN)), found);
    });
  }

  it("one that is imported on one side alone", () => {
    const alone = {
      "src/organization.ts": WRITTEN["src/organization.ts"]!,
      "src/roster.ts": "export const roster = {};\n",
      "src/workloads.ts": WRITTEN["src/workloads.ts"]!,
    };
    assert.deepEqual(differingFiles(readerOf(WRITTEN), readerOf(alone)), [
      "src/roster.ts",
      "src/teams/web.ts",
    ]);
  });
});
