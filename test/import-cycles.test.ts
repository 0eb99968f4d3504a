import assert from "node:assert/strict";
import { readdirSync, readFileSync, existsSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

const ROOT = path.join(__dirname, "..");
const FOLDERS = ["src", "policypack", "sandbox"];

type Graph = ReadonlyMap<string, readonly string[]>;

/** What each file imports by relative paths, imports of types included. */
function importGraph(): Graph {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !file.split(path.sep).includes("dist"))
      .map((file) => path.join(folder, file)),
  );
  return new Map(
    files.map((file) => [
      file,
      ts
        .preProcessFile(readFileSync(path.join(ROOT, file), "utf8"), true, true)
        .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
        .flatMap(({ fileName }) => {
          const target = path.join(path.dirname(file), fileName);
          return [`${target}.ts`, `${target}.tsx`, path.join(target, "index.ts")].filter((one) =>
            existsSync(path.join(ROOT, one)),
          );
        }),
    ]),
  );
}

/** One cycle from each group of files that import one another: `a → b → a`. */
function cyclesIn(graph: Graph): readonly string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const place = trail.indexOf(file);
    if (place !== -1) {
      cycles.push([...trail.slice(place), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const imported of graph.get(file) ?? []) visit(imported, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

describe("imports", () => {
  it("of types are found as others are", () => {
    const policy = importGraph().get("policypack/exemptions.ts");
    assert.ok(policy?.includes("policypack/exemption.ts"));
  });

  it("are told from cycles", () => {
    assert.deepEqual(
      cyclesIn(
        new Map([
          ["a", ["b", "c"]],
          ["b", ["c"]],
          ["c", []],
        ]),
      ),
      [],
    );
    assert.deepEqual(
      cyclesIn(
        new Map([
          ["a", ["b"]],
          ["b", ["c"]],
          ["c", ["b"]],
        ]),
      ),
      ["b → c → b"],
    );
  });

  it("lead in no circle, those of types included", () => {
    assert.deepEqual(cyclesIn(importGraph()), []);
  });
});
