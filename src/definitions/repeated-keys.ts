import ts from "typescript";

import { formatPath, type Problem } from "../model/problems";
import {
  topLevelConstants,
  definitionIn,
  propertyKey,
  sourceLine,
  LiteralResolver,
  type LocatedNode,
} from "./literal-resolver";
import { folderReader } from "./folder-reader";
import { EDITED_FILES, INVARIANTS_FILE } from "./edited-files";
import { SourceFiles, type SourceFile } from "./source-files";

/**
 * Objects whose keys are names of people, accounts, partners or services. No name may be in two objects that are spread into one
 * of these; elsewhere, keys after a spread override defaults.
 */
const NAMED = [
  { file: EDITED_FILES.organization, exported: "organization", keys: ["accounts"] },
  { file: EDITED_FILES.roster, exported: "roster", keys: ["people"] },
  { file: EDITED_FILES.roster, exported: "roster", keys: ["breakGlass"] },
  { file: EDITED_FILES.roster, exported: "roster", keys: ["onCall"] },
  { file: EDITED_FILES.roster, exported: "roster", keys: ["partners"] },
  { file: EDITED_FILES.workloads, exported: "workloads", keys: [] },
] as const;

/** What paths begin below. */
const DEFINITIONS = [...NAMED, { file: INVARIANTS_FILE, exported: "invariants" }] as const;

type Path = readonly (string | number)[];

/** A key where it is written. */
interface Key {
  readonly key: string;
  readonly file: SourceFile;
  /** From 1, as editors count. */
  readonly line: number;
  /** Position in the file. */
  readonly position: number;
}

const placesOf = (first: Key, second: Key): string =>
  first.file === second.file
    ? first.line === second.line
      ? `both times on line ${first.line}`
      : `on lines ${first.line} and ${second.line}`
    : `in ${first.file.name} on line ${first.line} and in ${second.file.name} on line ${second.line}`;

function problemOf(path: Path, first: Key, second: Key): Problem {
  return {
    severity: "error",
    file: second.file.name,
    path: formatPath(...path, second.key),
    rule:
      `This key is written twice, ${placesOf(first, second)}: JavaScript would keep the second, with all that it grants, ` +
      "and drop the first without a word.",
    remedy: "Keep one of them, with what both of them were meant to say.",
  };
}

class Search {
  private readonly problems = new Map<string, Problem>();
  private readonly resolution: LiteralResolver;

  constructor(private readonly files: SourceFiles) {
    this.resolution = new LiteralResolver(files);
  }

  run(): readonly Problem[] {
    for (const named of NAMED) this.namesIn(named);
    for (const file of this.files.all) this.visit({ node: file.tree, file }, []);
    return [...this.problems.values()];
  }

  /** The names of one object, with those of the objects that are spread into it. */
  private namesIn({ file: name, exported, keys }: (typeof NAMED)[number]): void {
    const file = this.files.edited(name);
    const definition = file && this.resolution.exported(exported, file);
    if (definition === undefined) return;
    const root: LocatedNode<ts.Expression> = { ...definition, node: definitionIn(definition.node) };
    const whole = this.resolution.object(root);
    const [key] = keys;
    const value = whole && key !== undefined ? this.resolution.property(whole, key) : whole;
    if (whole !== undefined && value === undefined) return;
    const names = value && this.resolution.object(value);
    if (names === undefined) this.cannotFollow(value ?? root, value === undefined ? [] : keys);
    const seen = new Map<string, Key>();
    for (const written of names ? this.keysOf(names, keys) : []) this.meet(seen, written, keys);
  }

  private meet(seen: Map<string, Key>, written: Key, path: Path): void {
    const first = seen.get(written.key);
    if (first === undefined) seen.set(written.key, written);
    else this.report(written, problemOf(path, first, written));
  }

  /** Reports a repetition once: the first of two searches has the path under which the file is read. */
  private report({ file, position }: Pick<Key, "file" | "position">, problem: Problem): void {
    const place = `${file.name}:${position}`;
    if (!this.problems.has(place)) this.problems.set(place, problem);
  }

