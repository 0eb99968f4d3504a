import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import { parseSource } from "../../src/definitions/imports";
import { isOnlyData } from "../../src/definitions/only-data";
import { EDITED_FILES } from "../../src/definitions/edited-files";

const CHECKOUT = path.join(__dirname, "..", "..");

const saysItself = (text: string, file = "src/roster.ts"): boolean => isOnlyData(parseSource(file, text));

const DATA: Readonly<Record<string, string>> = {
  literals:
    'export const roster = { people: { ann: { access: ["a"], on: true, n: 1, not: null } } } as const;',
  "constants and spreads":
    'const web = { ann: {} }; export const roster = { people: { ...web }, "a b": [...[1]] };',
  "what other files of the project have": 'import { web as all } from "./web"; export const roster = all;',
  "a call of what is imported":
    'import { define } from "./model/roster"; export const roster = define({ people: {} });',
  "functions of what they are given":
    "const one = (name: string): Named => ({ name: `a/${name}` }); export const roster = [one('x')];",
  "types, and what they say of values":
    "type A = typeof process; export const roster = ({ a: 1 } satisfies A).a;",
  "exports of others": 'export { roster } from "./elsewhere"; export * from "../more";',
};

const MORE: Readonly<Record<string, string>> = {
  "the environment": "export const roster = process.env.CI ? {} : { people: {} };",
  "the clock": "export const roster = { people: { ann: { until: new Date().toISOString() } } };",
  "the clock, by a call": "export const roster = { until: Date() };",
  "another module, by a call": 'export const roster = require("./elsewhere");',
  "another module, later": 'export const roster = import("./elsewhere");',
  "a package": 'import { hostname } from "node:os"; export const roster = { people: hostname };',
  "a compiler by two steps": 'export const roster = [].constructor.constructor("return 1");',
  "a compiler, with what it makes under a name": "const at = ([]).constructor; export const roster = at;",
  "a prototype, from which values are taken": "export const roster = { __proto__: { toJSON: () => ({}) } };",
  "a prototype, in quotes": 'export const roster = { "__proto__": { a: 1 } };',
  "a prototype, by a computed name": 'export const roster = { ["__pro" + "to__"]: { a: 1 } };',
  "a value that is computed when it is read": "export const roster = { get people() { return {}; } };",
  "a method": "export const roster = { toJSON() { return {}; } };",
  "a method of a list": "export const roster = [1].map((one) => one);",
  "names of no file": "export const roster = globalThis;",
  "a statement": "if (true) { throw 1; } export const roster = {};",
  "a tag of a template": "const a = (b: unknown) => b; export const roster = a`x`;",
};

describe("an edited file", () => {
  for (const [what, text] of Object.entries(DATA)) {
    it(`says the same wherever it runs, with ${what}`, () => assert.equal(saysItself(text), true));
  }

  for (const [what, text] of Object.entries(MORE)) {
    it(`may say something else elsewhere, with ${what}`, () => assert.equal(saysItself(text), false));
  }

  it("says the same where it is JSON", () =>
    assert.equal(saysItself('{ "__proto__": 1 }', "src/a.json"), true));

  for (const file of Object.values(EDITED_FILES)) {
    it(`says the same: ${file} of the sample`, () =>
      assert.equal(saysItself(readFileSync(path.join(CHECKOUT, file), "utf8"), file), true));
  }
});
