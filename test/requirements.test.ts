import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const CASES = "test/documents/permissions";

const FOLDER = join(ROOT, "docs/requirements");

interface Row {
  readonly demand: string;
  readonly where: string;
}

/** The points of a page: `- **Demand.** Where it is`, wrapped. */
const rowsOf = (file: string): readonly Row[] =>
  readFileSync(join(FOLDER, file), "utf8")
    .split(/\n(?=- |\n)/)
    .map((point) => point.trim().replace(/\s+/g, " "))
    .filter((point) => point.startsWith("- "))
    .map((point) => {
      const [, demand = "", where = ""] = /^- \*\*(.+?)\*\* (.+)$/.exec(point) ?? [];
      return { demand, where };
    });

/** A page a document. */
const pages = readdirSync(FOLDER).filter((file) => file !== "README.md");
const rows = pages.flatMap(rowsOf);

/** Files and folders that a place names, its two abbreviations spelt out. */
function pathsIn(where: string): readonly string[] {
  return [...where.matchAll(/`((?:P|D|src|test|policypack|docs|\.github)\/[\w./*-]*)`/g)].map(
    ([, path = ""]) => path.replace(/^P\//, `${CASES}/`).replace(/^D\//, "test/documents/"),
  );
}

const exists = (path: string): boolean => existsSync(join(ROOT, path.replace(/\*.*$/, "")));

describe("what the source documents demand", () => {
  it("is a list with a place for each demand", () => {
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

  it("has a row that names each role's file of test/documents/permissions, written P/", () => {
    const named = new Set(rows.flatMap(({ where }) => pathsIn(where)));
    const unnamed = readdirSync(join(ROOT, CASES))
      .filter((name) => name.endsWith(".test.ts") && name !== "service-authorization.test.ts")
      .filter((name) => !named.has(`${CASES}/${name}`));
    assert.deepEqual(unnamed, []);
  });
});
