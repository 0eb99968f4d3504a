import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

interface Row {
  readonly places: readonly string[];
  readonly entries: readonly string[];
}

const codeIn = (cell = ""): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

const rows: readonly Row[] = readFileSync(join(ROOT, "docs/architecture.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|"))
  .map(([, places, , entry]) => ({ places: codeIn(places), entries: codeIn(entry) }));

const DECLARATION = /^export (?:abstract |async )*(?:function|const|class) (\w+)/gm;

const exportsOf = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(ROOT, folder, entry.name), "utf8"))
    .flatMap((source) => [...source.matchAll(DECLARATION)].map(([, name = ""]) => name));

describe("the table of docs/architecture.md", () => {
  it("has a row for everything directly under src, and for no place that is not there", () => {
    const places = rows.flatMap((row) => row.places).map((place) => place.replace(/\/$/, ""));
    const rooms = readdirSync(join(ROOT, "src"))
      .filter((name) => !name.endsWith(".json"))
      .map((name) => `src/${name}`);
    assert.deepEqual(
      rooms.filter((room) => !places.includes(room)),
      [],
    );
    assert.deepEqual(
      places.filter((place) => !existsSync(join(ROOT, place))),
      [],
    );
  });

  it("names as entries what files of that folder export", () => {
    const missing = rows.flatMap(({ places: [place = ""], entries }) => {
      const exported = entries.length > 0 ? exportsOf(place) : [];
      return entries.filter((entry) => !exported.includes(entry)).map((entry) => `${place}: ${entry}`);
    });
    assert.deepEqual(missing, []);
  });
});
