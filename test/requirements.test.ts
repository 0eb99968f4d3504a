import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const CASES = "test/documents/permissions";

const text = readFileSync(join(ROOT, "docs/requirements.md"), "utf8");

interface Row {
  readonly demand: string;
  readonly where: string;
}

/** The rows of the tables, without their heads and rules. */
const rows: readonly Row[] = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (-+|demand +) \|/.test(line))
  .map((line) => {
    const [demand = "", ...where] = line.slice(1, -1).split(" | ");
    return { demand: demand.trim(), where: where.join(" | ").trim() };
  });

/** Files and folders that a place names, its two abbreviations spelt out. */
function pathsIn(where: string): readonly string[] {
  return [...where.matchAll(/`((?:P|D|src|test|policypack|docs|\.github)\/[\w./*-]*)`/g)].map(
    ([, path = ""]) => path.replace(/^P\//, `${CASES}/`).replace(/^D\//, "test/documents/"),
  );
}

const exists = (path: string): boolean => existsSync(join(ROOT, path.replace(/\*.*$/, "")));

describe("what the source documents demand", () => {
  it("is a table with a place for each demand", () => {
    assert.ok(rows.length > 100, `${String(rows.length)} rows`);
    assert.deepEqual(
      rows.filter(({ demand, where }) => demand === "" || where === ""),
      [],
    );
  });

  for (const { demand, where } of rows) {
    it(`${demand}: the places exist`, () => {
      assert.deepEqual(
        pathsIn(where).filter((path) => !exists(path)),
        [],
      );
    });
  }

  it("says what is missing wherever something is not there yet", () => {
    const silent = rows.filter(({ where }) => /not yet\*\*(?!: \w|\s\w+ \()/i.test(where));
    assert.deepEqual(silent, []);
  });

  it("has a place in the cases of every role", () => {
    const named = new Set(rows.flatMap(({ where }) => pathsIn(where)));
    const unnamed = readdirSync(join(ROOT, CASES))
      .filter((name) => name.endsWith(".test.ts") && name !== "service-authorization.test.ts")
      .filter((name) => !named.has(`${CASES}/${name}`));
    assert.deepEqual(unnamed, []);
  });
});
