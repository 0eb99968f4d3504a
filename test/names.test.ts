import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { isAdopters } from "./support/adopters-files";

const ROOT = path.join(__dirname, "..");

const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((name) => /\.tsx?$/.test(name) && !/(?:^|\/)(?:node_modules|dist)\//.test(name));

/** The names that the statement declares, where it exports them. */
function exportedBy(statement: ts.Statement): readonly string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

/** The files that export each name; a function's overloads, and a type and a constant of one name, are one file's. */
function exportsIn(files: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const places = new Map<string, Set<string>>();
  for (const file of files) {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, false, kind);
    for (const name of statements.flatMap(exportedBy)) {
      const known = places.get(name) ?? new Set();
      places.set(name, known.add(file));
    }
  }
  return places;
}

const repeated = (places: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] =>
  [...places].flatMap(([name, files]) => (files.size > 1 ? [`${name}: ${[...files].join(", ")}`] : []));

const program = exportsIn(
  ["src", "policypack", "sandbox", "bench"].flatMap(filesIn).filter((file) => !isAdopters(file)),
);
const tests = exportsIn(filesIn("test"));

/** Words that say nothing of what they name where they stand alone. */
const EMPTY_WORDS: readonly string[] = [
  ...["act", "all", "any", "ask", "at", "fits", "found", "into", "look", "ok", "together"],
  ...["Able", "Found", "Written"],
];

/** A command's file is named like the command, and an edited one like what it holds, whatever else is. */
const isNamedForPeople = (file: string): boolean => /^src\/(?:cli\/)?[\w-]+\.ts$/.test(file);

/** What a browser runs of a page begins in a file of this name, and esbuild with it. */
const ENTRIES: readonly string[] = ["src/access/page/main.tsx", "src/review/page/main.ts"];

describe("names that can be found", () => {
  it("has each exported name in one file of the program", () => {
    assert.deepEqual(repeated(program), []);
  });

  it("has each exported name in one file of the tests", () => {
    assert.deepEqual(repeated(tests), []);
  });

  it("exports no word that says nothing of what it names", () => {
    const names = [...program.keys(), ...tests.keys()];
    assert.deepEqual(
      names.filter((name) => EMPTY_WORDS.includes(name)),
      [],
    );
  });

  it("has no two files of one name in src, but for what people type and edit", () => {
    const byName = new Map<string, string[]>();
    for (const file of filesIn("src").filter((name) => !isNamedForPeople(name))) {
      const name = path.basename(file).replace(/\.tsx?$/, "");
      byName.set(name, [...(byName.get(name) ?? []), file].toSorted());
    }
    assert.deepEqual(
      [...byName.values()].filter((files) => files.length > 1),
      [ENTRIES],
    );
  });
});
