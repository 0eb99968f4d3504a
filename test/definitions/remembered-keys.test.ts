import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { rememberedKeys } from "../../src/definitions/remembered-keys";

const TWICE = "export const people = {\nann: {},\nann: {},\n};\n";
const ONCE = "export const people = {\nann: {},\n};\n";

describe("what is known of keys that are written twice", () => {
  let root: string;
  const cache = (): string => path.join(root, "node_modules", ".cache", "muster-repeated-keys");
  const write = (file: string, text: string): void => writeFileSync(path.join(root, file), text);
  const found = (): readonly string[] =>
    rememberedKeys(root).map(({ file, path: place }) => `${file} ${place}`);

  /** Puts another answer into the one entry: whoever is given it was not asked anew. */
  function mark(): void {
    const [entry = ""] = readdirSync(cache());
    const file = path.join(cache(), entry);
    const answer: unknown = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...Object(answer), problems: [{ file: "kept", path: "answer" }] }));
  }

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "muster-keys-"));
    mkdirSync(path.join(root, "src"));
    mkdirSync(path.join(root, "node_modules"));
    write("src/organization.ts", "export const organization = { accounts: {} };\n");
    write("src/workloads.ts", "export const workloads = {};\n");
    write("src/people.ts", ONCE);
    write("src/roster.ts", 'import { people } from "./people";\nexport const roster = { people };\n');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it("is kept as long as nothing that was read is otherwise", () => {
    assert.deepEqual(found(), []);
    mark();
    assert.deepEqual(found(), ["kept answer"]);
  });

  for (const [what, change] of [
    ["an edited file", (): void => write("src/workloads.ts", "export const workloads = { };\n")],
    ["a file that it imports", (): void => write("src/people.ts", TWICE)],
    ["a file that Node.js would take first", (): void => write("src/people.js", TWICE)],
    ["one that is gone", (): void => rmSync(path.join(root, "src", "people.ts"))],
  ] as const) {
    it(`is asked anew after a change of ${what}`, () => {
      found();
      mark();
      change();
      const { length } = found().filter((one) => one === "kept answer");
      assert.equal(length, 0);
    });
  }

  it("is right after it was asked anew", () => {
    found();
    write("src/people.ts", TWICE);
    assert.deepEqual(found(), ["src/people.ts people.ann"]);
    assert.deepEqual(found(), ["src/people.ts people.ann"]);
    write("src/people.ts", ONCE);
    assert.deepEqual(found(), []);
  });

  it("is nothing that an entry says which is cut off, or that is none", () => {
    for (const text of ["", "{", "[]", "null", '{ "read": {} }']) {
      found();
      const [entry = ""] = readdirSync(cache());
      writeFileSync(path.join(cache(), entry), text);
      assert.deepEqual(found(), [], text);
    }
  });

  it("is kept by nobody in a project without packages", () => {
    rmSync(path.join(root, "node_modules"), { recursive: true });
    write("src/people.ts", TWICE);
    assert.deepEqual(found(), ["src/people.ts people.ann"]);
    assert.deepEqual(readdirSync(root), ["src"]);
  });
});