  /** All keys of an object in the order in which JavaScript sets them; those of spreads that cannot be followed are missing. */
  private keysOf({ node, file }: LocatedNode<ts.ObjectLiteralExpression>, path: Path): readonly Key[] {
    const constants = topLevelConstants(file.tree);
    return node.properties.flatMap((property) => {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.resolution.object({ node: property.expression, file });
        if (spread !== undefined) return this.keysOf(spread, path);
        this.cannotFollow({ node: property.expression, file }, path);
        return [];
      }
      const key = propertyKey(property.name, constants);
      if (key === undefined) this.cannotFollow({ node: property.name, file }, path);
      return key === undefined ? [] : [keyAt(key, { node: property.name, file })];
    });
  }

  private cannotFollow({ node, file }: LocatedNode, path: Path): void {
    const text = node.getText(file.tree).split("\n", 1).join("");
    this.report(
      { file, position: node.getStart(file.tree) },
      {
        severity: "warning",
        file: file.name,
        path: formatPath(...path),
        rule: `Names come from \`${text}\` on line ${sourceLine({ node, file })}, which only running the program tells: the same name twice there goes unnoticed.`,
        remedy:
          "Write them as objects, in this file or in files that it imports; or make sure of it where they are made.",
      },
    );
  }

  /** Everything below a node; `path` is what somebody would type to get there. */
  private visit({ node, file }: LocatedNode, path: Path): void {
    if (ts.isObjectLiteralExpression(node)) {
      this.visitObject({ node, file }, path);
    } else if (ts.isArrayLiteralExpression(node)) {
      node.elements.forEach((element, index) => this.visit({ node: element, file }, [...path, index]));
    } else if (
      ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      ts.isIdentifier(node.name)
    ) {
      const name = node.name.text;
      const isDefinition = DEFINITIONS.some((one) => one.file === file.name && one.exported === name);
      this.visit({ node: node.initializer, file }, isDefinition ? [] : [node.name.text]);
    } else {
      ts.forEachChild(node, (child) => this.visit({ node: child, file }, path));
    }
  }

  private visitObject({ node, file }: LocatedNode<ts.ObjectLiteralExpression>, path: Path): void {
    const constants = topLevelConstants(file.tree);
    const seen = new Map<string, Key>();
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        this.visit({ node: property.expression, file }, path);
        this.meetSpread(seen, { node: property.expression, file }, path);
        continue;
      }
      const key = propertyKey(property.name, constants);
      if (key !== undefined) this.meet(seen, keyAt(key, { node: property.name, file }), path);
      ts.forEachChild(property, (child) => {
        if (child !== property.name) this.visit({ node: child, file }, [...path, key ?? "…"]);
      });
    }
  }

  /** A key that a later spread always overwrites was written for nothing. */
  private meetSpread(
    seen: ReadonlyMap<string, Key>,
    expression: LocatedNode<ts.Expression>,
    path: Path,
  ): void {
    const spread = this.resolution.object(expression);
    if (spread === undefined) return;
    const constants = topLevelConstants(spread.file.tree);
    for (const { name } of spread.node.properties) {
      const key = name && propertyKey(name, constants);
      const first = key === undefined ? undefined : seen.get(key);
      if (name === undefined || key === undefined || first === undefined) continue;
      const second = keyAt(key, { node: name, file: spread.file });
      this.report(second, problemOf(path, first, second));
    }
  }
}

const keyAt = (key: string, located: LocatedNode): Key => ({
  key,
  file: located.file,
  line: sourceLine(located),
  position: located.node.getStart(located.file.tree),
});

/**
 * Finds keys that are written twice in one object of a project's edited files or of their imports, as errors; and names that only a run
 * of the program makes, and so cannot be compared, as warnings. TypeScript reports the first as TS1117 and
 * TS2783, but neither `pulumi up` nor the commands check types.
 */
export function repeatedKeys(root: string, read = folderReader(root)): readonly Problem[] {
  return new Search(new SourceFiles(read, [...Object.values(EDITED_FILES), INVARIANTS_FILE])).run();
}
